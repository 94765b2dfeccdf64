"""An invoice in another currency, in euro: what the books are kept in, the Belgian VAT return is filed in, and clients see."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from domain.booking_proposal import BookingProposal, Line
from domain.currency import EURO
from domain.exchange_rate import ExchangeRate


class InEuro(msgspec.Struct, frozen=True, kw_only=True):
    """Total and lines in euro; the lines add up to the total as they did in the currency of the invoice."""

    total: Decimal
    lines: tuple[Line, ...]

    @property
    def base(self) -> Decimal:
        """What the lines come to without VAT."""
        return sum((line.base for line in self.lines), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """The VAT of the lines."""
        return sum((line.vat for line in self.lines), Decimal(0))


def converted(rate: ExchangeRate, total: Decimal, lines: Sequence[Line]) -> InEuro:
    """Total, bases and VAT each divided by the rate and rounded to the cent; the cents between go to the largest base.

    VAT is never the one that gives way: it is what the State is told.
    """
    ours = [_line(rate, line) for line in lines]
    whole = rate.in_euro(total)
    left = whole - sum((line.total for line in ours), Decimal(0))
    exact = total == sum((line.total for line in lines), Decimal(0))
    if left and exact and ours:
        place = max(range(len(ours)), key=lambda one: abs(ours[one].base))
        ours[place] = msgspec.structs.replace(ours[place], base=ours[place].base + left)
    return InEuro(total=whole, lines=tuple(ours))


def _line(rate: ExchangeRate, line: Line) -> Line:
    private = line.private
    if private is not None and not private.percent:
        private = msgspec.structs.replace(private, value=rate.in_euro(private.value))
    return msgspec.structs.replace(line, base=rate.in_euro(line.base), vat=rate.in_euro(line.vat), private=private)


def in_euro(state: BookingProposal) -> InEuro | None:
    """A proposal in euro; None while its total is not known, or in another currency its rate."""
    if state.total is None:
        return None
    if state.currency == EURO:
        return InEuro(total=state.total, lines=state.lines)
    return converted(state.rate, state.total, state.lines) if state.has_rate and state.rate else None
