import msgspec
import pytest

from application.recognition.reading import Page
from world import pdf, ubl


@pytest.fixture
def invoice(world):
    document = world.deliver(pdf(), name="factuur “mei” é.pdf")
    world.settle()
    return document


def test_the_original_comes_back_as_it_went_in(world, invoice):
    answer = world.browser("anna").get(f"/documents/{invoice}/original")
    assert answer.content == pdf()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert "filename*=UTF-8''factuur%20%E2%80%9Cmei%E2%80%9D%20%C3%A9.pdf" in answer.headers["content-disposition"]


def test_it_can_be_saved(world, invoice):
    answer = world.browser("anna").get(f"/documents/{invoice}/original?download=true")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_browser_that_has_it_gets_nothing_but_still_has_to_ask(world, invoice):
    browser = world.browser("anna")
    first = browser.get(f"/documents/{invoice}/original")
    assert "private" in first.headers["cache-control"]
    again = browser.get(f"/documents/{invoice}/original", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    stranger = world.browser("chris").get(f"/documents/{invoice}/original", headers={"If-None-Match": first.headers["etag"]})
    assert stranger.status_code == 404


def test_the_words_are_the_pages_recognition_read(world, invoice):
    pages = msgspec.json.decode(world.browser("anna").get(f"/documents/{invoice}/words").content, type=list[Page])
    assert [page.number for page in pages] == [1]
    assert len(pages[0].words) > 20


def test_a_thumbnail_is_a_small_picture_of_a_page(world, invoice):
    browser = world.browser("anna")
    answer = browser.get(f"/documents/{invoice}/thumbnail")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert len(answer.content) < 100_000
    assert browser.get(f"/documents/{invoice}/thumbnail?page=2").status_code == 404


def test_who_only_delivers_sees_what_he_delivered(world, invoice):
    own = world.deliver(ubl(1), by="ed", name="bon.xml")
    browser = world.browser("ed")
    assert browser.get(f"/documents/{own}/original").status_code == 200
    assert browser.get(f"/documents/{invoice}/original").status_code == 404
