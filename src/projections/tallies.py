"""Row models that keep count: what stands in each list of a dossier is tallied as it is folded, so no list is counted to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec
import psycopg

from projections.read_model import RowModel

TALLIES = """
    CREATE TABLE tallies (
        dossier uuid, place text, part text, count bigint NOT NULL, amount numeric NOT NULL, PRIMARY KEY (dossier, place, part)
    ) WITH (fillfactor = 50);
"""
"""Belongs in the schema of every model that tallies."""

_ADD = """
INSERT INTO tallies (dossier, place, part, count, amount)
SELECT dossier, place, part, count, trim_scale(amount)
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bigint[], %s::numeric[]) AS t (dossier, place, part, count, amount)
ON CONFLICT (dossier, place, part)
DO UPDATE SET count = tallies.count + excluded.count, amount = trim_scale(tallies.amount + excluded.amount)
RETURNING dossier, place, part, count
"""
_DROP = "DELETE FROM tallies WHERE (dossier, place, part) IN (SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[]))"
_ASK = "SELECT dossier, place, sum(count)::bigint, sum(amount) FROM tallies WHERE dossier = ANY(%s) AND place = ANY(%s)"


class Tally(NamedTuple):
    """How many rows stand in a place, and what they come to (credit notes negative)."""

    rows: int = 0
    amount: Decimal = Decimal(0)


class TalliedRow(msgspec.Struct, frozen=True, kw_only=True):
    """What every tallied row has. `total` is positive for credit notes too."""

    dossier: UUID
    total: Decimal | None = None
    credit_note: bool = False

    @property
    def signed(self) -> Decimal:
        """What the row adds to the sum of a list."""
        return Decimal(0) if self.total is None else -self.total if self.credit_note else self.total


T = TypeVar("T", bound=TalliedRow)


class TalliedModel(RowModel[T]):
    """A row stands in any number of places of its dossier (a list, a list with a filter), each divided into parts (a period, a person)."""

    def places(self, row: T) -> Iterable[str]:
        """Where the row stands."""
        raise NotImplementedError

    def part(self, row: T) -> str:
        """In which part of all its places it stands."""
        raise NotImplementedError

    def write(self, before: Mapping[int, T], after: Mapping[int, T | None], db: psycopg.Connection) -> None:
        """The rows, and what their changes make of the tallies."""
        super().write(before, after, db)
        counts: defaultdict[tuple[UUID, str, str], int] = defaultdict(int)
        amounts: defaultdict[tuple[UUID, str, str], Decimal] = defaultdict(Decimal)
        for number, row in after.items():
            old = before.get(number)
            if row is old:
                continue
            for one, sign in ((old, -1), (row, 1)):
                if one is not None:
                    for place in self.places(one):
                        key = (one.dossier, place, self.part(one))
                        counts[key] += sign
                        amounts[key] += sign * one.signed
        self._add([(*key, count, amounts[key]) for key, count in counts.items() if count or amounts[key]], db)

    def _add(self, changes: Sequence[tuple[UUID, str, str, int, Decimal]], db: psycopg.Connection) -> None:
        if not changes:
            return
        empty = [row[:3] for row in db.execute(_ADD, [list(column) for column in zip(*changes, strict=True)]) if not row[3]]
        if empty:
            db.execute(_DROP, [list(column) for column in zip(*empty, strict=True)])


def tallies(
    db: psycopg.Connection, dossiers: Sequence[UUID], places: Iterable[str], part: str | None = None
) -> defaultdict[tuple[UUID, str], Tally]:
    """The tally of each of these places in each of these dossiers, of one part or of all; an empty one where nothing stands."""
    only, values = ("", []) if part is None else (" AND part = %s", [part])
    rows = db.execute(f"{_ASK}{only} GROUP BY dossier, place", [list(dossiers), list(places), *values])
    return defaultdict(Tally, {(dossier, place): Tally(count, amount) for dossier, place, count, amount in rows})
