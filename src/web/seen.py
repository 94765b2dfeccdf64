"""A recognised value as the screens mark it: sure or not, by what was counted on documents of which everything is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from application.recognition.calibration import is_sure
from application.recognition.reading import Box

if TYPE_CHECKING:
    from domain.document import FoundField


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Where recognition found the value of a field, how sure it is (0–1, and whether that is enough), and how it was read."""

    confidence: float
    sure: bool
    source: str = ""
    page: int | None = None
    box: Box | None = None


def seen(found: FoundField) -> Seen:
    """A value that was found, as it is marked."""
    sure = is_sure(found.confidence)
    return Seen(confidence=found.confidence, sure=sure, source=found.source, page=found.page, box=Box(*found.box) if found.box else None)
