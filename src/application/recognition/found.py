"""What a step hands on: a value somebody could believe, how much, why, and where it stands on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from application.recognition.reading import FieldReading

if TYPE_CHECKING:
    from application.recognition.layout import Segment


class Found(NamedTuple):
    """A candidate for a field: `value` stands in `segment.text[start:end]`. `start == end`: it is not printed but follows from there.

    `confidence` 0-1; `source` as in `FieldReading`.
    """

    value: str
    confidence: float
    source: str
    segment: Segment
    start: int
    end: int

    def surer(self, factor: float) -> Found:
        """The same with its confidence times `factor`, at most 0.99: nothing read from a page is certain."""
        return self._replace(confidence=min(0.99, self.confidence * factor))

    def reading(self) -> FieldReading:
        """As it is handed to the world."""
        return FieldReading(
            value=self.value,
            confidence=round(self.confidence, 2),
            source=self.source,
            page=self.segment.page.number if self.start < self.end else None,
            box=self.segment.box(self.start, self.end) if self.start < self.end else None,
        )


DOUBT = 0.8
"""A rival that is nearly as good makes the best one this much less sure."""
_NEARLY = 0.85


def best(candidates: list[Found]) -> Found | None:
    """The most believable candidate; less sure when another value is nearly as believable, surer when it was found twice."""
    if not candidates:
        return None
    first = max(candidates, key=lambda found: found.confidence)
    rivals = [found for found in candidates if found.value != first.value]
    if any(found.confidence > _NEARLY * first.confidence for found in rivals):
        return first.surer(DOUBT)
    twice = sum(found.value == first.value for found in candidates) > 1
    return first.surer(1.04) if twice else first
