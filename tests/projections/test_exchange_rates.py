"""Looking up the rate of a day."""

from datetime import date
from decimal import Decimal

import pytest

from domain.exchange_rate import ExchangeRate
from domain.rate_year import DayOfRates, RatesPublished, rate_year_of
from ecb_files import FRIDAY, MONDAY, RATES, TUESDAY, decimals
from projections.exchange_rates import ExchangeRates, Extent
from read_models import fill, moments

LAST_YEAR = date(2025, 12, 31)


def published(*days):
    return RatesPublished(days=tuple(DayOfRates(day=day, per_euro=decimals(rates)) for day, rates in days))


@pytest.fixture
def model(pool):
    filled = ExchangeRates(pool)
    fill(
        filled,
        moments(
            (rate_year_of(2025), published((LAST_YEAR, {"USD": "1.1750", "BGN": "1.9558"}))),
            (rate_year_of(2026), published((FRIDAY, RATES[FRIDAY]), (MONDAY, {"USD": "9.9999"}))),
        ),
        moments((rate_year_of(2026), published((MONDAY, RATES[MONDAY])))),
        moments((rate_year_of(2026), published((TUESDAY, RATES[TUESDAY])))),
    )
    return filled


def rate(currency, per_euro, day):
    return ExchangeRate(currency=currency, per_euro=Decimal(per_euro), day=day)


def test_a_day_has_the_rate_that_was_published_on_it(model):
    assert model.on("USD", FRIDAY) == rate("USD", "1.0842", FRIDAY)


def test_in_the_weekend_the_rate_of_friday_holds_and_says_so(model):
    assert model.on("USD", date(2026, 3, 8)) == rate("USD", "1.0842", FRIDAY)


def test_a_corrected_rate_comes_in_the_place_of_the_first_one(model):
    assert model.on("USD", MONDAY) == rate("USD", "1.0911", MONDAY)


def test_early_in_the_year_the_last_rate_of_the_year_before_holds(model):
    assert model.on("USD", date(2026, 1, 1)) == rate("USD", "1.1750", LAST_YEAR)


def test_a_currency_that_is_no_longer_quoted_has_its_last_rate(model):
    assert model.on("BGN", TUESDAY) == rate("BGN", "1.9558", LAST_YEAR)


def test_later_days_have_the_last_known_rate(model):
    assert model.on("USD", date(2026, 8, 1)) == rate("USD", "1.0873", TUESDAY)


def test_nothing_is_known_of_days_before_the_first_and_of_currencies_nobody_quotes(model):
    assert model.on("USD", date(2025, 12, 30)) is None
    assert model.on("VND", TUESDAY) is None


def test_the_rates_of_a_day_and_how_far_they_go(model):
    assert model.day(date(2026, 3, 8)).per_euro == decimals(RATES[FRIDAY])
    assert model.day(date(2025, 1, 1)) is None
    assert model.extent() == Extent(days=4, first=LAST_YEAR, last=TUESDAY)
