"""The document beside its fields, drawn by pdf.js under the real content security policy."""

from __future__ import annotations

import io
import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import scanned_documents as documents
from playwright.sync_api import expect
from screen_samples import OFFICE, reading

from web import badges

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SEEN = SimpleNamespace(
    issuer=reading(0.99, 54, 60, 270, 80),
    number=reading(0.98, 138, 119, 190, 133),
    date=reading(0.99, 138, 135, 192, 149),
    due=reading(0.71, 138, 151, 192, 165),
    total=reading(0.99, 480, 698, 530, 712),
)
DARK = """([x, y]) => {
  const canvas = document.querySelector('.page canvas');
  const ratio = canvas.width / 595;
  return canvas.getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data[0] < 100;
}"""


@pytest.fixture
def show(site, page: Page) -> Callable[..., Page]:
    def opened(document: bytes, kind: str = "pdf", words: bytes = b"") -> Page:
        site.add("/document", document, "image/png" if kind == "image" else "application/pdf")
        site.add("/words", words, "application/json")
        given = {"url": "/document", "kind": kind, "words": "/words" if words else "", "seen": SEEN, "badges": badges}
        page.goto(site.show("annotation.html", "/annotation", frame=OFFICE, **given))
        page.wait_for_selector(".page[data-drawn]")
        return page

    return opened


@pytest.fixture
def annotation(show, tmp_path) -> Page:
    return show(documents.invoice(tmp_path))


def click_at(page: Page, x: float, y: float) -> None:
    """Click at a point of the first page, in points."""
    page.evaluate(
        """([x, y]) => {
        const page = document.querySelector('.page'), box = page.getBoundingClientRect();
        window.at = [box.left + x * box.width / 595, box.top + y * box.height / 842];
        }""",
        [x, y],
    )
    page.mouse.click(*page.evaluate("window.at"))


def test_a_jbig2_scan_is_drawn(show) -> None:
    page = show(documents.scan_pdf(documents.jbig2(documents.scan()), "/JBIG2Decode", 1))
    assert page.evaluate(DARK, [200, 230])
    assert not page.evaluate(DARK, [200, 300])


def test_a_jpeg_2000_scan_is_drawn(show) -> None:
    page = show(documents.scan_pdf(documents.jpeg2000(documents.scan()), "/JPXDecode", 8))
    assert page.evaluate(DARK, [200, 230])
    assert not page.evaluate(DARK, [200, 300])


def test_the_decoders_are_fetched_from_our_own_address(show) -> None:
    page = show(documents.scan_pdf(documents.jbig2(documents.scan()), "/JBIG2Decode", 1))
    fetched = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)")
    assert set(fetched) == {page.evaluate("location.host")}


def test_the_first_uncertain_field_has_the_focus(annotation: Page) -> None:
    assert annotation.evaluate("document.activeElement.id") == "due"


def test_found_uncertain_and_focused_words_are_lit(annotation: Page) -> None:
    annotation.locator("#iban").focus()
    assert annotation.locator(".page svg .hl").count() == 4
    assert annotation.locator(".page svg .hl-low").count() == 1
    annotation.locator("#date").focus()
    lit = annotation.locator(".page svg .hl-on")
    assert [lit.get_attribute(name) for name in ("x", "y", "width", "height")] == ["136.5", "133.5", "57", "17"]
    assert annotation.locator(".page svg .hl-tag").text_content() == "Factuurdatum"


def test_focusing_a_field_scrolls_to_its_word(annotation: Page) -> None:
    before = annotation.locator(".view .sc").evaluate("box => box.scrollTop")
    annotation.locator("#total").focus()
    expect(annotation.locator(".hl-on")).to_be_in_viewport()
    frame = annotation.locator(".view .sc").bounding_box()
    word = annotation.locator(".hl-on").bounding_box()
    assert before == 0
    assert frame["y"] < word["y"] < frame["y"] + frame["height"] - word["height"]


def test_a_click_on_a_word_fills_the_field_that_had_the_focus(annotation: Page) -> None:
    annotation.locator("#number").fill("wrong")
    click_at(annotation, 150, 127)
    assert annotation.locator("#number").input_value() == "2026/0418"
    assert annotation.evaluate("document.activeElement.id") == "number"


def test_a_click_on_an_amount_fills_it_in_belgian_form(annotation: Page) -> None:
    annotation.locator("#excl").focus()
    annotation.locator("#excl").evaluate("field => field.scrollIntoView()")
    annotation.locator(".view .sc").evaluate("box => box.scrollTo(0, 400)")
    click_at(annotation, 500, 706)
    assert annotation.locator("#excl").input_value() == "1.383,00"


def test_a_page_may_keep_the_click_for_itself(annotation: Page) -> None:
    annotation.evaluate(
        """document.addEventListener('daybook:word', event => {
        window.told = [event.detail.text, event.detail.page];
        event.preventDefault();
        })"""
    )
    annotation.locator("#number").fill("mine")
    click_at(annotation, 150, 127)
    assert annotation.evaluate("window.told") == ["2026/0418", 1]
    assert annotation.locator("#number").input_value() == "mine"


def test_a_click_beside_the_words_fills_nothing(annotation: Page) -> None:
    annotation.locator("#number").fill("mine")
    click_at(annotation, 300, 400)
    assert annotation.locator("#number").input_value() == "mine"


def test_a_picture_has_the_words_recognition_read(show) -> None:
    picture = io.BytesIO()
    documents.scan().convert("L").resize((1190, 1684)).save(picture, "PNG")
    words = [{"number": 1, "width": 595, "height": 842, "words": [["2026/0999", [100, 300, 180, 312], 0.9]]}]
    page = show(picture.getvalue(), "image", json.dumps(words).encode())
    page.locator("#number").focus()
    click_at(page, 140, 306)
    assert page.locator("#number").input_value() == "2026/0999"


def test_zoom_and_pages_by_their_buttons(annotation: Page) -> None:
    width = annotation.locator(".page").first.bounding_box()["width"]
    annotation.get_by_role("button", name="Groter").click()
    assert annotation.locator(".page").first.bounding_box()["width"] == pytest.approx(width * 1.2, rel=0.01)
    annotation.get_by_role("button", name="Volgende bladzijde").click()
    expect(annotation.locator("[data-view-page]")).to_have_text("2 / 2")
    annotation.get_by_role("button", name="Paginabreedte").click()
    assert annotation.locator(".page").first.bounding_box()["width"] == pytest.approx(width, rel=0.01)


def test_the_page_stays_sharp_when_zoomed(annotation: Page) -> None:
    annotation.get_by_role("button", name="Groter").click()
    first = annotation.locator(".page").first
    width = round(first.bounding_box()["width"])
    expect(first.locator("canvas")).to_have_attribute("width", re.compile(f"{width - 1}|{width}|{width + 1}"))


def test_turning_shows_the_page_on_its_side(annotation: Page) -> None:
    annotation.keyboard.press("Control+r")
    box = annotation.locator(".page").first.bounding_box()
    assert box["width"] > box["height"]


def test_a_damaged_file_is_said_so_and_the_fields_stay(site, page: Page) -> None:
    site.add("/document", b"not a pdf", "application/pdf")
    given = {"url": "/document", "kind": "pdf", "words": "", "seen": SEEN, "badges": badges}
    page.goto(site.show("annotation.html", "/annotation", frame=OFFICE, **given))
    page.get_by_role("alert").filter(has_text="Het bestand zelf staat veilig").wait_for()
    assert page.locator("#number").is_editable()


def test_control_arrow_saves_even_while_a_field_has_the_focus(site, annotation: Page) -> None:
    site.add("/save", b"<title>saved</title>")
    annotation.locator("#iban").fill("BE68539007547034")
    with annotation.expect_navigation():
        annotation.keyboard.press("Control+ArrowRight")
    assert b"then=next" in site.posted[-1].body


def test_the_line_between_the_panes_moves_by_arrow_and_is_remembered(annotation: Page) -> None:
    pane = annotation.locator("section[aria-label=Velden]")
    before = pane.bounding_box()["width"]
    annotation.locator("[data-grip]").focus()
    annotation.keyboard.press("ArrowLeft")
    assert pane.bounding_box()["width"] == pytest.approx(before + 24, abs=1)
    annotation.reload()
    assert pane.bounding_box()["width"] == pytest.approx(before + 24, abs=1)
