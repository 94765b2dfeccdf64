"""An invoice in another currency, in euro."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from domain.booking_proposal import Line
from domain.exchange_rate import ExchangeRate
from domain.in_euro import converted

DOLLAR = ExchangeRate(currency="USD", per_euro=Decimal("1.0842"))
cents = some.integers(0, 10**7).map(lambda amount: Decimal(amount) / 100)
rates = some.decimals("0.0001", "20000", places=4).map(lambda rate: ExchangeRate(currency="XXX", per_euro=rate))


def line(base, vat="0", account="614000"):
    return Line(account=account, vat_code="AD21", base=Decimal(base), vat=Decimal(vat))


def test_total_base_and_vat_are_each_converted():
    euro = converted(DOLLAR, Decimal("1210.00"), [line("1000.00", "210.00")])
    assert (euro.total, euro.base, euro.vat) == (Decimal("1116.03"), Decimal("922.34"), Decimal("193.69"))


def test_the_cent_that_rounding_leaves_goes_to_the_largest_base_and_never_to_vat():
    euro = converted(DOLLAR, Decimal("30.03"), [line("10.01"), line("10.02", account="612300"), line("10.00")])
    assert [one.base for one in euro.lines] == [Decimal("9.23"), Decimal("9.25"), Decimal("9.22")]
    assert euro.total == Decimal("27.70")


def test_accounts_and_vat_codes_stay_what_they_were():
    euro = converted(DOLLAR, Decimal("20.00"), [line("10.00"), line("10.00", account="612300")])
    assert [(one.account, one.vat_code) for one in euro.lines] == [("614000", "AD21"), ("612300", "AD21")]


def test_lines_that_do_not_add_up_are_not_made_to():
    euro = converted(DOLLAR, Decimal("100.00"), [line("10.00")])
    assert (euro.total, euro.base) == (Decimal("92.23"), Decimal("9.22"))


@given(rates, some.lists(some.tuples(cents, cents), min_size=1, max_size=8))
def test_lines_add_up_to_the_total_in_euro_as_they_did_before(rate, amounts):
    lines = [line(base, vat) for base, vat in amounts]
    total = sum((one.total for one in lines), Decimal(0))
    euro = converted(rate, total, lines)
    assert euro.base + euro.vat == euro.total == rate.in_euro(total)
    assert [one.vat for one in euro.lines] == [rate.in_euro(one.vat) for one in lines]
