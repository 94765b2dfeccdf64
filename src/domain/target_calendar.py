"""The days on which the European Central Bank publishes reference rates: those on which its payment system TARGET is open."""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (5, 1), (12, 25), (12, 26)})
"""Month and day of the holidays that never move: New Year, Labour Day, Christmas and the day after."""
_GOOD_FRIDAY, _EASTER_MONDAY = timedelta(days=-2), timedelta(days=1)
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_publication_day(day: date) -> bool:
    """Whether rates are published on this day."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return day - easter(day.year) not in (_GOOD_FRIDAY, _EASTER_MONDAY)


def publication_day(day: date) -> date:
    """The day whose rates hold on `day`: itself, or the last one before it on which rates were published."""
    while not is_publication_day(day):
        day -= _DAY
    return day


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    golden, century = year % 19, year // 100
    leaps_left_out, moon = century - century // 4, (8 * century + 13) // 25
    epact = (leaps_left_out - moon + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - leaps_left_out) % 7
    offset = full_moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
