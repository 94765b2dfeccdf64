"""Reading what the European Central Bank publishes, and refusing what only looks like it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from adapters.ecb import files
from adapters.ecb.files import read_rates
from adapters.unreadable import Unreadable
from domain.rate_year import DayOfRates
from ecb_files import FRIDAY, RATES, TUESDAY, as_daily_csv, as_history_csv, as_xml, decimals, zipped

ALL = tuple(DayOfRates(day=day, per_euro=decimals(rates)) for day, rates in sorted(RATES.items()))


@pytest.mark.parametrize(
    "data",
    [
        as_xml(),
        as_history_csv(),
        zipped(("eurofxref-hist.csv", as_history_csv())),
        zipped(("eurofxref-hist.xml", as_xml())),
        b"\xef\xbb\xbf" + as_history_csv(),
    ],
    ids=["xml", "csv", "zipped csv", "zipped xml", "csv with a mark of order"],
)
def test_every_form_of_the_same_days_says_the_same_oldest_first(data):
    assert read_rates(data) == ALL


@pytest.mark.parametrize("data", [as_xml({TUESDAY: RATES[TUESDAY]}), as_daily_csv(), zipped(("eurofxref.csv", as_daily_csv()))])
def test_the_file_of_one_day_is_read(data):
    assert read_rates(data) == ALL[-1:]


def test_a_currency_that_was_not_quoted_on_a_day_has_no_rate_there():
    data = as_history_csv({FRIDAY: {"USD": "1.0842", "RUB": "117.2"}, TUESDAY: {"USD": "1.0873"}})
    assert [set(one.per_euro) for one in read_rates(data)] == [{"USD", "RUB"}, {"USD"}]


def test_a_rate_keeps_the_decimals_it_was_published_with():
    assert str(read_rates(as_xml({FRIDAY: {"GBP": "0.84100"}}))[0].per_euro["GBP"]) == "0.84100"


@pytest.mark.parametrize("rate", ["0", "-1.08", "NaN", "Infinity", "1e-9", "1.08.42", "99999999", "1" * 30, "een"])
def test_a_rate_that_cannot_be_one_is_refused_with_its_day(rate):
    with pytest.raises(Unreadable, match="06/03/2026"):
        read_rates(as_xml({FRIDAY: {"USD": rate}}))


@pytest.mark.parametrize("code", ["usd", "US", "DOLLAR", "€", ""])
def test_a_currency_is_a_code_of_three_capitals(code):
    with pytest.raises(Unreadable, match="kan geen koers van"):
        read_rates(as_xml({FRIDAY: {code: "1.08"}}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"gewone tekst",
        b"<a/>",
        b"<a",
        b"\xff\xfe\x00",
        b"Date,USD,\n",
        b"%PDF-1.7",
        as_xml({FRIDAY: {}}),
        b'Date,USD\n2026-03-06,"1.0',
    ],
)
def test_another_file_is_refused(data):
    with pytest.raises(Unreadable):
        read_rates(data)


@pytest.mark.parametrize("day", [b"2026-02-30", b"1998-12-31", b"06/03/2026", b"", b"2026-03-06T10:00"])
def test_a_day_that_cannot_be_one_is_refused(day):
    with pytest.raises(Unreadable, match="geen dag"):
        read_rates(b"Date,USD,\n" + day + b",1.08,\n")


def test_a_file_that_was_cut_off_is_refused_rather_than_read_with_a_wrong_rate():
    whole = as_history_csv()
    for cut in range(1, len(whole) - 1):
        try:
            read = read_rates(whole[:cut])
        except Unreadable:
            continue
        assert all(one in ALL for one in read)
    with pytest.raises(Unreadable):
        read_rates(as_xml()[:-20])


def test_a_document_type_is_refused_before_any_entity_is_looked_at():
    bomb = as_xml().replace(
        b"<gesmes:Envelope", b'<!DOCTYPE x [<!ENTITY a "1.08"><!ENTITY b SYSTEM "file:///etc/passwd">]><gesmes:Envelope', 1
    )
    with pytest.raises(Unreadable, match="beschadigd"):
        read_rates(bomb.replace(b"1.0842", b"&a;"))


def test_a_zip_that_unpacks_to_too_much_is_refused_without_unpacking_it_all(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 10_000)
    with pytest.raises(Unreadable, match="te groot"):
        read_rates(zipped(("eurofxref.csv", b"0" * 1_000_000)))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 100)
    with pytest.raises(Unreadable, match="te groot"):
        read_rates(as_xml())


def test_a_zip_holds_one_file():
    with pytest.raises(Unreadable, match="precies één"):
        read_rates(zipped(("a.csv", as_daily_csv()), ("b.csv", as_daily_csv())))
    with pytest.raises(Unreadable, match="precies één"):
        read_rates(zipped())


def test_a_damaged_zip_is_refused():
    whole = zipped(("eurofxref.csv", as_history_csv()))
    for data in (whole[:40], whole[:30] + b"\0" * 20 + whole[50:], b"PK\x03\x04"):
        with pytest.raises(Unreadable):
            read_rates(data)


def test_twenty_seven_years_of_rates_are_read_within_the_limits():
    codes = {f"{first}{second}X": "1.0842" for first in "ABCDE" for second in "ABCDEF"}
    days = {date(1999, 1, 4) + timedelta(days=one): codes for one in range(7000)}
    assert len(read_rates(zipped(("eurofxref-hist.csv", as_history_csv(days))))) == 7000
    assert Decimal("1.0842") in read_rates(as_xml(dict(list(days.items())[:300])))[0].per_euro.values()
