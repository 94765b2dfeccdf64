"""The last step: from how well a value was found to the chance that it is right, as counted on documents with a known truth.

`calibration.json` holds the counts' outcome; `benchmarks/fit_confidence.py` makes it. Exact values (from XML) never come here.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from application.recognition.corroboration import Corroboration
from application.recognition.reading import FieldReading, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT, OCR = "text", "ocr"
"""Where a value was read: text that was in the file, or a picture."""
ALONE = " alone"
"""Behind the origin of a value that nothing else on the paper speaks for."""
CERTAIN = 1.0
"""What an exact value has, and no value that was read from a page."""
SURE = 0.98
"""From this chance on a value is shown as sure: next to none were wrong."""
UNPROVED = 0.97
"""What a value has at most whose kind was not proved to be sure, however good it looks."""
LEAST_CHANCE = 0.5
"""Wrong is worse than absent: what is more likely wrong than right is not handed on."""
_TOUCH = 1.0
"""Points by which the box of a value may miss those of its words."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """From this score on, this is the chance."""

    score: float
    chance: float


class Calibration(msgspec.Struct, frozen=True):
    """Both by field and origin. `curves`: rising steps. `sure`: the chance from which on a value is proved to be sure, where one is.

    From that chance on, on documents that were not used for the curves, at most 2 % were wrong: the upper end of the 95 % interval.
    """

    curves: dict[str, dict[str, tuple[Step, ...]]]
    sure: dict[str, dict[str, float]]


class Evidence(NamedTuple):
    """How a value was found: where, and its score, which is what the reader thinks of it times the least certain of its words."""

    name: str
    field: FieldReading
    origin: str
    score: float


CALIBRATION = msgspec.json.decode((Path(__file__).parent / "calibration.json").read_bytes(), type=Calibration)


def calibrated(reading: Reading, pages: tuple[Page, ...], own_vat: str | None = None, *, sales: bool | None = None) -> Reading:
    """The same reading with chances for confidences, without what is likely wrong: of what was read, and what was told."""
    fields = {}
    for found in evidence(reading, pages, own_vat, sales=sales):
        chance = chance_of(CALIBRATION.curves.get(found.name, {}).get(found.origin, ()), found.score)
        if chance < CALIBRATION.sure.get(found.name, {}).get(found.origin, CERTAIN):
            chance = min(chance, UNPROVED)
        if chance >= LEAST_CHANCE:
            fields[found.name] = replace(found.field, confidence=chance)
    return replace(reading, fields=fields)


def is_sure(confidence: float) -> bool:
    """Whether a value of this confidence is shown as sure: exact, or of a kind of which next to none were wrong."""
    return confidence >= SURE


def evidence(reading: Reading, pages: tuple[Page, ...], own_vat: str | None = None, *, sales: bool | None = None) -> Iterator[Evidence]:
    """Per field how it was found."""
    scanned = {page.number: page for page in pages if any(word.confidence < CERTAIN for word in page.words)}
    also = Corroboration(reading, pages, own_vat, sales=sales)
    for name, field in reading.fields.items():
        page = scanned.get(field.page) if field.page else None
        score = field.confidence * (_least_certain(field, page) if page else CERTAIN)
        origin = OCR if page or (scanned and field.page is None) else TEXT
        yield Evidence(name, field, origin if also.of(name) else origin + ALONE, round(score, 2))


def _least_certain(field: FieldReading, page: Page) -> float:
    """The lowest confidence among the words in the box of a value."""
    box = field.box
    if box is None:
        return CERTAIN
    inside = (
        word.confidence
        for word in page.words
        if box.left - _TOUCH <= (word.box.left + word.box.right) / 2 <= box.right + _TOUCH
        and box.top - _TOUCH <= (word.box.top + word.box.bottom) / 2 <= box.bottom + _TOUCH
    )
    return min(inside, default=CERTAIN)


def chance_of(steps: tuple[Step, ...], score: float) -> float:
    """The chance at a score; where nothing like it was ever counted, no more than the score itself."""
    place = bisect_right(steps, score, key=lambda step: step.score) - 1
    return steps[place].chance if place >= 0 else min(score, steps[0].chance if steps else score)
