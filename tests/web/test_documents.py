import io
from threading import Event, Thread

import msgspec
import pytest
from PIL import Image

from adapters.inspection.pool import TASK_MODULES, Workshop
from adapters.inspection.protocol import Limits
from application import erasure
from application.recognition.reading import Page
from domain.document import Document
from web.app import create_app
from web.thumbnails import Thumbnails
from world import QUICK, Browser, pdf, ubl


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


@pytest.fixture
def scan(world):
    """Two pages in one TIFF, which no browser shows."""
    saved = io.BytesIO()
    Image.new("L", (400, 300), 255).save(saved, "TIFF", save_all=True, append_images=[Image.new("1", (300, 400), 1)])
    document = world.deliver(saved.getvalue(), name="scan.tif")
    world.settle()
    return document, saved.getvalue()


def test_what_a_browser_does_not_show_is_shown_as_a_pdf_and_its_original_stays(world, scan):
    document, original = scan
    browser = world.browser("anna")
    shown = browser.get(f"/documents/{document}/shown")
    assert (shown.headers["content-type"], shown.content[:5]) == ("application/pdf", b"%PDF-")
    assert browser.get(f"/documents/{document}/original").content == original
    assert [browser.get(f"/documents/{document}/thumbnail?page={page}").status_code for page in (1, 2, 3)] == [200, 200, 404]
    assert f"/documents/{document}/thumbnail" in browser.get(f"/portal/{world.bakery}/mailboxes").text


def test_the_pdf_of_an_erased_scan_goes_with_it(world, scan):
    document, _ = scan
    view = world.bench.log.load(Document, document).state.view
    erasure.erase(world.bench, world.actor("dora"), document, erasure.Ground.REQUEST)
    world.settle()
    assert not world.bench.objects.exists(view)
    assert world.browser("anna").get(f"/documents/{document}/shown").status_code == 404


def test_who_only_delivers_sees_what_he_delivered(world, invoice):
    own = world.deliver(ubl(1), by="ed", name="bon.xml")
    browser = world.browser("ed")
    assert browser.get(f"/documents/{own}/original").status_code == 200
    assert browser.get(f"/documents/{invoice}/original").status_code == 404


@pytest.fixture
def hurried():
    """A workshop in which no page is ever drawn in time."""
    with Workshop(1, Limits(wall=0.001), TASK_MODULES) as workshop:
        workshop._places.queue[0]._await_start()
        yield workshop


def with_workshop(world, workshop):
    return Browser(create_app(world.cell._replace(bench=world.bench._replace(workshop=workshop)), hasher=QUICK))


def test_a_page_that_takes_too_long_has_no_picture_and_is_not_tried_again(world, invoice, hurried):
    with with_workshop(world, hurried) as browser:
        browser.sign_in("anna")
        assert browser.get(f"/documents/{invoice}/thumbnail").status_code == 404
        hurried.close()
        assert browser.get(f"/documents/{invoice}/thumbnail").status_code == 404


def test_while_two_pictures_are_drawn_a_third_is_not_waited_for(world, invoice):
    drawing, done = Event(), Event()

    class Slow:
        def run(self, *_, **__):
            drawing.set()
            assert done.wait(20)
            return b""

    with with_workshop(world, Slow()) as browser:
        browser.sign_in("anna")
        thumbnails = browser.app.dependencies["thumbnails"].dependency()
        others = [Thread(target=thumbnails.draw, args=("other", b"", page)) for page in (1, 2)]
        for one in others:
            one.start()
        assert drawing.wait(20)
        while thumbnails._places.acquire(blocking=False):
            thumbnails._places.release()
        answer = browser.get(f"/documents/{invoice}/thumbnail")
        done.set()
        for one in others:
            one.join()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_workshop_that_stops_is_nothing_against_the_page(world, invoice):
    closed = Workshop(0)
    thumbnails = Thumbnails(closed)
    with with_workshop(world, closed) as browser:
        browser.sign_in("anna")
        assert browser.get(f"/documents/{invoice}/thumbnail").status_code == 503
    assert not thumbnails.is_bad("x", 1)


def test_a_file_that_does_not_open_has_no_thumbnail(world):
    broken = world.deliver(b"%PDF-1.4\nnothing that makes a page\n%%EOF", name="kapot.pdf")
    world.settle()
    assert world.browser("anna").get(f"/documents/{broken}/thumbnail").status_code == 404


def test_a_document_is_asked_for_each_time_it_is_shown(world, invoice):
    answer = world.browser("anna").get(f"/documents/{invoice}/original")
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["original", "shown"])
def test_xml_is_saved_and_never_shown(world, address):
    document = world.deliver(ubl(1), name="bon.xml")
    answer = world.browser("anna").get(f"/documents/{document}/{address}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_support_sees_a_document_once_it_is_submitted(world, invoice):
    staf = world.browser("staf")
    addresses = (f"/documents/{invoice}/original", f"/office/documents/{invoice}/history")
    assert [staf.get(one).status_code for one in addresses] == [404, 404]
    world.submit(invoice)
    world.settle()
    assert [staf.get(one).status_code for one in addresses] == [200, 200]
