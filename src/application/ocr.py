"""The port of optical character recognition: an engine that reads the print on a picture (FEATURES K1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from domain.kernel import Refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from application.recognition.reading import Word

    Picture = NDArray[np.uint8]

LANGUAGES = ("nl", "fr", "de", "en")
"""Those of Belgian invoices, as ISO 639-1 codes."""


class OcrChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which engine reads, and with what.

    `models`: the folder of its weights or language data; empty: those it brings, or the usual place. `languages`: ISO 639-1 codes, for
    engines that want to know. `threads`: how many processors one page may keep busy.
    """

    engine: str = "rapidocr"
    models: str = ""
    languages: tuple[str, ...] = LANGUAGES
    threads: int = 2


class Remark(msgspec.Struct, frozen=True):
    """A sentence for an operator, translated where it is shown, and what it speaks of."""

    sentence: str
    values: dict[str, str] = {}


class OcrState(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to read with: files of `models` in `folder`, for these languages (ISO 639-1).

    `version` names engine and models: what a reading is recorded with. `warning` is what it cannot do, `problem` why it cannot read.
    """

    engine: str
    version: str
    folder: str = ""
    models: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    warning: Remark | None = None
    problem: Remark | None = None


class EngineMissing(Refused):
    """There is nothing to read scans with; the sentence says what an operator must do."""


class OcrEngine(Protocol):
    """One engine with its models loaded. Used by one thread of one process at a time."""

    version: str
    """Name and version of engine and models: what a reading is recorded with."""

    def read(self, image: Picture, dpi: float, languages: Sequence[str] = LANGUAGES) -> tuple[Word, ...]:
        """The words of an upright picture, line by line.

        `image` is grey (height × width) or RGB (height × width × 3), 8 bits. A word has no white space; its box is in points
        (pixels × 72 / `dpi`) from the picture's top left: sideways the ink of the word, up and down that of the line it stands in.
        `confidence` is the engine's own, 0–1.
        """
        ...
