"""Streams that a model cannot go on with: set aside with the reason, and tried again on request and after a while."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
import psycopg

if TYPE_CHECKING:
    from application.event_log import EventLog, Moment
    from projections.generation_follower import GenerationFollower
    from projections.read_model import ReadModel

log = logging.getLogger(__name__)

AGAIN_AFTER = "least(interval '1 minute' * power(2, %(tries)s), interval '1 hour')"
"""When a parked stream is tried again by itself: after 2, 4, 8, … minutes, at most an hour."""


class ParkedStream(msgspec.Struct, frozen=True):
    """One stream a model could not take from `version` on, and why."""

    model: str
    generation: int
    stream: UUID
    version: int
    position: int
    error: str
    since: datetime
    tries: int


def park(db: psycopg.Connection, model: ReadModel, generation: int, moment: Moment, error: Exception) -> None:
    """Set the stream aside from this event on."""
    log.error("read model %s cannot take %s: its stream is parked", model.name, moment.id, exc_info=error)
    db.execute(
        "INSERT INTO read_model_parked (model, generation, stream, version, position, error, next_try) "
        "VALUES (%(model)s, %(generation)s, %(stream)s, %(version)s, %(position)s, %(error)s, now() + " + AGAIN_AFTER + ")",
        {
            "model": model.name,
            "generation": generation,
            "stream": moment.stream,
            "version": moment.version,
            "position": moment.position,
            "error": describe(error),
            "tries": 1,
        },
    )
    _mark(db, model, moment.stream, stale=True)


def parked_streams(db: psycopg.Connection) -> list[ParkedStream]:
    """All that is parked now, oldest first."""
    columns = ", ".join(ParkedStream.__struct_fields__)
    return [ParkedStream(*row) for row in db.execute(f"SELECT {columns} FROM read_model_parked ORDER BY since")]


def ask_retry(db: psycopg.Connection, model: str, stream: UUID | None = None) -> None:
    """Have a model's parked streams, or one of them, tried again within a second by the process that feeds it."""
    db.execute(
        "UPDATE read_model_parked SET next_try = now() WHERE model = %(model)s AND (%(stream)s::uuid IS NULL OR stream = %(stream)s)",
        {"model": model, "stream": stream},
    )


def due(db: psycopg.Connection) -> list[tuple[str, int, UUID]]:
    """Model, generation and stream of what is to be tried again now."""
    return db.execute("SELECT model, generation, stream FROM read_model_parked WHERE next_try <= now() ORDER BY next_try").fetchall()


def retry(follower: GenerationFollower, stream: UUID, events: EventLog) -> bool:
    """Apply what the stream brought since it was parked. Whether it is in step again."""
    model, generation = follower.model, follower.generation
    own = {"model": model.name, "generation": generation, "stream": stream}
    with follower.entered() as (db, position, _):
        one = "WHERE model = %(model)s AND generation = %(generation)s AND stream = %(stream)s"
        row = db.execute("SELECT version, tries FROM read_model_parked " + one, own).fetchone()
        if row is None:
            return True
        missed = [
            one
            for one in events.stream(stream)
            if one.version >= row[0] and one.position <= position and isinstance(one.event, model.events)
        ]
        try:
            with db.transaction():
                if missed:
                    model.apply(missed, db)
                _mark(db, model, stream, stale=False)
        except psycopg.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a model's code or SQL raises on an event
            again = {"error": describe(error), "tries": row[1] + 1, **own}
            db.execute(
                "UPDATE read_model_parked SET error = %(error)s, tries = %(tries)s, next_try = now() + " + AGAIN_AFTER + " " + one, again
            )
            return False
        db.execute("DELETE FROM read_model_parked " + one, own)
        return True


def describe(error: BaseException) -> str:
    """Kind and message of an error, in one line of at most 500 characters."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]


def _mark(db: psycopg.Connection, model: ReadModel, stream: UUID, *, stale: bool) -> None:
    if model.mark_stale is not None:
        db.execute(model.mark_stale.encode(), {"stream": stream, "stale": stale})
