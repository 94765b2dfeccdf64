"""The sandbox ledger as others meet it: the contract `AccountingPackage`, and what its own operator can do in it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg_pool import PoolTimeout

from adapters.accounting.sandbox import books, dimensions, faults, inbox, payments, reports
from adapters.accounting.sandbox.bookings import book, unbook
from adapters.accounting.sandbox.faults import Call, Fault, Setting
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.accounting_package import PushReceipt, Reach
from application.ports import OutcomeUnknown, PackageRefused, PackageUnreachable
from domain.booking_period import parse_booking_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from adapters.accounting.sandbox.reports import TrialBalanceRow
    from application.accounting_package import Booking, Dimension, LedgerSnapshot, OpenItem, PackageBooking

SCHEMA = "sandbox_ledger"
MIGRATIONS = Path(__file__).parent / "migrations"
UNREACHABLE = "De boekhouding is niet bereikbaar."
NO_ANSWER = "De boekhouding heeft niet geantwoord."


class SandboxLedger:
    """Books of any number of companies in one schema. Safe to use from many threads and processes.

    A company is the dossier's books: `dossier_code` names it. Every call raises `PackageRefused` when the company has no books here.
    """

    name = "sandbox"
    reaches = frozenset(Reach)

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def at(cls, dsn: str, schema: str = SCHEMA, size: int = 4) -> Self:
        """The ledger kept in a schema of this database, its tables made or brought up to date."""
        migrate(dsn, schema, {"sandbox_ledger": MIGRATIONS})
        return cls(Database(dsn, schema, size))

    def close(self) -> None:
        """End the ledger's connections."""
        self._database.close()

    # The contract of an accounting package.

    def link(self, dossier_code: str, name: str, first_period: str) -> None:
        """A dossier that is linked gets its books here: twelve open periods from the first one on."""
        first = parse_booking_period(first_period)
        self.open_dossier(dossier_code, name, first.year, [str(first.plus(months)) for months in range(12)])

    def push(self, dossier_code: str, booking: Booking, document: bytes | None) -> PushReceipt:
        """Book once. A booking that lies in the inbox, or is to be left unconfirmed, is answered without an id."""
        with self._call(dossier_code, Call.PUSH) as wrong, self._database.transaction() as connection:
            books.lock_company(connection, dossier_code)
            inbox.forget_refusal(connection, dossier_code, booking.id)
            if Fault.LEAVE_UNCONFIRMED in wrong or inbox.waits(connection, dossier_code, booking.id):
                inbox.put(connection, dossier_code, booking, document)
                return PushReceipt(package_id=None)
            return PushReceipt(package_id=str(book(connection, dossier_code, booking, document)))

    def find(self, dossier_code: str, booking_id: str) -> PackageBooking | None:
        """One booking as it stands in the books, by the id it was handed over under. Refused when it did not get out of the inbox."""
        with self._call(dossier_code, Call.FIND), self._moment() as connection:
            found = reports.booking(connection, dossier_code, booking_id)
            if found is None and (reason := inbox.refusal(connection, dossier_code, booking_id)) is not None:
                raise PackageRefused(reason)
            return found

    def delete(self, dossier_code: str, booking_id: str) -> None:
        """Out of the books and the inbox. Refused when its period is closed or it is (partly) paid; what is not there is already out."""
        with self._call(dossier_code, Call.DELETE), self._database.transaction() as connection:
            unbook(connection, dossier_code, booking_id)
            inbox.take_out(connection, dossier_code, booking_id)

    def synchronise(self, dossier_code: str) -> LedgerSnapshot:
        """All of one company's books at one moment."""
        with self._call(dossier_code, Call.SYNCHRONISE), self._moment() as connection:
            return reports.snapshot(connection, dossier_code)

    # What the operator of the package does in it.

    def open_dossier(self, code: str, name: str, first_year: int, open_periods: Iterable[str]) -> None:
        """Books for a company with the Belgian chart, journals and periods. Done again, it adds what is missing."""
        with self._database.transaction() as connection:
            books.open_books(connection, code, name, first_year, open_periods)

    def open_period(self, code: str, period: str) -> None:
        """Let a period take bookings."""
        with self._database.transaction() as connection:
            books.set_period(connection, code, period, is_open=True)

    def close_period(self, code: str, period: str) -> None:
        """Let a period take no more bookings."""
        with self._database.transaction() as connection:
            books.set_period(connection, code, period, is_open=False)

    def set_account(self, code: str, account: str, name: str, *, open_for_annotation: bool) -> None:
        """A new account, or a new name for one that is there."""
        with self._database.transaction() as connection:
            books.set_account(connection, code, account, name, open_for_annotation=open_for_annotation)

    def set_dimension(self, code: str, dimension: Dimension) -> None:
        """A new analytic dimension, or other names, values or rules for one that is there."""
        with self._database.transaction() as connection:
            dimensions.set_dimension(connection, code, dimension)

    def enter_by_hand(self, code: str, booking: Booking) -> str:
        """A booking made in the package itself: it gets no id of ours. Returns the package's id."""
        with self._database.transaction() as connection:
            return str(book(connection, code, booking, None, handed_over=False))

    def register_payment(self, code: str, package_id: str, amount: Decimal, paid_on: date) -> str:
        """A bank entry that pays a booking, whole or in part (for a credit note: the refund). Returns the entry's id."""
        with self._database.transaction() as connection:
            return str(payments.pay(connection, code, package_id, amount, paid_on))

    def document(self, code: str, booking_id: str) -> bytes | None:
        """The document kept with a booking."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT document FROM bookings WHERE company = %s AND booking_id = %s", (code, booking_id)).fetchone()
            return None if row is None or row[0] is None else bytes(row[0])

    def trial_balance(self, code: str, period_from: str, period_to: str) -> tuple[TrialBalanceRow, ...]:
        """Debit and credit of every account that moved in these periods."""
        with self._moment() as connection:
            return reports.trial_balance(connection, code, period_from, period_to)

    def vat_return(self, code: str, periods: Iterable[str]) -> dict[str, Decimal]:
        """The grids of the VAT return over these periods, with the balance in 71 or 72."""
        with self._moment() as connection:
            return reports.vat_return(connection, code, periods)

    def open_items(self, code: str) -> tuple[OpenItem, ...]:
        """Bookings not wholly paid."""
        with self._moment() as connection:
            return reports.open_items(connection, code)

    def process_inbox(self, code: str) -> dict[str, str]:
        """Book what was left unconfirmed. Returns the reason per booking id that could not be booked."""
        with self._database.transaction() as connection:
            return inbox.process(connection, code)

    def set_fault(
        self, code: str, fault: Fault, *, call: Call = Call.PUSH, times: int | None = 1, reason: str = "", seconds: float = 0.0
    ) -> None:
        """Let the next `times` calls go wrong (None: until `clear_faults`)."""
        with self._database.transaction() as connection:
            faults.set_fault(connection, code, call, Setting(fault=fault, reason=reason, seconds=seconds), times)

    def clear_faults(self, code: str) -> None:
        """Behave again."""
        with self._database.transaction() as connection:
            faults.clear_faults(connection, code)

    @contextmanager
    def _moment(self) -> Iterator[psycopg.Connection]:
        """A transaction that sees the books as they were at one moment."""
        with self._database.transaction() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    @contextmanager
    def _call(self, code: str, call: Call) -> Iterator[dict[Fault, Setting]]:
        """A call from outside: the faults set for it happen, and what the database's trouble means is told in the contract's words."""
        lost: type[Exception] = OutcomeUnknown if call in {Call.PUSH, Call.DELETE} else PackageUnreachable
        try:
            with self._database.transaction() as connection:
                wrong = faults.take_faults(connection, code, call)
        except psycopg.OperationalError as trouble:
            raise PackageUnreachable(UNREACHABLE) from trouble
        if Fault.UNREACHABLE in wrong:
            raise PackageUnreachable(UNREACHABLE)
        if Fault.REFUSE in wrong:
            raise PackageRefused(wrong[Fault.REFUSE].reason)
        try:
            yield wrong
        except PoolTimeout as trouble:
            raise PackageUnreachable(UNREACHABLE) from trouble
        except psycopg.OperationalError as trouble:
            raise lost(NO_ANSWER) from trouble
        if Fault.ANSWER_LATE in wrong:
            time.sleep(wrong[Fault.ANSWER_LATE].seconds)
        if Fault.LOSE_ANSWER in wrong:
            raise lost(NO_ANSWER)
