"""From a picture of a page to its words: prepared, read, and brought back to where they stand on the page as displayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec.structs import replace

from adapters.ocr.preparation import Prepared, prepare, quarter_turned
from application.recognition.reading import A4_WIDTH, Box, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from application.ocr import OcrEngine
    from application.recognition.reading import Word

    Matrix = NDArray[np.float64]

DOUBTFUL = 0.85
"""Mean confidence below which a page may stand on its head."""


class Seen(NamedTuple):
    """One page twice: as it is displayed, and straightened, where rows of print are level and can be told apart.

    `back` leads from the points of the straightened page to those of the displayed one; None where the two are the same. `failed`: what
    the engine broke down with.
    """

    shown: Page
    straight: Page
    back: Matrix | None = None
    failed: str = ""

    def on_page(self, box: Box) -> Box:
        """Where a box of the straightened page stands on the page as displayed."""
        return box if self.back is None else _mapped(box, self.back)


def read_page(picture: NDArray[np.uint8], page: Page, engine: OcrEngine, languages: Sequence[str]) -> Seen:
    """The words on a grey picture of a page whose number and size in points are known."""
    prepared = prepare(picture)
    dpi = _dpi(prepared, picture, page)
    words = engine.read(prepared.picture, dpi, languages)
    if words and _mean(words) < DOUBTFUL:
        prepared, words = _upright(prepared, words, dpi, engine, languages)
    return _seen(prepared, words, dpi, picture, page)


def _dpi(prepared: Prepared, picture: NDArray[np.uint8], page: Page) -> float:
    """Resolution of the prepared picture. A page that was cut out of a photo is taken to be A4: how far away it lay is not known."""
    if prepared.matrix[2, :2].any():
        return float(72 * min(prepared.picture.shape) / A4_WIDTH)
    smaller = abs(float(np.linalg.det(prepared.matrix[:2, :2]))) ** 0.5
    return float(72 * picture.shape[1] / page.width * smaller)


def _upright(
    prepared: Prepared, words: tuple[Word, ...], dpi: float, engine: OcrEngine, languages: Sequence[str]
) -> tuple[Prepared, tuple[Word, ...]]:
    """The better of both ways up."""
    over = quarter_turned(prepared, 2)
    again = engine.read(over.picture, dpi, languages)
    return (over, again) if again and _mean(again) > _mean(words) else (prepared, words)


def _mean(words: Sequence[Word]) -> float:
    """Confidence of a page, by characters."""
    return sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words)


def _seen(prepared: Prepared, words: tuple[Word, ...], dpi: float, picture: NDArray[np.uint8], page: Page) -> Seen:
    height, width = prepared.picture.shape
    straight = replace(page, width=round(width * 72 / dpi, 2), height=round(height * 72 / dpi, 2), words=words)
    to_pixels, to_points = np.diag([dpi / 72, dpi / 72, 1.0]), np.diag([page.width / picture.shape[1], page.height / picture.shape[0], 1.0])
    back = to_points @ np.linalg.inv(prepared.matrix) @ to_pixels
    shown = replace(page, words=tuple(replace(word, box=_mapped(word.box, back)) for word in words))
    return Seen(shown, straight, back)


def _mapped(box: Box, matrix: Matrix) -> Box:
    """The upright rectangle around a box that was transformed."""
    corners = np.array([[box.left, box.right, box.right, box.left], [box.top, box.top, box.bottom, box.bottom], [1, 1, 1, 1]])
    across, down, depth = matrix @ corners
    across, down = across / depth, down / depth
    return Box(round(float(across.min()), 2), round(float(down.min()), 2), round(float(across.max()), 2), round(float(down.max()), 2))
