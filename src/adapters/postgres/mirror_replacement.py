"""Replacing a dossier's mirror: the snapshot is copied beside it, and only what differs is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from psycopg import sql
from psycopg.types.json import Jsonb

from application.accounting_package import (
    Account,
    Balance,
    BookingLine,
    Dimension,
    Journal,
    LedgerParty,
    OpenItem,
    PackageBooking,
    Period,
    VatCode,
)
from application.ledger_mirror import MirrorChanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg import Connection

    from application.accounting_package import LedgerSnapshot

_SESSION = """
SELECT set_config('statement_timeout', '10min', true),
       set_config('enable_nestloop', 'off', true)
"""
"""A first synchronisation may take longer than a screen's question. Whole sets are compared; the planner, which does not know yet how large
they are, must not do so row by row."""
MANY = 1000
"""So many changed rows make the planner's idea of a table too old to wait for autovacuum."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of record: table `mirror_<name>`, its key within the dossier, and its other columns."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


def _fields(struct: type[msgspec.Struct], *left_out: str) -> tuple[str, ...]:
    return tuple(field for field in struct.__struct_fields__ if field not in left_out)


ACCOUNTS = Kind("accounts", ("code",), _fields(Account, "code"))
VAT_CODES = Kind("vat_codes", ("code",), (*_fields(VatCode, "code"), "position"))
JOURNALS = Kind("journals", ("code",), _fields(Journal, "code"))
PERIODS = Kind("periods", ("period",), _fields(Period, "period"))
PARTIES = Kind("parties", ("id",), _fields(LedgerParty, "id"))
BOOKINGS = Kind("bookings", ("package_id",), _fields(PackageBooking, "package_id", "lines", "foreign"))
BOOKING_LINES = Kind("booking_lines", ("package_id", "line"), _fields(BookingLine))
OPEN_ITEMS = Kind("open_items", ("package_id", "item"), _fields(OpenItem, "package_id"))
DIMENSIONS = Kind("dimensions", ("code",), (*_fields(Dimension, "code"), "position"))
BALANCES = Kind("balances", ("account", "period"), _fields(Balance, "account", "period"))

_TAKE_TURN = """
INSERT INTO mirror_dossiers AS held (dossier, synchronised_at, upto) VALUES (%s, now(), %s)
ON CONFLICT (dossier) DO UPDATE SET synchronised_at = excluded.synchronised_at, upto = excluded.upto WHERE held.upto <= excluded.upto
"""

_TOTALS = """
INSERT INTO mirror_booking_totals (dossier, kind, period, journal, credit_note, paid_state, count, amount, open)
SELECT dossier, kind, period, journal, credit_note, paid_state, count(*), sum(amount), sum(open)
FROM mirror_bookings WHERE dossier = %s GROUP BY dossier, kind, period, journal, credit_note, paid_state
"""


def replace(connection: Connection[Any], dossier: UUID, snapshot: LedgerSnapshot, upto: int) -> MirrorChanges | None:
    """Make the mirror equal to the snapshot, in the caller's transaction. Two that do so for one dossier wait for each other.

    None when the mirror already holds a snapshot whose reading began later than log position `upto`.
    """
    connection.execute(_SESSION)
    if connection.execute(_TAKE_TURN, (dossier, upto)).rowcount == 0:
        return None
    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    removed: dict[str, int] = {}
    for kind, rows in _records(snapshot):
        _lay_beside(connection, kind, rows)
        removed[kind.name] = _remove(connection, kind, dossier)
        changed[kind.name] = _change(connection, kind, dossier)
        added[kind.name] = _add(connection, kind, dossier)
    connection.execute("DELETE FROM mirror_booking_totals WHERE dossier = %s", (dossier,))
    connection.execute(_TOTALS, (dossier,))
    for kind in (BOOKINGS, BOOKING_LINES):
        if added[kind.name] + removed[kind.name] > MANY:
            connection.execute(sql.SQL("ANALYZE {}").format(_table(kind)))
    return MirrorChanges(added=_some(added), changed=_some(changed), removed=_some(removed))


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}


def _records(snapshot: LedgerSnapshot) -> Iterator[tuple[Kind, Iterable[Sequence[object]]]]:
    """The rows of each kind, columns in the order of its key and columns."""
    yield ACCOUNTS, map(msgspec.structs.astuple, snapshot.accounts)
    yield VAT_CODES, (tuple(map(_stored, (*msgspec.structs.astuple(code), place))) for place, code in enumerate(snapshot.vat_codes))
    yield JOURNALS, map(msgspec.structs.astuple, snapshot.journals)
    yield PERIODS, map(msgspec.structs.astuple, snapshot.periods)
    yield PARTIES, map(msgspec.structs.astuple, snapshot.parties)
    yield BOOKINGS, map(_booking, snapshot.bookings)
    yield (
        BOOKING_LINES,
        (
            (booking.package_id, number, *map(_stored, msgspec.structs.astuple(line)))
            for booking in snapshot.bookings
            for number, line in enumerate(booking.lines, start=1)
        ),
    )
    yield OPEN_ITEMS, _open_items(snapshot.open_items)
    yield DIMENSIONS, (_dimension(one, place) for place, one in enumerate(snapshot.dimensions))
    yield BALANCES, map(msgspec.structs.astuple, snapshot.balances)


def _stored(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict) else list(value) if isinstance(value, tuple) else value


def _dimension(one: Dimension, place: int) -> tuple[object, ...]:
    return one.code, one.name, one.mandatory, Jsonb(msgspec.to_builtins(one.values)), place


def _booking(booking: PackageBooking) -> tuple[object, ...]:
    """An id that is none of ours, because it is no UUID, makes it a booking of somebody else."""
    return (
        booking.package_id,
        *(_our_id(booking) if column == "booking_id" else getattr(booking, column) for column in BOOKINGS.columns),
    )


def _our_id(booking: PackageBooking) -> UUID | None:
    try:
        return UUID(booking.booking_id) if booking.booking_id else None
    except ValueError:
        return None


def _open_items(items: Iterable[OpenItem]) -> Iterator[tuple[object, ...]]:
    """A booking may be due in parts: they are numbered in the order given."""
    seen: Counter[str] = Counter()
    for item in items:
        seen[item.package_id] += 1
        yield (item.package_id, seen[item.package_id], item.party_id, item.due_date, item.amount, item.open)


def _lay_beside(connection: Connection[Any], kind: Kind, rows: Iterable[Sequence[object]]) -> None:
    columns = _names(kind.key + kind.columns)
    connection.execute(
        sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(_beside(kind), columns, _table(kind))
    )
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(_beside(kind), columns)) as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(sql.SQL("ANALYZE {}").format(_beside(kind)))


def _remove(connection: Connection[Any], kind: Kind, dossier: UUID) -> int:
    statement = sql.SQL("DELETE FROM {} AS held WHERE dossier = %s AND NOT EXISTS (SELECT FROM {} AS came WHERE {})")
    return connection.execute(statement.format(_table(kind), _beside(kind), _same(kind.key)), (dossier,)).rowcount


def _change(connection: Connection[Any], kind: Kind, dossier: UUID) -> int:
    statement = sql.SQL(
        "UPDATE {} AS held SET ({}) = ROW({}) FROM {} AS came WHERE dossier = %s AND {} AND ROW({}) IS DISTINCT FROM ROW({})"
    )
    came, held = _names(kind.columns, "came"), _names(kind.columns, "held")
    filled = statement.format(_table(kind), _names(kind.columns), came, _beside(kind), _same(kind.key), held, came)
    return connection.execute(filled, (dossier,)).rowcount


def _add(connection: Connection[Any], kind: Kind, dossier: UUID) -> int:
    statement = sql.SQL(
        "INSERT INTO {} (dossier, {}) SELECT %s, {} FROM {} AS came WHERE NOT EXISTS (SELECT FROM {} AS held WHERE dossier = %s AND {})"
    )
    columns = kind.key + kind.columns
    filled = statement.format(_table(kind), _names(columns), _names(columns, "came"), _beside(kind), _table(kind), _same(kind.key))
    return connection.execute(filled, (dossier, dossier)).rowcount


def _table(kind: Kind) -> sql.Identifier:
    return sql.Identifier(f"mirror_{kind.name}")


def _beside(kind: Kind) -> sql.Identifier:
    return sql.Identifier(f"incoming_{kind.name}")


def _names(columns: Iterable[str], of: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(of, column) if of else sql.Identifier(column) for column in columns)


def _same(key: Iterable[str]) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier("held", column), sql.Identifier("came", column)) for column in key
    )
