"""The private part of a line: which part it is, and that no cent of it is lost."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from domain.booking_proposal import Line
from domain.exchange_rate import ExchangeRate
from domain.in_euro import converted
from domain.kernel import Refused
from domain.private_share import PrivateShare, booked, check_private

cents = some.integers(-(10**7), 10**7).map(lambda amount: Decimal(amount) / 100)
percents = some.decimals("0.01", "100", places=2).map(lambda value: PrivateShare(value=value))
rates = some.decimals("0.0001", "20000", places=4).map(lambda rate: ExchangeRate(currency="XXX", per_euro=rate))


def line(base, vat="0", private=None, **others):
    return Line(account="616000", vat_code="AD21", base=Decimal(base), vat=Decimal(vat), private=private, **others)


def split(*lines):
    return [(one.line.account, one.line.vat_code, one.line.base, one.line.vat) for one in booked(lines, "416000", "AGEEN", "EUR")]


def test_a_percentage_is_private_with_its_vat_which_is_told_nowhere():
    assert split(line("100.00", "21.00", PrivateShare(value=Decimal(30)))) == [
        ("616000", "AD21", Decimal("70.00"), Decimal("14.70")),
        ("416000", "AGEEN", Decimal("36.30"), Decimal(0)),
    ]


def test_an_amount_is_private_vat_included():
    assert split(line("100.00", "21.00", PrivateShare(value=Decimal("12.10"), percent=False))) == [
        ("616000", "AD21", Decimal("90.00"), Decimal("18.90")),
        ("416000", "AGEEN", Decimal("12.10"), Decimal(0)),
    ]


def test_a_line_that_is_all_private_leaves_none_for_the_business():
    assert split(line("100.00", "21.00", PrivateShare(value=Decimal(100)))) == [("416000", "AGEEN", Decimal("121.00"), Decimal(0))]


def test_the_other_lines_are_booked_as_they_are():
    assert split(line("50.00", "10.50")) == [("616000", "AD21", Decimal("50.00"), Decimal("10.50"))]


def test_both_parts_keep_the_analytic_dimensions_of_their_line():
    made = booked([line("100", private=PrivateShare(value=Decimal(50)), dimensions={"V": "L"})], "416000", "AGEEN", "EUR")
    assert [one.line.dimensions for one in made] == [{"V": "L"}, {"V": "L"}]


@pytest.mark.parametrize(
    "private",
    [
        PrivateShare(value=Decimal(0)),
        PrivateShare(value=Decimal(101)),
        PrivateShare(value=Decimal(-5)),
        PrivateShare(value=Decimal("121.01"), percent=False),
        PrivateShare(value=Decimal(-1), percent=False),
    ],
)
def test_a_private_part_is_more_than_nothing_and_no_more_than_the_line(private):
    with pytest.raises(Refused, match="privégedeelte"):
        check_private(line("100.00", "21.00", private))


def test_of_a_line_in_minus_the_private_amount_is_in_minus_too():
    check_private(line("-100.00", "-21.00", PrivateShare(value=Decimal("-60.50"), percent=False)))
    with pytest.raises(Refused):
        check_private(line("-100.00", "-21.00", PrivateShare(value=Decimal("60.50"), percent=False)))


@given(some.lists(some.tuples(cents, cents, some.none() | percents), min_size=1, max_size=6))
def test_business_and_private_part_are_together_the_lines(amounts):
    lines = [line(base, vat, private) for base, vat, private in amounts]
    made = booked(lines, "416000", "AGEEN", "EUR")
    for place, one in enumerate(lines):
        assert sum((part.line.total for part in made if part.place == place), Decimal(0)) == one.total
    assert all(not part.line.vat for part in made if part.is_private)


@given(cents, cents, some.integers(1, 10**4))
def test_a_private_amount_is_booked_to_the_cent(base, vat, part):
    total = base + vat
    assume(total and base * vat >= 0)
    private = PrivateShare(value=(total * part / 10**4).quantize(Decimal("0.01")), percent=False)
    made = booked([line(base, vat, private)], "416000", "AGEEN", "EUR")
    assert sum((one.line.total for one in made if one.is_private), Decimal(0)) == private.value
    assert sum((one.line.total for one in made), Decimal(0)) == total


@given(rates, some.lists(some.tuples(cents.map(abs), cents.map(abs), some.none() | percents), min_size=1, max_size=5))
def test_in_another_currency_the_parts_add_up_to_the_total_in_euro(rate, amounts):
    lines = [line(base, vat, private) for base, vat, private in amounts]
    total = sum((one.total for one in lines), Decimal(0))
    euro = converted(rate, total, [one.line for one in booked(lines, "416000", "AGEEN", "XXX")])
    assert sum((one.total for one in euro.lines), Decimal(0)) == euro.total == rate.in_euro(total)
