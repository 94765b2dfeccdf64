"""The document beside its fields, drawn by pdf.js under the real content security policy."""

from __future__ import annotations

import io
import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pikepdf
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
    expect(annotation.locator(".thumb[aria-current]")).to_have_attribute("aria-label", "Bladzijde 2")
    annotation.locator(".thumb").first.click()
    expect(annotation.locator("[data-view-page]")).to_have_text("1 / 2")
    annotation.get_by_role("button", name="Hele bladzijde").click()
    assert annotation.locator(".page").first.bounding_box()["height"] <= annotation.locator(".view .sc").bounding_box()["height"]
    annotation.get_by_role("button", name="Paginabreedte").click()
    assert annotation.locator(".page").first.bounding_box()["width"] == pytest.approx(width, rel=0.01)


def test_the_page_stays_sharp_when_zoomed(annotation: Page) -> None:
    annotation.get_by_role("button", name="Groter").click()
    first = annotation.locator(".page").first
    width = round(first.bounding_box()["width"])
    expect(first.locator("canvas")).to_have_attribute("width", re.compile(f"{width - 1}|{width}|{width + 1}"))


def spot(page: Page, across: float, down: float) -> tuple[float, float]:
    """A point of the first page as it is shown now, in parts of its width and height."""
    box = page.locator(".page").first.bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def number_at(across: float, down: float) -> Callable[[Page], None]:
    """A click there fills the invoice number."""

    def clicked(page: Page) -> None:
        page.locator("#number").fill("")
        page.mouse.click(*spot(page, across, down))
        assert page.locator("#number").input_value() == "2026/0418"

    return clicked


def test_marks_and_clicks_stay_right_when_the_page_is_turned_and_the_turn_is_kept(annotation: Page) -> None:
    annotation.keyboard.press("Control+r")
    box = annotation.locator(".page").first.bounding_box()
    assert box["width"] > box["height"]
    number_at((842 - 126) / 842, 150 / 595)(annotation)
    lit = annotation.locator(".hl-on").bounding_box()
    assert lit["height"] > lit["width"]
    assert lit["y"] < spot(annotation, 0, 150 / 595)[1] < lit["y"] + lit["height"]
    annotation.keyboard.press("Control+r")
    number_at((595 - 150) / 595, (842 - 126) / 842)(annotation)


def test_a_page_that_its_file_turns_is_clicked_where_it_is_shown(show, tmp_path) -> None:
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(documents.invoice(tmp_path))) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(turned)
    number_at((842 - 126) / 842, 150 / 595)(show(turned.getvalue()))


def test_a_photo_taken_sideways_is_shown_upright(show) -> None:
    picture = io.BytesIO()
    documents.scan().convert("L").resize((1190, 1684)).save(picture, "PNG")
    words = [
        [text, [100, 100 + 90 * place, 112, 180 + 90 * place], 0.9]
        for place, text in enumerate(["Factuur", "nummer", "2026/0418", "datum"])
    ]
    page = show(picture.getvalue(), "image", json.dumps([{"number": 1, "width": 595, "height": 842, "words": words}]).encode())
    box = page.locator(".page").first.bounding_box()
    assert box["width"] > box["height"]
    number_at(320 / 842, (595 - 106) / 595)(page)


def test_words_one_drags_over_go_to_the_field_together(annotation: Page) -> None:
    annotation.locator("#number").fill("")
    annotation.mouse.move(*spot(annotation, 50 / 595, 66 / 842))
    annotation.mouse.down()
    annotation.mouse.move(*spot(annotation, 125 / 595, 72 / 842), steps=4)
    expect(annotation.locator(".hl-pick")).to_have_count(2)
    annotation.mouse.up()
    assert annotation.locator("#number").input_value() == "Molens De"
    expect(annotation.locator(".hl-pick")).to_have_count(0)


def test_a_word_that_is_nothing_of_the_field_is_told_and_not_filled_in(annotation: Page) -> None:
    annotation.locator("#date").fill("01/01/2026")
    annotation.mouse.click(*spot(annotation, 70 / 595, 70 / 842))
    expect(annotation.locator("#toasts")).to_contain_text("“Molens” is geen datum.")
    assert annotation.locator("#date").input_value() == "01/01/2026"


def test_a_word_is_picked_by_keyboard_while_the_focus_stays_in_the_field(annotation: Page) -> None:
    annotation.locator("#excl").fill("")
    annotation.keyboard.press("Control+Space")
    expect(annotation.locator("[data-view-walk]")).to_have_text("1.383,00: Enter vult Excl. btw")
    annotation.keyboard.press("Enter")
    assert annotation.locator("#excl").input_value() == "1.383,00"
    annotation.locator("#number").fill("")
    annotation.keyboard.press("Control+Space")
    annotation.keyboard.press("ArrowLeft")
    annotation.keyboard.press("Shift+ArrowRight")
    expect(annotation.locator("[data-view-walk]")).to_have_text("Factuurnummer 2026/0418: Enter vult Factuurnummer")
    annotation.keyboard.press("Escape")
    assert (annotation.locator("#number").input_value(), annotation.evaluate("document.activeElement.id")) == ("", "number")


PRINTED = {
    ("date", "05/03/2026"): "05/03/2026",
    ("date", "5.3.26"): "05/03/2026",
    ("date", "2026-03-05"): "05/03/2026",
    ("date", "5 maart 2026"): "05/03/2026",
    ("date", "1er août 2026"): "01/08/2026",
    ("date", "5. März 2026"): "05/03/2026",
    ("date", "March 5, 2026"): "05/03/2026",
    ("date", "31/02/2026"): None,
    ("date", "2026/0418"): None,
    ("amount", "€ 1.284,60"): "1.284,60",
    ("amount", "1,284.60 EUR"): "1.284,60",
    ("amount", "1 284,60"): "1.284,60",
    ("amount", "98,40-"): "-98,40",
    ("amount", "12-05"): None,
    ("amount", "Totaal"): None,
    ("percent", "21 %"): "21,00",
    ("iban", "IBAN: BE68 5390 0754 7034"): "BE68 5390 0754 7034",
    ("iban", "BE68539007547035"): None,
    ("vat", "BTW BE 0999.041.206"): "BE 0999.041.206",
    ("vat", "0999041206"): "BE 0999.041.206",
    ("vat", "0999041207"): None,
    ("vat", "DE 999004106"): "DE999004106",
    ("vat", "Factuur"): None,
    ("reference", "026/0041/80029"): "+++026/0041/80029+++",
    ("reference", "Factuur 12"): "Factuur 12",
    ("text", " Pallets  terug "): "Pallets terug",
}


def test_printed_words_read_as_the_kind_of_the_field(annotation: Page) -> None:
    found = annotation.evaluate(
        """async (all) => {
        const { read } = await import(new URL("page_values.js", document.querySelector("script[type=module]").src));
        return all.map(([kind, text]) => read(kind, text));
        }""",
        list(PRINTED),
    )
    assert dict(zip(PRINTED, found, strict=True)) == PRINTED


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
