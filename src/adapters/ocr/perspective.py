"""The page on a photo: its four corners, when they can be seen, so that it can be looked at from above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Corners = NDArray[np.float32]

SMALL = 600
"""Pixels of the longest side in which the page is looked for."""
LEAST, MOST = 0.2, 0.95
"""Share of the picture that a page has: a smaller bright thing is none, a larger one needs no correction."""
BORDER = 0.015
"""Share of the picture: an edge nearer to the border than this may have been cut off."""
FREE_EDGES = 3
FILLED = 0.94
"""Share of the four corners' area that is bright: a page has straight edges."""
SQUARE = 25.0
"""Degrees that a corner may differ from a right angle."""
ELSEWHERE_BRIGHT = 0.2
"""Share of what lies around the page that may be bright too: else it is no page on a table."""


def page_corners(grey: Grey) -> Corners | None:
    """Top left, top right, bottom right, bottom left of the page in pixels; None when unsure, or when the page fills the picture."""
    scale = SMALL / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.morphologyEx(cv2.GaussianBlur(small, (7, 7), 0), cv2.MORPH_CLOSE, np.ones((21, 21), np.uint8))
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None:
        return None
    corners = _quadrilateral(largest)
    if corners is None or not _is_page(corners, cv2.contourArea(largest), bright):
        return None
    return np.asarray(corners / scale, np.float32)


def seen_from_above(corners: Corners) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The transformation that makes these corners a rectangle, and its width and height in pixels."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = round(float(max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left))))
    height = round(float(max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right))))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, flat), np.float64), (width, height)


def _quadrilateral(contour: cv2.typing.MatLike) -> Corners | None:
    outline = cv2.convexHull(contour)
    for tolerance in (0.02, 0.03, 0.05):
        polygon = cv2.approxPolyDP(outline, tolerance * cv2.arcLength(outline, closed=True), closed=True)
        if len(polygon) == 4:  # noqa: PLR2004 - corners of a page
            return _ordered(np.asarray(polygon.reshape(4, 2), np.float32))
    return None


def _ordered(points: Corners) -> Corners:
    """Clockwise from the top left."""
    sums, differences = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [int(sums.argmin()), int(differences.argmax()), int(sums.argmax()), int(differences.argmin())]
    return points[order] if len(set(order)) == len(points) else points


def _is_page(corners: Corners, filled: float, bright: cv2.typing.MatLike) -> bool:
    height, width = bright.shape
    area = cv2.contourArea(corners)
    if not LEAST < area / (width * height) < MOST or filled < FILLED * area:
        return False
    if max(abs(angle - 90) for angle in _angles(corners)) > SQUARE or _free_edges(corners, width, height) < FREE_EDGES:
        return False
    around = np.full(bright.shape, 255, np.uint8)
    cv2.fillConvexPoly(around, corners.astype(np.int32), 0)
    return float(cv2.mean(bright, around)[0]) < ELSEWHERE_BRIGHT * 255


def _angles(corners: Corners) -> list[float]:
    angles = []
    for index in range(4):
        before, after = corners[index - 1] - corners[index], corners[(index + 1) % 4] - corners[index]
        cosine = float(before @ after / (np.linalg.norm(before) * np.linalg.norm(after) + 1e-9))
        angles.append(float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
    return angles


def _free_edges(corners: Corners, width: int, height: int) -> int:
    """How many of the page's edges lie inside the picture."""
    across, down = corners[:, 0] / width, corners[:, 1] / height
    nearest = (down[:2].min(), 1 - across[1:3].max(), 1 - down[2:].max(), min(across[0], across[3]))
    return sum(float(distance) > BORDER for distance in nearest)
