"""Bank entries that pay an invoice, whole or in part: the open items change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from adapters.accounting.sandbox.books import FINANCIAL, lock_company, open_book_year
from adapters.accounting.sandbox.chart import BANK, CUSTOMERS, SUPPLIERS
from adapters.accounting.sandbox.entries import Entry, enter
from adapters.accounting.sandbox.posting import Move
from adapters.accounting.sandbox.refusals import cents, euro
from application.ports import PackageRefused

if TYPE_CHECKING:
    from datetime import date

    from psycopg import Connection

_OPEN = """
SELECT kind, credit_note, party, invoice_number, total - coalesce((SELECT sum(amount) FROM payments WHERE booking = bookings.entry), 0)
FROM bookings WHERE company = %s AND entry = %s
"""


def pay(connection: Connection[Any], company: str, package_id: str, amount: Decimal, paid_on: date) -> int:
    """Enter a payment of one booking (for a credit note: its refund) and return the entry's id. Raises `PackageRefused`."""
    lock_company(connection, company)
    row = connection.execute(_OPEN, (company, int(package_id))).fetchone() if package_id.isdecimal() else None
    if row is None:
        raise PackageRefused(f"Boeking {package_id} bestaat niet in de boekhouding.")
    kind, credit_note, party, invoice_number, unpaid = row
    if amount <= 0 or amount != cents(amount):
        raise PackageRefused(f"Bedrag {amount} kan niet betaald worden.")
    if amount > unpaid:
        raise PackageRefused(f"Er staat nog {euro(unpaid)} open: {euro(amount)} kan niet betaald worden.")
    period = f"{paid_on:%Y-%m}"
    book_year = open_book_year(connection, company, period)
    leaves = (kind == "purchase") != credit_note
    paid = amount if leaves else -amount
    moves = (
        Move(account=SUPPLIERS if kind == "purchase" else CUSTOMERS, amount=paid, description=invoice_number, of_party=True),
        Move(account=BANK, amount=-paid, description=invoice_number),
    )
    where = Entry(journal=FINANCIAL.code, book_year=book_year, number=_next_number(connection, company, book_year), period=period)
    entry = enter(connection, company, where, moves, party)
    connection.execute(
        "INSERT INTO payments (entry, booking, amount, paid_on) VALUES (%s, %s, %s, %s)", (entry, int(package_id), amount, paid_on)
    )
    return entry


def _next_number(connection: Connection[Any], company: str, book_year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) + 1 FROM entries WHERE company = %s AND journal = %s AND book_year = %s",
            (company, FINANCIAL.code, book_year),
        )
        [(number,)] = cursor.fetchall()
    return str(number)
