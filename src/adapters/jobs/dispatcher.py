"""Leases due jobs and wakes an actor for each. Whatever becomes of the message: when the lease ends without it, the job is due again."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from application.jobs import JOBS_OPENED
from application.listening import Listener

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from adapters.jobs.table import JobTable

log = logging.getLogger(__name__)

PRUNE_EVERY = 3600.0
LONGEST_PAUSE = 10.0


class Dispatcher:
    """A thread that keeps at most `room` leased jobs waiting for an actor. `poll` is the seconds a lost NOTIFY costs."""

    def __init__(
        self,
        dsn: str,
        table: JobTable,
        kinds: Sequence[str],
        send: Callable[[UUID, UUID], None],
        *,
        room: int,
        lease: float,
        poll: float,
        keep_days: float,
    ) -> None:
        self._table, self._kinds, self._send = table, kinds, send
        self._room, self._lease, self._poll, self._keep_days = room, lease, poll, keep_days
        self._listener = Listener(dsn, JOBS_OPENED)
        self._stopping = threading.Event()
        self._next_prune = 0.0
        self._thread = threading.Thread(target=self._run, name="job-dispatcher", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def poke(self) -> None:
        """There may be room for more."""
        self._listener.poke()

    def close(self) -> None:
        """Send no more; what still waits in the queue is left to the workers that are not stopping."""
        self._stopping.set()
        self._listener.poke()
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.is_set():
            try:
                self._listener.connection()
                self._dispatch()
                self._listener.wait(self._poll)
                pause = 0.0
            except Exception:
                pause = min(pause * 2 + 0.1, LONGEST_PAUSE)
                log.exception("cannot hand out jobs; trying again in %.1f s", pause)
                self._stopping.wait(pause)

    def _dispatch(self) -> None:
        if time.monotonic() >= self._next_prune:
            self._table.prune(self._keep_days)
            self._next_prune = time.monotonic() + PRUNE_EVERY
        leased = self._table.lease(self._kinds, self._room, self._lease)
        for number, (job, lease) in enumerate(leased):
            try:
                self._send(job, lease)
            except Exception:
                self._table.release([unsent for unsent, _ in leased[number:]])
                raise
