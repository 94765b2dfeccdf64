"""When the European Central Bank publishes rates, and whose rates hold on other days."""

from datetime import date

import pytest

from domain.target_calendar import easter, is_publication_day, publication_day


@pytest.mark.parametrize(
    ("year", "sunday"), [(2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2024, "03-31"), (2026, "04-05"), (2038, "04-25")]
)
def test_easter_falls_where_the_church_has_it(year, sunday):
    assert easter(year) == date.fromisoformat(f"{year}-{sunday}")


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2028-12-26", "2026-03-07", "2026-03-08"]
)
def test_nothing_is_published_on_holidays_of_the_bank_and_in_weekends(day):
    assert not is_publication_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-07-21", "2026-11-11", "2026-05-14", "2026-01-02", "2026-12-24"])
def test_a_belgian_holiday_is_a_day_like_any_other(day):
    assert is_publication_day(date.fromisoformat(day))


def test_on_other_days_the_last_rates_before_hold():
    assert publication_day(date(2026, 4, 6)) == date(2026, 4, 2)  # Easter Monday → the Thursday before Good Friday
    assert publication_day(date(2026, 3, 8)) == date(2026, 3, 6)
    assert publication_day(date(2026, 3, 6)) == date(2026, 3, 6)
    assert publication_day(date(2027, 1, 3)) == date(2026, 12, 31)
