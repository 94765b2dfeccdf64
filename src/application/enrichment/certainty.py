"""The stars: the chance that a whole proposal is accepted unchanged (FEATURES I4).

Each part begins as sure as it was read or chosen. What became of the counterparty's latest invoices in the dossier then counts for as many
cases as there are of them, against `READ_COUNTS_AS` for the reading: without any history the reading is all there is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

PARTS = ("counterparty", "invoice_number", "invoice_date", "total", "account")
"""What must be right for a proposal to be accepted as it is."""
LOOKED_BACK = 10
"""Invoices of a counterparty whose corrections count."""
READ_COUNTS_AS = 5.0
"""So many invoices are needed before their outcome weighs as much as what was read now. An assumption: it is not fitted on anything."""


class TrackRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The last checked invoices of one counterparty: how many, how many of them as proposed, and how often each part was changed."""

    invoices: int = 0
    unchanged: int = 0
    changed: Mapping[str, int] = {}


def track_record(changes: Sequence[Collection[str]]) -> TrackRecord:
    """From the changed parts of each of the last invoices."""
    counted = Counter(part for one in changes for part in one)
    return TrackRecord(invoices=len(changes), unchanged=sum(not one for one in changes), changed=dict(counted))


def certainty(confidence: Mapping[str, float], record: TrackRecord | None = None) -> float:
    """The chance (0-1): that of the weakest part, and no more than how often the whole was left unchanged allows.

    The parts of one page are right or wrong together: taking them as independent would multiply the same doubt.
    """
    record = record or TrackRecord()
    parts = [_after(confidence.get(part, 0.0), record.invoices - record.changed.get(part, 0), record.invoices) for part in PARTS]
    as_read = min(confidence.get(part, 0.0) for part in PARTS)
    whole = _after(as_read, record.unchanged, record.invoices)
    return round(min(*parts, whole, 1.0 if as_read else 0.0), 3)


def _after(chance: float, right: int, invoices: int) -> float:
    """A chance after so many outcomes."""
    return (READ_COUNTS_AS * chance + right) / (READ_COUNTS_AS + invoices)
