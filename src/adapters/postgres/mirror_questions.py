"""Lists of mirrored bookings: conditions, totals and pages, fast for a dossier of 100,000 bookings."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from psycopg import sql
from psycopg.rows import dict_row

from application.accounting_package import BookingLine, PackageBooking
from application.ledger_mirror import BookingOrder, BookingTotals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import LiteralString
    from uuid import UUID

    from psycopg import Connection

    from application.ledger_mirror import BookingFilter

_HEAD = sql.SQL(", ").join(sql.Identifier(field) for field in PackageBooking.__struct_fields__ if field not in {"lines", "foreign"})
_CONDITIONS: dict[str, LiteralString] = {
    "kind": "kind = %(kind)s",
    "text": "search LIKE '%%' || mirror_folded(%(text)s) || '%%'",
    "party_id": "party_id = %(party_id)s",
    "journal": "journal = %(journal)s",
    "account": "EXISTS (SELECT FROM mirror_booking_lines AS line WHERE line.dossier = mirror_bookings.dossier "
    "AND line.package_id = mirror_bookings.package_id AND line.account LIKE %(account)s || '%%')",
    "paid": "paid_state = %(paid)s",
    "credit_note": "credit_note = %(credit_note)s",
    "period_from": "period >= %(period_from)s",
    "period_to": "period <= %(period_to)s",
    "invoice_date_from": "invoice_date >= %(invoice_date_from)s",
    "invoice_date_to": "invoice_date <= %(invoice_date_to)s",
    "due_date_from": "due_date >= %(due_date_from)s",
    "due_date_to": "due_date <= %(due_date_to)s",
    "amount_from": "amount >= %(amount_from)s",
    "amount_to": "amount <= %(amount_to)s",
}
_COUNTED = frozenset({"kind", "journal", "paid", "credit_note", "period_from", "period_to"})
"""The filters `mirror_booking_totals` is kept by."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a list, in which order."""

    order: BookingOrder
    descending: bool
    offset: int
    limit: int


def totals(connection: Connection[Any], dossier: UUID, wanted: BookingFilter) -> BookingTotals:
    """Count and amounts; summed from the kept totals where those tell the filters apart."""
    conditions, values = _conditions(dossier, wanted)
    if values.keys() - {"dossier"} <= _COUNTED:
        source = sql.SQL("SELECT coalesce(sum(count), 0), sum(amount), sum(open) FROM mirror_booking_totals WHERE {}")
    else:
        source = sql.SQL("SELECT count(*), sum(amount), sum(open) FROM mirror_bookings WHERE {}")
    with connection.cursor() as cursor:
        cursor.execute(source.format(conditions), values)
        [(count, amount, unpaid)] = cursor.fetchall()
    return BookingTotals(count=int(count), amount=amount or Decimal(0), open=unpaid or Decimal(0))


def page(connection: Connection[Any], dossier: UUID, wanted: BookingFilter, part: Part, count: int) -> tuple[PackageBooking, ...]:
    """A part of the list. A part behind the middle is read from the end, so that the last page costs what the first does."""
    backwards = part.offset * 2 > count
    limit = max(min(part.limit, count - part.offset), 0)
    offset = count - part.offset - limit if backwards else part.offset
    direction = sql.SQL("DESC" if part.descending != backwards else "ASC")
    order = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(column), direction) for column in _columns(part.order))
    conditions, values = _conditions(dossier, wanted)
    question = sql.SQL("SELECT {} FROM mirror_bookings WHERE {} ORDER BY {} LIMIT {} OFFSET {}").format(
        _HEAD, conditions, order, sql.Literal(limit), sql.Literal(max(offset, 0))
    )
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(question, values).fetchall()
    return _with_lines(connection, dossier, reversed(rows) if backwards else rows)


def booking(connection: Connection[Any], dossier: UUID, booking_id: UUID) -> PackageBooking | None:
    """The booking with this id of ours."""
    question = sql.SQL("SELECT {} FROM mirror_bookings WHERE dossier = %s AND booking_id = %s").format(_HEAD)
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(question, (dossier, booking_id)).fetchall()
    return next(iter(_with_lines(connection, dossier, rows)), None)


def _columns(order: BookingOrder) -> tuple[str, ...]:
    """The columns of a total order, as its index has them; within a period by invoice date, so that one period is a list by date."""
    return ("period", "invoice_date", "package_id") if order == BookingOrder.PERIOD else (order, "package_id")


def _conditions(dossier: UUID, wanted: BookingFilter) -> tuple[sql.Composed, dict[str, object]]:
    values: dict[str, object] = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not None}
    for name in ("text", "account"):
        if name in values:
            values[name] = _literally(str(values[name]))
    if wanted.period_from == wanted.period_to:
        values.pop("period_to", None)
    terms = [sql.SQL("dossier = %(dossier)s"), *(sql.SQL(_condition(name, wanted)) for name in values)]
    return sql.SQL(" AND ").join(terms), {"dossier": dossier, **values}


def _condition(name: str, wanted: BookingFilter) -> LiteralString:
    """One period is an equality, which keeps an index's order by date usable."""
    if name == "period_from" and wanted.period_from == wanted.period_to:
        return "period = %(period_from)s"
    return _CONDITIONS[name]


def _literally(text: str) -> str:
    """What somebody typed, with the wildcards of LIKE meaning themselves."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _with_lines(connection: Connection[Any], dossier: UUID, rows: Iterable[dict[str, Any]]) -> tuple[PackageBooking, ...]:
    heads = list(rows)
    lines: defaultdict[str, list[BookingLine]] = defaultdict(list)
    found = connection.execute(
        "SELECT package_id, account, vat_code, base, vat, description, dimensions FROM mirror_booking_lines "
        "WHERE dossier = %s AND package_id = ANY(%s) ORDER BY package_id, line",
        (dossier, [head["package_id"] for head in heads]),
    )
    for package_id, *line in found:
        lines[package_id].append(BookingLine(**dict(zip(BookingLine.__struct_fields__, line, strict=True))))
    return tuple(
        PackageBooking(
            **{
                **head,
                "booking_id": None if head["booking_id"] is None else str(head["booking_id"]),
                "lines": tuple(lines[head["package_id"]]),
            }
        )
        for head in heads
    )
