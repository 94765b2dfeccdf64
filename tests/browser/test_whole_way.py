"""One invoice's whole way through real processes and a real browser: client, office, books, archive, auditor, integrator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from installation import Installation, eventually, installation
from invoices import bought
from world import PASSWORD, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

REAL = Path(__file__).parents[3] / "shared" / "data" / "invoices" / "coolblue-01.pdf"
SOON = 30_000
"""Milliseconds something may take to appear while the machine does much else."""


@pytest.fixture(scope="module")
def office() -> Iterator[Installation]:
    with installation() as made:
        made.start()
        yield made


@pytest.fixture
def sign_in(office, browser):
    """A browser of his own for each person."""
    opened = []

    def as_person(key: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
        page = context.new_page()
        page.set_default_timeout(SOON)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{office.settings.address}/sign-in")
        page.fill("#email", address(key))
        page.fill("#password", PASSWORD)
        page.click("button[type=submit]")
        opened.append((context, complaints))
        return page

    yield as_person
    for context, complaints in opened:
        context.close()
        assert not complaints


def upload(page: Page, *files: tuple[str, str, bytes]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Uploaden").first.click()
    chooser.value.set_files([{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files])


def test_an_invoice_goes_from_the_clients_desk_into_the_books_and_everybody_can_see_how(office, sign_in):
    paper, electronic = bought(2)
    anna = sign_in("anna")
    upload(
        anna,
        ("papier.pdf", "application/pdf", render_pdf(paper)),
        ("peppol.xml", "application/xml", render_ubl(electronic, render_pdf(electronic))),
        ("nota.txt", "text/plain", b"geen factuur"),
    )
    for invoice in (paper, electronic):
        anna.get_by_role("cell", name=invoice.number, exact=True).wait_for()
    assert anna.get_by_text("is geen PDF, JPEG, PNG, HEIC, TIFF of UBL-factuur").first.is_visible()
    anna.locator("[data-check-all]").check()
    anna.get_by_role("button", name="Selectie verzenden").click()
    anna.locator("#toasts [data-toast-text]").wait_for()
    anna.goto(f"{office.settings.address}/portal/{office.people.bakery}/mailboxes?tab=processing")
    assert anna.locator("[data-list] tr[data-id]").count() == 2

    bart = sign_in("bart")
    bart.get_by_role("link", name="Bakkerij Claes BV", exact=True).click()
    eventually(lambda: (bart.reload(), bart.locator("tr[data-id] .st", has_text="OK").count() == 2)[1])  # the demo's dates may lie ahead
    bart.keyboard.press("Control+1")
    bart.locator("canvas").first.wait_for()
    assert bart.locator("#invoice_number").input_value() in {paper.number, electronic.number}
    bart.keyboard.press("Control+ArrowRight")
    bart.get_by_text("2 van 2").wait_for()
    bart.keyboard.press("Control+s")
    bart.get_by_role("button", name="2 verzenden").click()
    bart.goto(f"{office.settings.address}/office/dossiers/{office.people.bakery}/proposals")
    eventually(lambda: (bart.reload(), bart.get_by_text("Geboekt", exact=True).count() >= 2)[1])

    anna.goto(f"{office.settings.address}/portal/{office.people.bakery}/archive")
    for invoice in (paper, electronic):
        anna.get_by_role("cell", name=invoice.number, exact=True).wait_for()
    anna.locator("[data-list] a[data-open]").first.click()
    anna.locator("canvas").first.wait_for()
    anna.get_by_role("link", name="Historiek").first.click()
    story = anna.locator("main").inner_text()
    assert "Anna Claes" in story
    assert "Bart Peeters" in story
    assert "Teruggelezen uit de boekhouding" in story


def test_an_integrator_reads_the_whole_way_from_the_feed(office):
    (invoice,) = bought(1, seed=99)
    with office.client() as client:
        document = office.deliver(client, render_ubl(invoice), "feed").json()["id"]
        eventually(lambda: client.get(f"/api/v1/documents/{document}").json()["status"] == "recognised")
    token = office.command("token", "create", "--user", address("anna"), "--scope", "feed").stdout.split()[-1]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=office.settings.address, headers=headers, trust_env=False) as reader:
        told = []
        after = 0
        while batch := reader.get("/api/v1/events", params={"after": after, "limit": 2}).json():
            told += batch
            after = batch[-1]["position"]
    own = [one["type"] for one in told if one["subject"] == document]
    assert own == ["be.daybook.document.received.v1", "be.daybook.document.recognised.v1"]
    assert [one["position"] for one in told] == sorted(one["position"] for one in told)
    assert invoice.seller.name not in json.dumps(told)


@pytest.mark.skipif(not REAL.exists(), reason="the real invoices are not beside this checkout")
def test_a_real_invoice_nobody_here_made_is_read_and_shown(sign_in):
    anna = sign_in("anna")
    upload(anna, (REAL.name, "application/pdf", REAL.read_bytes()))
    anna.get_by_role("link", name=REAL.name).first.click()
    anna.locator("canvas").first.wait_for()
    assert anna.get_by_text("Coolblue").count() > 0
