"""What the corrections of each document taught about its supplier's paper, asked when its next invoice is read (FEATURES K5)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.event_log import Moment
from domain.anchor import Anchor, Lesson
from domain.document import DocumentErased, DocumentTaught
from projections.read_model import BeingRebuilt, RowModel

MOST = 100
"""Lessons of one supplier that are looked at, the latest: its paper of years ago does not matter."""


class LessonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One document that taught something. `supplier` is a keyed digest of who that is, `position` the log's: the order of lessons."""

    id: UUID
    supplier: UUID
    position: int
    learnt: tuple[Anchor, ...]
    refuted: tuple[Anchor, ...]
    stale: bool = False


class Lessons(RowModel[LessonRow]):
    """A row per document; gone when the document is erased."""

    name: ClassVar[str] = "lessons"
    row = LessonRow
    events: ClassVar = (DocumentTaught, DocumentErased)
    schema: ClassVar[str] = """
        CREATE TABLE lessons (
            id uuid PRIMARY KEY, supplier uuid NOT NULL, position bigint NOT NULL, learnt jsonb NOT NULL, refuted jsonb NOT NULL,
            stale boolean NOT NULL
        );
        CREATE INDEX lessons_of_supplier ON lessons (supplier, position);
    """

    def key(self, moment: Moment) -> UUID:
        """The document."""
        return moment.stream

    def fold(self, row: LessonRow | None, moment: Moment) -> LessonRow | None:
        """The latest lesson of a document is all it teaches."""
        match moment.event:
            case DocumentTaught(supplier=supplier, learnt=learnt, refuted=refuted):
                return LessonRow(id=moment.stream, supplier=supplier, position=moment.position, learnt=learnt, refuted=refuted)
            case DocumentErased():
                return None
        return row

    def of(self, supplier: UUID) -> list[Lesson]:
        """The lessons about one supplier's paper, oldest first; none while the model is being rebuilt."""
        question = "SELECT id AS document, learnt, refuted FROM lessons WHERE supplier = %s ORDER BY position DESC LIMIT %s"
        try:
            with self.asking() as db, db.cursor(row_factory=class_row(_Found)) as cursor:
                found = cursor.execute(question, (supplier, MOST)).fetchall()
        except BeingRebuilt:
            return []
        return [msgspec.convert(one, Lesson, from_attributes=True) for one in reversed(found)]


class _Found(msgspec.Struct):
    """A row as the database gives it."""

    document: UUID
    learnt: list[object]
    refuted: list[object]
