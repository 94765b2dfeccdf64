"""One invoice of the demo world: who sends whom what, what it adds up to, and what a reader must find on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from domain.money import round_amount

STANDARD = "S"
REVERSE_CHARGE = "AE"
INTRA_COMMUNITY = "K"
EXEMPT = "E"


class DemoParty(msgspec.Struct, frozen=True, kw_only=True):
    """A company. `vat_number` and `iban` are compact; `country` is an ISO 3166 code; `iban` is empty where nobody pays to it."""

    name: str
    street: str
    postcode: str
    city: str
    vat_number: str
    country: str = "BE"
    iban: str = ""
    email: str = ""
    phone: str = ""


class DemoLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `unit` is a UN/ECE recommendation 20 code, `rate` the VAT rate in percent, `category` the EN 16931 VAT category."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal
    unit: str = "C62"
    category: str = STANDARD

    @property
    def net(self) -> Decimal:
        """Amount of the line without VAT, rounded to the cent."""
        return round_amount(self.quantity * self.unit_price)


class VatGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the VAT breakdown: Belgium rounds VAT per rate over the whole invoice, not per line."""

    rate: Decimal
    category: str
    base: Decimal
    vat: Decimal


class DemoInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or credit note.

    Amounts are positive for both; `negative` only says that a credit note prints them with a minus sign. `payment_reference` holds the
    twelve digits of a structured communication. `due_date` is None where none is printed. `layout` names a file in `layouts/`, `style`
    picks among ways of writing labels, dates and amounts. `account` is the general ledger account (MAR, six digits) a bookkeeper would
    choose for most of it, seen from the buyer for a purchase and from the seller for a sale.
    """

    seller: DemoParty
    buyer: DemoParty
    number: str
    issue_date: date
    lines: tuple[DemoLine, ...]
    account: str
    due_date: date | None = None
    currency: str = "EUR"
    payment_reference: str | None = None
    language: str = "nl"
    layout: str = "bar"
    style: int = 0
    accent: str = "#1a56a0"
    credit_note: bool = False
    negative: bool = False
    credited_number: str | None = None
    customer_number: str = ""
    order_reference: str = ""
    direct_debit: bool = False

    @property
    def vat_groups(self) -> tuple[VatGroup, ...]:
        """Base and VAT per rate and category, lowest rate first."""
        keys = sorted({(line.rate, line.category) for line in self.lines})
        return tuple(self._group(rate, category) for rate, category in keys)

    def _group(self, rate: Decimal, category: str) -> VatGroup:
        base = sum((line.net for line in self.lines if (line.rate, line.category) == (rate, category)), Decimal("0.00"))
        return VatGroup(rate=rate, category=category, base=base, vat=round_amount(base * rate / 100))

    @property
    def total_excl(self) -> Decimal:
        """Sum of the lines without VAT."""
        return sum((group.base for group in self.vat_groups), Decimal("0.00"))

    @property
    def vat(self) -> Decimal:
        """VAT as charged on the invoice: 0 where it is reverse charged or exempt."""
        return sum((group.vat for group in self.vat_groups), Decimal("0.00"))

    @property
    def total_incl(self) -> Decimal:
        """What is to be paid, or given back by a credit note."""
        return self.total_excl + self.vat


def truth(invoice: DemoInvoice) -> dict[str, str]:
    """What recognition should read, under the names of `application.recognition.reading.FIELD_NAMES`; what is not on it is absent.

    ISO dates, amounts as decimal strings and positive for credit notes too, numbers compact.
    """
    values = {
        "issuer_name": invoice.seller.name,
        "issuer_vat": invoice.seller.vat_number,
        "invoice_number": invoice.number,
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat() if invoice.due_date else "",
        "currency": invoice.currency,
        "total_incl": str(invoice.total_incl),
        "total_excl": str(invoice.total_excl),
        "vat": str(invoice.vat),
        "iban": invoice.seller.iban,
        "payment_reference": invoice.payment_reference or "",
        "type_code": "381" if invoice.credit_note else "380",
        "buyer_name": invoice.buyer.name,
        "buyer_vat": invoice.buyer.vat_number,
    }
    return {name: value for name, value in values.items() if value}
