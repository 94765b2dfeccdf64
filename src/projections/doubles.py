"""Proposals of one dossier that look the same (FEATURES I4, K6): three of counterparty, number, date and total are equal, or the first two.

Whether a row has a double depends on other rows, so it is settled after they have been written: only for keys that gained or lost a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec
import psycopg

from domain.invoice_number import comparable
from projections.sorting import LONGEST

if TYPE_CHECKING:
    from projections.worklist_row import WorklistRow


class DoubleKeys(NamedTuple):
    """What rows that look the same share: counterparty and number; counterparty, day and total; number, day and total. None: not known."""

    number: str | None = None
    amount: str | None = None
    content: str | None = None


class Invoice(NamedTuple):
    """What of an invoice or credit note is compared. `party` is its counterparty as well as it is known: id, VAT number or name."""

    kind: str
    party: str
    number: str
    day: date | None
    total: Decimal | None
    credit_note: bool

    def keys(self) -> DoubleKeys:
        """What it shares with those that look the same."""
        party, number = self.party[:LONGEST], comparable(self.number)[:LONGEST]
        side = f"{self.kind}-" if self.credit_note else self.kind
        day = f"{self.day}/{self.total:.2f}" if self.day and self.total else ""
        return DoubleKeys(
            number=f"{self.kind}/{party}/{number}" if party and number else None,
            amount=f"{side}/{party}/{day}" if party and day else None,
            content=f"{side}//{number}/{day}" if number and day else None,
        )


Key = tuple[UUID, str]
"""A dossier and one of the keys of a row; keys of different kinds are never alike."""
Load = Callable[[Iterable[UUID], psycopg.Connection], "dict[int, WorklistRow]"]

COLUMNS = ("number_key", "amount_key", "content_key")
_EITHER = " UNION ALL ".join(f"SELECT w.id FROM worklist w WHERE w.dossier = k.dossier AND w.{column} = k.key" for column in COLUMNS)
_KEYS = "unnest(%s::uuid[], %s::text[]) AS k (dossier, key)"
_COUNTED = "unnest(%s::uuid[], %s::text[], %s::int[]) AS k (dossier, key, enough)"
_COUNT = f"SELECT k.dossier, k.key, (SELECT count(*) FROM ({_EITHER} LIMIT k.enough) s) FROM {_COUNTED}"
_MEMBERS = f"SELECT s.id FROM {_KEYS}, LATERAL ({_EITHER}) s"


def marked(
    before: Mapping[int, WorklistRow], after: Mapping[int, WorklistRow | None], db: psycopg.Connection, load: Load
) -> tuple[dict[int, WorklistRow], dict[int, WorklistRow]]:
    """The rows whose `double` is to change now that `before` has become `after`: as they are written, and as they should be."""
    moved: Counter[Key] = Counter()
    rekeyed: dict[int, WorklistRow] = {}
    for number, row in after.items():
        old, new = _keys(before.get(number)), _keys(row)
        if old != new:
            moved.update(new)
            moved.subtract(old)
            if row is not None:
                rekeyed[number] = row
    moved = Counter({key: change for key, change in moved.items() if change})
    if not moved and not rekeyed:
        return {}, {}
    counts = _counts({**dict.fromkeys((key for row in rekeyed.values() for key in _keys(row)), 0), **moved}, db)
    flipped = [key for key, change in moved.items() if (counts[key] > 1) != (counts[key] - change > 1)]
    touched = _members(flipped, db, load) | rekeyed if flipped else rekeyed
    counts |= _counts({key: 0 for row in touched.values() for key in _keys(row) if key not in counts}, db)
    wrong = {number: row for number, row in touched.items() if row.double != any(counts[key] > 1 for key in _keys(row))}
    return wrong, {number: msgspec.structs.replace(row, double=not row.double) for number, row in wrong.items()}


def _keys(row: WorklistRow | None) -> list[Key]:
    return [] if row is None else [(row.dossier, key) for column in COLUMNS if (key := getattr(row, column)) is not None]


def _counts(changes: Mapping[Key, int], db: psycopg.Connection) -> dict[Key, int]:
    """How many rows share each key, counted no further than tells whether it was shared before it changed by so many, and is now."""
    if not changes:
        return {}
    dossiers, keys = zip(*changes, strict=True)
    enough = [2 + max(change, 0) for change in changes.values()]
    return {(dossier, key): count for dossier, key, count in db.execute(_COUNT, [list(dossiers), list(keys), enough])}


def _members(keys: Iterable[Key], db: psycopg.Connection, load: Load) -> dict[int, WorklistRow]:
    dossiers, texts = zip(*keys, strict=True)
    return load([row[0] for row in db.execute(_MEMBERS, [list(dossiers), list(texts)])], db)
