"""An invoice in dollars at an employee's screen: the rate follows currency and date until it is locked, amounts are seen in euro."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.sync_api import expect
from served import served

from adapters.demo.peppol import render_ubl
from application.event_log import Context, Via
from application.exchange_rates import take_in
from domain.booking_proposal import BookingProposal, proposal_of
from domain.in_euro import in_euro
from domain.target_calendar import publication_day
from ecb_files import as_xml
from web.formats import amount
from world import PASSWORD, address, invoices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

INVOICE = msgspec.structs.replace(invoices()[0], currency="USD")
DAY = publication_day(INVOICE.issue_date)
BEFORE = publication_day(DAY - timedelta(days=1))


@pytest.fixture
def screen(world, page: Page) -> Iterator[Page]:
    """The annotation screen of the invoice, and `world.proposal()` as the log has it."""
    rates = {BEFORE: {"USD": "1.0800", "GBP": "0.8410"}, DAY: {"USD": "1.0842", "GBP": "0.8433"}}
    take_in(world.bench, as_xml(rates), Context(by=None, via=Via.CLI))
    world.settle()
    document = world.deliver(render_ubl(INVOICE), name="dollars.xml")
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
        page.wait_for_selector("html[data-ready] form[data-annotation]")
        yield page


def test_the_rate_follows_currency_and_date_until_somebody_fills_one_in(world, screen):
    rate, euro, lock = screen.locator("#rate"), screen.locator("[data-euro=total]"), screen.locator("[data-rate-lock]")
    expect(rate).to_have_value("1,0842")
    expect(euro).to_have_text(amount(in_euro(world.proposal()).total))

    screen.locator("#invoice_date").fill(f"{BEFORE:%d/%m/%Y}")
    screen.locator("#invoice_date").press("Tab")
    expect(rate).to_have_value("1,08")
    expect(screen.locator("[data-rate-note]")).to_have_text(f"ECB, {BEFORE:%d/%m/%Y}")

    screen.locator("#currency").select_option("GBP")
    expect(rate).to_have_value("0,841")
    screen.locator("#currency").select_option("EUR")
    expect(rate).to_be_hidden()
    expect(euro).to_be_hidden()
    screen.locator("#currency").select_option("USD")
    expect(rate).to_have_value("1,08")

    rate.fill("2")
    expect(lock).to_have_attribute("aria-pressed", "true")
    expect(euro).to_have_text(amount(world.proposal().total / 2))
    screen.locator("#invoice_date").fill(f"{DAY:%d/%m/%Y}")
    screen.locator("#invoice_date").press("Tab")
    expect(rate).to_have_value("2")

    lock.click()
    expect(lock).to_have_attribute("aria-pressed", "false")
    expect(rate).to_have_value("1,0842")


def test_what_the_screen_shows_in_euro_is_what_is_booked(world, screen):
    found = in_euro(world.proposal())
    for name in ("total", "base", "vat"):
        expect(screen.locator(f"[data-euro={name}]")).to_have_text(amount(getattr(found, name)))
