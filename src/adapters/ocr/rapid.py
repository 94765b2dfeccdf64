"""RapidOCR with the PP-OCRv6 models that its wheel carries: every Latin accent, no download, no other language data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import rapidocr
from rapidocr.main import RapidOCRError

from adapters.ocr.ink import Character, Line, Piece, separate
from adapters.ocr.installed import RAPID_DETECTOR, RAPID_RECOGNISER, RAPID_TURNED
from application.ocr import LANGUAGES
from application.recognition.reading import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from application.ocr import OcrState

LONGEST_SIDE = 1280
"""Pixels in which lines are looked for: enough for print of 6 points on A4, and a third faster than the default."""
LEAST_SCORE = 0.5
"""Lines read with less confidence are stains."""
UPRIGHT = 1.5
"""A line this many times higher than wide is read from top to bottom."""


class RapidOcr:
    """The engine with its models in memory (0.7 GB)."""

    def __init__(self, state: OcrState, threads: int = 2) -> None:
        folder = Path(state.folder)
        self.version = state.version
        parameters = {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Det.model_path": str(folder / RAPID_DETECTOR),
            "Det.limit_side_len": LONGEST_SIDE,
            "Det.limit_type": "max",
            "Rec.model_path": str(folder / RAPID_RECOGNISER),
            "Cls.model_path": str(folder / RAPID_TURNED),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
        rapid: Any = rapidocr.RapidOCR
        self._engine = rapid(params=parameters)
        self._engine._load_det_model()  # noqa: SLF001 - now: later the files may be out of reach
        self._engine._load_rec_model()  # noqa: SLF001 - the same

    def read(self, image: NDArray[np.uint8], dpi: float, languages: Sequence[str] = LANGUAGES) -> tuple[Word, ...]:  # noqa: ARG002 - one model for all
        """See `application.ocr.OcrEngine`."""
        colours = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR if image.ndim == 2 else cv2.COLOR_RGB2BGR)  # noqa: PLR2004 - grey
        try:
            strips, found = self._engine.detect_and_crop(colours, {})
            read = self._engine.recognize_txt(strips)
        except RapidOCRError:  # its way to say that there is nothing
            return ()
        scale = 72 / dpi
        lines = zip(strips, found.boxes, read.txts, read.scores, read.word_results, strict=True)
        return tuple(
            word
            for strip, corners, text, score, places in lines
            if score >= LEAST_SCORE and text.strip()
            for word in _words(strip, corners * scale, _characters(text, places))
        )


def _characters(text: str, places: Any) -> list[Character]:
    """The characters that are printed, with the columns of the recogniser in which they were seen."""
    columns = [column for word in places.word_cols for column in word]
    confidences = [certain for sign, certain in zip(text, places.confs, strict=True) if not sign.isspace()]
    spaced = [before.isspace() for before, sign in zip(" " + text, text, strict=False) if not sign.isspace()]
    signs = "".join(text.split())
    return [
        Character(sign, (column + 0.5) / places.line_txt_len, certain, after_space)
        for sign, column, certain, after_space in zip(signs, columns, confidences, spaced, strict=True)
    ]


def _words(strip: NDArray[np.uint8], corners: NDArray[np.float32], characters: list[Character]) -> Iterator[Word]:
    """The line's words on the page. `corners` are the strip's on the page in points: top left, top right, bottom right, bottom left."""
    line = separate(strip, characters)
    there = _onto(strip, corners)
    for piece in line.words:
        yield Word(piece.text, _box(piece, line, there), round(piece.confidence, 4))


def _onto(strip: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.float64]:
    """The transformation from the strip's pixels to the page, undoing what cut it out; a strip that stood upright there was turned."""
    height, width = strip.shape[:2]
    wide, high = np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[0] - corners[3])
    own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    own = np.roll(own, 1, axis=0) if high >= UPRIGHT * wide else own
    return np.asarray(cv2.getPerspectiveTransform(own, corners.astype(np.float32)), np.float64)


def _box(piece: Piece, line: Line, there: NDArray[np.float64]) -> Box:
    """The upright rectangle around a part of the strip."""
    edges = [(piece.left, line.top), (piece.right, line.top), (piece.right, line.bottom), (piece.left, line.bottom)]
    points = cv2.perspectiveTransform(np.array([edges], np.float64), there)[0]
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return Box(round(float(x0), 2), round(float(y0), 2), round(float(x1), 2), round(float(y1), 2))
