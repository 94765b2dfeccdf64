"""Tesseract, by the package tesserocr, which brings the program; its languages are files of the system's, or in a folder of the settings.

It runs inside the limited process, so that nothing of it outlives that. Light and quick on clean scans; shadows must be gone before.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import tesserocr  # type: ignore[import-untyped]  # the package has no type information

from adapters.ocr.ink import inked
from application.ocr import LANGUAGES
from application.recognition.reading import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from application.ocr import OcrState

LEAST_CONFIDENCE = 30.0
"""Of 100: signs read with less are a stain or a ruled line. What has letters or digits is kept, as doubtful as it is."""


class _Found(NamedTuple):
    """A word as the engine gives it; confidence 0–1, box in pixels: left, top, right, bottom."""

    line: int
    text: str
    confidence: float
    box: tuple[int, int, int, int]


class Tesseract:
    """The engine with its languages in memory (0.2 GB)."""

    def __init__(self, state: OcrState, threads: int = 2) -> None:
        os.environ["OMP_THREAD_LIMIT"] = str(threads)
        self.version = state.version
        codes = [model.removesuffix(".traineddata") for model in state.models]
        self._engine: Any = tesserocr.PyTessBaseAPI(path=f"{state.folder}/", lang="+".join(codes), psm=tesserocr.PSM.AUTO)

    def read(self, image: NDArray[np.uint8], dpi: float, languages: Sequence[str] = LANGUAGES) -> tuple[Word, ...]:  # noqa: ARG002 - loaded once
        """See `application.ocr.OcrEngine`."""
        height, width, depth = (*image.shape, 1)[:3]
        self._engine.SetImageBytes(image.tobytes(), width, height, depth, width * depth)
        self._engine.SetSourceResolution(round(dpi))
        try:
            self._engine.Recognize()
            return tuple(_words(image, _found(self._engine.GetIterator()), 72 / dpi))
        finally:
            self._engine.Clear()


def _found(iterator: Any) -> Iterator[_Found]:
    """Every word with the number of its line."""
    line = 0
    for one in tesserocr.iterate_level(iterator, tesserocr.RIL.WORD) if iterator else ():
        line += one.IsAtBeginningOf(tesserocr.RIL.TEXTLINE)
        box = one.BoundingBox(tesserocr.RIL.WORD)
        text, confidence = ("", 0.0) if box is None else (one.GetUTF8Text(tesserocr.RIL.WORD), one.Confidence(tesserocr.RIL.WORD))
        text = "".join(text.split())
        if text and (confidence >= LEAST_CONFIDENCE or any(map(str.isalnum, text))):
            yield _Found(line, text, confidence / 100, box)


def _words(image: NDArray[np.uint8], found: Iterable[_Found], scale: float) -> Iterator[Word]:
    """The words with their own ink sideways, and that of their line up and down: the engine's boxes have a margin at times."""
    for _, line in groupby(found, key=lambda one: one.line):
        words = [one._replace(box=inked(image, one.box)) for one in line]
        top, bottom = min(one.box[1] for one in words), max(one.box[3] for one in words)
        for one in words:
            edges = (one.box[0], top, one.box[2], bottom)
            yield Word(one.text, Box(*(round(edge * scale, 2) for edge in edges)), round(one.confidence, 4))
