"""Amount fields: calculating, both decimal signs, the Belgian form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from screen_samples import OFFICE

from web import badges

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTHING_SEEN = SimpleNamespace(issuer=None, number=None, date=None, due=None, total=None)


@pytest.fixture
def fields(site, page: Page) -> Page:
    site.add("/picture", b"", "image/png")
    page.goto(site.show("annotation.html", frame=OFFICE, url="/picture", kind="image", words="", seen=NOTHING_SEEN, badges=badges))
    return page


TYPED = {
    "96,20+46": "142,20",
    "1234,5": "1.234,50",
    "1234.5": "1.234,50",
    "1.234": "1.234,00",
    "1.234,56": "1.234,56",
    "1.234.567,891": "1.234.567,89",
    "-54.20": "-54,20",
    "0,1+0,2": "0,30",
    "121/1,21": "100,00",
    "100:3": "33,33",
    "2x(10-2,5)": "15,00",
    "1,005*100": "100,50",
    "0,005": "0,01",
    "-0,005": "-0,01",
    "€ 12": "12,00",
    "100*21%": "21,00",
    "100+21%": "121,00",
    "200-10%": "180,00",
    "1/0": "1/0",
    "abc": "abc",
    "": "",
}


def test_an_amount_is_worked_out_on_leaving(fields: Page) -> None:
    shown = {}
    for typed in TYPED:
        fields.locator("#excl").fill(typed)
        fields.locator("#vat").focus()
        shown[typed] = fields.locator("#excl").input_value()
    assert shown == TYPED


def test_a_calculation_shows_its_result_and_enter_takes_it(site, fields: Page) -> None:
    fields.locator("#excl").fill("96,20+46")
    assert fields.locator(".calc").inner_text() == "= 142,20 Enter"
    fields.keyboard.press("Enter")
    assert fields.locator("#excl").input_value() == "142,20"
    assert fields.locator(".calc").count() == 0
    assert not site.posted


def test_a_plain_negative_amount_is_no_calculation(fields: Page) -> None:
    fields.locator("#excl").fill("-54,20")
    assert fields.locator(".calc").count() == 0


def test_a_read_only_sum_is_left_alone(fields: Page) -> None:
    fields.locator("#sum").focus()
    fields.locator("#vat").focus()
    assert fields.locator("#sum").input_value() == "1.383,00"
