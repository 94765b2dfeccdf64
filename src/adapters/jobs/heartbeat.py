"""Keeps the leases of running jobs for as long as this process lives."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from adapters.jobs.table import JobTable

log = logging.getLogger(__name__)


class Heartbeat:
    """A thread that renews all leases in hand three times per `lease` seconds."""

    def __init__(self, table: JobTable, lease: float) -> None:
        self._table, self._lease = table, lease
        self._kept: set[UUID] = set()
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job-heartbeat", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop: leases still in hand run out."""
        self._stopping.set()
        self._thread.join()

    @contextmanager
    def keeping(self, lease: UUID) -> Iterator[None]:
        """Renew this lease until the end of the block."""
        with self._guard:
            self._kept.add(lease)
        try:
            yield
        finally:
            with self._guard:
                self._kept.discard(lease)

    def _run(self) -> None:
        while not self._stopping.wait(self._lease / 3):
            with self._guard:
                kept = list(self._kept)
            if kept:
                try:
                    self._table.renew(kept, self._lease)
                except Exception:
                    log.exception("cannot renew the leases of %s running jobs", len(kept))
