"""The digital archive: bookings of the ledger mirror joined with our documents, either of which may be missing (FEATURES E3).

The mirror is not a read model: it stands in the cell's schema, where these questions join it by dossier and booking id (ADR 0011).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.cell_database import CellDatabase
from application.event_log import Moment
from application.mailboxes import delivery
from domain import booking_proposal as proposals
from domain import booking_removal
from domain import document as documents
from domain.kernel import ERASED
from domain.synchronisation import DossierSynchronised
from projections.archive_lines import ArchiveFilter, ArchiveLine, ArchivePage, ask
from projections.read_model import RowModel

__all__ = ["Archive", "ArchiveFilter", "ArchiveLine", "ArchivePage", "ArchivedDocument"]


class ArchivedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Our side of a line of the archive. `id` is the booking proposal's, which is the booking's id in the mirror.

    `mirrored`: the mirror held it when a synchronisation was last told of; only the others have to be looked for to find what it lacks.
    """

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
    processed_by: UUID | None = None
    misc_type: str = ""
    permanent: bool = False
    to_download: bool = False
    erased: bool = False
    mirrored: bool = False
    stale: bool = False


_DOCUMENT = ", ".join(ArchivedDocument.__struct_fields__)


class Archive(RowModel[ArchivedDocument]):
    """Documents by dossier, with the text of their pages. `text_of` gives the words of a page object, or None when it was erased."""

    name: ClassVar[str] = "archive"
    version: ClassVar[int] = 6
    row = ArchivedDocument
    events: ClassVar = (
        documents.DocumentReceived,
        documents.DocumentRenamed,
        documents.DocumentMoved,
        documents.DocumentRecognised,
        documents.DocumentProcessed,
        documents.ProcessingUndone,
        documents.DocumentFetched,
        documents.DocumentErased,
        proposals.ProposalDrafted,
        proposals.ProposalRedrafted,
        proposals.ProposalCorrected,
        proposals.ProposalNumbered,
        proposals.BookingAccepted,
        proposals.BookingConfirmed,
        proposals.BookingRefused,
        booking_removal.BookingRemoved,
        DossierSynchronised,
    )
    schema: ClassVar[str] = """
        CREATE TABLE archive (
            id uuid PRIMARY KEY, document uuid NOT NULL, dossier uuid NOT NULL, kind text NOT NULL, file_name text NOT NULL,
            media_type text NOT NULL, delivered_at timestamptz NOT NULL, journal text NOT NULL, number text, period text,
            credit_note boolean NOT NULL, party text NOT NULL, invoice_number text NOT NULL, invoice_date date, due_date date,
            currency text NOT NULL, total numeric, booked_at timestamptz, processed_at timestamptz,
            processed_by uuid, misc_type text NOT NULL, permanent boolean NOT NULL, to_download boolean NOT NULL, erased boolean NOT NULL,
            mirrored boolean NOT NULL, stale boolean NOT NULL, party_sort text NOT NULL GENERATED ALWAYS AS (mirror_sort_key(party)) STORED
        );
        CREATE INDEX archive_unmirrored ON archive (dossier, kind, id) WHERE booked_at IS NOT NULL AND NOT mirrored;
        CREATE INDEX archive_mirrored ON archive (dossier, id) WHERE mirrored;
        CREATE INDEX archive_document ON archive (document);
        CREATE INDEX archive_misc ON archive (dossier, kind, ((delivered_at AT TIME ZONE 'UTC')::date), (id::text))
            WHERE processed_at IS NOT NULL AND NOT erased;
        CREATE INDEX archive_to_download ON archive (dossier, processed_at, id) WHERE to_download AND NOT erased;
        CREATE TABLE page_text (document uuid PRIMARY KEY, dossier uuid NOT NULL, words tsvector NOT NULL);
        CREATE INDEX page_text_words ON page_text USING gin (dossier, words);
    """

    def __init__(self, database: CellDatabase, text_of: Callable[[str], str | None]) -> None:
        super().__init__(database)
        self._text_of = text_of

    def key(self, moment: Moment) -> UUID | None:
        """The proposal's stream, whichever of the two streams the event is in; a synchronisation is of a whole dossier."""
        if isinstance(moment.event, DossierSynchronised):
            return None
        return proposals.proposal_of(moment.stream) if moment.event.name.startswith("document.") else moment.stream

    def fold(self, row: ArchivedDocument | None, moment: Moment) -> ArchivedDocument | None:
        """One event later."""
        if isinstance(moment.event, documents.DocumentReceived):
            return _received(moment, moment.event)
        return None if row is None else msgspec.structs.replace(row, **_changes(moment))

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """The rows, and the page text beside them. What was booked before a synchronisation is compared with the mirror at its event."""
        begin = 0
        for number, moment in enumerate(batch):
            if isinstance(moment.event, DossierSynchronised):
                self._take(batch[begin:number], db)
                begin = number + 1
                db.execute(_MIRRORED, (moment.event.dossier,))
                if "bookings" in moment.event.removed:
                    db.execute(_LOST, (moment.event.dossier,))
        self._take(batch[begin:], db)

    def _take(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        super().apply(batch, db)
        words: dict[UUID, str] = {}
        for moment in batch:
            match moment.event:
                case documents.DocumentRecognised(words=str(found)):
                    words[moment.stream] = found
                case documents.DocumentErased():
                    words.pop(moment.stream, None)
                    db.execute("DELETE FROM page_text WHERE document = %s", (moment.stream,))
        texts = {document: text for document, found in words.items() if (text := self._text_of(found))}
        if texts:
            db.execute(_INDEX, (list(texts), list(texts.values())))

    def page(
        self, dossier: UUID, kind: str, wanted: ArchiveFilter, *, sort: str = "-date", limit: int = 50, offset: int = 0
    ) -> ArchivePage:
        """A part of a tab (purchase, sales or misc). `sort` is a column, `-` before it for descending."""
        with self.asking() as db:
            return ask(db, dossier, kind, wanted, sort=sort, limit=limit, offset=offset)

    def to_download(self, dossier: UUID, *, limit: int = 500) -> list[ArchivedDocument]:
        """The miscellaneous documents that an employee still takes out, oldest first."""
        query = f"SELECT {_DOCUMENT} FROM archive WHERE dossier = %s AND to_download AND NOT erased ORDER BY processed_at, id LIMIT %s"
        with self.asking() as db, db.cursor(row_factory=class_row(ArchivedDocument)) as cursor:
            return cursor.execute(query, (dossier, limit)).fetchall()

    def find(self, document: UUID) -> ArchivedDocument | None:
        """Our side of one document; `booked_at` and `processed_at` say whether the archive has it."""
        with self.asking() as db, db.cursor(row_factory=class_row(ArchivedDocument)) as cursor:
            query = f"SELECT {_DOCUMENT} FROM archive WHERE id = %s"
            return cursor.execute(query, (proposals.proposal_of(document),)).fetchone()


_INDEX = """
INSERT INTO page_text (document, dossier, words)
SELECT a.document, a.dossier, to_tsvector('simple', unaccent(t.text))
FROM unnest(%s::uuid[], %s::text[]) AS t (document, text) JOIN archive a ON a.document = t.document WHERE NOT a.erased
ON CONFLICT (document) DO UPDATE SET words = excluded.words
"""
_HELD = "EXISTS (SELECT FROM mirror_bookings m WHERE m.dossier = a.dossier AND m.booking_id = a.id)"
_MIRRORED = f"UPDATE archive a SET mirrored = true WHERE a.dossier = %s AND a.booked_at IS NOT NULL AND NOT a.mirrored AND {_HELD}"
_LOST = f"UPDATE archive a SET mirrored = false WHERE a.dossier = %s AND a.mirrored AND NOT {_HELD}"


def _received(moment: Moment, event: documents.DocumentReceived) -> ArchivedDocument:
    return ArchivedDocument(
        id=proposals.proposal_of(moment.stream),
        document=moment.stream,
        dossier=event.dossier,
        kind=event.mailbox.value,
        file_name=event.file_name,
        media_type=event.media_type,
        delivered_at=delivery(moment, event)[0],
    )


_SHARED = ("journal", "period", "credit_note", "invoice_number", "invoice_date", "due_date", "currency", "total")


def _changes(moment: Moment) -> dict[str, Any]:
    match moment.event:
        case documents.DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case documents.DocumentMoved(mailbox=mailbox):
            return {"kind": mailbox.value}
        case documents.DocumentProcessed() as done:
            filed = {"misc_type": done.misc_type, "permanent": done.permanent, "to_download": done.to_download}
            return {"processed_at": moment.at, "processed_by": moment.context.by} | filed
        case documents.ProcessingUndone():
            return {"processed_at": None, "processed_by": None, "misc_type": "", "permanent": False, "to_download": False}
        case documents.DocumentFetched():
            return {"to_download": False}
        case documents.DocumentErased():
            return {"erased": True, "file_name": ERASED, "party": ERASED}
        case proposals.Draft() | proposals.ProposalCorrected() as told:
            found = {name: value for name in _SHARED if (value := getattr(told, name)) is not msgspec.UNSET}
            return found if told.party_name is msgspec.UNSET else found | {"party": told.party_name}
        case proposals.ProposalNumbered(number=number):
            return {"number": number}
        case booking_removal.BookingRemoved():
            return {"booked_at": None, "mirrored": False}
        case proposals.BookingAccepted() | proposals.BookingConfirmed() | proposals.BookingRefused() as outcome:
            booked = proposals.stage_after(proposals.Stage.HANDED_OVER, outcome) in proposals.BOOKED
            return {"booked_at": moment.at if booked else None}
    return {}
