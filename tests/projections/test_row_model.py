from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

import msgspec
import pytest

from adapters.postgres.pool import Database
from domain.document import DocumentDeleted, DocumentRenamed, DocumentSubmitted
from projections.read_model import BeingRebuilt, ReadModel, RowModel
from read_models import fill, moments


class Colour(StrEnum):
    RED = "red"


class TitleRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    title: str
    changes: int
    amount: Decimal = Decimal("12.50")
    day: date | None = None
    at: datetime | None = None
    colour: Colour = Colour.RED
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    facts: dict[str, float] = {}
    sure: bool | None = None
    stale: bool = False


class Titles(RowModel[TitleRow]):
    name = "titles"
    events = (DocumentRenamed, DocumentDeleted)
    row = TitleRow
    schema = """
        CREATE TABLE titles (
            id uuid PRIMARY KEY, title text NOT NULL, changes integer NOT NULL, amount numeric(14, 2) NOT NULL, day date, at timestamptz,
            colour text NOT NULL, tags jsonb NOT NULL, words text[] NOT NULL, facts jsonb NOT NULL, sure boolean, stale boolean NOT NULL,
            length integer GENERATED ALWAYS AS (length(title)) STORED
        )"""

    def key(self, moment):
        return moment.stream

    def fold(self, row, moment):
        match moment.event:
            case DocumentDeleted():
                return None
            case DocumentRenamed(file_name=title):
                return msgspec.structs.replace(
                    row or TitleRow(id=moment.stream, title="", changes=0),
                    title=title,
                    changes=(row.changes if row else 0) + 1,
                    day=date(2026, 2, 1),
                    at=moment.at,
                    tags=("a'b", 'c"d'),
                    words=("één", "{}"),
                    facts={"x": 0.25},
                    sure=True,
                )
        raise AssertionError(moment)

    def all(self):
        with self.asking() as db:
            return db.execute("SELECT title, changes, length FROM titles ORDER BY title").fetchall()


@pytest.fixture
def titles(database):
    with Database(database, "cell", size=2) as pool:
        yield Titles(pool)


def renamed(title):
    return DocumentRenamed(file_name=title)


def test_rows_are_folded_inserted_updated_and_deleted_over_batches(titles):
    a, b, c = uuid4(), uuid4(), uuid4()
    events = moments((a, renamed("een")), (b, renamed("twee")), (c, renamed("drie")), (a, renamed("vier")), (b, DocumentDeleted()))
    fill(titles, events[:3], events[3:])
    assert titles.all() == [("drie", 1, 4), ("vier", 2, 4)]


def test_a_row_made_and_deleted_in_one_batch_leaves_nothing(titles):
    a = uuid4()
    fill(titles, moments((a, renamed("een")), (a, DocumentDeleted())))
    assert titles.all() == []


def test_every_kind_of_field_comes_back_as_it_was_written(titles):
    a = uuid4()
    first, second = moments((a, renamed("«één» % 'x'")), (a, renamed("twee")))
    fill(titles, [first])
    with titles.asking() as db:
        loaded = {row.id: row for row in titles._load([a], db).values()}
    assert loaded == titles.folded({}, [first])
    assert loaded[a].at == datetime(2026, 5, 5, 9, 1, tzinfo=UTC)
    assert titles.folded(loaded, [second]) == titles.folded({}, [first, second])


def test_events_the_model_does_not_list_are_not_given_to_it(titles):
    a = uuid4()
    fill(titles, moments((a, renamed("een")), (a, DocumentSubmitted())))
    assert titles.all() == [("een", 1, 3)]


def test_questions_cannot_write(titles):
    fill(titles, moments((uuid4(), renamed("een"))))
    with pytest.raises(Exception, match="read-only transaction"), titles.asking() as db:
        db.execute("DELETE FROM titles")


def test_a_model_with_nothing_to_show_says_so(titles):
    fill(titles, moments((uuid4(), renamed("een"))))

    class Later(Titles):
        version = 2

    with pytest.raises(BeingRebuilt), Later(titles.database).asking():
        pass


def test_an_older_version_is_read_when_the_class_says_it_can(titles):
    fill(titles, moments((uuid4(), renamed("een"))))

    class Later(Titles):
        version = 2
        readable_versions = frozenset({1})

    assert Later(titles.database).all() == [("een", 1, 3)]


def test_waiting_for_a_position_tells_whether_it_was_reached(titles):
    fill(titles, moments((uuid4(), renamed("een"))))
    assert titles.wait_for(1)
    assert not titles.wait_for(2, timeout=0.05)


def test_a_row_that_leaves_out_defaults_is_a_mistake_of_ours():
    class Row(msgspec.Struct, omit_defaults=True):
        id: UUID

    with pytest.raises(TypeError, match="all its fields"):

        class Bad(RowModel[Row]):
            name = "bad"
            row = Row


def test_a_name_that_cannot_be_a_schema_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="schema"):

        class Bad(ReadModel):
            name = "Bad name"
