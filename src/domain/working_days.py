"""The days on which Belgian offices work: Monday to Friday, but for the ten legal holidays (Royal Decree of 18 April 1974, art. 1)."""

from __future__ import annotations

from datetime import date, timedelta

from domain.target_calendar import easter

_FIXED = frozenset({(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)})
"""Month and day: New Year, Labour Day, National Day, Assumption, All Saints, Armistice, Christmas."""
_AFTER_EASTER = frozenset({1, 39, 50})
"""Days after Easter Sunday: Easter Monday, Ascension, Whit Monday."""
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_holiday(day: date) -> bool:
    """Whether the law makes this day a holiday."""
    return (day.month, day.day) in _FIXED or (day - easter(day.year)).days in _AFTER_EASTER


def is_working_day(day: date) -> bool:
    """Whether an office works on this day."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days that follow a day; the day itself never counts."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day
