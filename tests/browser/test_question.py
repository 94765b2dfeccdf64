"""A question where an invoice is booked, answered by the client on his phone, and read where it is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from domain.booking_proposal import proposal_of
from web import browser_files
from world import PASSWORD, address, pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def signed_in(world, browser: Browser) -> Iterator[Callable[[str, dict[str, int]], tuple[Page, str]]]:
    """Opens a browser of somebody's own, signed in, with the address of the site."""
    with world.serve() as at:
        opened = []

        def open_for(key: str, size: dict[str, int]) -> tuple[Page, str]:
            context = browser.new_context(viewport=size, locale="nl-BE")
            opened.append(context)
            page = context.new_page()
            page.goto(f"{at}/sign-in")
            page.locator("[name=email]").fill(address(key))
            page.locator("[name=password]").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            return page, at

        yield open_for
        for one in opened:
            one.close()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    return [one["id"] for one in page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")]


def test_the_office_asks_the_client_answers_on_his_phone_and_the_office_reads_it(world, signed_in) -> None:
    document = world.deliver(pdf(), name="factuur.pdf")
    world.submit(document)
    world.settle()
    bart, at = signed_in("bart", DESK)
    bart.goto(f"{at}/office/proposals/{proposal_of(document)}")
    bart.wait_for_selector("html[data-ready]")
    bart.keyboard.press("Control+.")
    bart.get_by_role("button", name="Vraag aan de klant…").press("Enter")
    bart.locator("#client-question").fill("Waarvoor was deze aankoop?")
    assert faults(bart) == []
    bart.get_by_role("button", name="Vragen en naar de volgende").press("Enter")
    expect(bart.get_by_text("De klant krijgt je vraag over")).to_be_visible()
    anna, at = signed_in("anna", PHONE)
    anna.goto(f"{at}/portal/{world.bakery}/mailboxes")
    anna.get_by_text("Antwoorden").first.click()
    expect(anna.get_by_text("Waarvoor was deze aankoop?")).to_be_visible()
    assert faults(anna) == []
    anna.locator("[name=answer]").fill("Voor de opening.")
    anna.get_by_role("button", name="Antwoorden").click()
    expect(anna.get_by_text("Voor de opening.")).to_be_visible()
    bart.goto(f"{at}/office/proposals/{proposal_of(document)}")
    expect(bart.get_by_text("Voor de opening.").first).to_be_visible()
    assert faults(bart) == []
