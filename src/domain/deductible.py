"""Which part of the VAT on an account may be deducted: percentages by the beginning of an account's code (FEATURES F5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from domain.kernel import Refused

_WHOLE = Decimal(100)
_LONGEST = 10


def check_deductible(account: str, percent: Decimal | None) -> None:
    """Refused unless these are the first digits of an account and a percentage."""
    if not account.isascii() or not account.isdecimal() or len(account) > _LONGEST:
        raise Refused("“{account}” is geen rekening. Schrijf de eerste cijfers, zoals 6143.", account=account)
    if percent is not None and not (percent.is_finite() and 0 <= percent <= _WHOLE):
        raise Refused("Het aftrekbare deel is een percentage van 0 tot 100.")


def with_deductible(known: Mapping[str, Decimal], account: str, percent: Decimal | None) -> dict[str, Decimal]:
    """The percentages with this one set, or taken away."""
    others = {one: value for one, value in known.items() if one != account}
    return others if percent is None else others | {account: percent}
