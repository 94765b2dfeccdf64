"""An employee's day without a mouse: from the list of clients to what was sent."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from served import served

from application import worklist
from domain.booking_proposal import BookingProposal, ProposalCorrected, Stage, proposal_of
from web import browser_files
from web.presence import Present
from world import PASSWORD, address, pdf, ubl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"
DESK = {"width": 1366, "height": 768}


class Office:
    """Bart at his screen. `states()` are the proposals as the log has them."""

    def __init__(self, world, page: Page, at: str) -> None:
        self.world, self.page, self.at = world, page, at
        documents = [world.deliver(ubl(number), name=f"factuur {number}.xml") for number in range(3)]
        world.settle()
        world.submit(*documents)
        world.settle()
        self.ids = [proposal_of(document) for document in documents]
        world._runner.start()

    def states(self) -> list[BookingProposal]:
        return [self.world.bench.log.load(BookingProposal, one).state for one in self.ids]

    def sign_in(self, name: str = "bart") -> None:
        self.page.goto(f"{self.at}/sign-in")
        self.fill_in(name)
        self.page.wait_for_url("**/office/clients")

    def fill_in(self, name: str) -> None:
        self.page.locator("[name=email]").fill(address(name))
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")

    def focused(self) -> str:
        found: str = self.page.evaluate("document.activeElement.id || document.activeElement.dataset.action")
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open_first(self) -> None:
        """The annotation screen of the first open proposal."""
        self.page.goto(f"{self.at}/office/dossiers/{self.world.bakery}/worklist")
        self.page.wait_for_selector("tr.is-cur")
        self.press("Control+1")
        self.page.wait_for_selector("html[data-ready] form[data-annotation]")
        expect(self.page.locator("[data-check=sum]")).to_have_text(re.compile("Totaal = lijnen"))

    def toast(self, text: str) -> None:
        expect(self.page.locator("#toasts [data-toast-text]")).to_have_text(re.compile(re.escape(text)))


@pytest.fixture
def office(world, page: Page) -> Iterator[Office]:
    with served(world) as at:
        made = Office(world, page, at)
        made.sign_in()
        yield made
        page.goto("about:blank")


def test_from_the_list_of_clients_to_what_was_sent(office: Office) -> None:
    page = office.page
    page.wait_for_selector("tr.is-cur")
    office.press("Enter")
    page.wait_for_url("**/worklist")
    page.wait_for_selector("tr.is-cur")
    office.press("Control+1")
    page.wait_for_selector("html[data-ready] form[data-annotation]")
    office.press("Control+ArrowRight")
    office.toast("is nagekeken")
    office.press("Control+ArrowRight")
    office.toast("is nagekeken")
    page.wait_for_selector("html[data-ready] form[data-annotation]")
    office.press("Control+s")
    page.wait_for_url("**/worklist")
    expect(page.locator(".st-done")).to_have_count(3)
    office.press("Control+a")
    page.get_by_role("button", name="Selectie verzenden").focus()
    office.press("Enter")
    office.toast("3 voorstellen zijn verzonden")
    assert {state.stage for state in office.states()} == {Stage.NUMBERED}


def test_a_selection_is_held_with_a_reason_and_undone(office: Office) -> None:
    office.page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    office.page.wait_for_selector("tr.is-cur")
    office.press("Space", "ArrowDown", "Space", "h")
    office.page.keyboard.type("wacht op klant")
    office.press("Enter")
    office.toast("2 voorstellen staan on hold")
    assert sorted(state.reason for state in office.states()) == ["", "wacht op klant", "wacht op klant"]
    expect(office.page.locator("tbody .st-hold")).to_have_count(2)
    office.press("Control+z")
    office.toast("Ongedaan gemaakt")
    expect(office.page.locator("tbody .st-hold")).to_have_count(0)


def test_what_was_refused_stays_in_sight_when_the_list_refreshes_itself(office: Office) -> None:
    worklist.correct(office.world.bench, office.world.actor("bart"), office.ids[0], ProposalCorrected(invoice_number=""))
    page = office.page
    page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    page.wait_for_selector("tr.is-cur")
    office.press("Control+a")
    page.evaluate("document.querySelector('[data-bulk] [value=check]').disabled = false")
    page.locator("[data-bulk] [value=check]").click()
    refusal = page.locator("tr[data-refusal]")
    expect(refusal).to_contain_text("Nog in te vullen: factuurnummer")
    page.evaluate("htmx.trigger('[data-live]', 'refresh')")
    page.wait_for_timeout(500)
    expect(refusal).to_have_count(1)
    expect(page.locator(f"#row-{office.ids[0]} + tr[data-refusal]")).to_have_count(1)


def test_a_letter_without_selection_is_about_the_row_with_the_cursor(office: Office) -> None:
    office.page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    office.page.wait_for_selector("tr.is-cur")
    office.press("ArrowDown", "c")
    office.toast("1 voorstel is nagekeken")
    expect(office.page.locator("tr.is-cur .st-done")).to_have_count(1)


def test_the_counterparty_and_the_account_are_found_while_typing(office: Office) -> None:
    office.open_first()
    office.press("Control+ArrowRight")
    office.toast("is nagekeken")
    first = next(state for state in office.states() if state.counterparty)
    page = office.page
    page.wait_for_function(f"document.title.indexOf({first.invoice_number!r}) < 0")
    office.press("Control+p")
    page.keyboard.type(first.party_name.split()[0])
    expect(page.locator("#party-list [aria-selected=true]")).to_contain_text(first.party_name)
    office.press("Enter")
    expect(page.locator("#party")).to_have_value(re.compile(re.escape(first.party_name)))
    assert page.locator("[name=counterparty]").input_value() == str(first.counterparty)
    account = page.locator("[name=line_account]").first
    account.focus()
    page.keyboard.type("kantoorben")
    expect(page.locator("#line-0-list [aria-selected=true]")).to_contain_text("612400")
    office.press("Enter")
    expect(account).to_have_value(re.compile("^612400 "))


def test_vat_follows_its_rate_until_it_is_locked_and_sums_show_it(office: Office) -> None:
    office.open_first()
    page = office.page
    office.press("Control+Enter")
    line = page.locator("[data-line]").last
    expect(line.locator("[name=line_account]")).to_be_focused()
    line.locator("[name=line_vat_code]").select_option("AH21")
    line.locator("[name=line_base]").fill("50+50")
    office.press("Tab")
    expect(line.locator("[name=line_base]")).to_have_value("100,00")
    expect(line.locator("[name=line_vat]")).to_have_value("21,00")
    expect(line.locator("[data-line-total]")).to_have_value("121,00")
    expect(page.locator("[data-check=sum]")).to_have_text(re.compile(r"Lijnen € 121,00 te veel"))
    office.press("Control+l")
    line.locator("[name=line_base]").fill("200")
    office.press("Tab")
    expect(line.locator("[name=line_vat]")).to_have_value("21,00")
    expect(page.locator("[data-check=vat]")).to_have_text(re.compile("Btw wijkt"))
    line.locator("[name=line_remark]").focus()
    office.press("Control+Backspace")
    expect(page.locator("[data-check=sum]")).to_have_text(re.compile("Totaal = lijnen"))


def test_what_is_not_saved_survives_a_reload_and_leaving_asks(office: Office) -> None:
    office.open_first()
    page = office.page
    page.locator("#payment_reference").fill("pallets terug")
    office.press("Control+Enter")
    page.reload()
    expect(page.locator("[data-draft]")).to_be_visible()
    expect(page.locator("#payment_reference")).to_have_value("pallets terug")
    expect(page.locator("[data-line]")).to_have_count(2)
    page.locator("#payment_reference").focus()
    office.press("Escape")
    expect(page.locator("#leave-dialog")).to_be_visible()
    office.press("Escape")
    page.get_by_role("button", name="Weggooien").click()
    expect(page.locator("#payment_reference")).not_to_have_value("pallets terug")
    expect(page.locator("[data-draft]")).to_be_hidden()


def test_a_session_lost_while_saving_leads_back_to_everything_typed_and_nobody_else_sees_it(office: Office) -> None:
    page = office.page
    office.open_first()
    here = page.url
    page.locator("#payment_reference").fill("pallets terug")
    page.context.clear_cookies()
    office.press("Control+ArrowRight")
    page.wait_for_url("**/sign-in?to=*")
    assert page.evaluate("JSON.stringify({ ...localStorage }).includes('pallets')") is False
    office.fill_in("bart")
    page.wait_for_url(here)
    expect(page.locator("#payment_reference")).to_have_value("pallets terug")
    page.context.clear_cookies()
    office.sign_in("dora")
    page.goto(here)
    page.wait_for_selector(".fld #total")
    page.wait_for_timeout(300)
    expect(page.locator("#payment_reference")).not_to_have_value("pallets terug")
    page.context.clear_cookies()
    office.sign_in()
    page.goto(here)
    expect(page.locator("#payment_reference")).to_have_value("pallets terug")
    office.press("Control+s")
    page.wait_for_url("**/worklist")
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('daybook.draft.'))")


def test_going_to_the_previous_asks_and_every_act_gives_the_focus_back(office: Office) -> None:
    page = office.page
    office.open_first()
    first = page.url
    office.press("Control+ArrowDown")
    page.wait_for_url(lambda url: url != first)
    page.wait_for_function("document.activeElement.matches('form[data-annotation] input, form[data-annotation] select')")
    second = page.url
    page.locator("#payment_reference").fill("pallets terug")
    office.press("Control+ArrowLeft")
    expect(page.get_by_role("button", name="Bewaren en naar de vorige")).to_be_focused()
    office.press("Escape")
    assert office.focused() == "payment_reference"
    office.press("Control+d", "Escape")
    assert office.focused() == "payment_reference"
    office.press("Control+.", "Escape")
    assert office.focused() == "payment_reference"
    office.press("F6", "?")
    expect(page.locator("#shortcuts")).to_contain_text("horen bij het scherm")
    office.press("Escape")
    told = "[...document.querySelectorAll('.anbar [data-action], .actbar [data-action]')].every(one => one.title && one.ariaKeyShortcuts)"
    assert page.evaluate(told)
    assert page.locator("[data-action=save]").get_attribute("aria-keyshortcuts") == "Control+S"
    page.locator("#payment_reference").focus()
    office.press("Control+ArrowLeft", "Enter")
    page.wait_for_url(first)
    saved = next(state for state, one in zip(office.states(), office.ids, strict=True) if str(one) in second)
    assert (saved.payment_reference, saved.stage) == ("pallets terug", Stage.CHECKED)


def test_the_document_in_a_window_of_its_own_follows_and_its_words_fill_the_field(office: Office) -> None:
    page, world = office.page, office.world
    papers = [world.deliver(pdf(number), name=f"papier {number}.pdf") for number in range(2)]
    world.submit(*papers)
    world.settle()
    first, second = (f"/office/proposals/{proposal_of(one)}" for one in papers)
    page.goto(office.at + first)
    page.wait_for_selector(".page[data-drawn]")
    with page.expect_popup() as opened:
        office.press("Control+o")
    window = opened.value
    window.wait_for_selector(".page[data-drawn] .hl")
    expect(page.locator(".panes.is-apart")).to_have_count(1)
    page.locator("#base").fill("")
    expect(window.locator("[data-view-fills]")).to_contain_text("Excl. btw")
    window.locator(".textLayer span", has_text=re.compile(r"^\d+[.,]\d\d$")).first.click()
    expect(page.locator("#base")).to_have_value(re.compile(r"^\d+,\d\d$"))
    page.goto(office.at + second)
    window.wait_for_url(f"**{second}/window*")
    window.wait_for_selector(".page[data-drawn]")
    window.close()
    expect(page.locator(".panes.is-apart")).to_have_count(0)


def test_a_refused_save_keeps_what_was_typed_and_shows_what_is_missing(office: Office) -> None:
    office.open_first()
    page = office.page
    page.locator("#invoice_number").fill("")
    page.locator("#payment_reference").fill("pallets terug")
    office.press("Control+ArrowRight")
    expect(page.get_by_role("alert").first).to_contain_text("Nog in te vullen: factuurnummer")
    expect(page.locator(".fld.is-missing #invoice_number")).to_be_focused()
    expect(page.locator("#payment_reference")).to_have_value("pallets terug")


def test_the_menu_of_a_row_is_about_that_row(office: Office) -> None:
    page = office.page
    page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    page.wait_for_selector("tr.is-cur")
    row = page.locator("tbody tr[data-id]").nth(1)
    chosen = row.get_attribute("data-id")
    row.locator("[data-menu=row-menu]").focus()
    office.press("Enter", "ArrowDown")
    page.locator("#row-menu").get_by_role("button", name="Nagekeken").focus()
    office.press("Enter")
    office.toast("1 voorstel is nagekeken")
    expect(page.locator(f"#row-{chosen} .st-done")).to_have_count(1)


def test_every_screen_of_the_office_fits_and_axe_finds_nothing(office: Office) -> None:
    page, dossier = office.page, f"/office/dossiers/{office.world.bakery}"
    document = office.states()[0].document
    paths = [
        "/office/clients",
        f"{dossier}/worklist",
        f"{dossier}/worklist?q=niets",
        f"{dossier}/worklist?tab=misc",
        f"{dossier}/proposals",
        f"{dossier}/synchronisation",
        f"{dossier}/settings",
        f"/office/proposals/{office.ids[0]}",
        f"/office/documents/{document}/history",
        f"{dossier}/numbers",
        f"{dossier}/to-download",
        f"{dossier}/cut?document={document}",
        f"/office/documents/{document}/elsewhere",
        "/office/help",
        "/office/control",
        "/office/tasks",
    ]
    for path in paths:
        page.goto(office.at + path)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"], path
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")
        assert [(path, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


def test_the_next_proposal_takes_the_place_of_the_last_without_loading_the_page(office: Office) -> None:
    page = office.page
    office.open_first()
    page.evaluate("window.stays = true")
    first = page.url
    office.press("Control+ArrowRight")
    page.wait_for_url(lambda url: url != first)
    office.toast("is nagekeken")
    assert page.evaluate("window.stays")
    assert page.evaluate("document.activeElement.matches('form[data-annotation] input, form[data-annotation] select')")
    assert page.title().startswith(page.locator("[name=invoice_number]").input_value())
    page.go_back()
    page.wait_for_function("() => !window.stays")
    assert page.url == first


def test_a_save_that_nobody_answered_loses_nothing_and_leaving_asks(office: Office) -> None:
    page = office.page
    office.open_first()
    page.locator("#payment_reference").fill("1234")
    page.route("**/office/proposals/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    office.press("Control+ArrowRight")
    office.toast("Geen verbinding")
    assert page.locator("#payment_reference").input_value() == "1234"
    page.unroute("**/office/proposals/*")
    page.locator("a[data-action~=back]").click()
    expect(page.locator("#leave-dialog")).to_be_visible()


def test_the_worklist_is_narrowed_changed_in_the_row_and_kept_as_a_view_by_keyboard_alone(office: Office) -> None:
    page = office.page
    before = [state.period for state in office.states()]
    page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    page.wait_for_selector("tr.is-cur")
    office.press("f")
    expect(page.locator("#f-period")).to_be_focused()
    office.press("Tab", "Tab", "Tab", "Tab", "Tab")
    page.keyboard.type("1,00")
    office.press("Enter")
    page.wait_for_url("**amount_from=1*")
    expect(page.get_by_role("group", name="Actieve filters")).to_contain_text("Bedrag van € 1,00")
    chosen = page.locator("tr.is-cur").get_attribute("data-id")
    office.press("p", "ArrowDown", "Enter")
    office.toast("1 voorstel is gewijzigd")
    expect(page.locator(f"tr.is-cur[data-id='{chosen}'] [data-open]")).to_be_focused()
    changed = office.states()[[str(one) for one in office.ids].index(str(chosen))].period
    assert changed != before[[str(one) for one in office.ids].index(str(chosen))]
    page.evaluate("htmx.trigger('[data-live]', 'refresh')")
    page.wait_for_timeout(500)
    expect(page.locator(f"tr.is-cur[data-id='{chosen}'] [data-open]")).to_be_focused()
    office.press("Control+z")
    office.toast("Ongedaan gemaakt")
    assert [state.period for state in office.states()] == before
    office.press("v")
    expect(page.locator("#view-pop input[name=view_name]")).to_be_focused()
    page.keyboard.type("Boven een euro")
    office.press("Enter")
    office.toast("De weergave is bewaard")
    expect(page.get_by_role("button", name="Boven een euro")).to_be_visible()
    page.goto(f"{office.at}/office/dossiers/{office.world.bakery}/worklist")
    page.wait_for_selector("tr.is-cur")
    office.press("v")
    expect(page.locator(".vlist a").first).to_be_focused()
    office.press("Enter")
    page.wait_for_url("**amount_from=1*view=*")


def test_the_states_of_the_worklist_have_no_fault_that_axe_finds(office: Office) -> None:
    page, at = office.page, f"{office.at}/office/dossiers/{office.world.bakery}/worklist"
    office.world.cell.presence.here(Present(office.world.bakery, office.ids[0], office.world.users["dora"]))
    worklist.check_all(office.world.bench, office.world.actor("bart"), office.ids)

    def look(path: str, keys: str = "") -> None:
        page.goto(at + path)
        page.evaluate("document.fonts.ready")
        for key in keys.split():
            office.press(key)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")
        assert [(path, keys, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []

    look("?quick=checked&date_from=gisteren&amount_from=1")
    look("?period=1999-01")
    look("", "f")
    look("", "v")
    look("", "Control+a w")
    expect(page.locator(".allgood")).to_be_visible()
    page.set_viewport_size({"width": 1024, "height": 768})
    look("")


def test_an_open_proposal_is_known_until_its_screen_is_left(office: Office) -> None:
    office.open_first()
    wait = time.monotonic() + 10
    while not office.world.cell.presence.everywhere():
        assert time.monotonic() < wait
        office.page.wait_for_timeout(50)
    [there] = office.world.cell.presence.everywhere()
    assert office.page.url.endswith(str(there.proposal))
    office.page.goto(f"{office.at}/office/clients")
    while office.world.cell.presence.everywhere():
        assert time.monotonic() < wait
        office.page.wait_for_timeout(50)
