"""The worklist by keyboard: cursor, selection, sum, shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample import OFFICE, PROPOSALS

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def worklist(site, page: Page) -> Page:
    page.goto(site.show("worklist.html", frame=OFFICE, rows=PROPOSALS))
    page.wait_for_selector("tr.is-cur")
    return page


def cursor(page: Page) -> str | None:
    return page.locator("tr.is-cur").get_attribute("data-id")


def test_the_first_row_has_the_cursor_and_the_focus(worklist: Page) -> None:
    assert cursor(worklist) == worklist.evaluate("document.activeElement.closest('tr').dataset.id") == "2026-0418"
