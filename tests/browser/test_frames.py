"""The frames and building blocks on every size: nothing overflows, nothing axe finds, and pictures for a person to look at."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from screen_samples import DESK, OFFICE, PHONE, PORTAL, PROPOSALS, reading

from web import badges, browser_files
from web.pages import Frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = os.environ.get("DAYBOOK_PICTURES")
"""A folder for pictures of the screens, when somebody wants to look."""
SEEN = SimpleNamespace(**dict.fromkeys(("issuer", "number", "date", "total"), reading(0.97)), due=reading(0.71))
BARE = Frame(office_name="Lindeman Accountants", csrf="token")
ALL_BADGES = [badge for badge in vars(badges).values() if isinstance(badge, badges.Badge)]
SCREENS = {
    "sign_in.html": {
        "frame": BARE,
        "email": "anna@bakkerijclaes.be",
        "refusal": "E-mailadres of wachtwoord klopt niet.",
        "action": "/sign-in",
    },
    "error.html": {"frame": BARE, "status": 409, "sentence": "Sofie Lemmens was je voor.", "code": "", "back": "/"},
    "worklist.html": {"frame": OFFICE, "rows": PROPOSALS},
    "mailbox.html": {"frame": PORTAL, "rows": PROPOSALS, "badges": badges},
    "states.html": {"frame": PORTAL, "all_badges": ALL_BADGES},
    "annotation.html": {"frame": OFFICE, "url": "/none", "kind": "image", "words": "", "seen": SEEN, "badges": badges},
}
OFFICE_ONLY = {"worklist.html", "annotation.html"}
"""Screens of the office, whose working minimum is 1366 × 768."""


@pytest.fixture
def screen(site, page: Page) -> Callable[[str, dict[str, int]], Page]:
    def shown(template: str, size: dict[str, int]) -> Page:
        page.set_viewport_size(size)
        page.goto(site.show(template, **SCREENS[template]))
        page.evaluate("document.fonts.ready")
        if PICTURES:
            Path(PICTURES).mkdir(exist_ok=True)
            page.screenshot(path=Path(PICTURES) / f"{template.removesuffix('.html')}-{size['width']}.png")
        return page

    return shown


@pytest.mark.parametrize("template", SCREENS)
def test_a_screen_fits_and_axe_finds_nothing(screen, template: str) -> None:
    for size in [DESK] if template in OFFICE_ONLY else [DESK, PHONE]:
        page = screen(template, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


def test_the_phone_has_the_menu_within_the_thumb_and_no_office_bar(screen) -> None:
    page = screen("mailbox.html", PHONE)
    assert page.locator(".ph-nav").is_visible()
    assert page.locator(".db-top").is_hidden()
    assert page.locator("td.ph-a").first.is_visible()


def test_what_a_finger_touches_on_the_phone_is_44_pixels_high(screen) -> None:
    page = screen("mailbox.html", PHONE)
    heights = page.eval_on_selector_all(
        ".ph-nav a, .ph-top .ib, .tile, tr", "all => all.filter(e => e.checkVisibility()).map(e => e.offsetHeight)"
    )
    assert min(height for height in heights if height) >= 44


def test_the_menu_of_the_user_opens_beside_its_button(screen) -> None:
    page = screen("worklist.html", DESK)
    page.get_by_role("button", name="Bart Peeters").click()
    menu = page.locator("#who").bounding_box()
    assert menu["y"] < 60
    assert menu["x"] + menu["width"] <= DESK["width"]


def test_a_password_can_be_looked_at(screen) -> None:
    page = screen("sign_in.html", DESK)
    page.get_by_role("button", name="Wachtwoord tonen").click()
    assert page.locator("#password").get_attribute("type") == "text"


def test_the_first_thing_to_do_has_the_focus_at_sign_in(screen) -> None:
    assert screen("sign_in.html", DESK).evaluate("document.activeElement.id") == "password"


def test_text_from_outside_stays_text(site, page: Page) -> None:
    frame = Frame(office_name="<b id=intruder>Kantoor</b>", csrf="token")
    page.goto(site.show("error.html", frame=frame, status=404, sentence="<i id=intruder>x</i>", code="", back="/"))
    assert page.locator("#intruder").count() == 0
