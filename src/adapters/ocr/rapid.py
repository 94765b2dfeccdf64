"""RapidOCR with the PP-OCRv6 models that its wheel carries: every Latin accent, no download, no other language data."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import rapidocr
from rapidocr.main import RapidOCRError

from adapters.ocr.ink import Character, Line, separate
from application.ocr import LANGUAGES
from application.recognition.reading import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

DETECTOR, RECOGNISER, TURNED = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
MODELS = Path(rapidocr.__file__).parent / "models"
LONGEST_SIDE = 1280
"""Pixels in which lines are looked for: enough for print of 6 points on A4, and a third faster than the default."""
LEAST_SCORE = 0.5
"""Lines read with less confidence are stains."""
UPRIGHT = 1.5
"""A line this many times higher than wide is read from top to bottom."""


class RapidOcr:
    """The engine with its models in memory (0.7 GB)."""

    def __init__(self, threads: int = 2, models: str = "") -> None:
        folder = Path(models) if models else MODELS
        self.version = f"rapidocr {version('rapidocr')} PP-OCRv6 small"
        parameters = {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Det.model_path": str(folder / DETECTOR),
            "Det.limit_side_len": LONGEST_SIDE,
            "Det.limit_type": "max",
            "Rec.model_path": str(folder / RECOGNISER),
            "Cls.model_path": str(folder / TURNED),
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
    height, width = strip.shape[:2]
    for piece in line.words:
        yield Word(piece.text, _box(piece.left / width, piece.right / width, line, height, corners), round(piece.confidence, 4))


def _box(left: float, right: float, line: Line, height: int, corners: NDArray[np.float32]) -> Box:
    """The rectangle around a part of the strip; one that stands upright on the page was turned to be read."""
    top, bottom = line.top / height, line.bottom / height
    shares = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    wide, high = np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[0] - corners[3])
    if high >= UPRIGHT * wide:
        shares = np.stack([1 - shares[:, 1], shares[:, 0]], axis=1)
    across, down = shares[:, :1], shares[:, 1:]
    upper = corners[0] * (1 - across) + corners[1] * across
    lower = corners[3] * (1 - across) + corners[2] * across
    points = upper * (1 - down) + lower * down
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return Box(round(float(x0), 2), round(float(y0), 2), round(float(x1), 2), round(float(y1), 2))
