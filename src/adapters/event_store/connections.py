"""One autocommit connection a thread for the log: a pool's hand-out and return cost as much as an append."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable


class ThreadConnections:
    """Hands every thread its own connection, opened on first use and again when it was lost."""

    def __init__(self, connect: Callable[[], psycopg.Connection]) -> None:
        self._connect = connect
        self._local = threading.local()
        self._open: dict[threading.Thread, psycopg.Connection] = {}
        self._guard = threading.Lock()

    def get(self) -> psycopg.Connection:
        """This thread's connection."""
        return self.cursor().connection

    def cursor(self) -> psycopg.Cursor:
        """This thread's one cursor, for a statement whose rows are fetched at once: making a new one costs a fifth of an append."""
        cursor: psycopg.Cursor | None = getattr(self._local, "cursor", None)
        if cursor is None or cursor.connection.closed:
            connection = self._connect()
            cursor = self._local.cursor = connection.cursor()
            with self._guard:
                self._close_those_of_ended_threads()
                self._open[threading.current_thread()] = connection
        return cursor

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in self._open.values():
                connection.close()
            self._open.clear()

    def _close_those_of_ended_threads(self) -> None:
        for thread in [one for one in self._open if not one.is_alive()]:
            self._open.pop(thread).close()
