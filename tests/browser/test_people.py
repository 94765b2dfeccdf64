"""The administrator of the office lets people in and gives them another profile, with the keyboard and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from served import served

from web import browser_files
from world import PASSWORD, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def people(world, page: Page) -> Iterator[Page]:
    with served(world) as at:
        world._runner.start()
        page.goto(f"{at}/sign-in")
        page.locator("[name=email]").fill(address("dora"))
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/office/clients")
        page.goto(f"{at}/office/people")
        yield page
        page.goto("about:blank")


def test_another_profile_is_given_by_choosing_it(world, people: Page) -> None:
    people.get_by_label("Profiel van Bart Peeters").select_option("support")
    expect(people.locator("#toasts [data-toast-text]")).to_have_text("Het profiel is gewijzigd.")
    expect(people.get_by_label("Profiel van Bart Peeters")).to_have_value("support")
    assert world.bench.authority.user(world.user("bart")).profile == "support"


def test_somebody_new_gets_a_link_that_is_shown_once(people: Page) -> None:
    people.get_by_role("button", name="Medewerker toevoegen").first.press("Enter")
    people.get_by_label("Voornaam").fill("Nele")
    people.locator("[name=last_name]").fill("Jacobs")
    people.get_by_label("E-mailadres").fill("nele@voorbeeld.be")
    people.keyboard.press("Enter")
    expect(people.get_by_text("Geef deze link door aan Nele Jacobs")).to_be_visible()
    assert "/welcome/" in people.get_by_label("Welkomstlink").input_value()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_list_is_accessible_and_fits(people: Page, size: dict[str, int]) -> None:
    people.set_viewport_size(size)
    assert people.evaluate("document.documentElement.scrollWidth <= innerWidth")
    people.evaluate(AXE.read_text())
    found = people.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(r => r.violations.map(v => v.id))")
    assert found == []
