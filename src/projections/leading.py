"""Which followers this process feeds: one process leads each, by an advisory lock that ends with the process or its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

    from application.listening import Listener

LOCK_CLASS = 20_002
"""First half of the lock's key; the second is the cell and the follower."""


class Leading:
    """The leads held on a listener's connection."""

    def __init__(self, listener: Listener, cell: str) -> None:
        self._listener, self._cell = listener, cell
        self._held: set[str] = set()
        self._on: psycopg.Connection | None = None

    def leads(self, name: str) -> bool:
        """Whether this process leads the follower of this name; takes the lead when nobody has it."""
        connection = self._listener.connection()
        if connection is not self._on:
            self._held, self._on = set(), connection
        if name not in self._held:
            taken = connection.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (LOCK_CLASS, f"{self._cell}/{name}")).fetchone()
            if taken and taken[0]:
                self._held.add(name)
        return name in self._held
