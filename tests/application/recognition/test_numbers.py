from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.recognition.numbers import decimal_string, find_amounts

CENTS = st.integers(min_value=0, max_value=99_999_999_99)
NOTATIONS = ((".", ","), (",", "."), (" ", ","), ("'", "."), ("", ","), ("", "."))


def cents(text: str) -> list[int]:
    return [amount.cents for amount in find_amounts(text)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1 234,56 €", 123456),
        ("CHF 1'234.56", 123456),
        ("€ 150", 15000),
        ("EUR 1.500", 150000),
        ("12,50-", -1250),
        ("-12,50", -1250),
        ("€ -12,50", -1250),
        ("- €12.50", -1250),
        ("(12,50)", -1250),
        ("0,00", 0),
        ("$4.11", 411),
    ],
)
def test_an_amount_is_read_in_every_notation(written: str, expected: int):
    assert cents(written) == [expected]


@given(CENTS, st.sampled_from(NOTATIONS), st.booleans())
def test_any_amount_comes_back(value: int, notation: tuple[str, str], negative: bool):  # noqa: FBT001 - hypothesis passes it
    thousands, point = notation
    whole = f"{value // 100:,}".replace(",", thousands)
    written = f"{'-' if negative and value else ''}{whole}{point}{value % 100:02}"

    assert cents(f"Totaal {written}") == [-value if negative else value]


@pytest.mark.parametrize(
    "written", ["21 %", "6,00%", "10,0000", "3.441.812", "12/03/2026", "BE0123.456.749", "2026", "1.234", "192.168.10.20", "10:35"]
)
def test_what_is_no_amount_is_not_taken_for_one(written: str):
    assert cents(written) == []


def test_an_amount_knows_where_it_stands():
    (amount,) = find_amounts("Totaal: € 1.234,56 incl.")

    assert "Totaal: € 1.234,56 incl."[amount.start : amount.end] == "1.234,56"


@given(CENTS)
def test_an_amount_is_handed_on_with_two_decimals(value: int):
    assert Decimal(decimal_string(value)) * 100 == value
    assert decimal_string(value)[-3] == "."


@pytest.mark.parametrize(("written", "expected"), [("€ 1062, 82", 106282), ("1.062, 82", 106282), ("Totaal € 12, 15", 1215)])
def test_white_that_ocr_sees_before_the_cents_is_none(written: str, expected: int):
    assert cents(written) == [expected]


def test_two_numbers_after_each_other_are_no_amount():
    assert cents("pagina 12, 15") == []
    assert cents("EUR 12, 15 stuks") == [1200]
