"""The loop that reads the log for all who follow it: read models by generation, reactions, the job deriver, the hash chain.

Followers that stand at the same position share one read. Each is led by one process at a time (an advisory lock); a follower that fails
waits a little and holds up nobody else.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Self

import psycopg

from application.event_log import DEFAULT_BATCH, EventLog, Slice
from application.following import Follower, Overtaken, wants
from application.listening import EVENTS_APPENDED, Listener
from projections import failures
from projections.faults import describe, frames
from projections.generation_follower import GenerationFollower, skip
from projections.leading import Leading
from projections.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.cell_database import CellDatabase
    from projections.read_model import ReadModel

log = logging.getLogger(__name__)

UPKEEP_INTERVAL = 1.0
"""Seconds between looks at what is not an event: leads to take over, rebuilds asked for, parked streams that are due."""
LONGEST_PAUSE = 30.0
WINDOW = 4
"""How many positions are looked at for each event that fits in a batch. Without an end in sight, the database may choose to find all later
events by name and to sort them, for every batch anew.
"""
FILLING = 4
"""How many batches a generation that does not serve yet takes in one: nobody waits for it, and rows are written fewer times."""


class Runner:
    """Feeds the given models and followers, `batch` events a transaction. `poll` is the seconds a lost NOTIFY costs."""

    def __init__(
        self,
        events: EventLog,
        database: CellDatabase,
        models: Iterable[ReadModel] = (),
        followers: Iterable[Follower] = (),
        *,
        batch: int = DEFAULT_BATCH,
        poll: float = 0.25,
        grace: float = 60.0,
    ) -> None:
        self._events, self._database, self._batch, self._poll = events, database, batch, poll
        self._followers = list(followers)
        self._listener = Listener(database.dsn, EVENTS_APPENDED)
        self._leading = Leading(self._listener, database.schema)
        self._upkeep = Upkeep(events, database, list(models), self._leading, grace)
        self._positions: dict[Follower, int] = {}
        self._pauses: dict[str, tuple[float, float]] = {}
        self._next_upkeep = 0.0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Follow the log in a thread of its own until `close`."""
        self._thread = threading.Thread(target=self.run, name="runner", daemon=True)
        self._thread.start()

    def run(self) -> None:
        """Follow the log in this thread until `close` is called from another."""
        pause = 0.0
        while not self._stopping.is_set():
            try:
                if not self.step():
                    self._listener.wait(self._poll)
                pause = 0.0
            except Exception:
                pause = min(pause * 2 + 0.1, LONGEST_PAUSE)
                log.exception("cannot follow the log; trying again in %.1f s", pause)
                self._stopping.wait(pause)

    def catch_up(self) -> None:
        """Bring everything this process leads, generations being filled included, up to the log's head now; one that fails is left."""
        self._next_upkeep = 0.0
        while self.step():
            pass

    def step(self) -> bool:
        """One batch for every follower that is behind. Whether there is more to do at once."""
        if time.monotonic() >= self._next_upkeep:
            self._look_around()
        groups: dict[int, list[Follower]] = defaultdict(list)
        for follower, position in self._positions.items():
            if self._pauses.get(follower.name, (0.0, 0.0))[0] <= time.monotonic():
                groups[position].append(follower)
        more = False
        for position, group in sorted(groups.items()):
            more |= self._advance(position, group)
        if not more and self._upkeep.switch(one for one in self._positions if one.name not in self._pauses):
            self._look_around()
        return more

    def close(self) -> None:
        """Stop after the batch in hand, and let another process take the lead."""
        self._stopping.set()
        self._listener.poke()
        if self._thread is not None:
            self._thread.join()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look_around(self) -> None:
        self._next_upkeep = time.monotonic() + UPKEEP_INTERVAL
        present = [*self._upkeep.followers(), *(one for one in self._followers if self._leading.leads(one.name))]
        known = {follower.name: (follower, position) for follower, position in self._positions.items()}
        self._positions = dict([known[one.name] if one.name in known else (one, one.position()) for one in present])
        self._upkeep.retry_parked(self._positions)

    def _advance(self, position: int, group: Sequence[Follower]) -> bool:
        try:
            piece = self._read(position, group)
        except psycopg.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - an event that cannot be read stops those who want it, and nobody else
            if len(group) > 1:
                moved = [self._advance(position, [follower]) for follower in group]
                return any(moved)
            self._hold(group[0], position, error)
            return False
        if piece.upto == position:
            return False
        idle: list[GenerationFollower] = []
        for follower in group:
            own = [moment for moment in piece.events if wants(follower, moment)] if len(group) > 1 else piece.events
            if not own and isinstance(follower, GenerationFollower):
                idle.append(follower)
            else:
                self._give(follower, position, Slice(events=own, upto=piece.upto))
        for follower in skip(self._database, idle, position, piece.upto):
            self._positions[follower] = piece.upto
            self._go_on(follower)
        return True

    def _read(self, position: int, group: Sequence[Follower]) -> Slice:
        everything = any(not follower.events for follower in group)
        names = () if everything else tuple({kind.name for follower in group for kind in follower.events})
        filling = all(isinstance(follower, GenerationFollower) and not follower.serves for follower in group)
        limit = self._batch * FILLING if filling else self._batch
        return self._events.read(position, limit=limit, names=names, upto=position + limit * WINDOW)

    def _give(self, follower: Follower, position: int, piece: Slice) -> None:
        try:
            follower.take(position, piece)
            self._positions[follower] = piece.upto
            self._go_on(follower)
        except Overtaken:
            self._positions.pop(follower)
            self._next_upkeep = 0.0
        except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this follower
            self._hold(follower, position, error)

    def _hold(self, follower: Follower, position: int, error: Exception) -> None:
        pause = min(self._pauses.get(follower.name, (0.0, 0.0))[1] * 2 + 0.1, LONGEST_PAUSE)
        self._pauses[follower.name] = (time.monotonic() + pause, pause)
        log.error("%s cannot go on at %s; trying again in %.1f s: %s\n%s", follower.name, position, pause, describe(error), frames(error))
        failures.note(self._database, follower.name, error)

    def _go_on(self, follower: Follower) -> None:
        if self._pauses.pop(follower.name, None):
            failures.forget(self._database, follower.name)
