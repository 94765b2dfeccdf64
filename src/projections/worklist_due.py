"""Until when a row of the worklist is in time (FEATURES N4).

Whether it is late depends on the day one looks, so no row says so: rows are tallied by their last day in time, and those of the days
before today are added up. No row is written because a night went by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import psycopg

DUE_INDEX = "CREATE INDEX worklist_due ON worklist (dossier, place, sla_due, id) WHERE sla_due IS NOT NULL AND place NOT IN ('', 'sent');"
_BETWEEN = "/due "


class Late(NamedTuple):
    """How many rows are late, what they come to, and since when the first should have been done."""

    rows: int = 0
    amount: Decimal = Decimal(0)
    oldest: date | None = None


def due_places(tab: str, due: date | None) -> Iterator[str]:
    """The tally of a tab's rows with this last day."""
    if due is not None:
        yield f"{tab}{_BETWEEN}{due.isoformat()}"


_ASK = """
SELECT dossier, tab, sum(count)::bigint, sum(amount), min(right(place, 10))::date FROM tallies, unnest(%s::text[]) AS t (tab)
WHERE dossier = ANY (%s) AND place >= tab || %s AND place < tab || %s {part} GROUP BY dossier, tab
"""


def late(
    db: psycopg.Connection, dossiers: Sequence[UUID], tabs: Sequence[str], today: date, part: str | None = None
) -> defaultdict[tuple[UUID, str], Late]:
    """What should have been processed before today, by dossier and tab; `part` as in `tallies`."""
    only, values = ("", []) if part is None else ("AND part = %s", [part])
    bounds = (_BETWEEN, f"{_BETWEEN}{today.isoformat()}")
    rows = db.execute(_ASK.format(part=only), [list(tabs), list(dossiers), *bounds, *values])
    return defaultdict(Late, {(dossier, tab): Late(count, amount, oldest) for dossier, tab, count, amount, oldest in rows})
