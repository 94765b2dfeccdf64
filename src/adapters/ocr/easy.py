"""easyocr, of the extra `daybook[easyocr]`. It never fetches a model: an operator puts them in the folder of the settings.

It finds pieces of lines and reads each as one text, without saying where a character stands; the words' edges are those of the ink.
"""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from adapters.ocr.ink import laid_out, separate
from adapters.ocr.torchvision_stand_in import stand_in
from application.ocr import LANGUAGES
from application.recognition.reading import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from application.ocr import OcrState

CANVAS = 1280
"""Pixels of the longest side in which text is looked for: a third of the time and the memory of the default, and as good on A4."""
SMALLEST = 10
"""Pixels: a smaller piece is no print."""
LEAST_SCORE = 0.2
"""Pieces read with less confidence are stains."""
AT_ONCE = 8
"""Pieces the network reads together."""


class EasyOcr:
    """The engine with its models in memory (1.5 GB while it reads)."""

    def __init__(self, state: OcrState, threads: int = 2) -> None:
        self.version = state.version
        stand_in()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch announces what it will rename
            torch: Any = importlib.import_module("torch")
            easyocr: Any = importlib.import_module("easyocr")
            torch.set_num_threads(threads)
            self._reader = easyocr.Reader(
                list(state.languages),
                gpu=False,
                model_storage_directory=state.folder,
                user_network_directory=state.folder,
                download_enabled=False,
                verbose=False,
            )

    def read(self, image: NDArray[np.uint8], dpi: float, languages: Sequence[str] = LANGUAGES) -> tuple[Word, ...]:  # noqa: ARG002 - loaded once
        """See `application.ocr.OcrEngine`."""
        grey = image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)  # noqa: PLR2004 - grey
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as above
            pieces = self._reader.readtext(grey, canvas_size=CANVAS, min_size=SMALLEST, batch_size=AT_ONCE, workers=0)
        sure = [(corners, text, score) for corners, text, score in pieces if score >= LEAST_SCORE and text.strip()]
        return tuple(word for corners, text, score in sure for word in _words(grey, corners, text, score, 72 / dpi))


def _words(grey: NDArray[np.uint8], corners: Any, text: str, score: float, scale: float) -> Iterator[Word]:
    """The words of one piece, which stands upright: pages are straight here."""
    points = np.asarray(corners, float)
    left, top = np.maximum(np.floor(points.min(axis=0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(points.max(axis=0)), grey.shape[::-1]).astype(int)
    strip = grey[top:bottom, left:right]
    if not strip.size:
        return
    line = separate(strip, laid_out(strip, text, score))
    for word in line.words:
        edges = (left + word.left, top + line.top, left + word.right, top + line.bottom)
        yield Word(word.text, Box(*(round(float(edge * scale), 2) for edge in edges)), round(float(word.confidence), 4))
