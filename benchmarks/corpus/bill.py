"""One invoice of the corpus: a demo invoice with what real ones have besides, and what a reader must find on it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from adapters.demo.invoice import EXEMPT, INTRA_COMMUNITY, REVERSE_CHARGE, DemoInvoice, VatGroup
from domain.money import round_amount

EXPORT = "G"
NO_VAT = (EXEMPT, INTRA_COMMUNITY, REVERSE_CHARGE, EXPORT)
SELF_BILLED = "389"
_FIVE_CENTS = Decimal("0.05")


class Situation(StrEnum):
    """What makes the amounts of an invoice what they are."""

    ONE_RATE = "one rate"
    RATES = "several rates"
    REVERSE = "reverse charge"
    INTRA = "intra-EU"
    EXPORT = "export"
    EXEMPT = "exempt"
    INCLUSIVE = "prices incl. VAT"
    DEPOSIT = "deposit"
    DISCOUNT = "discount"
    BALANCE = "previous balance"
    ROUNDED = "cash rounding"
    CREDIT = "credit note"
    CREDIT_MINUS = "credit note, minus"
    CREDIT_BRACKETS = "credit note, brackets"


class Bill(DemoInvoice, frozen=True, kw_only=True):
    """An invoice whose amounts are made in one of the `Situation`s.

    `also` is the second language of a bilingual page; `discount` a percentage of the whole; `prepaid` and `previous` (an older balance)
    change what is due but not the total; with `inclusive` the lines' prices contain the VAT.
    """

    situation: Situation
    also: str = ""
    discount: Decimal = Decimal(0)
    prepaid: Decimal = Decimal(0)
    previous: Decimal = Decimal(0)
    inclusive: bool = False
    cash: bool = False
    type_code: str = "380"
    own_words: tuple[str, ...] = ()
    """More pairs `label: value` that are none of the fields (a number plate, a meter): what a reader must not fall for."""

    def _group(self, rate: Decimal, category: str) -> VatGroup:
        listed = sum((line.net for line in self.lines if (line.rate, line.category) == (rate, category)), Decimal("0.00"))
        after = round_amount(listed * (100 - self.discount) / 100)
        base = round_amount(after * 100 / (100 + rate)) if self.inclusive else after
        return VatGroup(rate=rate, category=category, base=base, vat=after - base if self.inclusive else round_amount(base * rate / 100))

    @property
    def listed(self) -> Decimal:
        """Sum of the lines as they are listed, before the discount."""
        return sum((line.net for line in self.lines), Decimal("0.00"))

    @property
    def rounding(self) -> Decimal:
        """What a till adds to pay in coins of five cents."""
        nearest = (self.total_incl / _FIVE_CENTS).quantize(Decimal(1)) * _FIVE_CENTS
        return nearest - self.total_incl if self.cash else Decimal("0.00")

    @property
    def due(self) -> Decimal:
        """What is still to be paid: not always the total."""
        return self.total_incl - self.prepaid + self.previous + self.rounding
