"""The booking period: the month in which a booking counts."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from domain.kernel import Refused

_MONTHS = 12


class BookingPeriod(msgspec.Struct, frozen=True, order=True):
    """One calendar month of the books. Its text form, `str(period)`, is `YYYY-MM` and sorts as the periods do."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def shown(self) -> str:
        """As people read it: `03/2026`."""
        return f"{self.month:02d}/{self.year:04d}"

    def contains(self, day: date) -> bool:
        """Whether `day` falls in this period."""
        return (day.year, day.month) == (self.year, self.month)

    def next(self) -> BookingPeriod:
        """The month after this one."""
        return self.plus(1)

    def previous(self) -> BookingPeriod:
        """The month before this one."""
        return self.plus(-1)

    def plus(self, months: int) -> BookingPeriod:
        """The period `months` later (earlier when negative)."""
        year, month = divmod(self.year * _MONTHS + self.month - 1 + months, _MONTHS)
        return BookingPeriod(year, month + 1)

    def book_year(self, first_month: int = 1) -> int:
        """The book year this period belongs to, named after the calendar year in which it ends; `first_month` is the month it starts in."""
        return self.year + (1 if first_month > 1 and self.month >= first_month else 0)


def booking_period_of(day: date) -> BookingPeriod:
    """The period in which `day` falls."""
    return BookingPeriod(day.year, day.month)


def parse_booking_period(text: str) -> BookingPeriod:
    """A period from `YYYY-MM` (as stored) or `MM/YYYY` (as shown). Raises `Refused`."""
    found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d\d)|(?P<m>\d\d?)/(?P<y>\d{4})", text.strip(), re.ASCII)
    if found is not None:
        year, month = int(found["year"] or found["y"]), int(found["month"] or found["m"])
        if year and 1 <= month <= _MONTHS:
            return BookingPeriod(year, month)
    raise Refused("“{text}” is geen boekperiode. Schrijf ze zoals 03/2026.", text=text.strip())
