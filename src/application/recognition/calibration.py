"""The last step: from how well a value was found to the chance that it is right, per field, as counted on documents with a known truth.

`calibration.json` holds the counts' outcome; `benchmarks/fit_confidence.py` makes it. Exact values (from XML) never come here.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from application.recognition.reading import FieldReading, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT, OCR = "text", "ocr"
"""Where a value was read: text that was in the file, or a picture."""
CERTAIN = 1.0
"""What an exact value has, and no value that was read from a page."""
LEAST_CHANCE = 0.5
"""Wrong is worse than absent: what is more likely wrong than right is not handed on."""
_TOUCH = 1.0
"""Points by which the box of a value may miss those of its words."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """From this score on, this is the chance."""

    score: float
    chance: float


class Calibration(msgspec.Struct, frozen=True):
    """`curves`: by field and by where it was read, rising steps. `sure`: by field, the chance from which a value is shown as sure.

    From that chance on, on documents that were not used for the curves, at most 2 % were wrong: the upper end of the 95 % interval, so
    a field with too few cases is never sure.
    """

    curves: dict[str, dict[str, tuple[Step, ...]]]
    sure: dict[str, float]


CALIBRATION = msgspec.json.decode((Path(__file__).parent / "calibration.json").read_bytes(), type=Calibration)


def calibrated(reading: Reading, pages: tuple[Page, ...]) -> Reading:
    """The same reading with chances for confidences, without what is likely wrong. `pages` are those it was read from."""
    fields = {}
    for name, field, origin, score in evidence(reading, pages):
        chance = chance_of(CALIBRATION.curves.get(name, {}).get(origin, ()), score)
        if chance >= LEAST_CHANCE:
            fields[name] = replace(field, confidence=chance)
    return replace(reading, fields=fields)


def is_sure(field: str, confidence: float) -> bool:
    """Whether a value of this confidence is shown as sure: exact, or of a kind of which next to none were wrong."""
    return confidence >= CALIBRATION.sure.get(field, CERTAIN)


def evidence(reading: Reading, pages: tuple[Page, ...]) -> Iterator[tuple[str, FieldReading, str, float]]:
    """Per field how it was found: where, and its score, which is what the reader thinks of it times the least certain of its words."""
    scanned = {page.number for page in pages if any(word.confidence < CERTAIN for word in page.words)}
    by_number = {page.number: page for page in pages}
    for name, field in reading.fields.items():
        if field.page in scanned:
            yield name, field, OCR, round(field.confidence * _least_certain(field, by_number[field.page]), 2)
        else:
            yield name, field, OCR if scanned and field.page is None else TEXT, round(field.confidence, 2)


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
