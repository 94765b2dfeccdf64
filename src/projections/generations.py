"""Generations of read models: created beside the serving one, switched to in one transaction, dropped after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from psycopg import sql

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

    from application.event_log import EventLog
    from projections.read_model import ReadModel

LOCK_CLASS = 20_003
"""First half of the lock's key; the second is the cell and the model."""


class Generation(msgspec.Struct, frozen=True):
    """One set of a model's tables. `target` is the log's head when filling began."""

    model: str
    generation: int
    version: int
    state: str
    position: int
    target: int
    changed_at: datetime


def schema_of(cell: str, model: str, generation: int) -> str:
    """The PostgreSQL schema with this generation's tables."""
    return f"{cell}_{model}_{generation}"


def generations(db: psycopg.Connection, model: str | None = None) -> list[Generation]:
    """All generations there are, of one model or of all, oldest first."""
    rows = db.execute(
        "SELECT model, generation, version, state, position, target, changed_at FROM read_model_generations "
        "WHERE %(model)s::text IS NULL OR model = %(model)s ORDER BY model, generation",
        {"model": model},
    )
    return [Generation(*row) for row in rows]


def rebuild(model: ReadModel, events: EventLog) -> None:
    """Have the model filled anew from the whole log, by the process that feeds it; what serves goes on serving until then."""
    with model.database.transaction() as db:
        begin(db, model, events.recorder.max_notification_id() or 0)


def begin(db: psycopg.Connection, model: ReadModel, target: int) -> int:
    """Make empty tables for a new generation of the model and return its number. One that was being filled is thrown away."""
    cell = model.database.schema
    db.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (LOCK_CLASS, f"{cell}/{model.name}"))
    present = generations(db, model.name)
    for one in present:
        if one.state == "filling":
            drop(db, cell, one)
    number = max((one.generation for one in present), default=0) + 1
    own = schema_of(cell, model.name, number)
    db.execute(
        "INSERT INTO read_model_generations (model, generation, version, state, target) VALUES (%s, %s, %s, 'filling', %s)",
        (model.name, number, model.version, target),
    )
    db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(own)))
    enter(db, cell, model.name, number)
    db.execute(model.schema.encode())
    return number


def enter(db: psycopg.Connection, cell: str, model: str, generation: int) -> None:
    """See this generation's tables first, for the rest of the transaction."""
    path = "SELECT set_config('search_path', format('%%I, %%I, public', %s::text, %s::text), true)"
    db.execute(path, (schema_of(cell, model, generation), cell))


def switch(db: psycopg.Connection, model: str, generation: int) -> bool:
    """Let this generation serve from now on, provided it is not behind the one that does. Whether it serves."""
    behind = db.execute(
        "SELECT 1 FROM read_model_generations old, read_model_generations new WHERE old.model = %(model)s AND old.state = 'serving' "
        "AND new.model = %(model)s AND new.generation = %(new)s AND old.position > new.position FOR UPDATE",
        {"model": model, "new": generation},
    ).fetchone()
    if behind is not None:
        return False
    db.execute("UPDATE read_model_generations SET state = 'retired', changed_at = now() WHERE model = %s AND state = 'serving'", (model,))
    db.execute(
        "UPDATE read_model_generations SET state = 'serving', changed_at = now() WHERE model = %s AND generation = %s", (model, generation)
    )
    return True


def drop(db: psycopg.Connection, cell: str, generation: Generation) -> None:
    """Throw a generation's tables away."""
    own = schema_of(cell, generation.model, generation.generation)
    db.execute("DELETE FROM read_model_generations WHERE model = %s AND generation = %s", (generation.model, generation.generation))
    db.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(own)))
