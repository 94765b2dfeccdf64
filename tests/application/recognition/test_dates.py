from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.recognition.dates import MONTHS, find_dates, month_comes_first

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


def read(text: str, *, month_first: bool = False) -> list[str]:
    return [printed.value.isoformat() for printed in find_dates(text, month_first=month_first)]


@pytest.mark.parametrize(
    "written",
    [
        "05/03/2026",
        "5-3-2026",
        "05.03.26",
        "2026-03-05",
        "5 maart 2026",
        "5 mars 2026",
        "le 5 mars 2026",
        "5. März 2026",
        "March 5, 2026",
        "5th March 2026",
        "5-Mar-26",
        "5 MRT. 2026",
        "05 / 03 / 2026",
    ],
)
def test_a_date_is_read_in_the_ways_of_four_languages(written: str):
    assert read(f"Datum: {written} te Gent") == ["2026-03-05"]


@given(DAYS, st.sampled_from(["{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}"]))
def test_any_day_written_in_numbers_comes_back(day: date, form: str):
    assert read(form.format(d=day.day, m=day.month, y=day.year)) == [day.isoformat()]


@given(DAYS, st.sampled_from(sorted(MONTHS)))
def test_any_day_written_with_the_name_of_its_month_comes_back(day: date, name: str):
    written = f"{min(day.day, 28)} {name} {day.year}"

    assert read(written) == [date(day.year, MONTHS[name], min(day.day, 28)).isoformat()]


@given(DAYS)
def test_a_document_that_puts_the_month_first_is_read_so(day: date):
    assert read(f"{day.month}/{day.day}/{day.year}", month_first=True) == [day.isoformat()]


def test_a_day_that_cannot_be_a_month_is_not_made_one():
    assert read("Due 03/25/2026") == ["2026-03-25"]


def test_a_day_above_twelve_shows_that_the_month_comes_first():
    assert month_comes_first(["Invoice date 03/05/2026", "Due 03/25/2026"])
    assert not month_comes_first(["Invoice date 03/05/2026"])
    assert not month_comes_first(["03/25/2026", "25/03/2026"])


@pytest.mark.parametrize(
    "written", ["31/02/2026", "0123.456.789", "999 / 9 99 99 99", "BE68 5390 0754 7034", "1.234,56", "10.0.0.1", "201/113/40209"]
)
def test_what_is_no_date_is_not_taken_for_one(written: str):
    assert read(written) == []


def test_a_date_knows_where_it_stands():
    (printed,) = find_dates("Datum: 05/03/2026.")

    assert (printed.start, printed.end) == (7, 17)
    assert printed.ambiguous
