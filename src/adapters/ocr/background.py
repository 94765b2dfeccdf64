"""The paper of a photo: shadows, a lamp on one side and yellowed paper are divided out, so that paper is white everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

SMALL = 480
"""Pixels of the longest side in which paper is looked for: a shadow is large."""
PRINT = 15
"""Pixels of the small picture (3 % of a page): print is thinner than this, so that its brightest neighbour is paper."""
DARK = 0.45
"""Share of the brightest paper below which a surface is a printed bar and stays dark: the text in it is light."""
EVEN = 0.86
"""Share of the brightest paper that the darkest tenth has at least on a scan."""
WHITE = 190
"""Paper darker than this (0–255) is a photo's, or yellowed."""


def even_paper(grey: Grey) -> Grey:
    """The picture with white paper; a scan, whose paper is even already, as it is."""
    paper = _paper(grey)
    brightest = float(np.percentile(paper, 95))
    surface = paper[paper > DARK * brightest]
    if float(np.percentile(surface, 10)) > EVEN * brightest and brightest > WHITE:
        return grey
    floor = max(1.0, DARK * brightest)
    whole = cv2.resize(np.maximum(paper, floor).astype(np.uint8), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, whole, scale=255), np.uint8)


def _paper(grey: Grey) -> Grey:
    """A small picture of the paper without its print."""
    scale = SMALL / max(grey.shape)
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    brightest = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (PRINT, PRINT)))
    return np.asarray(cv2.medianBlur(brightest, 2 * PRINT + 1), np.uint8)
