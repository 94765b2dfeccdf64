"""What an amount in another currency is in euro."""

from datetime import date
from decimal import Decimal

import pytest

from domain.exchange_rate import TYPED, ExchangeRate, typed_rate
from domain.kernel import Refused

DOLLAR = ExchangeRate(currency="USD", per_euro=Decimal("1.0842"), day=date(2026, 3, 6))


@pytest.mark.parametrize(
    ("dollars", "euros"), [("1084.20", "1000.00"), ("100", "92.23"), ("0.01", "0.01"), ("-100", "-92.23"), ("0", "0.00")]
)
def test_an_amount_is_divided_by_the_rate_and_rounded_to_the_cent(dollars, euros):
    assert DOLLAR.in_euro(Decimal(dollars)) == Decimal(euros)


def test_a_half_cent_goes_away_from_zero():
    two = ExchangeRate(currency="XXX", per_euro=Decimal(2))
    assert (two.in_euro(Decimal("0.01")), two.in_euro(Decimal("-0.01")), two.in_euro(Decimal("0.03"))) == (
        Decimal("0.01"),
        Decimal("-0.01"),
        Decimal("0.02"),
    )


def test_a_rate_of_friday_holds_the_weekend_and_is_old_on_monday():
    assert [DOLLAR.is_older_than(date(2026, 3, day)) for day in (6, 7, 8, 9)] == [False, False, False, True]


def test_what_a_person_filled_in_is_never_old():
    rate = typed_rate("USD", Decimal("1.1"))
    assert (rate.source, rate.is_typed, rate.is_older_than(date(2030, 1, 1))) == (TYPED, True, False)


@pytest.mark.parametrize("wrong", ["0", "-1.08", "0.0000001", "10000001"])
def test_a_rate_that_cannot_be_one_is_refused(wrong):
    with pytest.raises(Refused, match="hoeveel USD één euro waard is"):
        typed_rate("USD", Decimal(wrong))
