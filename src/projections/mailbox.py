"""The client's mailboxes: every document of a dossier with what was recognised and how far it is (FEATURES B1–B3, B10).

A row's key is the stream of the document's proposal, so that the events of both streams find it without a query.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.event_log import Moment
from domain import booking_proposal as proposal
from domain import document as documents
from domain.kernel import ERASED
from projections.read_model import RowModel
from projections.sorting import sort_key


class Box(StrEnum):
    """What a tile of the portal stands for."""

    PURCHASE = "purchase"
    SALES = "sales"
    MISC = "misc"
    TO_SEND = "to_send"
    PROCESSING = "processing"


class MailboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """One document. Amounts in `currency`, positive for credit notes; `stage` is that of its proposal, empty before there is one."""

    id: UUID
    document: UUID
    dossier: UUID
    mailbox: str
    file_name: str
    channel: str
    media_type: str
    delivered_at: datetime
    delivered_by: UUID | None
    size: int
    pages: int | None = None
    twin: UUID | None = None
    progress: str = documents.Progress.ARRIVED.value
    reason: str = ""
    party: str = ""
    party_sort: str = ""
    invoice_number: str = ""
    invoice_date: date | None = None
    due_date: date | None = None
    total: Decimal | None = None
    currency: str = "EUR"
    credit_note: bool = False
    handled: bool = False
    submitted_at: datetime | None = None
    stage: str = ""
    done: bool = False
    deleted: bool = False
    erased: bool = False
    stale: bool = False


_BOXES = {
    Box.PURCHASE: "mailbox = 'purchase' AND submitted_at IS NULL",
    Box.SALES: "mailbox = 'sales' AND submitted_at IS NULL",
    Box.MISC: "mailbox = 'misc' AND submitted_at IS NULL",
    Box.TO_SEND: "handled AND submitted_at IS NULL",
    Box.PROCESSING: "submitted_at IS NOT NULL AND NOT done",
}
_SORTS = {
    "name": "file_name",
    "party": "party_sort",
    "number": "invoice_number",
    "due": "due_date",
    "total": "CASE WHEN credit_note THEN -total ELSE total END",
    "delivered": "delivered_at",
    "pages": "pages",
}
_COLUMNS = ", ".join(MailboxRow.__struct_fields__)
_HERE = "dossier = %(dossier)s AND NOT deleted AND NOT erased AND (%(by)s::uuid IS NULL OR delivered_by = %(by)s)"
_BOOKED = frozenset({proposal.BookingAccepted, proposal.BookingConfirmed})


class Mailbox(RowModel[MailboxRow]):
    """Documents by dossier and box."""

    name: ClassVar[str] = "mailbox"
    version: ClassVar[int] = 1
    row = MailboxRow
    events: ClassVar = (
        documents.DocumentReceived,
        documents.DocumentInspected,
        documents.DocumentFoundUnusable,
        documents.DocumentRecognised,
        documents.RecognitionFailed,
        documents.DocumentRenamed,
        documents.DocumentHandled,
        documents.DocumentUnhandled,
        documents.DocumentMoved,
        documents.DocumentDeleted,
        documents.DocumentRestored,
        documents.DocumentSubmitted,
        documents.DocumentProcessed,
        documents.DocumentErased,
        proposal.ProposalDrafted,
        proposal.ProposalHeld,
        proposal.ProposalReleased,
        proposal.ProposalChecked,
        proposal.ProposalNumbered,
        proposal.BookingAccepted,
        proposal.BookingRefused,
        proposal.BookingConfirmed,
        proposal.ProposalDeleted,
    )
    schema: ClassVar[str] = """
        CREATE TABLE mailbox (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, mailbox text NOT NULL, file_name text NOT NULL,
            channel text NOT NULL, media_type text NOT NULL, delivered_at timestamptz NOT NULL, delivered_by uuid, size bigint NOT NULL,
            pages int, twin uuid, progress text NOT NULL, reason text NOT NULL, party text NOT NULL, party_sort text NOT NULL,
            invoice_number text NOT NULL, invoice_date date, due_date date, total numeric, currency text NOT NULL,
            credit_note boolean NOT NULL, handled boolean NOT NULL, submitted_at timestamptz, stage text NOT NULL, done boolean NOT NULL,
            deleted boolean NOT NULL, erased boolean NOT NULL, stale boolean NOT NULL
        );
        CREATE INDEX mailbox_waiting ON mailbox (dossier, mailbox, delivered_at DESC, id) WHERE submitted_at IS NULL AND NOT deleted;
        CREATE INDEX mailbox_handled ON mailbox (dossier, delivered_at DESC, id) WHERE handled AND submitted_at IS NULL AND NOT deleted;
        CREATE INDEX mailbox_processing ON mailbox (dossier, delivered_at DESC, id)
            WHERE submitted_at IS NOT NULL AND NOT done AND NOT deleted;
        CREATE INDEX mailbox_document ON mailbox (document);
    """

    def key(self, moment: Moment) -> UUID:
        """The proposal's stream, whichever of the two streams the event is in."""
        return proposal.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: MailboxRow | None, moment: Moment) -> MailboxRow | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return _received(moment, moment.event)
        return None if row is None else msgspec.structs.replace(row, **_changes(row, moment))

    def counts(self, dossier: UUID, only_by: UUID | None = None) -> dict[Box, int]:
        """How many documents each box of a dossier holds (only one person's, for who may see only his own)."""
        parts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in _BOXES.values())
        query = f"SELECT {parts} FROM mailbox WHERE {_HERE} AND NOT done"
        with self.asking() as db:
            row = db.execute(query, {"dossier": dossier, "by": only_by}).fetchone()
        return dict(zip(_BOXES, row or (0,) * len(_BOXES), strict=True))

    def unhandled(self, dossier: UUID, only_by: UUID | None = None) -> dict[Box, int]:
        """How many documents of the three mailboxes are not handled yet."""
        query = f"SELECT mailbox, count(*) FROM mailbox WHERE {_HERE} AND submitted_at IS NULL AND NOT handled GROUP BY mailbox"
        with self.asking() as db:
            rows = db.execute(query, {"dossier": dossier, "by": only_by}).fetchall()
        return {Box(mailbox): count for mailbox, count in rows}

    def page(
        self,
        dossier: UUID,
        box: Box,
        *,
        only_by: UUID | None = None,
        text: str = "",
        handled: bool | None = None,
        sort: str = "-delivered",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[MailboxRow], int, Decimal]:
        """A page of a box, how many rows fit, and their total (credit notes negative).

        `sort` is a column's name, `-` for descending; `handled` None does not matter.
        """
        column, direction = _SORTS.get(sort.lstrip("-"), "delivered_at"), "DESC" if sort.startswith("-") else "ASC"
        values: dict[str, Any] = {"dossier": dossier, "by": only_by, "limit": limit, "offset": offset}
        values |= {"like": f"%{sort_key(text)}%", "figures": f"%{figures(text)}%"}
        where = f"{_HERE} AND {_BOXES[box]}"
        if handled is not None:
            where += " AND handled" if handled else " AND NOT handled"
        if sort_key(text):
            where += (
                " AND (party_sort LIKE %(like)s OR lower(unaccent(file_name || ' ' || invoice_number)) LIKE %(like)s "
                "OR total::text LIKE %(figures)s)"
            )
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            rows = cursor.execute(
                f"SELECT {_COLUMNS} FROM mailbox WHERE {where} "
                f"ORDER BY {column} {direction} NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s",
                values,
            ).fetchall()
            summary = db.execute(
                f"SELECT count(*), coalesce(sum(CASE WHEN credit_note THEN -total ELSE total END), 0) FROM mailbox WHERE {where}",
                values,
            ).fetchone()
        count, total = summary or (0, Decimal(0))
        return rows, count, total

    def find(self, document_id: UUID) -> MailboxRow | None:
        """One document."""
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            return cursor.execute(f"SELECT {_COLUMNS} FROM mailbox WHERE document = %s", (document_id,)).fetchone()


def figures(text: str) -> str:
    """What was typed as an amount (`1.234,5`), as the database writes it (`1234.5`); any other text as it is."""
    return text.replace(".", "").replace(",", ".") if "," in text else text


def _received(moment: Moment, event: documents.DocumentReceived) -> MailboxRow:
    return MailboxRow(
        id=proposal.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        mailbox=event.mailbox.value,
        file_name=event.file_name,
        channel=event.channel.value,
        media_type=event.media_type,
        delivered_at=moment.at,
        delivered_by=moment.context.by,
        size=event.size,
        twin=event.twin,
    )


def _changes(row: MailboxRow, moment: Moment) -> dict[str, Any]:
    match moment.event:
        case documents.DocumentInspected(pages=pages):
            return {"pages": pages, "progress": documents.Progress.INSPECTED.value}
        case documents.DocumentFoundUnusable(reason=reason):
            return {"progress": documents.Progress.UNUSABLE.value, "reason": reason}
        case documents.DocumentRecognised() as found:
            return recognised(found, row.mailbox) | {"progress": documents.Progress.RECOGNISED.value}
        case documents.RecognitionFailed(reason=reason):
            return {"progress": documents.Progress.FAILED.value, "reason": reason}
        case documents.DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case documents.DocumentHandled() | documents.DocumentUnhandled():
            return {"handled": isinstance(moment.event, documents.DocumentHandled)}
        case documents.DocumentMoved(mailbox=mailbox):
            return {"mailbox": mailbox.value}
        case documents.DocumentDeleted() | documents.DocumentRestored():
            return {"deleted": isinstance(moment.event, documents.DocumentDeleted)}
        case documents.DocumentSubmitted():
            return {"submitted_at": moment.at}
        case documents.DocumentProcessed():
            return {"done": True}
        case documents.DocumentErased():
            return {"erased": True, "file_name": ERASED, "party": ERASED, "party_sort": "", "invoice_number": "", "reason": ""}
    return {"stage": _STAGES[type(moment.event)].value, "done": type(moment.event) in _BOOKED}


_STAGES = {
    proposal.ProposalDrafted: proposal.Stage.OPEN,
    proposal.ProposalReleased: proposal.Stage.OPEN,
    proposal.ProposalHeld: proposal.Stage.HELD,
    proposal.ProposalChecked: proposal.Stage.CHECKED,
    proposal.ProposalNumbered: proposal.Stage.NUMBERED,
    proposal.BookingAccepted: proposal.Stage.ACCEPTED,
    proposal.BookingRefused: proposal.Stage.REFUSED,
    proposal.BookingConfirmed: proposal.Stage.CONFIRMED,
    proposal.ProposalDeleted: proposal.Stage.DELETED,
}


def recognised(found: documents.DocumentRecognised, mailbox: str) -> dict[str, Any]:
    """What a list shows of a reading; the other party of a sales invoice is its buyer."""
    values = {one.field: one.value for one in (*found.fields, *found.private_fields)}
    side = "buyer" if mailbox == documents.Mailbox.SALES else "issuer"
    party = values.get(f"{side}_name") or values.get(f"{side}_vat") or ""
    return {
        "party": party,
        "party_sort": sort_key(party),
        "invoice_number": values.get("invoice_number", ""),
        "invoice_date": _date(values.get("issue_date")),
        "due_date": _date(values.get("due_date")),
        "total": Decimal(values["total_incl"]) if "total_incl" in values else None,
        "currency": values.get("currency", "EUR"),
        "credit_note": values.get("type_code") in {"381", "261", "396"},
    }


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
