"""Waiting for word from the database: a connection of its own that hears NOTIFY, and holds locks as long as this process lives."""

from __future__ import annotations

import select
import socket
from contextlib import suppress

import psycopg
from psycopg import sql

EVENTS_APPENDED = "daybook_events"
"""The channel on which readers of the log are woken."""


class Listener:
    """Hears one channel. `wait` and `connection` are for one thread, `poke` for any."""

    def __init__(self, dsn: str, channel: str) -> None:
        self._dsn, self._channel = dsn, channel
        self._connection: psycopg.Connection | None = None
        self._poked, self._poker = socket.socketpair()
        self._poked.setblocking(False)
        self._poker.setblocking(False)

    def connection(self) -> psycopg.Connection:
        """The autocommit connection, opened again when it was lost. Raises `psycopg.OperationalError` while the server is away."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=10)
            self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
        return self._connection

    def wait(self, timeout: float) -> None:
        """Until something is heard, somebody pokes, or `timeout` seconds have passed."""
        connection = self.connection()
        if not list(connection.notifies(timeout=0)):
            select.select([connection.fileno(), self._poked.fileno()], [], [], timeout)
            list(connection.notifies(timeout=0))
        self._empty()

    def poke(self) -> None:
        """Let the one that waits go on at once. Poking a closed one does nothing."""
        if self._poker.fileno() >= 0:
            with suppress(BlockingIOError):  # poked so often already that nothing more fits
                self._poker.send(b"!")

    def close(self) -> None:
        """End the connection, and with it the locks."""
        if self._connection is not None:
            self._connection.close()
        self._poked.close()
        self._poker.close()

    def _empty(self) -> None:
        with suppress(BlockingIOError):
            self._poked.recv(4096)
