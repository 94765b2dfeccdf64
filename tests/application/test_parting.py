"""The PDF of an e-invoice is joined with it; an employee can take the two apart, and have them compared again."""

import pytest

from application import worklist
from application.event_log import NotFoundError
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, proposal_of
from domain.kernel import Refused
from domain.validation import validate
from projections.worklist_row import facts_of
from web.history import print_history
from web.office.worklist_rows import Names, around
from world import pdf, ubl


@pytest.fixture
def joined(world):
    """The e-invoice and its page, both submitted."""
    documents = [world.deliver(ubl(), name="factuur.xml"), world.deliver(pdf(), name="factuur.pdf")]
    world.submit(*documents)
    world.settle()
    return [proposal_of(one) for one in documents]


def states(world, proposals):
    world.settle()
    rows = [world.models.worklist.find(one) for one in proposals]
    names = Names.of(world.cell, world.bakery, rows)
    return [validate(around(facts_of(row), row, names)).state for row in rows]


def test_the_page_of_an_e_invoice_is_not_booked_again(world, joined):
    assert states(world, joined)[1] == "e_invoice_double"


def test_taken_apart_each_is_an_invoice_of_its_own(world, joined):
    worklist.part(world.bench, world.actor("bart"), joined[1])
    assert states(world, joined)[1] != "e_invoice_double"
    assert [world.models.worklist.find(one).double_of for one in joined] == [None, None]
    assert world.models.worklist.filter_counts(world.bakery, "purchase").double == 0


def test_they_can_be_joined_again(world, joined):
    before = states(world, joined)
    worklist.part(world.bench, world.actor("bart"), joined[1])
    states(world, joined)
    worklist.join(world.bench, world.actor("bart"), joined[1])
    assert states(world, joined) == before


def test_what_a_person_corrects_meanwhile_does_not_join_them(world, joined):
    worklist.part(world.bench, world.actor("bart"), joined[1])
    worklist.correct(world.bench, world.actor("bart"), joined[1], worklist.ProposalCorrected(payment_reference="x"))
    assert states(world, joined)[1] != "e_invoice_double"


@pytest.mark.parametrize(("who", "error"), [("chris", NotFoundError), ("anna", Forbidden), ("ed", Forbidden)])
def test_only_who_books_takes_them_apart(world, joined, who, error):
    for act in (worklist.part, worklist.join):
        with pytest.raises(error):
            act(world.bench, world.actor(who), joined[1])


@pytest.mark.parametrize("who", ["bart", "dora", "staf"])
def test_everybody_who_books_may(world, joined, who):
    assert worklist.part(world.bench, world.actor(who), joined[1])


def test_what_was_sent_stays_as_it_is(world, joined):
    worklist.delete(world.bench, world.actor("bart"), joined[1], "dubbel")
    with pytest.raises(Refused, match="verwijderd"):
        worklist.part(world.bench, world.actor("bart"), joined[1])


def test_both_screens_offer_it_and_the_history_tells_it(world, joined):
    bart = world.browser("bart")
    address = f"/office/proposals/{joined[1]}/part"
    assert all(address in bart.get(f"/office/proposals/{one}").text for one in joined)
    assert bart.post(address, follow_redirects=False).status_code == 303
    world.settle()
    page = bart.get(f"/office/proposals/{joined[1]}").text
    assert f"/office/proposals/{joined[1]}/join" in page
    assert "Hoort niet bij elkaar" not in page
    document = world.bench.log.load(BookingProposal, joined[1]).state.document
    assert any("maakte het voorstel los" in line for line in print_history(world.cell, document))
