"""The import folder: bookings taken without a look, which get into the books, or do not, when the package is told to process them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adapters.accounting.sandbox.bookings import book, fingerprint
from adapters.accounting.sandbox.books import lock_company
from application.accounting_package import Booking
from application.ports import PackageRefused

if TYPE_CHECKING:
    from psycopg import Connection


def waits(connection: Connection[Any], company: str, booking_id: str) -> bool:
    """Whether this booking lies in the inbox."""
    row = connection.execute("SELECT 1 FROM inbox WHERE company = %s AND booking_id = %s", (company, booking_id)).fetchone()
    return row is not None


def put(connection: Connection[Any], company: str, booking: Booking, document: bytes | None) -> None:
    """Lay a booking in the inbox once. The same id with other content is refused."""
    mark = fingerprint(booking)
    connection.execute(
        "INSERT INTO inbox (company, booking_id, fingerprint, content, document) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (company, booking.id, mark, msgspec.json.encode(booking).decode(), document),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT fingerprint FROM inbox WHERE company = %s AND booking_id = %s", (company, booking.id))
        [(held,)] = cursor.fetchall()
    if held != mark:
        raise PackageRefused(f"Boeking {booking.id} is al overgedragen met een andere inhoud.")


def take_out(connection: Connection[Any], company: str, booking_id: str) -> None:
    """Forget a booking that lies in the inbox."""
    connection.execute("DELETE FROM inbox WHERE company = %s AND booking_id = %s", (company, booking_id))


def process(connection: Connection[Any], company: str) -> dict[str, str]:
    """Book what lies in the inbox, in order of arrival, and empty it. Returns the reason per booking id that could not be booked."""
    lock_company(connection, company)
    rows = connection.execute(
        "DELETE FROM inbox WHERE company = %s RETURNING arrival, booking_id, content::text, document", (company,)
    ).fetchall()
    refused: dict[str, str] = {}
    for _, booking_id, content, document in sorted(rows, key=lambda row: int(row[0])):
        try:
            with connection.transaction():
                book(connection, company, msgspec.json.decode(content, type=Booking), document)
        except PackageRefused as reason:
            refused[booking_id] = str(reason)
    return refused
