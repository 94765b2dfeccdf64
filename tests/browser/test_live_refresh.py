"""What changes elsewhere, messages with undo, and errors of partial updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from screen_samples import PORTAL, PROPOSALS

from web import badges
from web.pages import Frame

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROW = b"<tr data-id='new'><td><a href='/x' data-open>new.pdf</a></td></tr>"
LOCKS = "navigator.locks.query().then(({ held, pending }) => [held.length, pending.length])"
CHANGED = b'retry: 100000\n\nevent: changed\ndata: {"area": "mailbox"}\n\n'


def with_stream() -> Frame:
    return Frame(**{**{name: getattr(PORTAL, name) for name in PORTAL.__struct_fields__}, "live": "/live"})


@pytest.fixture
def mailbox(site, page: Page) -> Page:
    site.add("/rows", ROW)
    site.add("/undo", b"<title>undone</title>")
    page.goto(site.show("mailbox.html", frame=PORTAL, rows=PROPOSALS, badges=badges))
    page.wait_for_selector("tr.is-cur")
    return page


def test_a_change_elsewhere_refreshes_what_shows_it(site, page: Page) -> None:
    site.add("/rows", ROW)
    site.add("/live", CHANGED, "text/event-stream")
    page.goto(site.show("mailbox.html", frame=with_stream(), rows=PROPOSALS, badges=badges))
    page.wait_for_selector("tr[data-id=new]")


def test_two_tabs_share_one_stream_and_both_are_refreshed(site, context: BrowserContext, page: Page) -> None:
    site.add("/rows", ROW)
    site.add("/live", b"retry: 200\n\n", "text/event-stream")
    address = site.show("mailbox.html", frame=with_stream(), rows=PROPOSALS, badges=badges)
    page.goto(address)
    page.wait_for_selector("tr.is-cur")
    other = context.new_page()
    other.goto(address)
    other.wait_for_selector("tr.is-cur")
    assert other.evaluate(LOCKS) == [1, 1]
    site.add("/live", CHANGED, "text/event-stream")
    other.wait_for_selector("tr[data-id=new]")
    page.close()
    other.wait_for_function(f"async () => (await ({LOCKS})).join() === '1,0'")
    other.close()


def test_a_refresh_keeps_the_selection(site, mailbox: Page) -> None:
    row = mailbox.locator("tr[data-id='2026-0418']")
    row.locator("input").check()
    html = row.evaluate("row => row.outerHTML").replace("is-cur", "").replace("is-sel", "")
    site.add("/rows", html.encode())
    mailbox.evaluate("htmx.trigger('[data-live=mailbox]', 'refresh')")
    expect(mailbox.locator("tr[data-id]")).to_have_count(1)
    assert row.locator("input").is_checked()
    assert row.get_attribute("class") == "is-cur is-sel"


def test_a_message_offers_undo_by_key(site, mailbox: Page) -> None:
    mailbox.evaluate("htmx.trigger(document.body, 'toast', { text: '3 voorstellen staan on hold', undo: '/undo' })")
    expect(mailbox.get_by_role("status").filter(has_text="3 voorstellen staan on hold")).to_be_visible()
    with mailbox.expect_navigation():
        mailbox.keyboard.press("Control+z")
    assert site.posted[-1].path == "/undo"


def test_the_newest_message_replaces_the_one_before_and_can_be_closed(mailbox: Page) -> None:
    for text in ("een", "twee"):
        mailbox.evaluate("text => htmx.trigger(document.body, 'toast', { text })", text)
    assert mailbox.locator("#toasts [data-toast-text]").all_inner_texts() == ["twee"]
    mailbox.locator("#toasts").get_by_role("button", name="Sluiten").click()
    assert mailbox.locator("#toasts [data-toast]").count() == 0


def test_a_message_goes_after_ten_seconds_unless_the_mouse_is_on_it(mailbox: Page) -> None:
    mailbox.clock.install()
    mailbox.evaluate("htmx.trigger(document.body, 'toast', { text: 'klaar' })")
    mailbox.locator("#toasts [data-toast]").hover()
    mailbox.clock.fast_forward(15_000)
    assert mailbox.locator("#toasts [data-toast]").count() == 1
    mailbox.mouse.move(0, 0)
    mailbox.clock.fast_forward(11_000)
    assert mailbox.locator("#toasts [data-toast]").count() == 0


def test_a_refused_update_tells_the_sentence_and_changes_nothing(site, mailbox: Page) -> None:
    refusal = site.templates.get_template("error.html").render(
        language="nl", frame=PORTAL, status=409, sentence="Sofie Lemmens was je voor.", code="", back="/"
    )
    site.add("/rows", lambda _request: (409, "text/html; charset=utf-8", refusal.encode()))
    mailbox.evaluate("htmx.trigger('[data-live=mailbox]', 'refresh')")
    expect(mailbox.get_by_role("alert")).to_contain_text("Sofie Lemmens was je voor.")
    assert mailbox.locator("tr[data-id]").count() == len(PROPOSALS)


def test_a_partial_update_carries_the_page_token(site, mailbox: Page) -> None:
    mailbox.evaluate("htmx.trigger('[data-live=mailbox]', 'refresh')")
    mailbox.wait_for_selector("tr[data-id=new]")
    assert next(request for request in site.requests if request.path == "/rows").headers["X-CSRFToken"] == "token"


def test_the_page_script_speaks_the_language_of_the_page(site, page: Page) -> None:
    page.goto(site.show("mailbox.html", frame=PORTAL, rows=PROPOSALS, badges=badges, language="en"))
    page.wait_for_selector("tr.is-cur")
    page.keyboard.press("?")
    assert page.locator("#shortcuts dd", has_text="select row").count() == 1
