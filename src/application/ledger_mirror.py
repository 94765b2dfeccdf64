"""The mirror of the books: what the last synchronisation brought of each dossier, kept to be asked by screens and by enrichment.

The accounting package is the master, so nothing here is an event: a synchronisation replaces it (FEATURES L3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import msgspec

from application.accounting_package import Account, Dimension, Journal, LedgerParty, LedgerSnapshot, PackageBooking, Period, VatCode
from application.experience import BookedOn


class MirrorChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What a synchronisation changed: how many records by kind (`accounts`, `bookings`, `booking_lines`, …), kinds with none left out."""

    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    removed: dict[str, int] = {}


class Paid(StrEnum):
    """How far a booking has been paid in the books."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class BookingOrder(StrEnum):
    """What a list of bookings is sorted by. Counterparties sort without accents and leading articles."""

    INVOICE_DATE = "invoice_date"
    DUE_DATE = "due_date"
    PERIOD = "period"
    NUMBER = "number"
    INVOICE_NUMBER = "invoice_number"
    PARTY = "party_sort"
    AMOUNT = "amount"


class BookingFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which bookings are wanted; what is None does not matter. Ranges include both ends.

    `text` must occur in the counterparty's name, the invoice number or the number, whatever the case and accents. `account` is a general
    ledger account or the beginning of one. Amounts are in `currency` and negative for credit notes. Periods are `YYYY-MM`.
    """

    kind: str
    text: str | None = None
    party_id: str | None = None
    journal: str | None = None
    account: str | None = None
    paid: Paid | None = None
    credit_note: bool | None = None
    period_from: str | None = None
    period_to: str | None = None
    invoice_date_from: date | None = None
    invoice_date_to: date | None = None
    due_date_from: date | None = None
    due_date_to: date | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None


class BookingTotals(msgspec.Struct, frozen=True, kw_only=True):
    """How many bookings, what they come to and how much of it is unpaid; credit notes count as negative."""

    count: int
    amount: Decimal
    open: Decimal


class BookingPage(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a list of bookings, with the totals of the whole list."""

    bookings: tuple[PackageBooking, ...]
    totals: BookingTotals


class LedgerMirror(Protocol):
    """Every question is of one dossier. A dossier never synchronised has nothing."""

    def replace(self, dossier: UUID, snapshot: LedgerSnapshot, upto: int) -> MirrorChanges | None:
        """Let the mirror hold this snapshot and nothing else, in one transaction.

        `upto` is the log position when reading the package began. None, and nothing is done, when the mirror holds a snapshot whose reading
        began later: the slower of two synchronisations must not win.
        """
        ...

    def synchronised_at(self, dossier: UUID) -> datetime | None:
        """When the mirror was last replaced (UTC)."""
        ...

    def accounts(self, dossier: UUID, text: str | None = None) -> tuple[Account, ...]:
        """The chart by code; with `text`, accounts whose code begins with it or whose name holds it."""
        ...

    def account_name(self, dossier: UUID, code: str) -> str | None:
        """The name of an account, or None when the chart does not have it."""
        ...

    def vat_codes(self, dossier: UUID, kind: str) -> tuple[VatCode, ...]:
        """The VAT codes of purchases or sales."""
        ...

    def journals(self, dossier: UUID) -> tuple[Journal, ...]:
        """The journals by code."""
        ...

    def periods(self, dossier: UUID) -> tuple[Period, ...]:
        """The booking periods in order."""
        ...

    def dimensions(self, dossier: UUID) -> tuple[Dimension, ...]:
        """The analytic dimensions with their values, in the package's order."""
        ...

    def parties(self, dossier: UUID, kind: str, *, vat_number: str | None = None, name: str | None = None) -> tuple[LedgerParty, ...]:
        """Suppliers (`kind` purchase) or customers (sales); with a number or a name only those that have the one or the other."""
        ...

    def booked_elsewhere(self, dossier: UUID, kind: str, vat_number: str) -> Mapping[UUID, BookedOn]:
        """Account and VAT code of the largest line of the last booking of this VAT number in every other dossier, by dossier."""
        ...

    def booking(self, dossier: UUID, booking_id: UUID) -> PackageBooking | None:
        """The booking that was handed over under this id, as the package held it at the last synchronisation."""
        ...

    def booking_totals(self, dossier: UUID, wanted: BookingFilter) -> BookingTotals:
        """Count and amounts of the bookings wanted."""
        ...

    def bookings(
        self, dossier: UUID, wanted: BookingFilter, *, order: BookingOrder, descending: bool, offset: int, limit: int
    ) -> BookingPage:
        """A part of the bookings wanted, in that order, and the totals of them all."""
        ...
