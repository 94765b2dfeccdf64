"""How proposals that people checked were booked: what templates are learnt from (FEATURES J6), in their dossier and across the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import psycopg
from msgspec import UNSET
from psycopg.rows import class_row

from application.enrichment.circumstances import PastBooking
from application.event_log import Moment
from application.experience import BookedOn
from domain import booking_proposal as proposals
from domain.booking_proposal import Line, Stage
from projections.read_model import BeingRebuilt, RowModel

REMEMBERED = 40
"""Proposals of one party that are looked at."""
_TAUGHT = proposals.ON_ITS_WAY | {Stage.CHECKED}


class PastBookingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal. `counts`: a person stands for it, with every line on an account of its own; `place` orders them by when that was."""

    id: UUID
    dossier: UUID
    kind: str
    counterparty: UUID | None = None
    party_vat: str | None = None
    credit_note: bool = False
    invoice_date: date | None = None
    due_date: date | None = None
    lines: tuple[Line, ...] = ()
    stage: str = Stage.OPEN.value
    suspense: bool = False
    place: int = 0
    counts: bool = False
    stale: bool = False


_SAME_NAME = ("counterparty", "party_vat", "credit_note", "invoice_date", "due_date", "lines")
_OF_PARTY = """
SELECT id::text, invoice_date AS day, lines,
    CASE WHEN due_date >= invoice_date AND NOT credit_note THEN due_date - invoice_date END AS due_days
FROM past_bookings WHERE dossier = %s AND counterparty = %s AND counts ORDER BY place DESC LIMIT %s
"""
_ELSEWHERE = """
SELECT DISTINCT ON (dossier) dossier, lines FROM past_bookings
WHERE kind = %s AND party_vat = %s AND dossier <> %s AND counts ORDER BY dossier, place DESC
"""


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    day: date | None
    lines: list[dict[str, Any]]
    due_days: int | None


class PastBookings(RowModel[PastBookingRow]):
    """Checked proposals by counterparty and by VAT number. Implements `application.experience.PastBookings`."""

    name: ClassVar[str] = "past_bookings"
    version: ClassVar[int] = 1
    row = PastBookingRow
    events: ClassVar = proposals.STAGE_EVENTS
    schema: ClassVar[str] = """
        CREATE TABLE past_bookings (
            id uuid PRIMARY KEY, dossier uuid NOT NULL, kind text NOT NULL, counterparty uuid, party_vat text, credit_note boolean NOT NULL,
            invoice_date date, due_date date, lines jsonb NOT NULL, stage text NOT NULL, suspense boolean NOT NULL, place bigint NOT NULL,
            counts boolean NOT NULL, stale boolean NOT NULL
        );
        CREATE INDEX past_bookings_of_party ON past_bookings (dossier, counterparty, place) WHERE counts;
        CREATE INDEX past_bookings_of_number ON past_bookings (party_vat, kind, dossier, place) WHERE counts;
    """

    def key(self, moment: Moment) -> UUID:
        """The proposal's own stream."""
        return moment.stream

    def fold(self, row: PastBookingRow | None, moment: Moment) -> PastBookingRow | None:
        """One event later."""
        event = moment.event
        if isinstance(event, proposals.ProposalDrafted):
            same = {name: getattr(event, name) for name in _SAME_NAME}
            return PastBookingRow(id=moment.stream, dossier=event.dossier, kind=event.kind.value, **same)
        if row is None:
            return None
        changes: dict[str, Any] = {"stage": proposals.stage_after(Stage(row.stage), event).value}
        if isinstance(event, proposals.ProposalCorrected):
            changes |= {name: value for name in _SAME_NAME if (value := getattr(event, name)) is not UNSET}
        elif isinstance(event, proposals.ProposalRedrafted):
            changes |= {name: getattr(event, name) for name in _SAME_NAME}
        elif isinstance(event, proposals.ProposalChecked):
            changes |= {"suspense": event.suspense, "place": moment.position}
        changed = msgspec.structs.replace(row, **changes)
        return msgspec.structs.replace(changed, counts=_counts(changed))

    def of_party(self, dossier: UUID, counterparty: UUID) -> Sequence[PastBooking]:
        """Those of one counterparty, latest first; none while the model is being rebuilt."""
        with self._suggesting() as db:
            if db is None:
                return ()
            with db.cursor(row_factory=class_row(_Found)) as cursor:
                rows = cursor.execute(_OF_PARTY, (dossier, counterparty, REMEMBERED)).fetchall()
        return [PastBooking(id=one.id, day=one.day, lines=_lines(one.lines), due_days=one.due_days) for one in rows]

    def elsewhere(self, dossier: UUID, kind: str, vat_number: str) -> dict[UUID, BookedOn]:
        """The last one of this VAT number in every other dossier; none while the model is being rebuilt."""
        with self._suggesting() as db:
            found = db.execute(_ELSEWHERE, (kind, vat_number, dossier)).fetchall() if db else []
        largest = {other: max(_lines(lines), key=lambda line: line.base) for other, lines in found}
        return {other: BookedOn(line.account, line.vat_code) for other, line in largest.items()}

    @contextmanager
    def _suggesting(self) -> Iterator[psycopg.Connection | None]:
        """What is only a suggestion need not wait for a rebuild."""
        try:
            with self.asking() as db:
                yield db
        except BeingRebuilt:
            yield None


def _counts(row: PastBookingRow) -> bool:
    return row.stage in _TAUGHT and not row.suspense and bool(row.lines) and all(line.account and line.vat_code for line in row.lines)


def _lines(stored: list[dict[str, Any]]) -> tuple[Line, ...]:
    return msgspec.convert(stored, tuple[Line, ...])
