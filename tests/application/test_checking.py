from uuid import uuid4

import pytest

from application import worklist
from application.event_log import Change, Context, Via
from domain.booking_proposal import ProposalCorrected, Stage
from domain.counterparty import Counterparty, CounterpartyCreated
from domain.dossier import Kind
from domain.kernel import Refused
from invoices import proposal, propose


def counterparty(world, dossier, kind=Kind.PURCHASE):
    made = uuid4()
    created = CounterpartyCreated(dossier=dossier, kind=kind, party_name="Iemand BV")
    world.bench.log.append(Change(stream=made, version=0, events=[created]), context=Context(by=None, via=Via.CLI))
    return made


def test_checking_a_new_party_makes_it_a_counterparty_and_the_next_invoice_knows_it(world):
    first = next(one for one in propose(world, 5) if proposal(world, one).lines[0].account != "499000")
    worklist.check(world.bench, world.actor("bart"), first)
    world.settle()
    state = proposal(world, first)
    party = world.bench.log.load(Counterparty, state.counterparty).state
    assert (party.party_name, party.account) == (state.party_name, state.lines[0].account)


def test_two_proposals_of_the_same_new_party_share_one_counterparty(world):
    proposals = propose(world, 30)
    worklist.check_all(world.bench, world.actor("bart"), proposals)
    states = [proposal(world, one) for one in proposals]
    by_vat = {(state.party_vat, state.counterparty) for state in states if state.stage == Stage.CHECKED}
    assert len(by_vat) == len({vat for vat, _ in by_vat})
    assert len(by_vat) < len(states)


@pytest.mark.parametrize("where", ["garage", "sales"])
def test_a_counterparty_of_another_dossier_or_side_is_refused(world, where):
    (one,) = propose(world, 1)
    foreign = counterparty(world, world.garage) if where == "garage" else counterparty(world, world.bakery, Kind.SALES)
    for act in (worklist.correct, worklist.check):
        with pytest.raises(Refused, match="hoort niet bij dit dossier"):
            act(world.bench, world.actor("bart"), one, ProposalCorrected(counterparty=foreign))


def test_a_counterparty_that_does_not_exist_is_refused(world):
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="hoort niet bij dit dossier"):
        worklist.check(world.bench, world.actor("bart"), one, ProposalCorrected(counterparty=uuid4()))


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        (ProposalCorrected(journal="CFVER"), "CFVER"),
        (ProposalCorrected(journal="CFCNAK"), "CFCNAK"),
        (ProposalCorrected(period="weet ik niet"), "weet ik niet"),
        (ProposalCorrected(period="1999-01"), "1999-01"),
    ],
)
def test_a_journal_or_period_that_is_not_the_dossiers_for_this_kind_is_refused(world, wanted, part):
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match=part):
        worklist.correct(world.bench, world.actor("bart"), one, wanted)


def test_a_party_with_a_wrong_vat_number_cannot_become_a_counterparty(world):
    (one,) = propose(world, 1)
    with pytest.raises(Refused, match="btw-nummer"):
        worklist.check(world.bench, world.actor("bart"), one, ProposalCorrected(party_vat="BE0999041207"))
