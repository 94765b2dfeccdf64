"""What a model cannot go on with after an event it failed on: set aside with the reason, and tried again on request and after a while."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
import psycopg

from projections.faults import describe, frames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.event_log import EventLog, Moment
    from projections.generation_follower import GenerationFollower
    from projections.read_model import ReadModel

log = logging.getLogger(__name__)

AGAIN_AFTER = "least(interval '1 minute' * power(2, %(tries)s), interval '1 hour')"
"""When what is parked is tried again by itself: after 2, 4, 8, … minutes, at most an hour."""
_ONE = "WHERE model = %(model)s AND generation = %(generation)s AND unit = %(unit)s"


class ParkedStream(msgspec.Struct, frozen=True):
    """One stream a model could not take from `version` on, and why. `unit` (often the stream itself) is what waits with it."""

    model: str
    generation: int
    unit: UUID
    stream: UUID
    version: int
    position: int
    error: str
    since: datetime
    tries: int


def park(db: psycopg.Connection, model: ReadModel, generation: int, moment: Moment, error: Exception) -> None:
    """Set aside what the event is about, from this event on."""
    unit = model.unit(moment)
    log.error("read model %s cannot take %s, so %s is parked: %s\n%s", model.name, moment.id, unit, describe(error), frames(error))
    db.execute(
        "INSERT INTO read_model_parked (model, generation, unit, streams, stream, version, position, error, next_try) VALUES (%(model)s, "
        "%(generation)s, %(unit)s, ARRAY[%(stream)s], %(stream)s, %(version)s, %(position)s, %(error)s, now() + " + AGAIN_AFTER + ")",
        {
            "model": model.name,
            "generation": generation,
            "unit": unit,
            "stream": moment.stream,
            "version": moment.version,
            "position": moment.position,
            "error": describe(error),
            "tries": 1,
        },
    )
    _mark(db, model, unit, stale=True)


def wait(db: psycopg.Connection, model: ReadModel, generation: int, waiting: Iterable[tuple[UUID, UUID]]) -> None:
    """Remember that events of these parked units came by in these streams: a row may be fed by several."""
    known = "UPDATE read_model_parked SET streams = array_append(streams, %(stream)s) " + _ONE + " AND NOT %(stream)s = ANY (streams)"
    for unit, stream in sorted(waiting):
        db.execute(known, {"model": model.name, "generation": generation, "unit": unit, "stream": stream})


def parked_streams(db: psycopg.Connection) -> list[ParkedStream]:
    """All that is parked now, oldest first."""
    columns = ", ".join(ParkedStream.__struct_fields__)
    return [ParkedStream(*row) for row in db.execute(f"SELECT {columns} FROM read_model_parked ORDER BY since")]


def ask_retry(db: psycopg.Connection, model: str, stream: UUID | None = None) -> None:
    """Have all that a model parked, or what waits for one stream, tried again within a second by the process that feeds it."""
    db.execute(
        "UPDATE read_model_parked SET next_try = now() WHERE model = %(model)s AND (%(stream)s::uuid IS NULL OR stream = %(stream)s)",
        {"model": model, "stream": stream},
    )


def due(db: psycopg.Connection) -> list[tuple[str, int, UUID]]:
    """Model, generation and unit of what is to be tried again now."""
    return db.execute("SELECT model, generation, unit FROM read_model_parked WHERE next_try <= now() ORDER BY next_try").fetchall()


def retry(follower: GenerationFollower, unit: UUID, events: EventLog) -> bool:
    """Apply all that waited, in log order. Whether the unit is in step again."""
    model = follower.model
    own = {"model": model.name, "generation": follower.generation, "unit": unit}
    with follower.entered() as (db, position, _):
        row = db.execute("SELECT position, streams, tries FROM read_model_parked " + _ONE, own).fetchone()
        if row is None:
            return True
        first, streams, tries = row
        try:
            missed = _missed(model, unit, events, streams, range(first, position + 1))
            with db.transaction():
                if missed:
                    model.apply(missed, db)
                _mark(db, model, unit, stale=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, what is not parked goes on
            log.warning("read model %s still cannot take %s: %s\n%s", model.name, unit, describe(error), frames(error))
            again = {"error": describe(error), "tries": tries + 1, **own}
            db.execute(
                "UPDATE read_model_parked SET error = %(error)s, tries = %(tries)s, next_try = now() + " + AGAIN_AFTER + " " + _ONE, again
            )
            return False
        db.execute("DELETE FROM read_model_parked " + _ONE, own)
        return True


def _missed(model: ReadModel, unit: UUID, events: EventLog, streams: Iterable[UUID], positions: range) -> list[Moment]:
    present = (one for stream in streams for one in events.stream(stream) if one.position in positions)
    own = (one for one in present if isinstance(one.event, model.events) and model.unit(one) == unit)
    return sorted(own, key=lambda one: one.position)


def _mark(db: psycopg.Connection, model: ReadModel, unit: UUID, *, stale: bool) -> None:
    if model.mark_stale is not None:
        db.execute(model.mark_stale.encode(), {"unit": unit, "stale": stale})
