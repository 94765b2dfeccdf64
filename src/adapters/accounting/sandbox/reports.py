"""What the books say: trial balance, VAT return, open items, and the snapshot a synchronisation takes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from psycopg.rows import class_row

from adapters.accounting.sandbox.books import known_company
from adapters.accounting.sandbox.dimensions import dimensions_of
from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.accounting_package import (
    Account,
    Balance,
    BookingLine,
    ForeignAmounts,
    Journal,
    LedgerParty,
    LedgerSnapshot,
    OpenItem,
    PackageBooking,
    Period,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import LiteralString

    from psycopg import Connection

DUE = ("54", "55", "56", "57", "61", "63")
DEDUCTIBLE = ("59", "62", "64")

_TRIAL_BALANCE = """
SELECT account, name, sum(debit) AS debit, sum(credit) AS credit
FROM entries JOIN entry_lines ON entry = id JOIN accounts ON accounts.company = entries.company AND code = account
WHERE entries.company = %s AND period BETWEEN %s AND %s
GROUP BY account, name ORDER BY account
"""

_OPEN_ITEMS = """
SELECT entry::text AS package_id, party AS party_id, due_date, side * total AS amount, side * (total - paid) AS open
FROM bookings,
    LATERAL (SELECT CASE WHEN credit_note THEN -1 ELSE 1 END AS side) AS sign,
    LATERAL (SELECT coalesce(sum(payments.amount), 0) AS paid FROM payments WHERE booking = bookings.entry) AS payments
WHERE company = %s AND total <> paid ORDER BY entry
"""

_BOOKINGS = """
SELECT entry, booking_id, bookings.kind, credit_note, journal, number, period, party, parties.name, invoice_number, invoice_date, due_date,
    booked_on, currency, total, coalesce((SELECT sum(amount) FROM payments WHERE booking = bookings.entry), 0),
    foreign_currency, foreign_total, per_euro, rate_day
FROM bookings JOIN entries ON entries.id = entry JOIN parties ON parties.company = bookings.company AND parties.id = party
WHERE bookings.company = %s
"""


_LINES = """
SELECT booking_lines.entry, account, vat_code, base, vat, description, dimensions, foreign_base, foreign_vat
FROM booking_lines JOIN bookings ON bookings.entry = booking_lines.entry
"""

_ACCOUNTS = "SELECT code, name, open_for_annotation FROM accounts WHERE company = %s ORDER BY code"
_JOURNALS = "SELECT code, name, kind FROM journals WHERE company = %s ORDER BY code"
_PERIODS = "SELECT period, open FROM periods WHERE company = %s ORDER BY period"
_PARTIES = "SELECT id, kind, name, vat_number, iban FROM parties WHERE company = %s ORDER BY id"
_BALANCES = """
SELECT account, period, sum(debit) - sum(credit) AS amount
FROM entries JOIN entry_lines ON entry = id WHERE entries.company = %s
GROUP BY account, period HAVING sum(debit) <> sum(credit) ORDER BY account, period
"""

Row = TypeVar("Row", bound=msgspec.Struct)


class TrialBalanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """Debit and credit of one account over some periods, in EUR."""

    account: str
    name: str
    debit: Decimal
    credit: Decimal

    @property
    def balance(self) -> Decimal:
        """Debit minus credit."""
        return self.debit - self.credit


def trial_balance(connection: Connection[Any], company: str, period_from: str, period_to: str) -> tuple[TrialBalanceRow, ...]:
    """Every account that moved in these periods."""
    known_company(connection, company)
    with connection.cursor(row_factory=class_row(TrialBalanceRow)) as cursor:
        return tuple(cursor.execute(_TRIAL_BALANCE, (company, period_from, period_to)))


def vat_return(connection: Connection[Any], company: str, periods: Iterable[str]) -> dict[str, Decimal]:
    """The grids of the return over these periods that are not zero, with the balance in 71 (to pay) or 72 (to get back).

    Grids 81–88 may be negative here; the form carries a negative one to the next period.
    """
    known_company(connection, company)
    rows = connection.execute(
        "SELECT grid, sum(amount) FROM grid_amounts JOIN entries ON id = entry WHERE company = %s AND period = ANY(%s) GROUP BY grid",
        (company, list(periods)),
    )
    grids: dict[str, Decimal] = {grid: amount for grid, amount in rows if amount}
    balance = sum((grids.get(grid, Decimal(0)) for grid in DUE), Decimal(0)) - sum(
        (grids.get(grid, Decimal(0)) for grid in DEDUCTIBLE), Decimal(0)
    )
    if balance:
        grids["71" if balance > 0 else "72"] = abs(balance)
    return grids


def open_items(connection: Connection[Any], company: str) -> tuple[OpenItem, ...]:
    """Bookings not wholly paid."""
    known_company(connection, company)
    return _all(connection, OpenItem, _OPEN_ITEMS, company)


def bookings(connection: Connection[Any], company: str) -> tuple[PackageBooking, ...]:
    """All bookings of a company, in the order they were booked."""
    known_company(connection, company)
    lines: defaultdict[int, list[_LineRow]] = defaultdict(list)
    for entry, *line in connection.execute(f"{_LINES} WHERE company = %s ORDER BY booking_lines.entry, line", (company,)):
        lines[entry].append(line)
    return tuple(_booking(row, lines[row[0]]) for row in connection.execute(f"{_BOOKINGS} ORDER BY entry", (company,)))


def booking(connection: Connection[Any], company: str, booking_id: str) -> PackageBooking | None:
    """The booking handed over under this id."""
    known_company(connection, company)
    row = connection.execute(f"{_BOOKINGS} AND booking_id = %s", (company, booking_id)).fetchone()
    if row is None:
        return None
    lines = connection.execute(f"{_LINES} WHERE booking_lines.entry = %s ORDER BY line", (row[0],)).fetchall()
    return _booking(row, [line for _, *line in lines])


_LineRow = list[Any]


def _booking(row: tuple[Any, ...], lines: list[_LineRow]) -> PackageBooking:
    entry, *head, paid, currency, total, per_euro, rate_day = row
    said = tuple((base, vat) for *_, base, vat in lines)
    foreign = ForeignAmounts(currency=currency, total=total, lines=said, per_euro=per_euro, rate_day=rate_day) if currency else None
    ours = tuple(BookingLine(**dict(zip(BookingLine.__struct_fields__, line[:-2], strict=True))) for line in lines)
    values = (str(entry), *head, ours, paid, foreign)
    return PackageBooking(**dict(zip(PackageBooking.__struct_fields__, values, strict=True)))


def snapshot(connection: Connection[Any], company: str) -> LedgerSnapshot:
    """Everything of one company. The caller's transaction sees one moment (repeatable read)."""
    known_company(connection, company)
    return LedgerSnapshot(
        accounts=_all(connection, Account, _ACCOUNTS, company),
        vat_codes=tuple(VAT_CODES.values()),
        journals=_all(connection, Journal, _JOURNALS, company),
        periods=_all(connection, Period, _PERIODS, company),
        parties=_all(connection, LedgerParty, _PARTIES, company),
        bookings=bookings(connection, company),
        open_items=open_items(connection, company),
        balances=_all(connection, Balance, _BALANCES, company),
        dimensions=dimensions_of(connection, company),
    )


def _all(connection: Connection[Any], kind: type[Row], question: LiteralString, company: str) -> tuple[Row, ...]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return tuple(cursor.execute(question, (company,)))
