"""A client at work in a real browser: files dropped and read while he looks on, sent, and found back in the archive."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from application import sending, worklist
from domain.booking_proposal import proposal_of
from domain.document import Document
from world import pdf, ubl

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK, LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 1366, "height": 768}, {"width": 390, "height": 844}
BROKEN = b"%PDF-1.4\nnothing that makes a page\n%%EOF"


def drop(page: Page, target: str, files: dict[str, bytes]) -> None:
    """Drag files over an element and let them go there."""
    carried = [{"name": name, "data": base64.b64encode(data).decode()} for name, data in files.items()]
    page.evaluate(
        """([selector, files]) => {
            const transfer = new DataTransfer();
            const bytes = (data) => Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
            for (const { name, data } of files) transfer.items.add(new File([bytes(data)], name));
            const target = document.querySelector(selector);
            for (const kind of ["dragover", "drop"]) {
              target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
            }
        }""",
        [target, carried],
    )


@pytest.fixture
def archived(world):
    """A purchase that is in the books."""
    document = world.deliver(ubl(0), name="geboekt.xml")
    world.settle()
    world.submit(document)
    world.settle()
    proposal = [proposal_of(document)]
    worklist.check_all(world.bench, world.actor("bart"), proposal)
    sending.send(world.bench, world.actor("bart"), proposal)
    world.settle()
    return document


@pytest.fixture
def waiting(world):
    """Three documents in Anna's mailbox, one of them on paper."""
    documents = [world.deliver(ubl(number), name=f"factuur {number}.xml") for number in (1, 2)]
    documents.append(world.deliver(pdf(3), name="op papier.pdf"))
    world.settle()
    return documents


def test_three_files_are_dropped_one_is_refused_and_what_is_read_appears_by_itself(desk, world):
    page = desk.sign_in("anna").open("/mailboxes")
    expect(page.get_by_text("Deze postbus is leeg")).to_be_visible()
    drop(page, "#box", {"een.xml": ubl(1), "leeg.pdf": b"", "twee.xml": ubl(2)})
    expect(page.locator("[data-uploads-status]")).to_have_text("2 klaar, 1 geweigerd")
    refused = page.locator("[data-uploads] tr", has_text="leeg.pdf")
    expect(refused).to_contain_text("Niet toegevoegd: het bestand is leeg.")
    world._runner.catch_up()
    expect(page.locator("#list tr[aria-busy=true]")).to_have_count(2)
    expect(page.locator("#list .sk").first).to_be_visible()
    with desk.worker():
        expect(page.locator("#list tr[data-id] .st-ok")).to_have_count(2)
    expect(page.locator("#list .sk")).to_have_count(0)
    expect(page.locator(".tile.is-cur .n")).to_have_text("2")


def test_files_go_to_the_tile_they_are_dropped_on(desk):
    page = desk.sign_in("anna").open("/mailboxes")
    drop(page, ".tile[href$='tab=sales']", {"verkoop.xml": ubl(1)})
    expect(page.locator("[data-uploads-title]")).to_have_text("1 bestand naar Verkoop")
    with desk.worker():
        expect(page.locator(".tile[href$='tab=sales'] .n")).to_have_text("1")


@pytest.mark.usefixtures("waiting")
def test_a_selection_is_sent_and_the_file_that_cannot_be_opened_stays_with_its_reason(desk, world):
    broken = world.deliver(BROKEN, name="kapot.pdf")
    world.settle()
    page = desk.sign_in("anna").open("/mailboxes")
    page.get_by_label("Selecteer factuur 1.xml").check()
    page.get_by_label("Selecteer factuur 2.xml").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("2 geselecteerd")
    with desk.worker():
        page.get_by_role("button", name="Selectie verzenden").click()
        expect(page.locator("#toasts")).to_contain_text("2 documenten zijn verzonden naar je accountant")
    expect(page.locator("#list tr[data-id]")).to_have_count(2)
    expect(page.locator(f"#w-{broken}")).to_be_visible()


def test_b_marks_the_row_with_the_cursor_and_ctrl_z_takes_it_back(desk, world, waiting):
    page = desk.sign_in("anna").open("/mailboxes?sort=name")
    expect(page.locator("tr.is-cur")).to_have_count(1)
    marked = page.locator("tr.is-cur [data-handled]")
    with desk.worker():
        page.keyboard.press("b")
        expect(marked).to_be_checked()
        expect(page.locator("#toasts")).to_contain_text("1 document is behandeld")
        page.keyboard.press("Control+z")
        expect(page.locator("#toasts")).to_contain_text("Ongedaan gemaakt.")
        expect(page.locator("[data-handled]:checked")).to_have_count(0)
    assert not any(world.bench.log.load(Document, one).state.handled for one in waiting)


@pytest.mark.usefixtures("waiting")
def test_a_document_is_walked_through_by_keyboard_and_its_values_light_up(desk):
    page = desk.sign_in("anna").open("/mailboxes?tab=purchase&sort=-name")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    page.wait_for_selector(".page[data-drawn=true]")
    page.locator("button.val").nth(2).click()
    expect(page.locator(".hl-on")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator("#main").get_by_text("2 van 3")).to_be_visible()
    expect(page.get_by_text("Deze e-factuur bevat geen beeld.")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#main").get_by_text("1 van 3")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/mailboxes?tab=purchase&sort=-name")


def test_a_pdf_can_also_be_looked_at_in_a_window_of_its_own(desk, waiting):
    page = desk.sign_in("anna").open(f"/documents/{waiting[2]}")
    page.wait_for_selector(".page[data-drawn=true]")
    answer = page.request.get(desk.here + page.get_by_role("link", name="In apart venster").get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"


@pytest.mark.usefixtures("archived")
def test_the_archive_is_filtered_and_a_pill_takes_the_filter_away(desk):
    page = desk.sign_in("anna").open("/archive")
    expect(page.locator("tbody tr[data-id]")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("kwantummechanica")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Niets gevonden met deze filter")).to_be_visible()
    page.get_by_role("link", name="“kwantummechanica”").click()
    expect(page.locator("tbody tr[data-id]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Geboekt in je boekhouding.")).to_be_visible()


@pytest.mark.usefixtures("waiting")
def test_on_the_phone_the_mailbox_is_a_screen_of_its_own_with_the_camera_within_the_thumb(desk):
    desk.page.set_viewport_size(PHONE)
    page = desk.sign_in("anna").open("/mailboxes")
    expect(page.locator("#box")).to_be_hidden()
    page.locator(".tile", has_text="Aankoop").click()
    expect(page.locator("#tiles")).to_be_hidden()
    expect(page.locator("#list tr[data-id]")).to_have_count(3)
    assert page.locator("[data-photo]").get_attribute("capture") == "environment"
    page.locator("#list tr[data-id]").first.click()
    expect(page.locator(".actbar").get_by_role("button", name="Verzenden")).to_be_in_viewport()
    page.wait_for_selector(".page[data-drawn=true]")


def test_no_screen_has_a_fault_that_axe_finds_or_is_wider_than_its_window(desk, world, waiting, archived):
    broken = world.deliver(BROKEN, name="kapot.pdf")
    world.settle()
    desk.sign_in("anna")
    paths = ["/mailboxes", "/mailboxes?tab=processing", "/mailboxes?tab=misc", "/archive", "/archive?tab=sales&q=x", "/archive?date_from=x"]
    paths += [f"/documents/{one}" for one in (waiting[0], waiting[2], broken)]
    paths += [f"/documents/{archived}?from=archive", f"/documents/{archived}/history"]
    faults = {}
    for size in (DESK, LAPTOP, PHONE):
        desk.page.set_viewport_size(size)
        for path in [*paths, "/mailboxes?tab=purchase"]:
            desk.open(path)
            if found := desk.faults():
                faults[size["width"], path] = found
    desk.page.goto(f"{desk.here}/account")
    if found := desk.faults():
        faults["account"] = found
    assert faults == {}
