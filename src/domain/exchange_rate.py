"""An exchange rate of the euro, and what an amount in another currency is in euro.

The European Central Bank quotes how much of a currency one euro buys. An amount is divided by that and rounded to the cent, a half away
from zero; the rate itself is never rounded.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from domain.currency import EURO
from domain.kernel import Refused
from domain.money import round_amount
from domain.target_calendar import publication_day

ECB = "ECB"
"""Published by the European Central Bank."""
TYPED = "typed"
"""Filled in by a person: nothing replaces it by itself."""
SMALLEST, LARGEST = Decimal("0.000001"), Decimal(10_000_000)
"""No currency of the world is worth so much or so little."""
DECIMALS = 8
FAR = Decimal("0.05")
"""How far (of 1) a typed rate may lie beside the published one before somebody looks twice: no major currency moves so much in a day."""


class ExchangeRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """So much of `currency` is one euro. `day`: when it was published; None for one that a person filled in.

    `published`: beside one that a person filled in, what was published for the invoice's day; None: nothing.
    """

    currency: str
    per_euro: Decimal
    day: date | None = None
    source: str = ECB
    published: Decimal | None = None

    @property
    def is_typed(self) -> bool:
        """Whether a person filled it in."""
        return self.source == TYPED

    def in_euro(self, amount: Decimal) -> Decimal:
        """What an amount in the currency is in euro."""
        return round_amount(amount / self.per_euro, EURO)

    @property
    def is_far(self) -> bool:
        """Whether it is implausible beside what was published."""
        return self.published is not None and abs(self.per_euro / self.published - 1) > FAR

    def is_older_than(self, day: date) -> bool:
        """Whether rates of a later day should have been published for `day`. Never for a rate that a person filled in."""
        return self.day is not None and self.day < publication_day(day)


def typed_rate(currency: str, per_euro: Decimal) -> ExchangeRate:
    """A rate as a person fills it in. Refused when it cannot be one."""
    if not SMALLEST <= per_euro <= LARGEST:
        raise Refused("Een wisselkoers is hoeveel {currency} één euro waard is, bijvoorbeeld 1,0842.", currency=currency)
    return ExchangeRate(currency=currency, per_euro=round(per_euro, DECIMALS), source=TYPED)
