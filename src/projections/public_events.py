"""The event feed's contract with integrators: stable public types, apart from the internal events (FEATURES O3).

A public event keeps the log position and the id (stream and version) of the event it stands for, so that a rebuild changes neither. It
carries no personal data: who wants a name or a file asks the API for it with his own rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.event_log import Moment
from domain import booking_proposal as proposals
from domain import booking_removal, synchronisation
from domain import document as documents
from domain import document_parts as parts
from domain import dossier as dossiers
from domain.kernel import Event
from projections.read_model import ReadModel

TYPE_PREFIX = "be.daybook."


class PublicEvent(msgspec.Struct, frozen=True):
    """One event of the feed. `subject` is the document (or dossier) it is about; `data` is JSON."""

    position: int
    id: str
    type: str
    dossier: UUID
    subject: str
    at: datetime
    data: dict[str, Any]


_TYPES: dict[type[Event], str] = {
    documents.DocumentReceived: "document.received.v1",
    documents.DocumentFoundUnusable: "document.unusable.v1",
    documents.DocumentRecognised: "document.recognised.v1",
    documents.RecognitionRequested: "document.recognition_requested.v1",
    documents.DocumentMoved: "document.moved.v1",
    documents.DocumentDeleted: "document.deleted.v1",
    documents.DocumentRestored: "document.restored.v1",
    parts.DocumentReplaced: "document.replaced.v1",
    parts.DocumentPutBack: "document.put_back.v1",
    parts.DocumentWithdrawn: "document.withdrawn.v1",
    documents.DocumentSubmitted: "document.submitted.v1",
    documents.DocumentProcessed: "document.processed.v1",
    documents.ProcessingUndone: "document.processing_undone.v1",
    documents.DocumentFetched: "document.fetched.v1",
    documents.DocumentStamped: "document.stamped.v1",
    documents.DocumentErased: "document.erased.v1",
    proposals.ProposalDrafted: "proposal.drafted.v1",
    proposals.ProposalRedrafted: "proposal.redrafted.v1",
    proposals.ProposalCorrected: "proposal.corrected.v1",
    proposals.RateApplied: "proposal.rate_applied.v1",
    proposals.ProposalChecked: "proposal.checked.v1",
    proposals.ProposalUnchecked: "proposal.unchecked.v1",
    proposals.ProposalHeld: "proposal.held.v1",
    proposals.ProposalReleased: "proposal.released.v1",
    proposals.ProposalNumbered: "booking.numbered.v1",
    proposals.HandedOver: "booking.handed_over.v1",
    proposals.BookingAccepted: "booking.accepted.v1",
    proposals.BookingRefused: "booking.refused.v1",
    proposals.OutcomeLost: "booking.outcome_unknown.v1",
    proposals.BookingNotFound: "booking.not_found.v1",
    proposals.ResendDecided: "booking.resend_decided.v1",
    proposals.BookingConfirmed: "booking.confirmed.v1",
    booking_removal.RemovalRequested: "booking.removal_requested.v1",
    booking_removal.BookingRemoved: "booking.removed.v1",
    booking_removal.RemovalRefused: "booking.removal_refused.v1",
    proposals.ProposalDeleted: "proposal.deleted.v1",
    parts.ProposalWithdrawn: "proposal.withdrawn.v1",
    parts.ProposalReturned: "proposal.returned.v1",
    dossiers.DossierOpened: "dossier.opened.v1",
    synchronisation.DossierSynchronised: "dossier.synchronised.v1",
}

_BOOKING = (
    "journal",
    "credit_note",
    "period",
    "invoice_number",
    "invoice_date",
    "due_date",
    "currency",
    "total",
    "base",
    "vat",
    "discount",
    "lines",
)
"""What a proposal says of the booking."""
_SHOWN: dict[type[Event], tuple[str, ...]] = {
    documents.DocumentReceived: ("mailbox", "channel", "media_type", "size", "sha256", "twin"),
    documents.DocumentFoundUnusable: ("reason",),
    documents.DocumentRecognised: ("kind", "engine"),
    documents.DocumentMoved: ("mailbox",),
    parts.DocumentReplaced: ("kept", "moved"),
    documents.DocumentStamped: ("text",),
    documents.DocumentProcessed: ("misc_type", "permanent", "to_download"),
    documents.DocumentErased: ("ground",),
    proposals.ProposalDrafted: ("kind", *_BOOKING),
    proposals.ProposalRedrafted: ("kind", *_BOOKING, "kept"),
    proposals.ProposalCorrected: (*_BOOKING, "rate"),
    proposals.RateApplied: ("rate",),
    proposals.ProposalChecked: ("suspense",),
    proposals.ProposalNumbered: ("journal", "book_year", "number"),
    proposals.BookingAccepted: ("package_id",),
    proposals.BookingConfirmed: ("package_id",),
    dossiers.DossierOpened: ("enterprise_number", "package"),
    synchronisation.DossierSynchronised: ("added", "changed", "removed"),
}
"""The fields of each event that are public. A name that is not here is not told."""


class PublicEvents(ReadModel):
    """The feed as a table, one row an event, in log order."""

    name: ClassVar[str] = "public_events"
    version: ClassVar[int] = 6
    events: ClassVar = tuple(_TYPES)
    schema: ClassVar[str] = """
        CREATE TABLE feed (
            position bigint PRIMARY KEY, id text NOT NULL, type text NOT NULL, dossier uuid NOT NULL, subject text NOT NULL,
            at timestamptz NOT NULL, data jsonb NOT NULL
        );
        CREATE INDEX feed_dossier ON feed (dossier, position);
        CREATE TABLE subjects (stream uuid PRIMARY KEY, dossier uuid NOT NULL, subject text NOT NULL);
    """

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """A row per event; the dossier and document of a stream are kept beside, since only its first event tells them."""
        subjects = self._subjects(batch, db)
        rows = [_row(moment, *subjects[moment.stream]) for moment in batch if moment.stream in subjects]
        db.execute(
            "INSERT INTO feed SELECT * FROM json_populate_recordset(NULL::feed, %s::json) ON CONFLICT (position) DO NOTHING",
            (msgspec.json.encode(rows).decode(),),
        )

    def _subjects(self, batch: Sequence[Moment], db: psycopg.Connection) -> dict[UUID, tuple[UUID, str]]:
        new = {moment.stream: told for moment in batch if (told := _told(moment))}
        if new:
            db.execute(
                "INSERT INTO subjects SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) ON CONFLICT (stream) DO NOTHING",
                (list(new), [dossier for dossier, _ in new.values()], [subject for _, subject in new.values()]),
            )
        others = [moment.stream for moment in batch if moment.stream not in new]
        found = db.execute("SELECT stream, dossier, subject FROM subjects WHERE stream = ANY(%s)", (others,)) if others else ()
        return new | {stream: (dossier, subject) for stream, dossier, subject in found}

    def after(self, position: int, dossiers_wanted: Sequence[UUID] | None, limit: int) -> tuple[list[PublicEvent], int]:
        """The next events after a position, of these dossiers (None: all), and the position up to which that is everything."""
        where = "position > %(after)s" + ("" if dossiers_wanted is None else " AND dossier = ANY(%(dossiers)s)")
        values = {"after": position, "dossiers": list(dossiers_wanted or ()), "limit": limit}
        reached = self.position()
        with self.asking() as db, db.cursor(row_factory=class_row(PublicEvent)) as cursor:
            rows = cursor.execute(f"SELECT * FROM feed WHERE {where} ORDER BY position LIMIT %(limit)s", values).fetchall()
        last = rows[-1].position if rows else position
        return rows, last if len(rows) == limit else max(reached, last)  # rows may have come in since the position was read


def _told(moment: Moment) -> tuple[UUID, str] | None:
    match moment.event:
        case documents.DocumentReceived(dossier=dossier):
            return dossier, str(moment.stream)
        case proposals.ProposalDrafted(dossier=dossier, document=document):
            return dossier, str(document)
        case dossiers.DossierOpened():
            return moment.stream, str(moment.stream)
        case synchronisation.DossierSynchronised(dossier=dossier):
            return dossier, str(dossier)
    return None


def _row(moment: Moment, dossier: UUID, subject: str) -> PublicEvent:
    event = moment.event
    shown = {name: getattr(event, name) for name in _SHOWN.get(type(event), ())}
    data = {name: msgspec.to_builtins(value, str_keys=True) for name, value in shown.items() if value is not msgspec.UNSET}
    return PublicEvent(moment.position, moment.id, TYPE_PREFIX + _TYPES[type(event)], dossier, subject, moment.at, data)
