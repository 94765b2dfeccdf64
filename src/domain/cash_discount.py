"""The financial discount (korting voor contant): a percentage of the price that may be left unpaid by who pays in time (FEATURES J3).

VAT is due on the price less the discount, whether it is taken or not (Belgian VAT Code, article 28, 1°).
"""

from __future__ import annotations

from decimal import Decimal

from domain.kernel import Refused

_WHOLE = Decimal(100)


def check_discount(percent: Decimal) -> None:
    """Refused unless it is a percentage of less than all."""
    if not (percent.is_finite() and 0 <= percent < _WHOLE):
        raise Refused("De financiële korting is een percentage van 0 tot 100.")


def taxed(base: Decimal, discount: Decimal) -> Decimal:
    """What VAT is computed on; not rounded."""
    return base * (_WHOLE - discount) / _WHOLE
