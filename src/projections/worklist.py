"""The office's worklist and list of booking proposals: one row per submitted document (FEATURES I1–I4, I7, I8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET
from psycopg.rows import class_row

from application.event_log import Moment
from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import Stage
from domain.kernel import ERASED
from domain.mandatory import missing_fields
from domain.validation import ValidationState, validation_state
from projections.read_model import RowModel
from projections.sorting import sort_key


class Tab(StrEnum):
    """The three tabs of the worklist."""

    PURCHASE = "purchase"
    SALES = "sales"
    MISC = "misc"


class WorklistRow(msgspec.Struct, frozen=True, kw_only=True):
    """One submitted document and its proposal. `kind` is purchase, sales or misc; `source` AIR, UBL or empty: no proposal yet."""

    id: UUID
    document: UUID
    dossier: UUID
    kind: str
    file_name: str
    media_type: str
    delivered_at: datetime
    delivered_by: UUID | None
    pages: int | None = None
    twin: UUID | None = None
    submitted_at: datetime | None = None
    drafted_at: datetime | None = None
    source: str = ""
    journal: str = ""
    credit_note: bool = False
    period: str | None = None
    invoice_date: date | None = None
    due_date: date | None = None
    invoice_number: str = ""
    counterparty: UUID | None = None
    party: str = ""
    party_vat: str | None = None
    party_sort: str = ""
    currency: str = "EUR"
    total: Decimal | None = None
    line_total: Decimal = Decimal(0)
    accounts: tuple[str, ...] = ()
    vat_codes: tuple[str, ...] = ()
    certainty: float = 0.0
    unread: bool = False
    stage: str = ""
    suspense: bool = False
    number: str | None = None
    package_id: str | None = None
    reason: str = ""
    not_found: bool = False
    missing: tuple[str, ...] = ()
    state: str = ""
    number_key: str | None = None
    amount_key: str | None = None
    sent_at: datetime | None = None
    processed: bool = False
    removed: bool = False
    stale: bool = False


class ListedProposal(WorklistRow, frozen=True, kw_only=True):
    """A row with what only the list knows: another one that looks the same."""

    double_of: UUID | None = None


class WorklistCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows are behind each tab and quick filter. The filters count within one tab."""

    purchase: int = 0
    sales: int = 0
    misc: int = 0
    sent: int = 0
    all: int = 0
    unchecked: int = 0
    checked: int = 0
    no_party: int = 0
    zero: int = 0
    double: int = 0
    date_after_period: int = 0


_OPEN = "submitted_at IS NOT NULL AND NOT removed AND NOT processed AND sent_at IS NULL"
_OPEN_W = "w.submitted_at IS NOT NULL AND NOT w.removed AND NOT w.processed AND w.sent_at IS NULL"
_DOUBLE = """(SELECT o.id FROM worklist o WHERE o.dossier = w.dossier AND o.id <> w.id AND NOT o.removed
    AND (o.number_key = w.number_key OR o.amount_key = w.amount_key) ORDER BY o.delivered_at LIMIT 1)"""
_CHECKED = "state IN ('checked', 'checked_suspense')"
FILTERS = {
    "all": "true",
    "unchecked": f"NOT {_CHECKED}",
    "checked": _CHECKED,
    "no_party": "kind <> 'misc' AND counterparty IS NULL AND party = ''",
    "zero": "kind <> 'misc' AND coalesce(total, 0) = 0",
    "double": f"{_DOUBLE} IS NOT NULL",
    "date_after_period": "to_char(invoice_date, 'YYYY-MM') > period",
}
SENT_FILTERS = {
    "": "true",
    "underway": "stage IN ('numbered', 'sending', 'handed_over')",
    "unknown": "stage = 'outcome_unknown'",
    "booked": "stage IN ('accepted', 'confirmed')",
}
_SORTS = {
    "source": "source",
    "journal": "journal",
    "date": "invoice_date",
    "period": "period",
    "number": "invoice_number",
    "party": "party_sort",
    "account": "accounts->>0",
    "total": "CASE WHEN credit_note THEN -total ELSE total END",
    "processed": "drafted_at",
    "certainty": "certainty",
    "state": "state",
    "sent": "sent_at {direction} NULLS LAST, number",
    "received": "submitted_at",
    "name": "file_name",
    "document_number": "number",
}
_COLUMNS = ", ".join(WorklistRow.__struct_fields__)


class Worklist(RowModel[WorklistRow]):
    """Proposals by dossier, tab and state."""

    name: ClassVar[str] = "worklist"
    version: ClassVar[int] = 1
    row = WorklistRow
    events: ClassVar = (
        documents.DocumentReceived,
        documents.DocumentInspected,
        documents.DocumentRenamed,
        documents.DocumentMoved,
        documents.DocumentSubmitted,
        documents.DocumentProcessed,
        documents.DocumentErased,
        proposals.ProposalDrafted,
        proposals.ProposalCorrected,
        proposals.ProposalChecked,
        proposals.ProposalUnchecked,
        proposals.ProposalHeld,
        proposals.ProposalReleased,
        proposals.ProposalNumbered,
        proposals.SendingStarted,
        proposals.SendingAbandoned,
        proposals.HandedOver,
        proposals.BookingAccepted,
        proposals.BookingRefused,
        proposals.OutcomeLost,
        proposals.BookingNotFound,
        proposals.ResendDecided,
        proposals.BookingConfirmed,
        proposals.ProposalDeleted,
    )
    schema: ClassVar[str] = """
        CREATE TABLE worklist (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, kind text NOT NULL, file_name text NOT NULL,
            media_type text NOT NULL, delivered_at timestamptz NOT NULL, delivered_by uuid, pages int, twin uuid, submitted_at timestamptz,
            drafted_at timestamptz, source text NOT NULL, journal text NOT NULL, credit_note boolean NOT NULL, period text,
            invoice_date date, due_date date, invoice_number text NOT NULL, counterparty uuid, party text NOT NULL, party_vat text,
            party_sort text NOT NULL, currency text NOT NULL, total numeric, line_total numeric NOT NULL, accounts jsonb NOT NULL,
            vat_codes jsonb NOT NULL, certainty double precision NOT NULL, unread boolean NOT NULL, stage text NOT NULL,
            suspense boolean NOT NULL, number text, package_id text, reason text NOT NULL, not_found boolean NOT NULL,
            missing jsonb NOT NULL, state text NOT NULL, number_key text, amount_key text, sent_at timestamptz,
            processed boolean NOT NULL, removed boolean NOT NULL, stale boolean NOT NULL
        );
        CREATE INDEX worklist_open ON worklist (dossier, kind, invoice_date DESC, id)
            WHERE submitted_at IS NOT NULL AND NOT removed AND NOT processed AND sent_at IS NULL;
        CREATE INDEX worklist_sent ON worklist (dossier, sent_at DESC, id) WHERE sent_at IS NOT NULL AND NOT removed;
        CREATE INDEX worklist_number ON worklist (dossier, number_key) WHERE NOT removed;
        CREATE INDEX worklist_amount ON worklist (dossier, amount_key) WHERE NOT removed;
        CREATE INDEX worklist_document ON worklist (document);
    """

    def key(self, moment: Moment) -> UUID:
        """The proposal's stream, whichever of the two streams the event is in."""
        return proposals.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: WorklistRow | None, moment: Moment) -> WorklistRow | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return _received(moment, moment.event)
        return None if row is None else msgspec.structs.replace(row, **_changes(row, moment))

    def derive(self, row: WorklistRow) -> WorklistRow:
        """State and duplicate keys."""
        return _assessed(row)

    def counts(self, dossiers: Sequence[UUID]) -> dict[UUID, WorklistCounts]:
        """Open rows per tab and what was sent, for several dossiers at once."""
        query = f"""SELECT dossier, count(*) FILTER (WHERE {_OPEN} AND kind = 'purchase'),
            count(*) FILTER (WHERE {_OPEN} AND kind = 'sales'), count(*) FILTER (WHERE {_OPEN} AND kind = 'misc'),
            count(*) FILTER (WHERE sent_at IS NOT NULL AND NOT removed)
            FROM worklist WHERE dossier = ANY(%s) GROUP BY dossier"""
        with self.asking() as db:
            found = {row[0]: row for row in db.execute(query, (list(dossiers),))}
        return {
            one: WorklistCounts(purchase=row[1], sales=row[2], misc=row[3], sent=row[4]) if (row := found.get(one)) else WorklistCounts()
            for one in dossiers
        }

    def filter_counts(self, dossier: UUID, tab: Tab) -> WorklistCounts:
        """How many open rows of a tab each quick filter holds."""
        parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in FILTERS.values())
        with self.asking() as db:
            row = db.execute(
                f"SELECT {parts} FROM worklist w WHERE dossier = %s AND kind = %s AND {_OPEN}", (dossier, tab.value)
            ).fetchone()
        return WorklistCounts(**dict(zip(FILTERS, row or (0,) * len(FILTERS), strict=True)))

    def page(
        self,
        dossier: UUID,
        tab: Tab,
        *,
        quick: str = "all",
        text: str = "",
        period: str = "",
        sort: str = "-date",
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[list[ListedProposal], int, Decimal]:
        """A page of open rows, how many there are, and their total. `quick` is a name of `FILTERS`; `sort` a column, `-` for descending."""
        where = f"kind = %(kind)s AND {_OPEN} AND {FILTERS.get(quick, 'true')}"
        return self._page(where, dossier, text=text, period=period, sort=sort, kind=tab.value, limit=limit, offset=offset)

    def sent(
        self, dossier: UUID, *, quick: str = "", text: str = "", period: str = "", sort: str = "-sent", limit: int = 100, offset: int = 0
    ) -> tuple[list[ListedProposal], int, Decimal]:
        """A page of the booking proposals that were sent. `quick` is a name of `SENT_FILTERS`."""
        where = f"sent_at IS NOT NULL AND {SENT_FILTERS.get(quick, 'true')}"
        return self._page(where, dossier, text=text, period=period, sort=sort, limit=limit, offset=offset)

    def sent_counts(self, dossier: UUID) -> dict[str, int]:
        """How many sent proposals each of `SENT_FILTERS` holds."""
        parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in SENT_FILTERS.values())
        with self.asking() as db:
            query = f"SELECT {parts} FROM worklist WHERE dossier = %s AND sent_at IS NOT NULL AND NOT removed"
            row = db.execute(query, (dossier,)).fetchone()
        return dict(zip(SENT_FILTERS, row or (0,) * len(SENT_FILTERS), strict=True))

    def neighbours(self, dossier: UUID, tab: Tab, proposal: UUID) -> tuple[UUID | None, UUID | None, int, int]:
        """The open rows before and after one in the list's usual order, its place (from 1; 0: not open) and how many there are."""
        query = f"""SELECT before, after, place, total FROM (SELECT id, lag(id) OVER o AS before, lead(id) OVER o AS after,
            row_number() OVER o AS place, count(*) OVER () AS total FROM worklist WHERE dossier = %s AND kind = %s AND {_OPEN}
            AND drafted_at IS NOT NULL WINDOW o AS (ORDER BY invoice_date DESC NULLS LAST, id)) r WHERE id = %s"""
        with self.asking() as db:
            row = db.execute(query, (dossier, tab.value, proposal)).fetchone()
        return row or (None, None, 0, 0)

    def next_unchecked(self, dossier: UUID, tab: Tab, after: UUID | None = None) -> UUID | None:
        """The first open row that nobody has checked or kept back, in the list's usual order; after one row, then from the top again."""
        query = f"""SELECT w.id FROM worklist w LEFT JOIN worklist o ON o.id = %(after)s
            WHERE w.dossier = %(dossier)s AND w.kind = %(kind)s AND {_OPEN_W} AND w.drafted_at IS NOT NULL AND w.id IS DISTINCT FROM o.id
            AND w.state NOT IN ('checked', 'checked_suspense', 'held')
            ORDER BY (coalesce(w.invoice_date, '-infinity'), o.id) > (coalesce(o.invoice_date, '-infinity'), w.id),
                w.invoice_date DESC NULLS LAST, w.id LIMIT 1"""
        with self.asking() as db:
            row = db.execute(query, {"after": after, "dossier": dossier, "kind": tab.value}).fetchone()
        return row[0] if row else None

    def find(self, proposal: UUID) -> ListedProposal | None:
        """One row."""
        with self.asking() as db, db.cursor(row_factory=class_row(ListedProposal)) as cursor:
            return cursor.execute(f"SELECT {_COLUMNS}, {_DOUBLE} AS double_of FROM worklist w WHERE id = %s", (proposal,)).fetchone()

    def _page(
        self, where: str, dossier: UUID, *, text: str, sort: str, limit: int, offset: int, period: str = "", kind: str = ""
    ) -> tuple[list[ListedProposal], int, Decimal]:
        column, direction = _SORTS.get(sort.lstrip("-"), "invoice_date"), "DESC" if sort.startswith("-") else "ASC"
        values = {"dossier": dossier, "kind": kind, "period": period, "like": f"%{sort_key(text)}%", "limit": limit, "offset": offset}
        where = f"dossier = %(dossier)s AND NOT removed AND {where}" + (" AND period = %(period)s" if period else "")
        if sort_key(text):
            where += " AND (party_sort LIKE %(like)s OR lower(invoice_number) LIKE %(like)s"
            where += " OR total::text LIKE %(like)s OR number LIKE %(like)s OR lower(file_name) LIKE %(like)s)"
        with self.asking() as db, db.cursor(row_factory=class_row(ListedProposal)) as cursor:
            rows = cursor.execute(
                f"SELECT {_COLUMNS}, {_DOUBLE} AS double_of FROM worklist w WHERE {where} "
                f"ORDER BY {column.format(direction=direction)} {direction} NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s",
                values,
            ).fetchall()
            summary = db.execute(
                f"SELECT count(*), coalesce(sum(CASE WHEN credit_note THEN -total ELSE total END), 0) FROM worklist w WHERE {where}", values
            ).fetchone()
        count, total = summary or (0, Decimal(0))
        return rows, count, total


def _received(moment: Moment, event: documents.DocumentReceived) -> WorklistRow:
    return WorklistRow(
        id=proposals.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        kind=event.mailbox.value,
        file_name=event.file_name,
        media_type=event.media_type,
        delivered_at=moment.at,
        delivered_by=moment.context.by,
        twin=event.twin,
    )


def _changes(row: WorklistRow, moment: Moment) -> dict[str, Any]:
    match moment.event:
        case documents.DocumentInspected(pages=pages):
            return {"pages": pages}
        case documents.DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case documents.DocumentMoved(mailbox=mailbox):
            return {"kind": mailbox.value}
        case documents.DocumentSubmitted():
            return {"submitted_at": moment.at}
        case documents.DocumentProcessed():
            return {"processed": True}
        case documents.DocumentErased():
            return {"removed": True, "file_name": ERASED, "party": ERASED, "party_sort": "", "invoice_number": "", "reason": ""}
        case proposals.ProposalDrafted() as drafted:
            return _drafted(drafted) | {"drafted_at": moment.at, "stage": Stage.OPEN.value}
        case proposals.ProposalCorrected() as corrected:
            return _corrected(row, corrected)
    return _staged(moment)


def _staged(moment: Moment) -> dict[str, Any]:
    match moment.event:
        case proposals.ProposalChecked(suspense=suspense):
            return {"stage": Stage.CHECKED.value, "suspense": suspense}
        case proposals.ProposalUnchecked() | proposals.ProposalReleased():
            return {"stage": Stage.OPEN.value}
        case proposals.ProposalHeld(reason=reason):
            return {"stage": Stage.HELD.value, "reason": reason}
        case proposals.ProposalNumbered(number=number):
            return {"stage": Stage.NUMBERED.value, "number": number, "sent_at": moment.at, "reason": "", "not_found": False}
        case proposals.SendingStarted():
            return {"stage": Stage.SENDING.value}
        case proposals.SendingAbandoned():
            return {"stage": Stage.NUMBERED.value}
        case proposals.HandedOver():
            return {"stage": Stage.HANDED_OVER.value}
        case proposals.BookingAccepted(package_id=package_id):
            return {"stage": Stage.ACCEPTED.value, "package_id": package_id}
        case proposals.BookingRefused(reason=reason):
            return {"stage": Stage.REFUSED.value, "reason": reason, "sent_at": None}
        case proposals.OutcomeLost(reason=reason):
            return {"stage": Stage.UNKNOWN.value, "reason": reason, "not_found": False}
        case proposals.BookingNotFound():
            return {"not_found": True}
        case proposals.ResendDecided():
            return {"stage": Stage.NUMBERED.value, "reason": "", "not_found": False}
        case proposals.BookingConfirmed(package_id=package_id):
            return {"stage": Stage.CONFIRMED.value, "package_id": package_id}
        case proposals.ProposalDeleted():
            return {"stage": Stage.DELETED.value, "removed": True}
    raise AssertionError(f"{moment.event!r} is not for the worklist")


_SAME_NAME = (
    "journal",
    "credit_note",
    "period",
    "counterparty",
    "party_vat",
    "invoice_number",
    "invoice_date",
    "due_date",
    "currency",
    "total",
)


def _drafted(event: proposals.ProposalDrafted) -> dict[str, Any]:
    same = {name: getattr(event, name) for name in _SAME_NAME}
    own = {"source": event.source, "certainty": event.certainty, "unread": event.unread, "kind": event.kind.value}
    return same | own | _party(event.party_name) | _lines(event.lines)


def _corrected(row: WorklistRow, event: proposals.ProposalCorrected) -> dict[str, Any]:
    changes = {name: value for name in _SAME_NAME if (value := getattr(event, name)) is not UNSET}
    if event.party_name is not UNSET:
        changes |= _party(event.party_name)
    if event.lines is not UNSET:
        changes |= _lines(event.lines)
    return changes if row.stage == Stage.HELD else changes | {"stage": Stage.OPEN.value}


def _party(name: str) -> dict[str, Any]:
    return {"party": name, "party_sort": sort_key(name)}


def _lines(lines: Sequence[proposals.Line]) -> dict[str, Any]:
    return {
        "accounts": tuple(line.account for line in lines),
        "vat_codes": tuple(line.vat_code for line in lines),
        "line_total": sum((line.total for line in lines), Decimal(0)),
    }


def _assessed(row: WorklistRow) -> WorklistRow:
    """The row with its validation state and the keys doubles share."""
    if row.drafted_at is None:
        return row
    missing = missing_fields(
        party=bool(row.counterparty or row.party),
        invoice_number=row.invoice_number,
        invoice_date=row.invoice_date,
        period=row.period,
        journal=row.journal,
        total=row.total,
        accounts=row.accounts,
        vat_codes=row.vat_codes,
    )
    state = validation_state(
        Stage(row.stage), missing, unread=row.unread, suspense=row.suspense, new_party=row.counterparty is None and bool(row.party)
    )
    party = str(row.counterparty or row.party_vat or row.party_sort)
    number = re.sub(r"[^0-9a-z]", "", row.invoice_number.lower()).lstrip("0")
    return msgspec.structs.replace(
        row,
        missing=missing,
        state=state.value if state != ValidationState.OK or row.line_total == row.total else ValidationState.NOK.value,
        number_key=f"{row.kind}/{party}/{number}" if party and number else None,
        amount_key=f"{row.kind}/{party}/{row.invoice_date}/{row.total}" if party and row.invoice_date and row.total else None,
    )
