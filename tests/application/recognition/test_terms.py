from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.recognition.terms import Terms, find_terms
from application.recognition.text import fold


@pytest.mark.parametrize(
    ("printed", "days", "end_of_month"),
    [
        ("Betaalbaar binnen 30 dagen na factuurdatum.", 30, False),
        ("30 dagen einde maand", 30, True),
        ("Betaling: 30 d.e.m.", 30, True),
        ("Paiement à 30 jours fin de mois", 30, True),
        ("Payable à 60 jours", 60, False),
        ("Net 14", 14, False),
        ("Zahlbar innerhalb von 14 Tagen", 14, False),
        ("Payment terms: 30 days end of month", 30, True),
        ("Payable au comptant", 0, False),
        ("Due on receipt", 0, False),
    ],
)
def test_terms_are_read_in_four_languages(printed: str, days: int, end_of_month: bool):  # noqa: FBT001 - a case
    assert find_terms(fold(printed)) == Terms(days, end_of_month=end_of_month)


@pytest.mark.parametrize(
    "printed",
    [
        "Klachten binnen 8 dagen na ontvangst",
        "Bij betaling binnen 8 dagen: 2 % korting",
        "Zahlbar innerhalb 8 Tagen mit Skonto",
        "Herroeping binnen 14 dagen",
        "Proefperiode 30 dagen",
    ],
)
def test_days_for_something_else_are_no_terms(printed: str):
    assert find_terms(fold(printed)) is None


def test_the_label_beside_it_says_that_days_are_for_paying():
    assert find_terms("30 dagen", "betalingsvoorwaarden") == Terms(30, end_of_month=False)
    assert find_terms("30 dagen", "looptijd") is None


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 120))
def test_the_end_of_the_month_is_never_before_the_days_are_over(issued: date, days: int):
    plain, end = (Terms(days, end_of_month=each).due(issued) for each in (False, True))

    assert issued < plain <= end
    assert (end.year, end.month) == (plain.year, plain.month)
