"""Read models against the log: what serves must be, row for row, what a rebuild from the first event gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import Rollback, sql

from projections import generations

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

    from application.event_log import EventLog
    from projections.read_model import ReadModel

SCRATCH = "rebuilt"


def assert_rebuilds_alike(models: Iterable[ReadModel], log: EventLog) -> None:
    """For a log that nobody writes to now, followed by all models to its head. Leaves nothing behind."""
    for model in models:
        with model.database.transaction() as db:
            serving = next(one for one in generations.generations(db, model.name) if one.state == "serving")
            assert serving.position == log.recorder.safe_head(), f"{model.name} is behind"
            parked = db.execute("SELECT count(*) FROM read_model_parked WHERE model = %s", (model.name,)).fetchone()
            assert parked == (0,), f"{model.name} has parked streams"
            with db.transaction():
                _rebuild(model, log, db)
                own = generations.schema_of(model.database.schema, model.name, serving.generation)
                for table in _tables(db):
                    assert _differing(db, own, table) == [], f"{model.name}: rows of {table} differ from a rebuild"
                raise Rollback


def _rebuild(model: ReadModel, log: EventLog, db: psycopg.Connection) -> None:
    db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCRATCH)))
    db.execute("SELECT set_config('search_path', format('%%I, %%I, public', %s::text, %s::text), true)", (SCRATCH, model.database.schema))
    db.execute(model.schema.encode())
    after = 0
    while True:
        piece = log.read(after, names=[kind.name for kind in model.events])
        if piece.events:
            model.apply(piece.events, db)
        if piece.upto == after:
            return
        after = piece.upto


def _tables(db: psycopg.Connection) -> list[str]:
    found = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCRATCH,)).fetchall()
    assert found
    return [name for (name,) in found]


def _differing(db: psycopg.Connection, serving: str, table: str) -> list[tuple[object, ...]]:
    """Rows that only one of the two has, with the one that has them."""
    names = {"rebuilt": sql.Identifier(SCRATCH, table), "serving": sql.Identifier(serving, table)}
    query = sql.SQL(
        "SELECT 'only rebuilt', x::text FROM (TABLE {rebuilt} EXCEPT ALL TABLE {serving}) x UNION ALL "
        "SELECT 'only serving', x::text FROM (TABLE {serving} EXCEPT ALL TABLE {rebuilt}) x"
    )
    return db.execute(query.format(**names)).fetchall()
