"""Connections to the cell's database, handed out per unit of work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION = """
SELECT set_config('search_path', quote_ident(%(schema)s) || ', public', false),
       set_config('statement_timeout', %(statement)s, false),
       set_config('idle_in_transaction_session_timeout', %(idle)s, false),
       set_config('timezone', 'UTC', false)
"""
IDLE_LIMIT = 60.0
"""Seconds a transaction may wait for its own program: it holds locks and keeps dead rows alive."""


class Database:
    """A pool of at most `size` connections to one cell: tables of `schema` first, extensions in `public`, moments in UTC.

    The pool opens at first use, replaces connections that died with a restarted server, and raises `psycopg_pool.PoolTimeout` when none
    comes free within `patience` seconds. A statement is given `statement_timeout` seconds; a longer job says `SET LOCAL statement_timeout`.
    """

    def __init__(self, dsn: str, schema: str, size: int = 10, *, statement_timeout: float = 30.0, patience: float = 10.0) -> None:
        self.dsn = dsn
        self.schema = schema
        self._settings = {
            "schema": schema,
            "statement": f"{round(statement_timeout * 1000)}ms",
            "idle": f"{round(IDLE_LIMIT * 1000)}ms",
        }
        self._pool = ConnectionPool(
            dsn,
            min_size=1,
            max_size=size,
            open=False,
            timeout=patience,
            configure=self._configure,
            check=ConnectionPool.check_connection,
            name=f"daybook-{schema}",
        )

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection]:
        """One transaction: committed at the end, rolled back when an exception leaves it."""
        self._pool.open()
        with self._pool.connection() as connection:
            yield connection

    @contextmanager
    def autocommit(self) -> Iterator[psycopg.Connection]:
        """A connection on which every statement stands alone; `connection.transaction()` groups some."""
        self._pool.open()
        with self._pool.connection() as connection:
            connection.autocommit = True
            try:
                yield connection
            finally:
                if not connection.closed:
                    connection.rollback()
                    connection.autocommit = False

    def close(self) -> None:
        """End all connections. The pool cannot be used afterwards."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _configure(self, connection: psycopg.Connection) -> None:
        connection.execute(SESSION, self._settings)
        connection.commit()
