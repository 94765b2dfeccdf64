"""The mirror of the books in PostgreSQL: tables `mirror_…` of the cell, made by `MIGRATIONS`.

A read model in SQL may join them: `mirror_bookings` by (`dossier`, `booking_id`), where `booking_id` is the id of the booking proposal
(null for a booking made in the package itself), its lines by (`dossier`, `package_id`). `amount`, `open`, `paid_state`, `party_sort` and
`search` are computed columns.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from psycopg.rows import class_row, dict_row

from adapters.postgres import mirror_questions, mirror_replacement
from application.accounting_package import Account, Dimension, Journal, LedgerParty, Period, VatCode
from application.experience import BookedOn
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

_ALL_PARTIES = "SELECT id, kind, name, vat_number, iban FROM mirror_parties WHERE dossier = %(dossier)s AND kind = %(kind)s ORDER BY id"
_PARTIES = """
SELECT id, kind, name, vat_number, iban FROM mirror_parties
WHERE dossier = %(dossier)s AND kind = %(kind)s AND (vat_number = %(vat_number)s
    OR ((vat_number IS NULL OR %(vat_number)s::text IS NULL) AND mirror_sort_key(name) = mirror_sort_key(%(name)s)))
ORDER BY id
"""
_ELSEWHERE = """
SELECT DISTINCT ON (party.dossier) party.dossier, line.account, line.vat_code
FROM mirror_parties AS party
JOIN LATERAL (
    SELECT package_id, invoice_date FROM mirror_bookings AS booking
    WHERE booking.dossier = party.dossier AND booking.kind = %(kind)s AND booking.party_id = party.id
    ORDER BY invoice_date DESC, package_id DESC LIMIT 1
) AS latest ON true
JOIN mirror_booking_lines AS line ON line.dossier = party.dossier AND line.package_id = latest.package_id
WHERE party.kind = %(party_kind)s AND party.vat_number = %(vat_number)s AND party.dossier <> %(dossier)s
ORDER BY party.dossier, latest.invoice_date DESC, line.base DESC, line.line
"""
_PARTY_KINDS = {"purchase": "supplier", "sales": "customer"}


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

    def dimensions(self, dossier: UUID) -> tuple[Dimension, ...]:
        """The analytic dimensions with their values, in the package's order."""
        question = 'SELECT code, name, mandatory, "values" FROM mirror_dimensions WHERE dossier = %s ORDER BY position'
        with self._database.transaction() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return tuple(msgspec.convert(row, Dimension) for row in cursor.execute(question, (dossier,)))

    def parties(self, dossier: UUID, kind: str, *, vat_number: str | None = None, name: str | None = None) -> tuple[LedgerParty, ...]:
        """Suppliers (`kind` purchase) or customers (sales); with a number or a name only those that have the one or the other."""
        values = {"dossier": dossier, "kind": _PARTY_KINDS[kind], "vat_number": vat_number or None, "name": name or None}
        with self._database.transaction() as connection, connection.cursor(row_factory=class_row(LedgerParty)) as cursor:
            return tuple(cursor.execute(_PARTIES if vat_number or name else _ALL_PARTIES, values))

    def booked_elsewhere(self, dossier: UUID, kind: str, vat_number: str) -> dict[UUID, BookedOn]:
        """Account and VAT code of the largest line of the last booking of this VAT number in every other dossier, by dossier."""
        values = {"dossier": dossier, "kind": kind, "party_kind": _PARTY_KINDS[kind], "vat_number": vat_number}
        with self._database.transaction() as connection:
            return {other: BookedOn(account, code) for other, account, code in connection.execute(_ELSEWHERE, values)}

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
