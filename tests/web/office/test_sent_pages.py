"""What was sent: the list, deleting a booking, and the document numbers."""

import pytest

from adapters.accounting.sandbox.faults import Call, Fault
from application import sending, worklist
from domain.booking_proposal import Stage
from invoices import check, proposal


@pytest.fixture
def booked(world):
    chosen = check(world, 2)
    sending.send(world.bench, world.actor("bart"), chosen)
    world.settle()
    return chosen


def page(world, path, who="bart"):
    return world.browser(who).get(f"/office/dossiers/{world.bakery}/{path}")


def remove(world, *ids, who="bart", reason="dubbel"):
    sent = {"id": [str(one) for one in ids], "reason": reason}
    answer = world.browser(who).post(f"/office/dossiers/{world.bakery}/proposals/removal", data=sent, follow_redirects=False)
    world.settle()
    return answer


def test_a_booking_is_deleted_from_the_list_and_stands_in_the_worklist_again(world, booked):
    assert remove(world, booked[0]).status_code == 303
    assert proposal(world, booked[0]).stage == Stage.OPEN
    assert str(booked[0]) not in page(world, "proposals").text
    assert str(booked[0]) in page(world, "worklist").text


def test_a_booking_the_package_keeps_says_why_in_the_list(world, booked):
    world.bench.packages["sandbox"].set_fault("claes", Fault.REFUSE, call=Call.DELETE, times=1, reason="De aangifte is gebeurd.")
    remove(world, booked[0])
    assert "Het pakket verwijdert de boeking niet: De aangifte is gebeurd." in page(world, "proposals").text


@pytest.mark.parametrize(("who", "status"), [("anna", 404), ("chris", 404)])
def test_for_a_client_the_list_does_not_exist(world, booked, who, status):
    assert remove(world, booked[0], who=who).status_code == status
    assert page(world, "numbers", who).status_code == status
    assert proposal(world, booked[0]).stage == Stage.CONFIRMED


def test_a_booking_of_another_dossier_does_not_exist_in_this_list(world, booked):
    dora = world.browser("dora")
    answer = dora.post(f"/office/dossiers/{world.garage}/proposals/removal", data={"id": str(booked[0])})
    assert answer.status_code == 404


def test_the_numbers_of_a_journal_are_shown_with_the_void_ones_and_as_a_file(world, booked):
    assert "Geen vervallen nummers" in page(world, "numbers").text
    first = min(booked, key=lambda one: proposal(world, one).number)
    remove(world, first)
    worklist.delete(world.bench, world.actor("bart"), first, "=dubbel")
    world.settle()
    number = proposal(world, first).number
    shown = page(world, "numbers").text
    assert f">{number}<" in shown
    assert "Geen gat" in shown
    file = page(world, "numbers/void.csv")
    assert f"{number};" in file.text
    assert file.text.rstrip().endswith("'=dubbel")


def test_a_dossier_without_numbers_says_so(world):
    assert "Nog geen nummers gegeven" in page(world, "numbers").text


def test_the_worklist_tells_how_far_a_sending_is(world):
    chosen = check(world, 2)
    sending.send(world.bench, world.actor("bart"), chosen[:1])
    world._runner.catch_up()
    assert "Verzenden: 0 van 1 in de boekhouding" in page(world, "worklist").text
    world.settle()
    assert "Verzenden:" not in page(world, "worklist").text
