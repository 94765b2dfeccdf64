"""The rates of Belgian VAT and when they held: a rate that did not exist on a day cannot be right (belgium.md, c7).

Sources: Royal Decree No 20 and its changes; for what changed on 1 March 2026 the programme law of that year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

FOR_EVER = date.max


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A rate in percent and the days it held, both included. `standard`: for all that no other rate is for."""

    rate: Decimal
    first: date
    last: date = FOR_EVER
    standard: bool = False


RATES = (
    Period(rate=Decimal(0), first=date(1971, 1, 1)),
    Period(rate=Decimal(6), first=date(1971, 1, 1)),
    Period(rate=Decimal(12), first=date(1992, 4, 1)),
    Period(rate=Decimal("19.5"), first=date(1992, 4, 1), last=date(1993, 12, 31), standard=True),
    Period(rate=Decimal("20.5"), first=date(1994, 1, 1), last=date(1995, 12, 31), standard=True),
    Period(rate=Decimal(21), first=date(1996, 1, 1), standard=True),
)


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has another rate from a day on. `what` names it in codes; `words` tell it on an invoice (plain)."""

    what: str
    words: tuple[str, ...]
    before: Decimal
    after: Decimal
    first: date


MOVED = (
    Moved(
        what="lodging",
        words=("hotelkamer", "overnachting", "overnachtingen", "logies", "nuitee", "nuitees", "hebergement", "camping", "kampeerplaats"),
        before=Decimal(6),
        after=Decimal(12),
        first=date(2026, 3, 1),
    ),
    Moved(
        what="plant_protection",
        words=("gewasbescherming", "herbicide", "fungicide", "pesticide", "onkruidverdelger", "phytopharmaceutique"),
        before=Decimal(12),
        after=Decimal(21),
        first=date(2026, 3, 1),
    ),
)


def existed(rate: Decimal, on: date) -> bool:
    """Whether Belgium had this rate on that day."""
    return any(one.rate == rate and one.first <= on <= one.last for one in RATES)


def rates_on(on: date | None) -> tuple[Decimal, ...]:
    """The rates of a day, low to high; without a day those of now."""
    return tuple(sorted(one.rate for one in RATES if (one.first <= on <= one.last if on else one.last == FOR_EVER)))


def standard_rate(on: date | None) -> Decimal:
    """The rate of all that no other is for."""
    held = [one.rate for one in RATES if one.standard and (one.first <= on <= one.last if on else one.last == FOR_EVER)]
    return held[0] if held else Decimal(21)


def outdated(rate: Decimal, on: date, text: str) -> Moved | None:
    """What stands in the text (lower case, without accents) that had another rate on that day than this one, if it is a known change."""
    said = f" {text} "
    for one in MOVED:
        wrong = one.before if on >= one.first else one.after
        if rate == wrong and any(f" {word} " in said for word in one.words):
            return one
    return None
