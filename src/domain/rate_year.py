"""The euro's reference rates of one calendar year, as they were published. Facts from outside: they belong to the whole installation.

A stream per year keeps streams short: about 256 days of some thirty currencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import msgspec

from domain.exchange_rate import ECB
from domain.kernel import Event

_RATES = UUID("b8f3c1a2-5d0e-4a7b-9c61-2f4e8d7a6b30")


class DayOfRates(msgspec.Struct, frozen=True, kw_only=True):
    """What was published on one day: by currency, how much of it is one euro."""

    day: date
    per_euro: dict[str, Decimal]


class RatesPublished(Event, frozen=True, kw_only=True):
    """Rates that were not known yet, or that the source has corrected. `days` lie in one year, oldest first."""

    name = "rates.published"
    source: str = ECB
    days: tuple[DayOfRates, ...]


class RatesRequested(Event, frozen=True, kw_only=True):
    """The rates of this day are to be fetched."""

    name = "rates.requested"
    day: date


def rate_year_of(year: int) -> UUID:
    """The stream of one year."""
    return uuid5(_RATES, f"{ECB}/{year}")


class RateYear(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a year, and for which of its days rates were asked."""

    known: Mapping[date, Mapping[str, Decimal]] = {}
    requested: frozenset[date] = frozenset()

    def publish(self, days: Sequence[DayOfRates]) -> Sequence[RatesPublished]:
        """Take what is new or corrected; a file that says the same once more changes nothing."""
        new = tuple(sorted((one for one in days if self.known.get(one.day) != one.per_euro), key=lambda one: one.day))
        return [RatesPublished(days=new)] if new else []

    def request(self, day: date) -> Sequence[RatesRequested]:
        """Have the rates of a day fetched, once."""
        return [] if day in self.known or day in self.requested else [RatesRequested(day=day)]

    @classmethod
    def evolve(cls, state: RateYear | None, event: Event) -> RateYear:
        """State after one more event."""
        state = state or cls()
        match event:
            case RatesPublished(days=days):
                return msgspec.structs.replace(state, known={**state.known, **{one.day: one.per_euro for one in days}})
            case RatesRequested(day=day):
                return msgspec.structs.replace(state, requested=state.requested | {day})
        raise AssertionError(f"{event!r} is not about exchange rates")
