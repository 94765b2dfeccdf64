"""The screen of exchange rates: who sees them, who brings a file in, and what it says of days without rates."""

import re
from html import unescape

import pytest

from application.event_log import Context, Via
from application.exchange_rates import take_in
from domain.rate_year import rate_year_of
from ecb_files import FRIDAY, as_daily_csv, as_xml, zipped


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def bring(browser, data, name="eurofxref.xml"):
    return browser.post("/office/rates", files={"file": (name, data)}, follow_redirects=False)


@pytest.fixture
def known(world):
    take_in(world.bench, as_xml(), Context(by=None, via=Via.CLI))
    world.settle()
    return world


def test_before_any_rates_it_says_what_that_means_and_how_to_get_them(world):
    page = text_of(world.browser("dora").get("/office/rates"))
    assert "Er zijn nog geen koersen gekend" in page
    assert "lees het bestand van de ECB in" in page


def test_an_administrator_brings_a_file_in_and_sees_its_rates(world):
    dora = world.browser("dora")
    assert bring(dora, zipped(("eurofxref.csv", as_daily_csv())), "eurofxref.zip").status_code == 303
    world.settle()
    page = text_of(dora.get("/office/rates"))
    assert "Nieuwe koersen ingelezen, tot 10/03/2026." in page
    assert "Koersen van de ECB van 10/03/2026" in page
    assert "USD Amerikaanse dollar 1,0873 USD 0,919709" in page


def test_a_file_that_is_none_comes_back_with_the_reason_and_changes_nothing(world):
    answer = bring(world.browser("dora"), b"geen koersen")
    assert (answer.status_code, "staan geen wisselkoersen van de ECB" in text_of(answer)) == (409, True)
    assert not world.bench.log.stream(rate_year_of(2026))
    assert world.browser("dora").post("/office/rates", data={"file": "tekst"}).status_code == 409


def test_an_employee_looks_a_day_up_and_is_told_whose_rates_hold(known):
    page = known.browser("bart").get("/office/rates?day=08/03/2026")
    said = text_of(page)
    assert f"Op 08/03/2026 gelden de laatst gepubliceerde koersen: die van {FRIDAY:%d/%m/%Y}." in said
    assert "1,0842 USD" in said
    assert 'type="file"' not in page.text


def test_rates_that_are_behind_are_told_to_be(known):
    assert "de laatste zijn van 10/03/2026" in text_of(known.browser("bart").get("/office/rates"))


def test_a_day_that_is_none_is_told_to_be(known):
    page = known.browser("bart").get("/office/rates?day=31/02/2026")
    assert (page.status_code, "Dit is geen datum" in text_of(page)) == (400, True)
