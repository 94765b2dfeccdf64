"""The booking's side of the annotation screen by keyboard: sums in fields, locks, several rates, the rest, what else a line carries."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from served import served

from application import enrichment_settings
from application.accounting_package import Dimension, DimensionValue
from domain.booking_proposal import BookingProposal, Stage, proposal_of
from domain.private_share import PrivateShare
from web.formats import amount
from world import PASSWORD, address, ubl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SHOPS = Dimension(
    code="VEST",
    name="Vestiging",
    mandatory=True,
    values=(DimensionValue(code="LEUVEN", name="Winkel Leuven"), DimensionValue(code="GENT", name="Winkel Gent")),
)


@pytest.fixture
def screen(world, page: Page) -> Iterator[Page]:
    """The annotation screen of one invoice of a dossier with a private account and a dimension that each line needs."""
    ledger = world.bench.packages["sandbox"]
    ledger.set_dimension("claes", SHOPS)
    world.bench.mirror.replace(world.bakery, ledger.synchronise("claes"), world.bench.log.recorder.safe_head())
    enrichment_settings.set_private_account(world.bench, world.actor("dora"), world.bakery, "416000")
    document = world.deliver(ubl(0), name="factuur.xml")
    world.submit(document)
    world.settle()
    world.proposal = lambda: world.bench.log.load(BookingProposal, proposal_of(document)).state
    world._runner.start()
    with served(world) as at:
        page.goto(f"{at}/sign-in")
        page.locator("[name=email]").fill(address("bart"))
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/office/clients")
        page.goto(f"{at}/office/proposals/{proposal_of(document)}")
        page.wait_for_selector("form[data-annotation]")
        yield page
        page.goto("about:blank")


def type_in(page: Page, field: str, text: str) -> None:
    """Select what stands in a field and type over it, then go on."""
    page.locator(field).last.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def choose(page: Page, field: str, value: str) -> None:
    page.locator(field).last.select_option(value)


def test_lines_with_several_rates_are_made_by_keyboard_and_add_up(world, screen: Page) -> None:
    keyboard, total = screen.keyboard, world.proposal().total
    expect(screen.locator("[name='line_dimension.VEST']")).to_have_attribute("aria-invalid", "true")
    keyboard.press("Control+s")
    expect(screen.locator("[role=alert]")).to_contain_text("Het boekhoudpakket vraagt op elke lijn: Vestiging.")
    choose(screen, "[name='line_dimension.VEST']", "LEUVEN")

    # The first line: worked out while typing, its VAT locked at what is printed.
    screen.locator("#line-0-account").focus()
    type_in(screen, "#line-0-base", "30+20")
    choose(screen, "#line-0-code", "AH6")
    expect(screen.locator("#line-0-vat")).to_have_value("3,00")
    screen.locator("#line-0-vat").focus()
    keyboard.press("Control+l")
    type_in(screen, "#line-0-base", "50+10%")
    expect(screen.locator("#line-0-base")).to_have_value("55,00")
    expect(screen.locator("#line-0-vat")).to_have_value("3,00")
    expect(screen.locator("[name=locks]")).to_have_value("line_vat.0")
    expect(screen.locator("[data-sum-off]")).to_have_text(f"−{amount(total - Decimal(58))}")

    # A second one at another rate, that takes what is left.
    keyboard.press("Control+Enter")
    expect(screen.locator("[name=line_account]").last).to_be_focused()
    expect(screen.locator("[name='line_dimension.VEST']").last).to_have_value("LEUVEN")
    keyboard.type("6123")
    expect(screen.locator("[role=listbox] [aria-selected=true]")).to_contain_text("612300")
    keyboard.press("Enter")
    choose(screen, "[name=line_vat_code]", "AD21")
    type_in(screen, "[name=line_base]", "1")
    screen.locator("[name=line_base]").last.focus()
    keyboard.press("Control+e")
    expect(screen.locator("[data-line-total]").last).to_have_value(amount(total - Decimal(58)))
    expect(screen.locator("[data-check=sum]")).to_have_text(re.compile("Totaal = lijnen"))
    expect(screen.locator("[data-action=rest]")).to_be_hidden()

    # What the client asked goes to the lines; a part is private.
    type_in(screen, "#instruction", "Voor de opendeurdag")
    keyboard.press("Control+j")
    type_in(screen, "[name=line_private]", "30 %")

    # The locked field survives a reload, like all that was typed since the save that was refused.
    screen.reload()
    screen.wait_for_selector("form[data-annotation]")
    expect(screen.locator("#line-0-vat")).to_have_attribute("aria-description", re.compile("Vastgezet"))
    type_in(screen, "#base", "")
    type_in(screen, "#vat", "")
    screen.locator("#line-0-account").focus()
    keyboard.press("Control+s")
    expect(screen.locator("#toasts [data-toast-text]")).to_have_text(re.compile("nagekeken"))

    state = world.proposal()
    assert state.stage == Stage.CHECKED
    assert sum((line.total for line in state.lines), Decimal(0)) == total
    assert [(line.vat_code, line.dimensions, line.private) for line in state.lines] == [
        ("AH6", {"VEST": "LEUVEN"}, None),
        ("AD21", {"VEST": "LEUVEN"}, PrivateShare(value=Decimal(30))),
    ]
    assert (state.lines[0].base, state.lines[0].vat) == (Decimal("55.00"), Decimal("3.00"))
    assert state.remarks == ("Voor de opendeurdag", "Voor de opendeurdag")
    assert state.instruction == "Voor de opendeurdag"


def test_vat_is_computed_on_the_price_less_the_financial_discount(screen: Page) -> None:
    choose(screen, "#line-0-code", "AD21")
    type_in(screen, "#line-0-base", "100")
    expect(screen.locator("#line-0-vat")).to_have_value("21,00")
    type_in(screen, "#discount", "2")
    expect(screen.locator("#line-0-vat")).to_have_value("20,58")
    type_in(screen, "#line-0-total", "241,16")
    expect(screen.locator("#line-0-base")).to_have_value("200,00")
    expect(screen.locator("#line-0-vat")).to_have_value("41,16")
    screen.locator("#line-0-base").focus()
    screen.keyboard.press("Control+Backspace")
    expect(screen.locator("[data-no-lines]")).to_contain_text("wachtrekening")
