import pytest

from domain.invoice_number import comparable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026/001", "2026-001"),
        ("F2026/001", "2026 001"),
        ("Factuur nr. 2026/001", "2026001"),
        ("INV-000123", "123"),
        ("Facture n° 77", "77"),
        ("Rechnung 0815", "815"),
        ("a.12", "A12"),
    ],
)
def test_the_same_number_written_in_two_ways_is_one(one, other):
    assert comparable(one) == comparable(other) != ""


@pytest.mark.parametrize(("one", "other"), [("A12", "B12"), ("2026/1", "2026/11"), ("VK-7", "AK-7"), ("F", "7"), ("2025/1", "2026/1")])
def test_two_series_stay_apart(one, other):
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize("nothing", ["", "000", "-/-", "  "])
def test_where_there_is_no_number_nothing_is_compared(nothing):
    assert comparable(nothing) == ""
