"""Entries of a journal: the one place where accounts are moved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from adapters.accounting.sandbox.posting import Move

NOTHING = Decimal(0)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entry stands in the books: journal, number in its book year, and period `YYYY-MM`."""

    journal: str
    book_year: int
    number: str
    period: str


def enter(connection: Connection[Any], company: str, entry: Entry, moves: Iterable[Move], party: str) -> int:
    """Write the entry with its moves and return its id. The database refuses moves that do not add up to zero."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO entries (company, journal, book_year, number, period) VALUES (%s, %s, %s, %s, %s) RETURNING id",
            (company, entry.journal, entry.book_year, entry.number, entry.period),
        )
        [(written,)] = cursor.fetchall()
        cursor.executemany(
            "INSERT INTO entry_lines (entry, line, company, account, party, debit, credit, description) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    written,
                    line,
                    company,
                    move.account,
                    party if move.of_party else None,
                    max(move.amount, NOTHING),
                    max(-move.amount, NOTHING),
                    move.description,
                )
                for line, move in enumerate(moves, start=1)
            ],
        )
    return int(written)
