"""Belgian forms of amounts, dates and numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from web import formats

AMOUNTS = st.decimals(-10_000_000, 10_000_000, places=2)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@given(AMOUNTS)
def test_an_amount_is_written_as_the_locale_says(value: Decimal) -> None:
    assert formats.amount(value) == format_decimal(value + 0, "#,##0.00", locale="nl_BE")


@given(AMOUNTS)
def test_an_amount_read_back_is_the_same(value: Decimal) -> None:
    assert formats.read_amount(formats.amount(value)) == value


def test_an_amount_never_shows_a_negative_zero() -> None:
    assert formats.amount(Decimal("-0.004")) == "0,00"


def test_half_a_cent_goes_away_from_zero() -> None:
    assert [formats.amount(Decimal(text)) for text in ("0.005", "-0.005", "2.675")] == ["0,01", "-0,01", "2,68"]


def test_a_missing_value_is_a_dash() -> None:  # a private part is a field one types in
    assert {form(None) for form in formats.FILTERS.values() if form not in (formats.clock, formats.private)} == {"–"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.234,56", "1234.56"), ("1234.5", "1234.5"), ("1.234", "1234"), ("1.234.567", "1234567"), ("€ -54,20", "-54.20"), (" 12 ", "12")],
)
def test_an_amount_is_read_as_accountants_type_it(typed: str, value: str) -> None:
    assert formats.read_amount(typed) == Decimal(value)


def test_an_empty_amount_is_nothing() -> None:
    assert formats.read_amount(" ") is None


@pytest.mark.parametrize("typed", ["abc", "1,2,3", "12e3x", "NaN", "Infinity", "--5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        formats.read_amount(typed)


@given(DATES)
def test_a_date_is_written_as_the_locale_says_and_read_back(day: dt.date) -> None:
    assert formats.date(day) == format_date(day, "dd/MM/yyyy", locale="nl_BE")
    assert formats.read_date(formats.date(day)) == day == formats.read_date(day.isoformat())


@pytest.mark.parametrize("typed", ["5/3/26", "05-03-2026", "5.3.2026", "2026-03-05"])
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert formats.read_date(typed) == dt.date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "13/13/2026", "yesterday"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        formats.read_date(typed)


def test_a_moment_is_on_the_clock_of_brussels_in_winter_and_summer() -> None:
    winter = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)
    summer = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
    assert [formats.moment(winter), formats.moment(summer), formats.clock(summer)] == ["01/02/2026 00:30", "01/07/2026 00:30", "00:30"]


def test_a_moment_without_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(dt.datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused


def test_a_period_comes_from_its_code_or_from_a_day_in_it() -> None:
    assert [formats.period("2026-03"), formats.period(dt.date(2026, 3, 31)), formats.period("2026-03-31")] == ["03/2026"] * 3


def test_numbers_of_companies_and_accounts() -> None:
    assert formats.vat("BE0998110303") == "BE 0998.110.303"
    assert formats.vat("FR12345678901") == "FR 12345678901"
    assert formats.iban("BE06731004418222") == "BE06 7310 0441 8222"
    assert formats.number(14448) == "14.448"


def test_sizes_of_files() -> None:
    assert [formats.filesize(size) for size in (820, 184_200, 12_600_000)] == ["820 B", "184 kB", "12,6 MB"]


@pytest.mark.parametrize("text", ["nope", "1e900", "x", "2026-003", "2026-", "\N{SUPERSCRIPT TWO}-1"])
def test_what_cannot_be_read_as_its_kind_is_shown_as_it_is(text: str) -> None:
    assert {formats.amount(text), formats.date(text), formats.period(text)} - {text} == set()
