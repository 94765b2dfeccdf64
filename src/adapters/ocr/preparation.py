"""What a picture needs before an engine reads it: seen from above, on white paper, upright and straight."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from adapters.ocr.background import even_paper
from adapters.ocr.perspective import page_corners, seen_from_above
from adapters.ocr.skew import on_its_side, tilt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Matrix = NDArray[np.float64]

STRAIGHT = 0.15
"""Degrees: a page tilted less is not turned, which would blur it."""
LONGEST_SIDE = 3200
"""Pixels: A4 at 270 dpi. A larger picture tells an engine nothing more."""


class Prepared(NamedTuple):
    """A grey picture to read, and the transformation (3 × 3) that leads from the pixels as displayed to its own."""

    picture: Grey
    matrix: Matrix


def prepare(picture: Grey) -> Prepared:
    """The picture as an engine should see it. What is straight and clean already stays as it is."""
    prepared = _smaller(Prepared(picture, np.eye(3)))
    corners = page_corners(prepared.picture)
    if corners is not None:
        prepared = _warped(prepared, *seen_from_above(corners))
    prepared = Prepared(even_paper(prepared.picture), prepared.matrix)
    if on_its_side(prepared.picture):
        prepared = quarter_turned(prepared, 1)
    angle = tilt(prepared.picture)
    return _turned(prepared, angle) if abs(angle) > STRAIGHT else prepared


def quarter_turned(prepared: Prepared, quarters: int) -> Prepared:
    """Turned clockwise by so many right angles."""
    height, width = prepared.picture.shape
    matrix = {
        1: [[0, -1, height - 1], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]],
    }[quarters]
    return Prepared(np.ascontiguousarray(np.rot90(prepared.picture, -quarters)), np.array(matrix, np.float64) @ prepared.matrix)


def _smaller(prepared: Prepared) -> Prepared:
    scale = LONGEST_SIDE / max(prepared.picture.shape)
    if scale >= 1:
        return prepared
    picture = cv2.resize(prepared.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Prepared(np.asarray(picture, np.uint8), np.diag([scale, scale, 1.0]) @ prepared.matrix)


def _turned(prepared: Prepared, angle: float) -> Prepared:
    height, width = prepared.picture.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    return _warped(prepared, turn, (width, height))


def _warped(prepared: Prepared, matrix: Matrix, size: tuple[int, int]) -> Prepared:
    picture = cv2.warpPerspective(prepared.picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return Prepared(np.asarray(picture, np.uint8), matrix @ prepared.matrix)
