"""Which engine this process reads with. It is loaded once in a process, and only its own libraries with it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from application.ocr import OcrChoice

if TYPE_CHECKING:
    from application.ocr import OcrEngine


class UnknownEngine(ValueError):
    """The setting names an engine we do not have."""


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
    """Its engine, loaded at the first need. Raises what its library raises when models are missing."""
    return open_engine(_InUse.choice)


@lru_cache(maxsize=1)
def open_engine(choice: OcrChoice) -> OcrEngine:
    """The engine with its models in memory."""
    match choice.engine:
        case "rapidocr":
            from adapters.ocr.rapid import RapidOcr  # noqa: PLC0415 - only the engine that is used

            return RapidOcr(choice.threads, choice.models)
    raise UnknownEngine(choice.engine)
