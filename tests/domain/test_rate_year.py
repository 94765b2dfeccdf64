"""The published rates of a year: what is news, and asking for a day once."""

from datetime import date
from decimal import Decimal

from domain.rate_year import DayOfRates, RatesPublished, RatesRequested, RateYear
from scenario import scenario

MONDAY = DayOfRates(day=date(2026, 3, 9), per_euro={"USD": Decimal("1.0911")})
TUESDAY = DayOfRates(day=date(2026, 3, 10), per_euro={"USD": Decimal("1.0873")})


def test_only_days_that_were_not_known_are_news():
    scenario(RateYear).given(RatesPublished(days=(MONDAY,))).when(RateYear.publish, [TUESDAY, MONDAY]).then(RatesPublished(days=(TUESDAY,)))


def test_the_same_file_once_more_says_nothing():
    scenario(RateYear).given(RatesPublished(days=(MONDAY, TUESDAY))).when(RateYear.publish, [MONDAY, TUESDAY]).then_nothing()


def test_a_corrected_day_is_news_again():
    corrected = DayOfRates(day=MONDAY.day, per_euro={"USD": Decimal("1.0912")})
    scenario(RateYear).given(RatesPublished(days=(MONDAY,))).when(RateYear.publish, [corrected]).then(RatesPublished(days=(corrected,)))


def test_a_rate_with_other_decimals_is_no_correction():
    same = DayOfRates(day=MONDAY.day, per_euro={"USD": Decimal("1.09110")})
    scenario(RateYear).given(RatesPublished(days=(MONDAY,))).when(RateYear.publish, [same]).then_nothing()


def test_a_day_is_asked_for_once_and_never_when_it_is_known():
    asked = RatesRequested(day=TUESDAY.day)
    given = scenario(RateYear).given(RatesPublished(days=(MONDAY,)))
    given.when(RateYear.request, TUESDAY.day).then(asked)
    given.given(asked).when(RateYear.request, TUESDAY.day).then_nothing()
    given.when(RateYear.request, MONDAY.day).then_nothing()
