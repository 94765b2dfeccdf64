"""The client's mailboxes: every document of a dossier with what was recognised and how far it is (FEATURES B1–B3, B10).

A row's key is the stream of the document's proposal, so that the events of both streams find it without a query.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.event_log import Moment
from application.mailboxes import delivery
from domain import booking_proposal as proposal
from domain import document as documents
from domain import document_parts as parts
from domain.invoice_number import comparable
from domain.kernel import ERASED
from projections.asked_rows import NO_QUESTION, QUESTION_COLUMNS, QUESTION_EVENTS, AskedRow, question_changes
from projections.paging import Column, part
from projections.sorting import LONGEST, folded, sort_key
from projections.tallies import TALLIES, TalliedModel, tallies
from projections.text_filter import found_by


class Box(StrEnum):
    """What a tile of the portal stands for."""

    PURCHASE = "purchase"
    SALES = "sales"
    MISC = "misc"
    TO_SEND = "to_send"
    PROCESSING = "processing"


class MailboxRow(AskedRow, frozen=True, kw_only=True):
    """One document. Amounts in `currency`; `stage` is that of its proposal, empty before there is one.

    `place` is the box it lies in (not `to_send`; empty: none), `ready` whether it lies there to be sent, `search` what texts are found in.
    `invoice_key` is the other party and the number: rows that share it are of the same invoice (empty: not known).
    """

    id: UUID
    document: UUID
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
    invoice_key: str = ""
    invoice_date: date | None = None
    due_date: date | None = None
    currency: str = "EUR"
    handled: bool = False
    submitted_at: datetime | None = None
    stage: str = ""
    done: bool = False
    deleted: bool = False
    erased: bool = False
    place: str = ""
    ready: bool = False
    search: str = ""
    stale: bool = False


_ID = Column("id")
_SORTS = {
    "delivered": (Column("delivered_at"), _ID),
    "name": (Column("file_name"), _ID),
    "party": (Column("party_sort"), _ID),
    "number": (Column("invoice_number"), _ID),
    "due": (Column("due_date", nullable=True), _ID),
    "total": (Column("CASE WHEN credit_note THEN -total ELSE total END", nullable=True), _ID),
    "pages": (Column("pages", nullable=True), _ID),
}
_COLUMNS = ", ".join(name for name in MailboxRow.__struct_fields__ if name != "search")
_SUM = "coalesce(sum(CASE WHEN credit_note THEN -total ELSE total END), 0)"


class Alike(NamedTuple):
    """Another document of the same invoice."""

    document: UUID
    file_name: str
    media_type: str
    earlier: bool
    """Whether it was there first."""


_ALIKE = """
SELECT k.document, o.document, o.file_name, o.media_type, (o.delivered_at, o.id) < (k.at, k.id)
FROM unnest(%(documents)s::uuid[], %(ids)s::uuid[], %(keys)s::text[], %(times)s::timestamptz[]) AS k (document, id, key, at), LATERAL (
    SELECT o.document, o.file_name, o.media_type, o.delivered_at, o.id FROM mailbox o
    WHERE o.dossier = %(dossier)s AND o.invoice_key = k.key AND o.invoice_key <> '' AND NOT o.deleted AND NOT o.erased
        AND o.document <> k.document {own}
    ORDER BY o.delivered_at, o.id LIMIT 1
) o
"""


class Mailbox(TalliedModel[MailboxRow]):
    """Documents by dossier and box."""

    name: ClassVar[str] = "mailbox"
    version: ClassVar[int] = 7
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
        documents.ProcessingUndone,
        documents.DocumentErased,
        parts.DocumentReplaced,
        parts.DocumentPutBack,
        parts.DocumentWithdrawn,
        *proposal.STAGE_EVENTS,
        *QUESTION_EVENTS,
    )
    schema: ClassVar[str] = (
        """
        CREATE TABLE mailbox (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, mailbox text NOT NULL, file_name text NOT NULL,
            channel text NOT NULL, media_type text NOT NULL, delivered_at timestamptz NOT NULL, delivered_by uuid, size bigint NOT NULL,
            pages int, twin uuid, progress text NOT NULL, reason text NOT NULL, party text NOT NULL, party_sort text NOT NULL,
            invoice_number text NOT NULL, invoice_key text NOT NULL, invoice_date date, due_date date, total numeric,
            currency text NOT NULL,
            credit_note boolean NOT NULL, handled boolean NOT NULL, submitted_at timestamptz, stage text NOT NULL, done boolean NOT NULL,
            deleted boolean NOT NULL, erased boolean NOT NULL, place text NOT NULL, ready boolean NOT NULL, search text NOT NULL,
            stale boolean NOT NULL,
    """
        + QUESTION_COLUMNS
        + """
        ) WITH (fillfactor = 85);
        CREATE INDEX mailbox_asked ON mailbox (dossier, delivered_at, id) WHERE question = 'asked' AND NOT deleted AND NOT erased;
        CREATE INDEX mailbox_delivered ON mailbox (dossier, place, delivered_at, id) WHERE place <> '';
        CREATE INDEX mailbox_party ON mailbox (dossier, place, party_sort, id) WHERE place <> '';
        CREATE INDEX mailbox_ready ON mailbox (dossier, delivered_at, id) WHERE ready;
        CREATE INDEX mailbox_handled ON mailbox (dossier, place, delivered_at, id) WHERE place <> '' AND handled;
        CREATE INDEX mailbox_unhandled ON mailbox (dossier, place, delivered_at, id) WHERE place <> '' AND NOT handled;
        CREATE INDEX mailbox_found ON mailbox USING gin (dossier, search public.gin_trgm_ops) WITH (gin_pending_list_limit = 256)
            WHERE place <> '';
        CREATE INDEX mailbox_settled_found ON mailbox USING gin (dossier, search public.gin_trgm_ops)
            WITH (gin_pending_list_limit = 256) WHERE place = '' AND search <> '';
        CREATE INDEX mailbox_whole ON mailbox (dossier, delivered_at, id) WHERE NOT deleted AND NOT erased;
        CREATE INDEX mailbox_document ON mailbox (document);
        CREATE INDEX mailbox_invoice ON mailbox (dossier, invoice_key, delivered_at, id)
            WHERE invoice_key <> '' AND NOT deleted AND NOT erased;
    """
        + TALLIES
    )

    def key(self, moment: Moment) -> UUID:
        """The proposal's stream, whichever stream the event is in."""
        if isinstance(moment.event, QUESTION_EVENTS):
            return proposal.proposal_of(moment.event.document)
        return proposal.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: MailboxRow | None, moment: Moment) -> MailboxRow | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return _received(moment, moment.event)
        changed = {} if row is None else _changes(row, moment)
        return msgspec.structs.replace(row, **changed) if row is not None and changed else row

    def derive(self, row: MailboxRow) -> MailboxRow:
        """Where it lies, and what it is found by."""
        place = "" if row.deleted or row.erased or row.done else row.mailbox if row.submitted_at is None else Box.PROCESSING.value
        amount = "" if row.total is None else f"{row.total:.2f}"
        return msgspec.structs.replace(
            row,
            place=place,
            ready=bool(place) and row.handled and row.submitted_at is None,
            search="" if row.deleted or row.erased else folded(f"{row.party} {row.file_name} {row.invoice_number} {amount}"),
        )

    def places(self, row: MailboxRow) -> Iterable[str]:
        """Its boxes, each also by whether it is handled."""
        boxes = [row.place, Box.TO_SEND.value] if row.ready else [row.place] if row.place else []
        return [*boxes, *(_handled(box, handled=row.handled) for box in boxes)]

    def part(self, row: MailboxRow) -> str:
        """Who brought it in: some people see only their own."""
        return _person(row.delivered_by)

    def counts(self, dossier: UUID, only_by: UUID | None = None) -> dict[Box, int]:
        """How many documents each box of a dossier holds (only one person's, for who may see only his own)."""
        with self.asking() as db:
            found = tallies(db, [dossier], Box, _part(only_by))
        return {box: found[dossier, box].rows for box in Box}

    def unhandled(self, dossier: UUID, only_by: UUID | None = None) -> dict[Box, int]:
        """How many documents of the three mailboxes are not handled yet, of those that have some."""
        places = {box: _handled(box, handled=False) for box in (Box.PURCHASE, Box.SALES, Box.MISC)}
        with self.asking() as db:
            found = tallies(db, [dossier], places.values(), _part(only_by))
        return {box: count for box, place in places.items() if (count := found[dossier, place].rows)}

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
        values: dict[str, Any] = {"dossier": dossier, "place": box.value, "by": only_by}
        where = "dossier = %(dossier)s AND " + ("ready" if box == Box.TO_SEND else "place <> '' AND place = %(place)s")
        where += " AND delivered_by = %(by)s" if only_by else ""
        where += "" if handled is None else " AND handled" if handled else " AND NOT handled"
        source = f"mailbox WHERE {where}"
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            if found := found_by(text):
                source = f"(SELECT * FROM mailbox WHERE {where} AND {found.sql} OFFSET 0) m"
                values |= found.values
                count, total = db.execute(f"SELECT count(*), {_SUM} FROM {source}", values).fetchone() or (0, Decimal(0))
            else:
                place = box.value if handled is None else _handled(box, handled=handled)
                count, total = tallies(db, [dossier], [place], _part(only_by))[dossier, place]
            wanted = part(count, limit, offset)
            rows = cursor.execute(
                f"SELECT {_COLUMNS} FROM {source} ORDER BY {wanted.order(_SORTS, sort)} LIMIT {wanted.limit} OFFSET {wanted.offset}", values
            ).fetchall()
        return wanted.turned(rows), count, total

    def whole(
        self,
        dossier: UUID,
        *,
        only_by: UUID | None = None,
        mailbox: str = "",
        text: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = 100,
    ) -> list[MailboxRow]:
        """All documents of a dossier, also what is booked, latest first; `before` is where the page before ended.

        They came in from `since` on, before `until`.
        """
        values: dict[str, Any] = {"dossier": dossier, "by": only_by, "mailbox": mailbox, "since": since, "until": until, "limit": limit}
        where = ["dossier = %(dossier)s AND NOT deleted AND NOT erased"]
        where += ["delivered_by = %(by)s"] if only_by else []
        where += ["mailbox = %(mailbox)s"] if mailbox else []
        where += ["delivered_at >= %(since)s"] if since else []
        where += ["delivered_at < %(until)s"] if until else []
        if before:
            where.append("(delivered_at, id) < (%(at)s, %(id)s)")
            values |= {"at": before[0], "id": before[1]}
        if found := found_by(text):
            where.append(f"(place <> '' AND {found.sql} OR place = '' AND search <> '' AND {found.sql})")
            values |= found.values
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            order = "ORDER BY delivered_at DESC, id DESC LIMIT %(limit)s"
            return cursor.execute(f"SELECT {_COLUMNS} FROM mailbox WHERE {' AND '.join(where)} {order}", values).fetchall()

    def alike(self, dossier: UUID, rows: Iterable[MailboxRow], only_by: UUID | None = None) -> dict[UUID, Alike]:
        """By document: the first other one of the dossier that is of the same invoice (only one person's, for who may see only his own)."""
        keyed = [row for row in rows if row.invoice_key and not row.deleted]
        if not keyed:
            return {}
        values = {
            "dossier": dossier,
            "documents": [row.document for row in keyed],
            "ids": [row.id for row in keyed],
            "keys": [row.invoice_key for row in keyed],
            "times": [row.delivered_at for row in keyed],
            "by": only_by,
        }
        with self.asking() as db:
            found = db.execute(_ALIKE.format(own="AND o.delivered_by = %(by)s" if only_by else ""), values).fetchall()
        return {document: Alike(*other) for document, *other in found}

    def asked(self, dossier: UUID, only_by: UUID | None = None) -> list[MailboxRow]:
        """The documents with a question that waits for the client, longest delivered first (only one person's, for who sees only those)."""
        where = "dossier = %(dossier)s AND question = 'asked' AND NOT deleted AND NOT erased" + (
            " AND delivered_by = %(by)s" if only_by else ""
        )
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            order = "ORDER BY delivered_at, id LIMIT 100"
            return cursor.execute(f"SELECT {_COLUMNS} FROM mailbox WHERE {where} {order}", {"dossier": dossier, "by": only_by}).fetchall()

    def find(self, document_id: UUID) -> MailboxRow | None:
        """One document."""
        with self.asking() as db, db.cursor(row_factory=class_row(MailboxRow)) as cursor:
            return cursor.execute(f"SELECT {_COLUMNS} FROM mailbox WHERE document = %s", (document_id,)).fetchone()


def _handled(box: str, *, handled: bool) -> str:
    return f"{box}/handled" if handled else f"{box}/unhandled"


def _person(user: UUID | None) -> str:
    return str(user or "")


def _part(only_by: UUID | None) -> str | None:
    return None if only_by is None else _person(only_by)


def _received(moment: Moment, event: documents.DocumentReceived) -> MailboxRow:
    return MailboxRow(
        id=proposal.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        mailbox=event.mailbox.value,
        file_name=event.file_name,
        channel=event.channel.value,
        media_type=event.media_type,
        delivered_at=delivery(moment, event)[0],
        delivered_by=delivery(moment, event)[1],
        size=event.size,
        twin=event.twin,
    )


def _changes(row: MailboxRow, moment: Moment) -> dict[str, Any]:
    if isinstance(moment.event, QUESTION_EVENTS):
        return question_changes(row, moment)
    match moment.event:
        case documents.DocumentInspected(pages=pages):
            return {"pages": pages, "progress": documents.Progress.INSPECTED.value}
        case documents.DocumentFoundUnusable(reason=reason):
            return {"progress": documents.Progress.UNUSABLE.value, "reason": reason}
        case documents.DocumentRecognised() as found:
            return recognised(found, row.mailbox) | {
                "invoice_key": _invoice_key(found, row.mailbox),
                "progress": documents.Progress.RECOGNISED.value,
            }
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
        case parts.DocumentReplaced(kept=False) | parts.DocumentWithdrawn():
            return {"deleted": True}
        case parts.DocumentPutBack():
            return {"deleted": False}
        case documents.DocumentSubmitted():
            return {"submitted_at": moment.at}
        case documents.DocumentProcessed() | documents.ProcessingUndone():
            return {"done": isinstance(moment.event, documents.DocumentProcessed)}
        case documents.DocumentErased():
            return {
                "erased": True,
                "file_name": ERASED,
                "party": ERASED,
                "party_sort": "",
                "invoice_number": "",
                "invoice_key": "",
                "reason": "",
            } | NO_QUESTION
    stage = proposal.stage_after(proposal.Stage(row.stage or proposal.Stage.OPEN), moment.event)
    return {} if stage == row.stage else {"stage": stage.value, "done": stage in _SETTLED}


_SETTLED = proposal.BOOKED | {proposal.Stage.DELETED}
"""Stages in which nothing is being processed any more."""


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


def _invoice_key(found: documents.DocumentRecognised, mailbox: str) -> str:
    """The other party, by VAT number or else by name, and the number however it is written."""
    values = {one.field: one.value for one in (*found.fields, *found.private_fields)}
    side = "buyer" if mailbox == documents.Mailbox.SALES else "issuer"
    party = values.get(f"{side}_vat") or sort_key(values.get(f"{side}_name", ""))
    number = comparable(values.get("invoice_number", ""))
    return f"{mailbox}/{party}/{number}"[:LONGEST] if party and number else ""


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
