from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking_period import BookingPeriod, booking_period_of, parse_booking_period
from domain.kernel import Refused

periods = st.builds(BookingPeriod, st.integers(min_value=1900, max_value=2200), st.integers(min_value=1, max_value=12))


@given(periods)
def test_a_period_is_read_back_from_both_of_its_texts(period):
    assert parse_booking_period(str(period)) == parse_booking_period(period.shown()) == period


@given(periods, periods)
def test_periods_sort_as_their_texts_do(one, other):
    assert (one < other) == (str(one) < str(other))


@given(st.dates())
def test_a_day_is_in_its_own_period_only(day):
    period = booking_period_of(day)
    assert period.contains(day)
    if 1 < day.year < 9999:
        assert not period.next().contains(day)
        assert not period.previous().contains(day)


@given(periods, st.integers(min_value=-500, max_value=500))
def test_going_forward_and_back_ends_where_it_began(period, months):
    assert period.plus(months).plus(-months) == period
    assert period.next().previous() == period
    assert (period.plus(months) > period) == (months > 0)


def test_december_is_followed_by_january():
    assert BookingPeriod(2025, 12).next() == BookingPeriod(2026, 1)


def test_it_is_shown_as_month_and_year():
    assert BookingPeriod(2026, 3).shown() == "03/2026"


@pytest.mark.parametrize(("first_month", "year"), [(1, 2025), (7, 2026), (9, 2026), (10, 2025)])
def test_a_book_year_is_named_after_the_year_it_ends_in(first_month, year):
    assert BookingPeriod(2025, 9).book_year(first_month) == year


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "00/2026", "2026-3", "0000-01", "maart 2026"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(Refused, match="geen boekperiode"):
        parse_booking_period(text)


def test_a_thirteenth_month_cannot_be_made():
    with pytest.raises(ValueError, match="month"):
        BookingPeriod(2026, 13)


def test_days_are_judged_by_month_and_year():
    assert not BookingPeriod(2026, 3).contains(date(2025, 3, 31))
