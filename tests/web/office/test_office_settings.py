"""What the office sets for all its dossiers: only its administrators do."""

from decimal import Decimal

import pytest

from application import offices
from application.event_log import NotFoundError
from application.offices import office_of
from application.permissions import Forbidden

ADDRESS = "/office/settings"


@pytest.fixture
def dora(world):
    return world.browser("dora")


def post(browser, what, **data):
    return browser.post(f"{ADDRESS}/{what}", data=data, follow_redirects=False)


def test_an_administrator_says_after_how_many_invoices_a_template_is_made(world, dora):
    assert 'value="3"' in dora.get(ADDRESS).text
    assert post(dora, "templates", from_count="5").status_code == 303
    assert office_of(world.bench).templates_from == 5
    assert 'value="5"' in dora.get(ADDRESS).text


@pytest.mark.parametrize("count", ["0", "21", "vijf", "", "9" * 30])
def test_a_count_nobody_can_mean_is_refused_with_the_bounds(world, dora, count):
    answer = post(dora, "templates", from_count=count)
    assert answer.status_code == 409
    assert "tussen 1 en 20" in answer.text
    assert office_of(world.bench).templates_from == 3


def test_the_deductible_part_is_set_changed_and_taken_away(world, dora):
    for percent, expected in (("50", Decimal(50)), ("35", Decimal(35)), ("", None)):
        assert post(dora, "deductible", account="6123", percent=percent).status_code == 303
        assert office_of(world.bench).deductible.get("6123") == expected


def test_what_is_no_account_or_percentage_is_refused_and_stays_as_typed(world, dora):
    for account, percent in (("612x", "50"), ("6123", "150")):
        answer = post(dora, "deductible", account=account, percent=percent)
        assert answer.status_code == 409
        assert f'value="{account}"' in answer.text
    assert "6123" not in office_of(world.bench).deductible


@pytest.mark.parametrize(("who", "error"), [("bart", Forbidden), ("staf", Forbidden), ("anna", NotFoundError), ("chris", NotFoundError)])
def test_nobody_else_changes_them(world, who, error):
    with pytest.raises((error, NotFoundError, Forbidden)):
        offices.set_templates(world.bench, world.actor(who), 4)
    with pytest.raises((error, NotFoundError, Forbidden)):
        offices.set_deductible(world.bench, world.actor(who), "6123", Decimal(50))
    assert world.browser(who).get(ADDRESS).status_code in (403, 404)
    assert office_of(world.bench).templates_from == 3
