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
    """Whether this booking lies in the inbox and has not been looked at."""
    row = connection.execute(
        "SELECT 1 FROM inbox WHERE company = %s AND booking_id = %s AND refusal IS NULL", (company, booking_id)
    ).fetchone()
    return row is not None


def refusal(connection: Connection[Any], company: str, booking_id: str) -> str | None:
    """Why a booking did not get from the inbox into the books; None when it did, waits, or was never there."""
    row = connection.execute("SELECT refusal FROM inbox WHERE company = %s AND booking_id = %s", (company, booking_id)).fetchone()
    return row[0] if row else None


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


def forget_refusal(connection: Connection[Any], company: str, booking_id: str) -> None:
    """A booking that was refused from the inbox is handed over anew."""
    connection.execute("DELETE FROM inbox WHERE company = %s AND booking_id = %s AND refusal IS NOT NULL", (company, booking_id))


def process(connection: Connection[Any], company: str) -> dict[str, str]:
    """Book what lies in the inbox, in order of arrival. What could not be booked stays with its reason; the reasons by booking id."""
    lock_company(connection, company)
    rows = connection.execute(
        "SELECT booking_id, content::text, document FROM inbox WHERE company = %s AND refusal IS NULL ORDER BY arrival", (company,)
    ).fetchall()
    refused: dict[str, str] = {}
    for booking_id, content, document in rows:
        try:
            with connection.transaction():
                book(connection, company, msgspec.json.decode(content, type=Booking), document)
                take_out(connection, company, booking_id)
        except PackageRefused as reason:
            refused[booking_id] = str(reason)
            connection.execute("UPDATE inbox SET refusal = %s WHERE company = %s AND booking_id = %s", (str(reason), company, booking_id))
    return refused
