"""For tests of read models: events as the log would give them back, and a model filled from them without a runner."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from adapters import event_store
from adapters.event_store.factory import PostgresFactory
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.event_log import Change, Context, EventLog, Moment, Via
from domain.kernel import Event
from projections import generations, read_model
from projections.read_model import ReadModel

MIGRATIONS = {
    "event_store": Path(event_store.__file__).parent / "migrations",
    "projections": Path(read_model.__file__).parent / "migrations",
}
_START = datetime(2026, 5, 5, 9, tzinfo=UTC)


def moments(*facts: tuple[UUID, Event], by: UUID | None = None, via: Via = Via.OFFICE) -> list[Moment]:
    """The events with position 1, 2, …, a minute apart, each stream's versions from 1 on."""
    versions: dict[UUID, count[int]] = {}
    return [
        Moment(
            stream=stream,
            version=next(versions.setdefault(stream, count(1))),
            event=event,
            context=Context(by=by, via=via),
            at=_START + timedelta(minutes=position),
            position=position,
        )
        for position, (stream, event) in enumerate(facts, start=1)
    ]


def fill(model: ReadModel, *batches: list[Moment]) -> None:
    """A serving generation of the model with these batches applied, in order."""
    database = model.database
    assert isinstance(database, Database)
    migrate(database.dsn, database.schema, MIGRATIONS)
    with database.transaction() as db:
        number = generations.begin(db, model, 0)
    for batch in batches:
        with database.transaction() as db:
            generations.enter(db, database.schema, model.name, number)
            model.apply([moment for moment in batch if isinstance(moment.event, model.events)], db)
            db.execute(
                "UPDATE read_model_generations SET position = %s WHERE model = %s AND generation = %s",
                (batch[-1].position, model.name, number),
            )
    with database.transaction() as db:
        assert generations.switch(db, model.name, number)


@contextmanager
def open_log(dsn: str, migrations: Mapping[str, Path] = MIGRATIONS, cell: str = "cell") -> Iterator[EventLog]:
    """A real log in a cell whose tables have been made."""
    migrate(dsn, cell, migrations)
    factory = PostgresFactory(dsn, cell, bytes(32))
    try:
        yield EventLog(factory)
    finally:
        factory.close()


def append(log: EventLog, stream: UUID, *events: Event) -> int:
    """Append to a stream whatever is there already; return the last position."""
    present = len(log.stream(stream))
    return log.append(Change(stream=stream, version=present, events=events), context=Context(by=None, via=Via.OFFICE))
