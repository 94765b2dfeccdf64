"""The stars: the chance that a whole proposal is accepted unchanged (FEATURES I4).

Each part begins as sure as it was read or chosen. What became of the counterparty's latest invoices in the dossier then counts for as many
cases as there are of them, against `read_counts_as` for the reading: without any history the reading is all there is. How often proposals
with such a weakest part needed no correction was counted: `benchmarks/fit_certainty.py` makes `certainty.json`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from application.recognition.calibration import Step, chance_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PARTS = ("counterparty", "invoice_number", "invoice_date", "total", "account")
"""What must be right for a proposal to be accepted as it is."""
HISTORY = "history"
"""Weaker than any part: how often anything at all was changed on this counterparty's latest invoices."""
LOOKED_BACK = 10
"""Invoices of a counterparty whose corrections count."""


class TrackRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The last checked invoices of one counterparty: how many, how many of them as proposed, and how often each part was changed."""

    invoices: int = 0
    unchanged: int = 0
    changed: Mapping[str, int] = {}


class Fitted(msgspec.Struct, frozen=True):
    """So many invoices are needed before their outcome weighs as much as what was read now; the whole's chance by its weakest part."""

    read_counts_as: float
    steps: tuple[Step, ...]


class Weakest(NamedTuple):
    """The part of a proposal that most likely has to be changed, and the chance that it has not."""

    part: str
    chance: float


FITTED = msgspec.json.decode((Path(__file__).parent / "certainty.json").read_bytes(), type=Fitted)


def track_record(changes: Sequence[Collection[str]]) -> TrackRecord:
    """From the changed parts of each of the last invoices."""
    counted = Counter(part for one in changes for part in one)
    return TrackRecord(invoices=len(changes), unchanged=sum(not one for one in changes), changed=dict(counted))


def certainty(confidence: Mapping[str, float], record: TrackRecord | None = None) -> tuple[float, str]:
    """The chance (0-1) that nothing has to be changed, and the weakest part. What was not found at all has to be filled in."""
    part, chance = weakest(confidence, record or TrackRecord(), FITTED.read_counts_as)
    return (round(chance_of(FITTED.steps, chance), 3) if chance else 0.0), part


def weakest(confidence: Mapping[str, float], record: TrackRecord, read_counts_as: float) -> Weakest:
    """The weakest of the parts and of the whole.

    The parts of one page are right or wrong together: taking them as independent would multiply the same doubt.
    """

    def after(chance: float, right: int) -> float:
        return (read_counts_as * chance + right) / (read_counts_as + record.invoices)

    read = {part: confidence.get(part, 0.0) for part in PARTS}
    least = min(read, key=read.__getitem__)
    if not read[least]:
        return Weakest(least, 0.0)
    chances = {part: after(chance, record.invoices - record.changed.get(part, 0)) for part, chance in read.items()}
    chances[HISTORY] = after(read[least], record.unchanged)
    part = min(chances, key=chances.__getitem__)
    return Weakest(part, round(chances[part], 3))
