"""The worklist by keyboard: cursor, selection, sum, shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from screen_samples import OFFICE, PROPOSALS

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def worklist(site, page: Page) -> Page:
    site.add("/open/F26-00811", b"<title>opened</title>")
    page.goto(site.show("worklist.html", frame=OFFICE, rows=PROPOSALS))
    page.wait_for_selector("tr.is-cur")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def cursor(page: Page) -> str | None:
    return page.locator("tr.is-cur").get_attribute("data-id")


def chosen(page: Page) -> list[str]:
    return page.eval_on_selector_all("tr.is-sel", "rows => rows.map(row => row.dataset.id)")


def bar(page: Page) -> str:
    return " ".join(page.locator("[data-bulk-count], [data-bulk-sum]").all_inner_texts())


def test_the_first_row_has_the_cursor_and_the_focus(worklist: Page) -> None:
    assert cursor(worklist) == worklist.evaluate("document.activeElement.closest('tr').dataset.id") == "2026-0418"


def test_the_arrows_move_cursor_and_focus_and_stop_at_the_ends(worklist: Page) -> None:
    press(worklist, "ArrowUp", "ArrowDown", "ArrowDown")
    assert cursor(worklist) == worklist.evaluate("document.activeElement.closest('tr').dataset.id") == "OL-2026-118"
    press(worklist, *["ArrowDown"] * 20)
    assert cursor(worklist) == "CN26-0041"


def test_space_selects_and_the_bar_tells_how_many_and_how_much(worklist: Page) -> None:
    press(worklist, "Space", "ArrowDown", "Space")
    assert chosen(worklist) == ["2026-0418", "F26-00811"]
    assert bar(worklist) == "2 geselecteerd € 2.095,18"


def test_a_credit_note_lowers_the_sum(worklist: Page) -> None:
    press(worklist, *["ArrowDown"] * 5, "Space", "ArrowDown", "Space")
    assert bar(worklist) == "2 geselecteerd € 308,80"


def test_shift_and_arrow_select_a_range(worklist: Page) -> None:
    press(worklist, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    assert chosen(worklist) == ["F26-00811", "OL-2026-118", "DC26031877"]
    press(worklist, "Shift+ArrowUp")
    assert chosen(worklist) == ["F26-00811", "OL-2026-118"]


def test_shift_and_click_select_a_range(worklist: Page) -> None:
    worklist.locator("tr[data-id='2026-0418'] input").click()
    worklist.locator("tr[data-id='DC26031877'] input").click(modifiers=["Shift"])
    assert len(chosen(worklist)) == 4


def test_control_a_selects_all_and_escape_clears(worklist: Page) -> None:
    press(worklist, "Control+a")
    assert len(chosen(worklist)) == len(PROPOSALS)
    assert worklist.locator("[data-check-all]").is_checked()
    press(worklist, "Escape")
    assert chosen(worklist) == []
    assert worklist.get_by_text("Niets geselecteerd").is_visible()


def test_enter_opens_the_row(worklist: Page) -> None:
    press(worklist, "ArrowDown", "Enter")
    worklist.wait_for_url("**/open/F26-00811")


def test_the_row_used_last_has_the_cursor_again(worklist: Page) -> None:
    press(worklist, "ArrowDown", "Enter")
    worklist.wait_for_url("**/open/F26-00811")
    worklist.go_back()
    worklist.wait_for_selector("tr.is-cur")
    assert cursor(worklist) == "F26-00811"


def test_an_action_needs_every_selected_row_and_says_why_not(worklist: Page) -> None:
    hold = worklist.locator("[data-action=hold]")
    press(worklist, "Space")
    assert hold.is_enabled()
    press(worklist, *["ArrowDown"] * 5, "Space")
    assert hold.is_disabled()
    assert hold.get_attribute("title") == "Kan niet voor 1 van de geselecteerde rijen"


def test_a_letter_submits_the_selection_with_its_action(site, worklist: Page) -> None:
    site.add("/bulk", b"<title>done</title>")
    press(worklist, "Space", "ArrowDown", "Space")
    with worklist.expect_navigation():
        press(worklist, "c")
    sent = parse_qs(site.posted[-1].body.decode())
    assert sent == {"id": ["2026-0418", "F26-00811"], "do": ["check"], "_csrf_token": ["token"]}


def test_letters_do_nothing_while_a_field_has_the_focus(site, worklist: Page) -> None:
    press(worklist, "Space", "/")
    assert worklist.evaluate("document.activeElement.dataset.action") == "search"
    worklist.keyboard.type("c h /")
    assert worklist.locator("[data-action=search]").input_value() == "c h /"
    assert not site.posted


def test_letters_can_be_switched_off(site, worklist: Page) -> None:
    press(worklist, "?")
    worklist.get_by_label("Losse letters").uncheck()
    press(worklist, "Escape", "Space", "c")
    assert not site.posted


def test_the_shortcut_panel_lists_the_keys_of_this_screen(worklist: Page) -> None:
    press(worklist, "?")
    panel = worklist.locator("#shortcuts")
    assert panel.locator("dd", has_text="nagekeken").count() >= 1
    assert panel.locator("dd", has_text="goedkeuren").count() == 0


def test_control_k_goes_to_the_dossier_field(worklist: Page) -> None:
    press(worklist, "Control+k")
    assert worklist.evaluate("document.activeElement.name") == "q"
