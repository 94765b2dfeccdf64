"""The digital archive: bookings of the ledger mirror joined with our documents, either of which may be missing (FEATURES E3).

The mirror is not a read model: it stands in the cell's schema, where these questions join it by dossier and booking id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.cell_database import CellDatabase
from application.event_log import Moment
from domain import booking_proposal as proposals
from domain import document as documents
from domain.kernel import ERASED
from projections.read_model import RowModel
from projections.sorting import sort_key


class ArchivedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Our side of a line of the archive. `id` is the booking proposal's, which is the booking's id in the mirror."""

    id: UUID
    document: UUID
    dossier: UUID
    kind: str
    file_name: str
    media_type: str
    delivered_at: datetime
    journal: str = ""
    number: str | None = None
    period: str | None = None
    credit_note: bool = False
    party: str = ""
    invoice_number: str = ""
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str = "EUR"
    total: Decimal | None = None
    booked_at: datetime | None = None
    processed_at: datetime | None = None
    erased: bool = False
    stale: bool = False


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


_LINES = """
    SELECT b.booking_id AS id, a.document, a.file_name, a.media_type, b.invoice_date, b.journal, b.number, b.period, b.invoice_number,
           b.party_name AS party, b.party_sort, b.amount, b.currency, b.due_date, b.paid_state AS paid, b.credit_note, b.booked_on,
           b.search, b.open, b.package_id
    FROM mirror_bookings b LEFT JOIN archive a ON a.id = b.booking_id AND NOT a.erased
    WHERE b.dossier = %(dossier)s AND b.kind = %(kind)s
    UNION ALL
    SELECT a.id, a.document, a.file_name, a.media_type, a.invoice_date, a.journal, coalesce(a.number, ''), coalesce(a.period, ''),
           a.invoice_number, a.party, a.party_sort, CASE WHEN a.credit_note THEN -a.total ELSE a.total END, a.currency, a.due_date,
           'unknown', a.credit_note, a.booked_at::date, a.party_sort || ' ' || lower(a.invoice_number) || ' ' || coalesce(a.number, ''),
           NULL, NULL
    FROM archive a
    WHERE a.dossier = %(dossier)s AND a.kind = %(kind)s AND a.booked_at IS NOT NULL AND NOT a.erased
      AND NOT EXISTS (SELECT FROM mirror_bookings b WHERE b.dossier = a.dossier AND b.booking_id = a.id)
"""
_MISC = """
    SELECT a.id, a.document, a.file_name, a.media_type, a.delivered_at::date AS invoice_date, '' AS journal, '' AS number, '' AS period,
           '' AS invoice_number, a.party, a.party_sort, NULL::numeric AS amount, a.currency, NULL::date AS due_date, 'unknown' AS paid,
           false AS credit_note, a.processed_at::date AS booked_on, lower(unaccent(a.file_name)) AS search,
           NULL::numeric AS open, NULL AS package_id
    FROM archive a WHERE a.dossier = %(dossier)s AND a.kind = %(kind)s AND a.processed_at IS NOT NULL AND NOT a.erased
"""
_CONDITIONS = {
    "text": """(l.document IN (SELECT t.document FROM page_text t WHERE t.dossier = %(dossier)s
        AND t.words @@ websearch_to_tsquery('simple', unaccent(%(text)s))) OR l.search LIKE %(text_like)s)""",
    "party": "l.party_sort LIKE %(party_like)s",
    "number": "(l.number LIKE %(number_like)s OR lower(l.invoice_number) LIKE %(number_like)s)",
    "journal": "l.journal = %(journal)s",
    "period": "l.period = %(period)s",
    "paid": "l.paid = %(paid)s",
    "credit_note": "l.credit_note = %(credit_note)s",
    "invoice_date_from": "l.invoice_date >= %(invoice_date_from)s",
    "invoice_date_to": "l.invoice_date <= %(invoice_date_to)s",
    "amount_from": "l.amount >= %(amount_from)s",
    "amount_to": "l.amount <= %(amount_to)s",
}
_SORTS = {
    "date": "l.invoice_date",
    "document": "l.number",
    "period": "l.period",
    "number": "l.invoice_number",
    "party": "l.party_sort",
    "amount": "l.amount",
    "due": "l.due_date",
    "paid": "l.paid",
}
_DOCUMENT = ", ".join(ArchivedDocument.__struct_fields__)
_ACCOUNTS = """
    LEFT JOIN LATERAL (
        SELECT (array_agg(r.account ORDER BY r.line))[1] AS account, count(DISTINCT r.account) AS accounts
        FROM mirror_booking_lines r WHERE r.dossier = %(dossier)s AND r.package_id = l.package_id
    ) r ON true
    LEFT JOIN mirror_accounts m ON m.dossier = %(dossier)s AND m.code = r.account
"""
_LINE = (*ArchiveLine.__struct_fields__[:-3], "package_id", "party_sort")
_COLUMNS = ", ".join(f"l.{name}" for name in _LINE)
_SHOWN = ", ".join(f"l.{name}" for name in ArchiveLine.__struct_fields__[:-3]) + ", r.account, m.name AS account_name, r.accounts"


class Archive(RowModel[ArchivedDocument]):
    """Documents by dossier, with the text of their pages. `text_of` gives the words of a page object, or None when it was erased."""

    name: ClassVar[str] = "archive"
    version: ClassVar[int] = 1
    row = ArchivedDocument
    events: ClassVar = (
        documents.DocumentReceived,
        documents.DocumentRenamed,
        documents.DocumentMoved,
        documents.DocumentRecognised,
        documents.DocumentProcessed,
        documents.DocumentErased,
        proposals.ProposalDrafted,
        proposals.ProposalCorrected,
        proposals.ProposalNumbered,
        proposals.HandedOver,
        proposals.BookingAccepted,
        proposals.BookingConfirmed,
        proposals.BookingRefused,
    )
    schema: ClassVar[str] = """
        CREATE TABLE archive (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, kind text NOT NULL, file_name text NOT NULL,
            media_type text NOT NULL, delivered_at timestamptz NOT NULL, journal text NOT NULL, number text, period text,
            credit_note boolean NOT NULL, party text NOT NULL, invoice_number text NOT NULL, invoice_date date, due_date date,
            currency text NOT NULL, total numeric, booked_at timestamptz, processed_at timestamptz, erased boolean NOT NULL,
            stale boolean NOT NULL, party_sort text NOT NULL GENERATED ALWAYS AS (mirror_sort_key(party)) STORED
        );
        CREATE INDEX archive_booked ON archive (dossier, kind, invoice_date DESC, id) WHERE booked_at IS NOT NULL;
        CREATE INDEX archive_processed ON archive (dossier, processed_at DESC, id) WHERE processed_at IS NOT NULL;
        CREATE TABLE page_text (document uuid PRIMARY KEY, dossier uuid NOT NULL, words tsvector NOT NULL);
        CREATE INDEX page_text_words ON page_text USING gin (dossier, words);
    """

    def __init__(self, database: CellDatabase, text_of: Callable[[str], str | None]) -> None:
        super().__init__(database)
        self._text_of = text_of

    def key(self, moment: Moment) -> UUID:
        """The proposal's stream, whichever of the two streams the event is in."""
        return proposals.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: ArchivedDocument | None, moment: Moment) -> ArchivedDocument | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return _received(moment, moment.event)
        return None if row is None else msgspec.structs.replace(row, **_changes(moment))

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """The rows, and the page text beside them."""
        super().apply(batch, db)
        for moment in batch:
            match moment.event:
                case documents.DocumentRecognised(words=str(words)):
                    self._index(moment.stream, self._text_of(words), db)
                case documents.DocumentErased():
                    db.execute("DELETE FROM page_text WHERE document = %s", (moment.stream,))

    def _index(self, document: UUID, text: str | None, db: psycopg.Connection) -> None:
        if text:
            db.execute(
                "INSERT INTO page_text (document, dossier, words) "
                "SELECT document, dossier, to_tsvector('simple', unaccent(%(text)s)) FROM archive WHERE id = %(id)s "
                "ON CONFLICT (document) DO UPDATE SET words = excluded.words",
                {"text": text, "id": proposals.proposal_of(document)},
            )

    def page(
        self, dossier: UUID, kind: str, wanted: ArchiveFilter, *, sort: str = "-date", limit: int = 50, offset: int = 0
    ) -> ArchivePage:
        """A part of a tab (purchase, sales or misc)."""
        values = _values(wanted) | {"dossier": dossier, "kind": kind, "limit": limit, "offset": offset}
        chosen = [condition for name, condition in _CONDITIONS.items() if getattr(wanted, name) not in ("", None)]
        source = _MISC if kind == documents.Mailbox.MISC else _LINES
        lines = f"FROM ({source}) l" + (" WHERE " + " AND ".join(chosen) if chosen else "")
        column, direction = _SORTS.get(sort.lstrip("-"), "l.invoice_date"), "DESC" if sort.startswith("-") else "ASC"
        order = f"ORDER BY {column} {direction} NULLS LAST, l.number, l.id"
        with self.asking() as db, db.cursor(row_factory=class_row(ArchiveLine)) as cursor:
            page = f"SELECT {_COLUMNS} {lines} {order} LIMIT %(limit)s OFFSET %(offset)s"
            rows = cursor.execute(f"SELECT {_SHOWN} FROM ({page}) l {_ACCOUNTS} {order}", values).fetchall()
            summary = db.execute(f"SELECT count(*), coalesce(sum(l.amount), 0), coalesce(sum(l.open), 0) {lines}", values).fetchone()
        return ArchivePage(rows, *(summary or (0, Decimal(0), Decimal(0))))

    def find(self, document: UUID) -> ArchivedDocument | None:
        """Our side of one document; `booked_at` and `processed_at` say whether the archive has it."""
        with self.asking() as db, db.cursor(row_factory=class_row(ArchivedDocument)) as cursor:
            query = f"SELECT {_DOCUMENT} FROM archive WHERE id = %s"
            return cursor.execute(query, (proposals.proposal_of(document),)).fetchone()


def _values(wanted: ArchiveFilter) -> dict[str, Any]:
    return msgspec.structs.asdict(wanted) | {
        "text_like": f"%{wanted.text.lower()}%",
        "party_like": f"%{sort_key(wanted.party)}%",
        "number_like": f"%{wanted.number.lower()}%",
    }


def _received(moment: Moment, event: documents.DocumentReceived) -> ArchivedDocument:
    return ArchivedDocument(
        id=proposals.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        kind=event.mailbox.value,
        file_name=event.file_name,
        media_type=event.media_type,
        delivered_at=moment.at,
    )


_SHARED = ("journal", "period", "credit_note", "invoice_number", "invoice_date", "due_date", "currency", "total")


def _changes(moment: Moment) -> dict[str, Any]:
    match moment.event:
        case documents.DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case documents.DocumentMoved(mailbox=mailbox):
            return {"kind": mailbox.value}
        case documents.DocumentProcessed():
            return {"processed_at": moment.at}
        case documents.DocumentErased():
            return {"erased": True, "file_name": ERASED, "party": ERASED}
        case proposals.ProposalDrafted() | proposals.ProposalCorrected() as told:
            found = {name: value for name in _SHARED if (value := getattr(told, name)) is not msgspec.UNSET}
            return found if told.party_name is msgspec.UNSET else found | {"party": told.party_name}
        case proposals.ProposalNumbered(number=number):
            return {"number": number}
        case proposals.HandedOver() | proposals.BookingAccepted() | proposals.BookingConfirmed():
            return {"booked_at": moment.at}
        case proposals.BookingRefused():
            return {"booked_at": None}
    return {}
