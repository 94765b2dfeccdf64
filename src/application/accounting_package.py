"""What goes to an accounting package and what comes back, whichever package it is (FEATURES L1–L3).

Amounts are decimals in `currency`, that of the books (EUR), credit notes included as positive amounts with `credit_note` set. What an
invoice said in another currency stands beside them, in `foreign`. Dates are calendar dates; periods are `YYYY-MM`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Reach(StrEnum):
    """A state a connector can report about a booking it was sent."""

    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONFIRMED = "confirmed"


class BookingParty(msgspec.Struct, frozen=True, kw_only=True):
    """Supplier or customer of a booking. `vat_number` with country prefix and no separators, e.g. BE0998110303."""

    id: str
    name: str
    vat_number: str | None = None
    iban: str | None = None


class BookingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: general ledger account, VAT code, base and VAT amount (VAT as printed on the invoice; 0 for reverse charge)."""

    account: str
    vat_code: str
    base: Decimal
    vat: Decimal
    description: str = ""
    dimensions: dict[str, str] = {}
    """Analytic dimension → value, by their codes."""


class ForeignAmounts(msgspec.Struct, frozen=True, kw_only=True):
    """What an invoice said in its own currency, and how it was converted: so much of `currency` is one euro.

    `lines` has base and VAT of each line, in the order of the booking's. `rate_day`: when the rate was published; None: a person gave it.
    """

    currency: str
    total: Decimal
    lines: tuple[tuple[Decimal, Decimal], ...]
    per_euro: Decimal
    rate_day: date | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """One invoice or credit note, complete enough to be booked. `id` is ours and makes pushing idempotent."""

    id: str
    kind: str
    """`purchase` or `sales`."""
    credit_note: bool
    journal: str
    number: str
    period: str
    party: BookingParty
    invoice_number: str
    invoice_date: date
    due_date: date | None
    currency: str
    total: Decimal
    lines: tuple[BookingLine, ...]
    payment_reference: str | None = None
    instruction: str = ""
    foreign: ForeignAmounts | None = None
    discount: Decimal = Decimal(0)
    """Financial discount in percent; the VAT of the lines is on their base less this."""


class PushReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The package took the booking; `package_id` when it said under which id of its own."""

    package_id: str | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A general ledger account of the package (Belgian MAR code)."""

    code: str
    name: str
    open_for_annotation: bool


class VatCode(msgspec.Struct, frozen=True, kw_only=True):
    """A VAT code with its rate in percent and the boxes (grids) of the Belgian return it fills.

    `kind` is `purchase` or `sales`. For an invoice: base → `base_grids`, VAT payable → `payable_grids`, deductible VAT →
    `deductible_grids`; the credit-note grids likewise, where a minus before a grid ("-82") means that it is lowered.
    """

    code: str
    name: str
    kind: str
    rate: Decimal
    reverse_charge: bool
    base_grids: tuple[str, ...]
    payable_grids: tuple[str, ...]
    deductible_grids: tuple[str, ...]
    credit_base_grids: tuple[str, ...]
    credit_payable_grids: tuple[str, ...]
    credit_deductible_grids: tuple[str, ...]
    deductible: Decimal = Decimal(100)
    """Percentage of the VAT that may be deducted; the rest is part of the cost."""


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """A journal of the package. `kind`: purchase, sales, financial or miscellaneous."""

    code: str
    name: str
    kind: str


class DimensionValue(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is booked on within an analytic dimension: a shop, a project, a vehicle."""

    code: str
    name: str


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """An analytic dimension of the package with what may be booked on. `mandatory`: the package wants a value on every line."""

    code: str
    name: str
    mandatory: bool = False
    values: tuple[DimensionValue, ...] = ()


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A booking period `YYYY-MM` of the package and whether it takes bookings."""

    period: str
    open: bool


class LedgerParty(msgspec.Struct, frozen=True, kw_only=True):
    """A counterparty as the package knows it."""

    id: str
    kind: str
    """`supplier` or `customer`."""
    name: str
    vat_number: str | None
    iban: str | None


class PackageBooking(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as the package holds it. `booking_id` is ours when it came from us, else None."""

    package_id: str
    booking_id: str | None
    kind: str
    credit_note: bool
    journal: str
    number: str
    period: str
    party_id: str
    party_name: str
    invoice_number: str
    invoice_date: date
    due_date: date | None
    booked_on: date
    currency: str
    total: Decimal
    lines: tuple[BookingLine, ...]
    paid: Decimal = Decimal(0)
    foreign: ForeignAmounts | None = None


class OpenItem(msgspec.Struct, frozen=True, kw_only=True):
    """What is still to be paid of one booking; negative for a credit note."""

    package_id: str
    party_id: str
    due_date: date | None
    amount: Decimal
    open: Decimal


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """Debit minus credit of one account in one period."""

    account: str
    period: str
    amount: Decimal


class LedgerSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one synchronisation brings of one dossier; it replaces what the mirror held."""

    accounts: tuple[Account, ...]
    vat_codes: tuple[VatCode, ...]
    journals: tuple[Journal, ...]
    periods: tuple[Period, ...]
    parties: tuple[LedgerParty, ...]
    bookings: tuple[PackageBooking, ...]
    open_items: tuple[OpenItem, ...]
    balances: tuple[Balance, ...]
    dimensions: tuple[Dimension, ...] = ()
