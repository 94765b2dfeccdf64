"""Which document numbers were given in each journal and book year, and what became of those that no booking has (FEATURES K7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.event_log import Moment
from domain.booking_proposal import proposal_of
from domain.document import DocumentErased
from domain.journal_book import NumberFreed, NumbersGiven, NumberVoided
from domain.kernel import ERASED
from projections.read_model import ReadModel


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """One journal in one book year: from the lowest to the highest number, how many proposals have one, how many numbers are void.

    `missing`: numbers between them that nobody has and that are not void either; there should be none in a purchase journal.
    """

    journal: str
    book_year: int
    given: int
    first: str
    last: str
    void: int
    missing: int


class VoidNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that stays unused: who made it so, when and why."""

    journal: str
    book_year: int
    number: str
    document: UUID | None
    proposal: UUID
    given_at: datetime
    given_by: UUID | None
    voided_at: datetime
    voided_by: UUID | None
    reason: str


class DocumentNumbers(ReadModel):
    """A row per number."""

    name: ClassVar[str] = "document_numbers"
    events: ClassVar = (NumbersGiven, NumberFreed, NumberVoided, DocumentErased)
    schema: ClassVar[str] = """
        CREATE TABLE document_numbers (
            proposal uuid NOT NULL, book uuid NOT NULL, dossier uuid NOT NULL, journal text NOT NULL, book_year int NOT NULL,
            running bigint NOT NULL, number text NOT NULL, given_at timestamptz NOT NULL, given_by uuid,
            voided_at timestamptz, voided_by uuid, reason text NOT NULL DEFAULT '', PRIMARY KEY (proposal, book)
        );
        CREATE INDEX document_numbers_book ON document_numbers (dossier, journal, book_year, running);
        CREATE INDEX document_numbers_void ON document_numbers (dossier, voided_at) WHERE voided_at IS NOT NULL;
    """

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """One event after the other: a number may be given, freed and given again."""
        for moment in batch:
            by = moment.context.by
            match moment.event:
                case NumbersGiven() as event:
                    told = (moment.stream, event.dossier, event.journal, event.book_year, moment.at, by)
                    given = [list(column) for column in zip(*((one.proposal, one.running, one.number) for one in event.given), strict=True)]
                    db.execute(_GIVEN, (*told, *given))
                case NumberFreed(proposal=proposal):
                    db.execute("DELETE FROM document_numbers WHERE proposal = %s AND book = %s", (proposal, moment.stream))
                case NumberVoided(proposal=proposal, reason=reason):
                    db.execute(_VOIDED, (moment.at, by, reason, proposal, moment.stream))
                case DocumentErased():
                    db.execute(
                        "UPDATE document_numbers SET reason = %s WHERE proposal = %s AND reason <> ''", (ERASED, proposal_of(moment.stream))
                    )

    def books(self, dossier: UUID) -> list[Book]:
        """The journals of a dossier with their book years, latest year first."""
        with self.asking() as db, db.cursor(row_factory=class_row(Book)) as cursor:
            return cursor.execute(_BOOKS, (dossier,)).fetchall()

    def void(self, dossier: UUID, *, limit: int = 1000) -> list[VoidNumber]:
        """The void numbers of a dossier, latest first."""
        with self.asking() as db, db.cursor(row_factory=class_row(VoidNumber)) as cursor:
            return cursor.execute(_VOID, (dossier, limit)).fetchall()


_GIVEN = """
INSERT INTO document_numbers (proposal, book, dossier, journal, book_year, running, number, given_at, given_by)
SELECT n.proposal, b.book, b.dossier, b.journal, b.book_year, n.running, n.number, b.at, b.by
FROM (VALUES (%s::uuid, %s::uuid, %s::text, %s::int, %s::timestamptz, %s::uuid)) AS b (book, dossier, journal, book_year, at, by),
    unnest(%s::uuid[], %s::bigint[], %s::text[]) AS n (proposal, running, number)
"""
_VOIDED = "UPDATE document_numbers SET voided_at = %s, voided_by = %s, reason = %s WHERE proposal = %s AND book = %s"
_BOOKS = """
SELECT journal, book_year, count(*)::int AS given,
    (array_agg(number ORDER BY running))[1] AS first, (array_agg(number ORDER BY running DESC))[1] AS last,
    count(*) FILTER (WHERE voided_at IS NOT NULL)::int AS void, (max(running) - min(running) + 1 - count(DISTINCT running))::int AS missing
FROM document_numbers WHERE dossier = %s GROUP BY journal, book_year ORDER BY book_year DESC, journal
"""
_VOID = """
SELECT journal, book_year, number, NULL::uuid AS document, proposal, given_at, given_by, voided_at, voided_by, reason
FROM document_numbers WHERE dossier = %s AND voided_at IS NOT NULL ORDER BY voided_at DESC, number DESC LIMIT %s
"""
