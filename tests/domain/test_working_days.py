"""Belgian legal holidays, held against the dates of years people remember."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.target_calendar import easter
from domain.working_days import is_holiday, is_working_day, working_days_after

# Easter Monday, Ascension and Whit Monday as they were on the calendars of these years.
MOVING = {
    2019: ((4, 22), (5, 30), (6, 10)),
    2020: ((4, 13), (5, 21), (6, 1)),
    2021: ((4, 5), (5, 13), (5, 24)),
    2022: ((4, 18), (5, 26), (6, 6)),
    2023: ((4, 10), (5, 18), (5, 29)),
    2024: ((4, 1), (5, 9), (5, 20)),
    2025: ((4, 21), (5, 29), (6, 9)),
    2026: ((4, 6), (5, 14), (5, 25)),
    2027: ((3, 29), (5, 6), (5, 17)),
}
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("year", MOVING)
def test_the_holidays_of_a_year_are_the_ten_of_the_law(year):
    first = date(year, 1, 1)
    found = {(day.month, day.day) for number in range(366) if is_holiday(day := first + timedelta(number)) and day.year == year}
    assert found == {*FIXED, *MOVING[year]}


@pytest.mark.parametrize(
    ("submitted", "count", "due"),
    [
        (date(2026, 3, 12), 1, date(2026, 3, 13)),  # Thursday
        (date(2026, 3, 13), 1, date(2026, 3, 16)),  # Friday: over the weekend
        (date(2026, 3, 14), 1, date(2026, 3, 16)),  # Saturday
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # Good Friday is worked, Easter Monday is not
        (date(2026, 5, 13), 2, date(2026, 5, 18)),  # Ascension; the bridge day is worked
        (date(2026, 7, 20), 1, date(2026, 7, 22)),
        (date(2026, 12, 24), 3, date(2026, 12, 30)),
        (date(2026, 3, 12), 0, date(2026, 3, 12)),
    ],
)
def test_a_term_counts_working_days_from_the_day_after(submitted, count, due):
    assert working_days_after(submitted, count) == due


@given(DAYS, st.integers(1, 60))
def test_the_last_day_is_worked_and_so_many_days_were_worked_until_then(day, count):
    due = working_days_after(day, count)
    between = [day + timedelta(number) for number in range(1, (due - day).days + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == count


@given(DAYS, DAYS, st.integers(0, 60))
def test_what_is_submitted_later_is_never_due_earlier(one, other, count):
    first, second = sorted((one, other))
    assert working_days_after(first, count) <= working_days_after(second, count)


@given(DAYS)
def test_no_week_is_free_and_no_weekend_is_worked(day):
    week = [day + timedelta(number) for number in range(7)]
    assert 3 <= sum(map(is_working_day, week)) <= 5


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_between_its_bounds(year):
    found = easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)
