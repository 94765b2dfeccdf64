"""How a page lies: tilted by some degrees, or on its side. Rows of print tell, by how sharply ink and white alternate from row to row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

SMALL = 900
"""Pixels of the longest side in which rows are looked for."""
USUAL, FURTHEST = 5.0, 16.0
"""Degrees that a scan is tilted at most, and a photo."""
COARSE, FINE = 0.5, 0.1
"""Degrees between two tries."""
ROWS = 0.5
"""Sharpness that rows of print have at least, seen at their own angle."""
PEAK, CLEARLY = 3.0, 1.5
"""Degrees beside the right angle, where rows are so much less sharp at least."""
SIDEWAYS = 1.6
"""How much sharper columns must be than rows before the page is taken to lie on its side."""


def tilt(grey: Grey) -> float:
    """Degrees by which the rows of print fall to the right (negative: rise); 0 for a page without print. Within 0.2 of the truth."""
    ink = _ink(grey)
    if not ink.any():
        return 0.0
    best = _sharpest(ink, np.arange(-USUAL, USUAL + COARSE / 2, COARSE))
    further = _sharpest(ink, np.arange(-FURTHEST, FURTHEST + COARSE / 2, COARSE)) if _is_doubtful(ink, best) else best
    if abs(best) > USUAL - COARSE or _sharpness(ink, further) > CLEARLY * _sharpness(ink, best):
        best = further
    return _sharpest(ink, best + np.arange(-COARSE, COARSE + FINE / 2, FINE))


def _is_doubtful(ink: NDArray[np.float32], best: float) -> bool:
    """Whether rows may be sharper still beyond the usual angles: at the last of them, or where none stands out."""
    if _sharpness(ink, best) < ROWS:
        return True
    aside = max(_sharpness(ink, best + PEAK), _sharpness(ink, best - PEAK))
    return abs(best) > USUAL - COARSE or _sharpness(ink, best) < CLEARLY * aside


def on_its_side(grey: Grey) -> bool:
    """Whether the print runs from top to bottom, or from bottom to top."""
    ink = _ink(grey)
    if not ink.any():
        return False
    return max(_sharpness(np.rot90(ink), angle) for angle in (-1, 0, 1)) > SIDEWAYS * max(_sharpness(ink, angle) for angle in (-1, 0, 1))


def _ink(grey: Grey) -> NDArray[np.float32]:
    """A small picture of the print: how much darker than its surroundings a place is. Ruled lines are left out: a table has both kinds."""
    scale = min(1.0, SMALL / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    around = cv2.blur(small, (31, 31))
    print_ = (small.astype(np.int16) < around.astype(np.int16) - 18).astype(np.uint8)
    for shape in ((61, 1), (1, 61)):
        print_ = np.asarray(print_ - cv2.morphologyEx(print_, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
    margin = max(2, min(print_.shape) // 100)  # the scanner's edge
    print_[:margin], print_[-margin:], print_[:, :margin], print_[:, -margin:] = 0, 0, 0, 0
    return np.asarray(print_, np.float32)


def _sharpest(ink: NDArray[np.float32], angles: Iterable[float]) -> float:
    candidates = [float(angle) for angle in angles]
    best = int(np.argmax([_sharpness(ink, angle) for angle in candidates]))
    return candidates[best]


def _sharpness(ink: NDArray[np.float32], angle: float) -> float:
    """How sharply rows alternate once the picture is turned back by this angle."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = np.asarray(cv2.warpAffine(ink, turn, (width, height)), np.float32).sum(axis=1)
    steps = np.diff(rows)
    ink_per_row = float(rows.sum()) ** 2 / height
    return float(np.dot(steps, steps) / max(1.0, ink_per_row))
