from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import Refused
from domain.money import Money, calculate, parse_amount

cents = st.integers(min_value=-(10**12), max_value=10**12).map(lambda number: Decimal(number).scaleb(-2))


def belgian(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


@given(cents, cents)
def test_amounts_of_one_currency_add_up(left, right):
    assert Money(left) + Money(right) == Money(left + right)
    assert Money(left) - Money(right) == Money(left) + -Money(right)


@given(cents, cents)
def test_amounts_of_one_currency_compare_as_their_decimals(left, right):
    assert (Money(left) < Money(right), Money(left) >= Money(right)) == (left < right, left >= right)


@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_currencies_do_not_mix(mix):
    with pytest.raises(ValueError, match="EUR and USD"):
        mix(Money(Decimal(1)), Money(Decimal(1), "USD"))


def test_equal_amounts_of_different_currencies_differ():
    assert Money(Decimal(1)) != Money(Decimal(1), "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [("2.345", "EUR", "2.35"), ("-2.345", "EUR", "-2.35"), ("2.5", "JPY", "3"), ("1.23456", "KWD", "1.235"), ("7", "EUR", "7.00")],
)
def test_rounding_goes_to_the_minor_unit_and_a_half_away_from_zero(amount, currency, rounded):
    assert str(Money(Decimal(amount), currency).rounded().amount) == rounded


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_not_a_number_is_no_money(amount):
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(amount))


def test_a_currency_is_a_code_of_three_capitals():
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(Decimal(1), "€")


@given(cents)
def test_belgian_notation_is_read_back(amount):
    assert parse_amount(belgian(amount)) == amount


@given(cents)
def test_international_notation_is_read_back(amount):
    assert parse_amount(f"{amount:,.2f}") == parse_amount(f"{amount:.2f}") == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("-54,20", "-54.20"),
        ("54,20-", "-54.20"),
        ("\u221254,20", "-54.20"),
        ("€ 1.234.567,8", "1234567.8"),
        ("-€ 12", "-12"),
        ("12 EUR", "12"),
        ("1.234.567", "1234567"),
        ("1 234", "1234"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        (",5", "0.5"),
        ("0", "0"),
    ],
)
def test_amounts_are_read_in_every_usual_notation(text, amount):
    assert parse_amount(text) == Decimal(amount)


def test_a_lonely_separator_before_three_digits_is_ambiguous():
    with pytest.raises(Refused, match=r"“1\.234” kan twee dingen betekenen: schrijf 1234 of 1,2340"):
        parse_amount("1.234")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "€",
        "abc",
        "1.23.45",
        "1,234,56",
        "1.234.567.89",
        "1..2",
        "12 34",
        "1.234 567,00",
        "0.123.456",
        "0,123.45",
        "--5",
        "1e5",
        "٣",
    ],
)
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(Refused, match="is geen bedrag"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12+25", "37"),
        ("96,20+46", "142.20"),
        ("100*1,21", "121"),
        ("100 x 1,21", "121"),
        ("(10+5)*2", "30"),
        ("2+3*4", "14"),
        ("10-2-3", "5"),
        ("100/8", "12.5"),
        ("-5+2", "-3"),
        ("-(5+2)", "-7"),
        ("=1.234,56 + 1", "1235.56"),
        ("1 234,50 - 0,50", "1234"),
        ("54,20-", "-54.20"),
        ("7", "7"),
    ],
)
def test_amount_fields_calculate(text, value):
    assert calculate(text) == Decimal(value)


@given(cents, cents, cents)
def test_sums_and_differences_are_calculated_to_the_cent(first, second, third):
    assert calculate(f"{belgian(first)} + {belgian(second)} - {belgian(third)}") == first + second - third


@given(cents, st.integers(min_value=0, max_value=9))
def test_a_product_binds_tighter_than_a_sum_and_brackets_tighter_still(amount, factor):
    assert calculate(f"1+{amount}*{factor}") == 1 + amount * factor
    assert calculate(f"(1+{amount})*{factor}") == (1 + amount) * factor


@pytest.mark.parametrize("text", ["12+", "*3", "(1+2", "1+2)", "()", "12++*3", "1;2+3", "__import__('os')", "2**3", "1+a"])
def test_what_cannot_be_calculated_is_refused(text):
    with pytest.raises(Refused):
        calculate(text)


def test_dividing_by_zero_is_refused():
    with pytest.raises(Refused, match="Delen door nul"):
        calculate("1/0")


def test_an_absurd_calculation_is_refused():
    with pytest.raises(Refused, match="te groot"):
        calculate("999999999*999999999")
    with pytest.raises(Refused, match="te lang"):
        calculate("1+" * 60 + "1")


def test_an_ambiguous_amount_inside_a_calculation_is_refused():
    with pytest.raises(Refused, match="twee dingen"):
        calculate("1.234+1")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("100*21%", "21"),
        ("100+21%", "121"),
        ("200-10%", "180"),
        ("50%", "0.5"),
        ("100+10%*2", "100.2"),
        ("(100+21%)*2", "242"),
        ("1.000,00+6%", "1060"),
    ],
)
def test_a_percentage_is_of_what_stands_before_it(typed, value):
    assert calculate(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["%", "+%", "21%%%x", "%21"])
def test_a_lone_percent_sign_is_no_calculation(typed):
    with pytest.raises(Refused):
        calculate(typed)
