"""What the runner does for read models besides feeding them: begin generations, switch to full ones, drop old ones, retry the parked."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg

from projections import failures, generations
from projections.generation_follower import GenerationFollower
from projections.parking import due, retry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.cell_database import CellDatabase
    from application.event_log import EventLog
    from application.following import Follower
    from projections.generations import Generation
    from projections.leading import Leading
    from projections.read_model import ReadModel

log = logging.getLogger(__name__)


class Upkeep:
    """The generations of the models this process leads. Retired ones are dropped after `grace` seconds: questions may still be reading."""

    def __init__(self, events: EventLog, database: CellDatabase, models: Sequence[ReadModel], leading: Leading, grace: float) -> None:
        self._events, self._database, self._models, self._leading = events, database, models, leading
        self._grace = timedelta(seconds=grace)
        self._failing: set[str] = set()

    def followers(self) -> list[GenerationFollower]:
        """A follower for every generation that is to be fed, after starting those that are wanted and dropping those that are not."""
        with self._database.transaction() as db:
            present = generations.generations(db)
        result = []
        for model in self._models:
            if self._leading.leads(model.name):
                own = self._ensured(model, [one for one in present if one.model == model.name])
                fed = [one for one in own if one.version == model.version and one.state != "retired"]
                result += [GenerationFollower(model, one.generation, serves=one.state == "serving") for one in fed]
        return result

    def switch(self, at_head: Iterable[Follower]) -> bool:
        """Let generations serve that have been filled. Whether any does since now."""
        switched = False
        for follower in at_head:
            if isinstance(follower, GenerationFollower) and not follower.serves:
                with self._database.transaction() as db:
                    follower.serves = generations.switch(db, follower.model.name, follower.generation)
                switched |= follower.serves
        return switched

    def retry_parked(self, fed: Iterable[Follower]) -> None:
        """Try again what is parked and whose time has come."""
        followers = {(one.model.name, one.generation): one for one in fed if isinstance(one, GenerationFollower)}
        with self._database.transaction() as db:
            waiting = due(db)
        for model, generation, unit in waiting:
            if (model, generation) in followers:
                retry(followers[model, generation], unit, self._events)

    def _ensured(self, model: ReadModel, own: list[Generation]) -> list[Generation]:
        name = f"{model.name}/tables"
        try:
            own = self._ensure(model, own)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            log.exception("the tables of %s cannot be made", model.name)
            failures.note(self._database, name, error)
            self._failing.add(name)
        else:
            if name in self._failing:
                failures.forget(self._database, name)
                self._failing.discard(name)
        return own

    def _ensure(self, model: ReadModel, own: list[Generation]) -> list[Generation]:
        newest = max((one.version for one in own if one.state != "retired"), default=0)
        if newest < model.version:
            log.info("read model %s, version %s, is being filled", model.name, model.version)
            generations.rebuild(model, self._events)
        long_ago = datetime.now(UTC) - self._grace
        for one in own:
            if one.state == "retired" and one.changed_at < long_ago:
                self._drop(one)
        with self._database.transaction() as db:
            return generations.generations(db, model.name)

    def _drop(self, one: Generation) -> None:
        try:
            with self._database.transaction() as db:
                db.execute("SET LOCAL lock_timeout = '500ms'")
                generations.drop(db, self._database.schema, one)
        except psycopg.errors.LockNotAvailable:  # somebody still reads it: next time
            log.info("the old tables of %s are still being read", one.model)
