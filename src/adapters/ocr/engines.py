"""Which engine this process reads with. It is loaded once in a process, and only its own libraries with it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.ocr.installed import state
from application.ocr import EngineMissing, OcrChoice

if TYPE_CHECKING:
    from application.ocr import OcrEngine, OcrState


class _InUse:
    choice = OcrChoice()


def use(data: bytes, **choice: Any) -> str:
    """From now on this process reads with this choice (the fields of `OcrChoice`), loaded at once; the version of the engine."""
    del data
    _InUse.choice = msgspec.convert(choice, OcrChoice)
    return engine_in_use().version


def choice_in_use() -> OcrChoice:
    """The choice of this process."""
    return _InUse.choice


def engine_in_use() -> OcrEngine:
    """Its engine, loaded at the first need. Raises `EngineMissing`."""
    return open_engine(_InUse.choice)


@lru_cache(maxsize=1)
def open_engine(choice: OcrChoice) -> OcrEngine:
    """The engine with its models in memory. Raises `EngineMissing`."""
    found = state(choice)
    if found.problem:
        raise EngineMissing(found.problem.sentence, **found.problem.values)
    try:
        return _loaded(choice, found)
    except Exception as broken:  # whatever its library makes of its models, an operator must hear of it
        raise EngineMissing("{engine} kan niet starten: {reason}", engine=found.version, reason=str(broken) or repr(broken)) from broken


def _loaded(choice: OcrChoice, found: OcrState) -> OcrEngine:
    """Imports only the library of the engine that is used."""
    match choice.engine:
        case "tesseract":
            from adapters.ocr.tesseract import Tesseract  # noqa: PLC0415

            return Tesseract(found, choice.threads)
        case "easyocr":
            from adapters.ocr.easy import EasyOcr  # noqa: PLC0415

            return EasyOcr(found, choice.threads)
        case _:
            from adapters.ocr.rapid import RapidOcr  # noqa: PLC0415

            return RapidOcr(found, choice.threads)
