"""Asking for the day's exchange rates once they should have been published: a job fetches them, so that what fails is seen."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from application.event_log import Context, Via
from application.exchange_rates import request_fetch

if TYPE_CHECKING:
    from application.workbench import Workbench

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0


class RateWatch:
    """A thread. Several processes may have one: a day is asked for once."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rate-watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the look in hand."""
        self._stopping.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        while True:
            try:
                request_fetch(self._bench, Context(by=None, via=Via.JOB))
            except Exception:
                log.exception("exchange rates could not be asked for")
            if self._stopping.wait(LOOK_EVERY):
                return
