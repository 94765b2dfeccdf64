"""The mirror of the books in PostgreSQL: tables `mirror_…` of the cell, made by `MIGRATIONS`.

A read model in SQL may join them: `mirror_bookings` by (`dossier`, `booking_id`), where `booking_id` is the id of the booking proposal
(null for a booking made in the package itself), its lines by (`dossier`, `package_id`). `amount`, `open`, `paid_state`, `party_sort` and
`search` are computed columns.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import class_row, dict_row

from adapters.postgres import mirror_questions, mirror_replacement
from application.accounting_package import Account, Journal, Period, VatCode
from application.ledger_mirror import BookingPage

if TYPE_CHECKING:
    from datetime import datetime

    from adapters.postgres.pool import Database
    from application.accounting_package import LedgerSnapshot, PackageBooking
    from application.ledger_mirror import BookingFilter, BookingOrder, BookingTotals, MirrorChanges

MIGRATIONS = Path(__file__).parent / "mirror_migrations"

_ACCOUNTS = """
SELECT code, name, open_for_annotation FROM mirror_accounts
WHERE dossier = %(dossier)s AND (%(text)s::text IS NULL OR starts_with(code, %(text)s)
    OR strpos(mirror_folded(name), mirror_folded(%(text)s)) > 0)
ORDER BY code
"""


class PostgresLedgerMirror:
    """`application.ledger_mirror.LedgerMirror` on the cell's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, dossier: UUID, snapshot: LedgerSnapshot, upto: int) -> MirrorChanges | None:
        """Let the mirror hold this snapshot and nothing else; only what differs is written. None when it holds a newer one."""
        with self._database.transaction() as connection:
            return mirror_replacement.replace(connection, dossier, snapshot, upto)

    def synchronised_at(self, dossier: UUID) -> datetime | None:
        """When the mirror was last replaced (UTC)."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT synchronised_at FROM mirror_dossiers WHERE dossier = %s", (dossier,)).fetchone()
            return row[0] if row else None

    def accounts(self, dossier: UUID, text: str | None = None) -> tuple[Account, ...]:
        """The chart by code; with `text`, accounts whose code begins with it or whose name holds it."""
        with self._database.transaction() as connection, connection.cursor(row_factory=class_row(Account)) as cursor:
            return tuple(cursor.execute(_ACCOUNTS, {"dossier": dossier, "text": text or None}))

    def account_name(self, dossier: UUID, code: str) -> str | None:
        """The name of an account, or None when the chart does not have it."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT name FROM mirror_accounts WHERE dossier = %s AND code = %s", (dossier, code)).fetchone()
            return row[0] if row else None

    def vat_codes(self, dossier: UUID, kind: str) -> tuple[VatCode, ...]:
        """The VAT codes of purchases or sales, in the package's order."""
        question = "SELECT * FROM mirror_vat_codes WHERE dossier = %s AND kind = %s ORDER BY position"
        with self._database.transaction() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return tuple(_vat_code(row) for row in cursor.execute(question, (dossier, kind)))

    def journals(self, dossier: UUID) -> tuple[Journal, ...]:
        """The journals by code."""
        question = "SELECT code, name, kind FROM mirror_journals WHERE dossier = %s ORDER BY code"
        with self._database.transaction() as connection, connection.cursor(row_factory=class_row(Journal)) as cursor:
            return tuple(cursor.execute(question, (dossier,)))

    def periods(self, dossier: UUID) -> tuple[Period, ...]:
        """The booking periods in order."""
        question = "SELECT period, open FROM mirror_periods WHERE dossier = %s ORDER BY period"
        with self._database.transaction() as connection, connection.cursor(row_factory=class_row(Period)) as cursor:
            return tuple(cursor.execute(question, (dossier,)))

    def booking(self, dossier: UUID, booking_id: UUID) -> PackageBooking | None:
        """The booking that was handed over under this id, as the package held it at the last synchronisation."""
        with self._database.transaction() as connection:
            return mirror_questions.booking(connection, dossier, booking_id)

    def booking_totals(self, dossier: UUID, wanted: BookingFilter) -> BookingTotals:
        """Count and amounts of the bookings wanted."""
        with self._database.transaction() as connection:
            return mirror_questions.totals(connection, dossier, wanted)

    def bookings(
        self, dossier: UUID, wanted: BookingFilter, *, order: BookingOrder, descending: bool, offset: int, limit: int
    ) -> BookingPage:
        """A part of the bookings wanted and the totals of them all, as they were at one moment."""
        with self._database.transaction() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            totals = mirror_questions.totals(connection, dossier, wanted)
            part = mirror_questions.Part(order=order, descending=descending, offset=offset, limit=limit)
            return BookingPage(bookings=mirror_questions.page(connection, dossier, wanted, part, totals.count), totals=totals)


def _vat_code(row: dict[str, Any]) -> VatCode:
    values: dict[str, Any] = {field: row[field] for field in VatCode.__struct_fields__}
    grids = {field: tuple(value) for field, value in values.items() if isinstance(value, list)}
    return VatCode(**{**values, **grids})
