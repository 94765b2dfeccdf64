"""The question behind the archive: bookings of the mirror, our own documents that are not in it yet, and the two joined.

Both sides have the same columns, so that one condition serves both. Which documents the mirror lacks, and on which pages a text stands, is
found first, from indexes alone. Then a page reads the mirror in the order of one of its indexes, no further than the page; totals come from
the mirror's own sums when the filters are among those it sums by.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from domain.document import Mailbox
from projections.paging import Column, part


class ArchiveLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: a booking, our document, or both. `paid` is yes, partly, no or unknown.

    `amount` and `open` (still to be paid) are negative for credit notes; `account` is the first line's and `accounts` how many there are.
    """

    id: UUID | None
    document: UUID | None
    file_name: str | None
    media_type: str | None
    invoice_date: date | None
    journal: str
    number: str
    period: str
    invoice_number: str
    party: str
    amount: Decimal | None
    currency: str
    due_date: date | None
    paid: str
    credit_note: bool
    booked_on: date | None
    open: Decimal | None
    account: str | None
    account_name: str | None
    accounts: int | None
    misc_type: str | None = None
    permanent: bool | None = None


class ArchivePage(NamedTuple):
    """A part of a tab, and of all lines that fit: how many there are, what they come to and how much of it is unpaid."""

    lines: list[ArchiveLine]
    total: int
    amount: Decimal
    open: Decimal


class ArchiveFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted; an empty text or None does not matter. `text` is looked for on the page, `party` in the counterparty's name."""

    text: str = ""
    party: str = ""
    number: str = ""
    journal: str = ""
    period: str = ""
    paid: str = ""
    credit_note: bool | None = None
    invoice_date_from: date | None = None
    invoice_date_to: date | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    misc_type: str = ""
    permanent: bool | None = None


_COLUMNS = """b.booking_id, b.package_id, b.invoice_date, b.journal, b.number, b.period, b.invoice_number, b.party_name, b.party_sort,
    b.amount, b.open, b.currency, b.due_date, b.paid_state, b.credit_note, b.booked_on"""
_MIRROR = "mirror_bookings b WHERE b.dossier = %(dossier)s AND b.kind = %(kind)s"
_OWN = """(
    SELECT a.id AS booking_id, a.id::text AS package_id, coalesce(a.invoice_date, a.booked_at::date) AS invoice_date, a.journal,
           coalesce(a.number, '') AS number, coalesce(a.period, '') AS period, a.invoice_number, a.party AS party_name, a.party_sort,
           CASE WHEN a.credit_note THEN -a.total ELSE a.total END AS amount, NULL::numeric AS open, a.currency, a.due_date,
           'unknown' AS paid_state, a.credit_note, a.booked_at::date AS booked_on,
           mirror_folded(a.party || ' ' || a.invoice_number || ' ' || coalesce(a.number, '')) AS search
    FROM archive a WHERE a.id = ANY (%(lacking)s)
) b WHERE true"""
_LACKING = """
    SELECT a.id FROM archive a
    WHERE a.dossier = %(dossier)s AND a.kind = %(kind)s AND a.booked_at IS NOT NULL AND NOT a.erased
      AND NOT a.mirrored AND NOT EXISTS (SELECT FROM mirror_bookings m WHERE m.dossier = %(dossier)s AND m.booking_id = a.id)
"""
_FOUND = """
    SELECT a.id FROM page_text t JOIN archive a ON a.document = t.document
    WHERE t.dossier = %(dossier)s AND t.words @@ websearch_to_tsquery('simple', unaccent(%(text)s))
"""
_MISC = """(
    SELECT a.id AS booking_id, a.id::text AS package_id, (a.delivered_at AT TIME ZONE 'UTC')::date AS invoice_date,
           '' AS journal, '' AS number, '' AS period, '' AS invoice_number, a.party AS party_name, a.party_sort,
           NULL::numeric AS amount, NULL::numeric AS open, a.currency,
           NULL::date AS due_date, 'unknown' AS paid_state, false AS credit_note, a.processed_at::date AS booked_on,
           mirror_folded(a.file_name) AS search, a.misc_type, a.permanent
    FROM archive a
    WHERE a.dossier = %(dossier)s AND a.kind = %(kind)s AND a.processed_at IS NOT NULL AND NOT a.erased
) b WHERE true"""

_CONDITIONS = {
    "text": "(b.search LIKE mirror_folded(%(text_like)s) OR b.booking_id = ANY (%(found)s))",
    "party": "b.search LIKE mirror_folded(%(party_like)s) AND mirror_folded(b.party_name) LIKE mirror_folded(%(party_like)s)",
    "number": "b.search LIKE mirror_folded(%(number_like)s) AND (b.number ILIKE %(number_like)s OR b.invoice_number ILIKE %(number_like)s)",
    "journal": "b.journal = %(journal)s",
    "period": "b.period = %(period)s",
    "paid": "b.paid_state = %(paid)s",
    "credit_note": "b.credit_note = %(credit_note)s",
    "invoice_date_from": "b.invoice_date >= %(invoice_date_from)s",
    "invoice_date_to": "b.invoice_date <= %(invoice_date_to)s",
    "amount_from": "b.amount >= %(amount_from)s",
    "amount_to": "b.amount <= %(amount_to)s",
    "misc_type": "b.misc_type = %(misc_type)s",
    "permanent": "b.permanent = %(permanent)s",
}
"""`search` holds name and numbers under one trigram index: what must be in one of them is looked for there first."""
_SUMMED = frozenset({"journal", "period", "paid", "credit_note"})
"""The filters by which the mirror keeps sums."""
_ID = Column("b.package_id")
_DATE = Column("b.invoice_date")
_SORTS = {
    "date": (_DATE, _ID),
    "document": (Column("b.number"), _ID),
    "period": (Column("b.period"), _DATE, _ID),
    "number": (Column("b.invoice_number"), _ID),
    "party": (Column("b.party_sort"), _ID),
    "amount": (Column("b.amount"), _ID),
    "due": (Column("b.due_date", nullable=True), _ID),
    "paid": (Column("b.paid_state"), _ID),
}
"""In orders the mirror has an index for; only a due date may be missing."""
_SHOWN = """
    SELECT b.booking_id AS id, a.document, a.file_name, a.media_type, b.invoice_date, b.journal, b.number, b.period, b.invoice_number,
           b.party_name AS party, b.amount, b.currency, b.due_date, b.paid_state AS paid, b.credit_note, b.booked_on, b.open,
           r.account, c.name AS account_name, r.accounts, a.misc_type, a.permanent
"""
_JOINED = """
    LEFT JOIN archive a ON a.id = b.booking_id AND NOT a.erased
    LEFT JOIN LATERAL (
        SELECT (array_agg(x.account ORDER BY x.line))[1] AS account, count(DISTINCT x.account) AS accounts
        FROM mirror_booking_lines x WHERE x.dossier = %(dossier)s AND x.package_id = b.package_id
    ) r ON true
    LEFT JOIN mirror_accounts c ON c.dossier = %(dossier)s AND c.code = r.account
"""
_SUMS = "count(*) AS n, sum(b.amount) AS amount, sum(b.open) AS open"


def ask(db: psycopg.Connection, dossier: UUID, kind: str, wanted: ArchiveFilter, *, sort: str, limit: int, offset: int) -> ArchivePage:
    """The lines of a page and the totals of the whole tab, filtered."""
    chosen = {name for name in _CONDITIONS if getattr(wanted, name) not in ("", None)}
    conditions = "".join(f" AND {_CONDITIONS[name]}" for name in _CONDITIONS if name in chosen)
    sources = [_MISC] if kind == Mailbox.MISC else [_MIRROR, _OWN]
    values = _values(wanted) | {"dossier": dossier, "kind": kind}
    for name, query in (("lacking", _LACKING if kind != Mailbox.MISC else ""), ("found", _FOUND if wanted.text else "")):
        values[name] = [row[0] for row in db.execute(query, values)] if query else []
    summed = [_sums_of(source, chosen, conditions) for source in sources]
    query = f"SELECT sum(n)::bigint, coalesce(sum(amount), 0), coalesce(sum(open), 0) FROM ({' UNION ALL '.join(summed)}) s"
    totals = db.execute(query, values).fetchone() or (0, Decimal(0), Decimal(0))
    read = part(totals[0], limit, offset)
    order, seen = read.order(_SORTS, sort), read.offset + read.limit
    parts = " UNION ALL ".join(f"(SELECT {_COLUMNS} FROM {source}{conditions} ORDER BY {order} LIMIT {seen})" for source in sources)
    page = f"SELECT * FROM ({parts}) b ORDER BY {order} LIMIT {read.limit} OFFSET {read.offset}"
    with db.cursor(row_factory=class_row(ArchiveLine)) as cursor:
        lines = cursor.execute(f"{_SHOWN} FROM ({page}) b {_JOINED} ORDER BY {order}", values).fetchall()
    return ArchivePage(read.turned(lines), *totals)


def _sums_of(source: str, chosen: set[str], conditions: str) -> str:
    if source is _MIRROR and chosen <= _SUMMED:
        kept = "mirror_booking_totals b WHERE b.dossier = %(dossier)s AND b.kind = %(kind)s"
        return f"SELECT coalesce(sum(b.count), 0) AS n, sum(b.amount) AS amount, sum(b.open) AS open FROM {kept}{conditions}"
    return f"SELECT {_SUMS} FROM {source}{conditions}"


def _values(wanted: ArchiveFilter) -> dict[str, Any]:
    return msgspec.structs.asdict(wanted) | {
        "text_like": f"%{_literally(wanted.text)}%",
        "party_like": f"%{_literally(wanted.party)}%",
        "number_like": f"%{_literally(wanted.number)}%",
    }


def _literally(text: str) -> str:
    """What somebody typed, with the wildcards of LIKE meaning themselves."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
