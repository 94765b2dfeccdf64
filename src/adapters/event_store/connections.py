"""One autocommit connection a thread for the log: a pool's hand-out and return cost as much as an append."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable


class ThreadConnections:
    """Hands every thread its own connection, opened on first use and again when it was lost."""

    def __init__(self, connect: Callable[[], psycopg.Connection]) -> None:
        self._connect = connect
        self._local = threading.local()
        self._all: weakref.WeakSet[psycopg.Connection] = weakref.WeakSet()
        self._guard = threading.Lock()

    def get(self) -> psycopg.Connection:
        """This thread's connection."""
        connection: psycopg.Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = self._connect()
            with self._guard:
                self._all.add(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in list(self._all):
                connection.close()
