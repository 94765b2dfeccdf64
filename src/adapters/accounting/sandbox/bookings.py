"""Putting an invoice in the books, taking it out again, and knowing one when it comes back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from psycopg import sql
from psycopg.types.json import Jsonb

from adapters.accounting.sandbox.books import check_accounts, check_journal, lock_company, open_book_year
from adapters.accounting.sandbox.dimensions import check_dimensions
from adapters.accounting.sandbox.entries import Entry, enter
from adapters.accounting.sandbox.parties import party_of
from adapters.accounting.sandbox.posting import posting
from adapters.accounting.sandbox.refusals import cents, check_booking
from application.ports import PackageRefused

if TYPE_CHECKING:
    from decimal import Decimal

    from psycopg import Connection

    from application.accounting_package import Booking


def fingerprint(booking: Booking) -> str:
    """A digest of all that the booking says; 10.0 and 10.00 say the same."""
    lines = tuple(msgspec.structs.replace(line, base=cents(line.base), vat=cents(line.vat)) for line in booking.lines)
    plain = msgspec.structs.asdict(msgspec.structs.replace(booking, total=cents(booking.total), lines=lines))
    plain["lines"] = [_without_empty(msgspec.structs.asdict(line), "dimensions") for line in lines]
    return hashlib.sha256(msgspec.json.encode(_without_empty(plain, "foreign", "discount"))).hexdigest()


def _without_empty(said: dict[str, Any], *later: str) -> dict[str, Any]:
    """What is told only by bookings that have it: those of before it could be told keep their digest."""
    return {name: value for name, value in said.items() if value or name not in later}


def book(connection: Connection[Any], company: str, booking: Booking, document: bytes | None, *, handed_over: bool = True) -> int:
    """Book once and return the entry's id; the same booking again gives the same id. Raises `PackageRefused`.

    `handed_over`: it came from outside under its own id; otherwise it is entered in the package itself, which knows no such id.
    """
    lock_company(connection, company)
    check_booking(booking)
    known = _known(connection, company, booking) if handed_over else None
    if known is not None:
        return known
    book_year = open_book_year(connection, company, booking.period)
    check_journal(connection, company, booking.journal, booking.kind, credit_note=booking.credit_note)
    check_accounts(connection, company, {line.account for line in booking.lines})
    check_dimensions(connection, company, booking.lines)
    _check_number(connection, company, booking, book_year)
    party = party_of(connection, company, "supplier" if booking.kind == "purchase" else "customer", booking.party)
    _check_invoice(connection, company, booking, party)
    made = posting(booking)
    where = Entry(journal=booking.journal, book_year=book_year, number=booking.number, period=booking.period)
    entry = enter(connection, company, where, made.moves, party)
    _tell_grids(connection, entry, made.grids)
    _keep_invoice(connection, company, entry, party, booking, booking_id=booking.id if handed_over else None, document=document)
    return entry


def _known(connection: Connection[Any], company: str, booking: Booking) -> int | None:
    row = connection.execute(
        "SELECT entry, fingerprint FROM bookings WHERE company = %s AND booking_id = %s", (company, booking.id)
    ).fetchone()
    if row is None:
        return None
    if row[1] != fingerprint(booking):
        raise PackageRefused(f"Boeking {booking.id} is al geboekt met een andere inhoud.")
    return int(row[0])


def _check_number(connection: Connection[Any], company: str, booking: Booking, book_year: int) -> None:
    if not booking.number:
        raise PackageRefused("Een boeking heeft een nummer in haar dagboek.")
    taken = connection.execute(
        "SELECT 1 FROM entries WHERE company = %s AND journal = %s AND book_year = %s AND number = %s",
        (company, booking.journal, book_year, booking.number),
    ).fetchone()
    if taken:
        raise PackageRefused(f"Nummer {booking.number} is al gebruikt in dagboek {booking.journal} van boekjaar {book_year}.")


def _check_invoice(connection: Connection[Any], company: str, booking: Booking, party: str) -> None:
    """Suppliers and customers never get one invoice number booked twice; an invoice without a number cannot be told from another."""
    row = connection.execute(
        "SELECT journal, number FROM bookings JOIN entries ON id = entry WHERE bookings.company = %s AND kind = %s AND party = %s "
        "AND credit_note = %s AND lower(invoice_number) = lower(%s) AND invoice_number <> ''",
        (company, booking.kind, party, booking.credit_note, booking.invoice_number),
    ).fetchone()
    if row is not None:
        what = "Creditnota" if booking.credit_note else "Factuur"
        raise PackageRefused(f"{what} {booking.invoice_number} van {booking.party.name} is al geboekt als {row[0]} {row[1]}.")


def _tell_grids(connection: Connection[Any], entry: int, grids: dict[str, Decimal]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO grid_amounts (entry, grid, amount) VALUES (%s, %s, %s)",
            [(entry, grid, amount) for grid, amount in grids.items()],
        )


def _keep_invoice(
    connection: Connection[Any], company: str, entry: int, party: str, booking: Booking, *, booking_id: str | None, document: bytes | None
) -> None:
    columns = {
        "entry": entry,
        "company": company,
        "booking_id": booking_id,
        "fingerprint": fingerprint(booking),
        "kind": booking.kind,
        "credit_note": booking.credit_note,
        "party": party,
        "invoice_number": booking.invoice_number,
        "invoice_date": booking.invoice_date,
        "due_date": booking.due_date,
        "currency": booking.currency,
        "total": booking.total,
        "payment_reference": booking.payment_reference,
        "instruction": booking.instruction,
        "document": document,
        "foreign_currency": booking.foreign and booking.foreign.currency,
        "foreign_total": booking.foreign and booking.foreign.total,
        "per_euro": booking.foreign and booking.foreign.per_euro,
        "rate_day": booking.foreign and booking.foreign.rate_day,
        "discount": booking.discount,
    }
    foreign = booking.foreign.lines if booking.foreign else ((None, None),) * len(booking.lines)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    values = sql.SQL(", ").join(map(sql.Placeholder, columns))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("INSERT INTO bookings ({}) VALUES ({})").format(names, values), columns)
        cursor.executemany(
            "INSERT INTO booking_lines (entry, line, account, vat_code, base, vat, description, dimensions, foreign_base, foreign_vat) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (entry, number, line.account, line.vat_code, line.base, line.vat, line.description, Jsonb(line.dimensions), *said)
                for number, (line, said) in enumerate(zip(booking.lines, foreign, strict=True), start=1)
            ],
        )


def unbook(connection: Connection[Any], company: str, booking_id: str) -> None:
    """Take a booking handed over out of the books; its number is free again. What is not there is already out. Raises `PackageRefused`."""
    lock_company(connection, company)
    row = connection.execute(
        "SELECT entry, period, journal || ' ' || number, EXISTS (SELECT FROM payments WHERE booking = bookings.entry) "
        "FROM bookings JOIN entries ON id = entry WHERE bookings.company = %s AND booking_id = %s",
        (company, booking_id),
    ).fetchone()
    if row is None:
        return
    entry, period, named, paid = row
    open_book_year(connection, company, period)
    if paid:
        raise PackageRefused(f"Boeking {named} is geheel of gedeeltelijk betaald en kan niet verwijderd worden.")
    connection.execute("DELETE FROM entries WHERE id = %s", (entry,))
