"""The office changes a document's type or moves it to another dossier from where it is booked, and takes that back."""

import pytest

from domain.booking_proposal import proposal_of
from world import pdf


@pytest.fixture
def submitted(world):
    document = world.deliver(pdf(), name="factuur.pdf")
    world.submit(document)
    world.settle()
    return document


def listed(world, dossier, tab="purchase"):
    world.settle()
    return [row.document for row in world.models.worklist.page(dossier, tab)[0]]


def test_a_purchase_becomes_a_sale_and_back(world, submitted):
    browser = world.browser("bart")
    answer = browser.post(f"/office/documents/{submitted}/elsewhere", data={"type": "sales"}, follow_redirects=False)
    assert answer.headers["location"].endswith("worklist?tab=purchase")
    assert (listed(world, world.bakery), len(listed(world, world.bakery, "sales"))) == ([], 1)
    browser.post(f"/office/dossiers/{world.bakery}/cut/undo?document={submitted}")
    assert (listed(world, world.bakery), listed(world, world.bakery, "sales")) == ([submitted], [])


def test_it_moves_to_a_dossier_that_is_offered(world, submitted):
    browser = world.browser("dora")
    assert "Garage Maes BV" in browser.get(f"/office/documents/{submitted}/elsewhere?q=garage").text
    browser.post(f"/office/documents/{submitted}/elsewhere", data={"dossier": str(world.garage)})
    assert (listed(world, world.bakery), len(listed(world, world.garage))) == ([], 1)


def test_who_may_not_move_documents_is_not_offered_it_and_is_refused(world, submitted):
    browser = world.browser("staf")
    assert "Ander dossier" not in browser.get(f"/office/documents/{submitted}/elsewhere").text
    assert browser.post(f"/office/documents/{submitted}/elsewhere", data={"dossier": str(world.garage)}).status_code == 403


def test_the_history_leads_to_the_new_document(world, submitted):
    world.browser("bart").post(f"/office/documents/{submitted}/elsewhere", data={"type": "sales"})
    [sale] = listed(world, world.bakery, "sales")
    assert f"/office/documents/{sale}/history" in world.browser("bart").get(f"/office/documents/{submitted}/history").text


def test_the_client_is_not_told_to_which_dossier_it_went(world, submitted):
    world.browser("dora").post(f"/office/documents/{submitted}/elsewhere", data={"dossier": str(world.garage)})
    [moved] = listed(world, world.garage)
    assert str(moved) not in world.browser("anna").get(f"/portal/{world.bakery}/documents/{submitted}/history").text


def selected(world, who, *documents, **fields):
    ids = [str(proposal_of(one)) for one in documents]
    data = {"do": "edit", "id": ids, "period": "", "journal": "", **fields}
    return world.browser(who).post(f"/office/dossiers/{world.bakery}/worklist/selection", data=data, follow_redirects=False)


def test_a_selection_becomes_another_type_and_is_put_back(world, submitted):
    selected(world, "bart", submitted, to_type="sales")
    assert (listed(world, world.bakery), len(listed(world, world.bakery, "sales"))) == ([], 1)
    world.browser("bart").post(f"/office/dossiers/{world.bakery}/worklist/undo?do=put_back&id={proposal_of(submitted)}")
    assert (listed(world, world.bakery), listed(world, world.bakery, "sales")) == ([submitted], [])


def test_a_selection_moves_to_the_dossier_of_that_name_or_number(world, submitted):
    selected(world, "dora", submitted, to_dossier="Garage Maes BV · 0999052389")
    assert (listed(world, world.bakery), len(listed(world, world.garage))) == ([], 1)


def test_a_dossier_that_is_not_one_is_told(world, submitted):
    assert "Er is niet één dossier" in selected(world, "dora", submitted, to_dossier="zzz").text
    assert listed(world, world.bakery) == [submitted]
