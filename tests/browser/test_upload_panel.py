"""Uploading several files: each on its own, refusals beside the file, nothing twice after a lost connection."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from screen_samples import PORTAL, PROPOSALS

from web import badges

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

REFUSAL = "Niet toegevoegd: het bestand is met een wachtwoord beveiligd. Sla het op zonder wachtwoord en probeer opnieuw."


def receive(request):
    if b"protected" in request.body:
        return 409, "application/problem+json", json.dumps({"detail": REFUSAL}).encode()
    return 201, "application/json", b"{}"


@pytest.fixture
def mailbox(site, page: Page) -> Page:
    site.add("/upload", receive)
    site.add("/upload-sales", receive)
    page.goto(site.show("mailbox.html", frame=PORTAL, rows=PROPOSALS, badges=badges))
    page.wait_for_selector("tr.is-cur")
    return page


def files(*names: str) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": f"%PDF {name}".encode()} for name in names]


def choose(page: Page, *names: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Uploaden").click()
    chooser.value.set_files(files(*names))


def states(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-uploads] [data-state]").all_inner_texts()]


def drop(page: Page, target: str, *names: str) -> None:
    page.evaluate(
        """([target, names]) => {
        const carried = new DataTransfer();
        for (const name of names) carried.items.add(new File(['%PDF ' + name], name, { type: 'application/pdf' }));
        for (const kind of ['dragover', 'drop'])
          document.querySelector(target).dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
        }""",
        [target, list(names)],
    )


def test_a_refusal_in_the_middle_stops_only_that_file(mailbox: Page) -> None:
    choose(mailbox, "a.pdf", "protected.pdf", "c.pdf")
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("2 klaar, 1 geweigerd")
    assert states(mailbox) == ["Ontvangen", REFUSAL, "Ontvangen"]
    assert mailbox.locator("[data-uploads-title]").inner_text() == "3 bestanden naar Aankoop"


def test_every_file_has_its_own_key_and_the_page_token(site, mailbox: Page) -> None:
    choose(mailbox, "a.pdf", "b.pdf")
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("2 klaar")
    sent = site.posted
    assert len({request.headers["Idempotency-Key"] for request in sent}) == 2
    assert {request.headers["X-CSRFToken"] for request in sent} == {"token"}


def test_a_lost_connection_is_tried_again_with_the_same_key(mailbox: Page) -> None:
    keys: list[str] = []

    def flaky(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    mailbox.route("**/upload", flaky)
    choose(mailbox, "a.pdf")
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("1 klaar")
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_three_go_together_and_the_rest_waits(site, mailbox: Page) -> None:
    gate = threading.Event()
    arrived = threading.Semaphore(0)

    def slow(request):
        arrived.release()
        gate.wait(10)
        return receive(request)

    site.add("/upload", slow)
    choose(mailbox, *(f"{n}.pdf" for n in range(5)))
    for _ in range(3):
        assert arrived.acquire(timeout=5)
    assert not arrived.acquire(timeout=0.3)
    gate.set()
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("5 klaar")


def test_a_waiting_file_can_be_stopped(site, mailbox: Page) -> None:
    gate = threading.Event()
    site.add("/upload", lambda request: (gate.wait(10), receive(request))[1])
    choose(mailbox, *(f"{n}.pdf" for n in range(4)))
    mailbox.locator("[data-uploads] tr", has_text="3.pdf").get_by_role("button", name="Stoppen").click()
    gate.set()
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("3 klaar, 1 gestopt")


def test_files_dropped_on_a_tile_go_to_that_mailbox(site, mailbox: Page) -> None:
    drop(mailbox, ".tile[data-drop='/upload-sales']", "sale.pdf")
    expect(mailbox.locator("[data-uploads-status]")).to_have_text("1 klaar")
    assert [request.path for request in site.posted] == ["/upload-sales"]
    assert mailbox.locator("[data-uploads-title]").inner_text() == "1 bestand naar Verkoop"


def test_what_arrived_is_shown_by_refreshing_the_list(site, mailbox: Page) -> None:
    site.add("/rows", b"<tr data-id='new'><td><a href='/x' data-open>new.pdf</a></td></tr>")
    drop(mailbox, "section[data-drop] tbody", "a.pdf")
    mailbox.wait_for_selector("tr[data-id=new]")


def test_a_tile_tells_how_many_files_are_over_it(mailbox: Page) -> None:
    mailbox.evaluate(
        """() => {
        const carried = new DataTransfer();
        carried.items.add(new File(['x'], 'a.pdf')), carried.items.add(new File(['x'], 'b.pdf'));
        const over = { bubbles: true, cancelable: true, dataTransfer: carried };
        document.querySelector('.tile').dispatchEvent(new DragEvent('dragover', over));
        }"""
    )
    assert mailbox.locator(".tile.is-over small").inner_text() == "Loslaten om 2 bestanden toe te voegen"
