"""The cell's database, as those see it who may not know where its connections come from."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import psycopg


class CellDatabase(Protocol):
    """Connections that see the tables of one cell first, then `public`; moments are in UTC."""

    dsn: str
    schema: str

    def transaction(self) -> AbstractContextManager[psycopg.Connection]:
        """One transaction: committed at the end, rolled back when an exception leaves it."""
        ...

    def autocommit(self) -> AbstractContextManager[psycopg.Connection]:
        """A connection on which every statement stands alone; what is still open at the end is rolled back."""
        ...
