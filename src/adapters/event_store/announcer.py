"""Tells the readers that there is something to read: at most one NOTIFY in ten milliseconds, on a connection of its own.

NOTIFY inside the appending transaction would make all commits of the database queue up behind each other. A lost one costs nothing but
the readers' polling interval.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg

from application.listening import EVENTS_APPENDED

if TYPE_CHECKING:
    from collections.abc import Callable


class Announcer:
    """A thread that sends NOTIFY after appends. `announce()` returns at once."""

    def __init__(self, connect: Callable[[], psycopg.Connection], interval: float = 0.01) -> None:
        self._connect, self._interval = connect, interval
        self._wanted, self._closing = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def announce(self) -> None:
        """Ask for a NOTIFY."""
        if not self._wanted.is_set():  # looking is cheaper than setting, and an append does this every time
            self._wanted.set()
        if self._thread is None:
            with self._guard:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
                    self._thread.start()

    def close(self) -> None:
        """Stop the thread."""
        self._closing.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        connection: psycopg.Connection | None = None
        while not self._closing.is_set():
            self._wanted.wait()
            self._wanted.clear()
            try:
                if connection is None or connection.closed:
                    connection = self._connect()
                connection.execute(f"NOTIFY {EVENTS_APPENDED}")
            except psycopg.OperationalError:
                connection = None
            self._closing.wait(self._interval)
        if connection is not None:
            connection.close()
