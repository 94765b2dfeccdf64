"""Bart does not know how to book an invoice and asks Dora; the client never learns of it."""

import pytest

from application import erasure, helping, people
from application.event_log import NotFoundError
from application.history import history_of
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, ProposalCorrected, proposal_of
from domain.help import help_of
from domain.kernel import ERASED, Refused
from projections.worklist import Tab
from world import ubl


@pytest.fixture
def invoice(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.submit(document)
    world.settle()
    return document


def ask(world, document, colleague=None, who="bart", text="Welke rekening?"):
    position = helping.ask_help(world.bench, world.actor(who), document, text, world.user(colleague) if colleague else None)
    world.settle()
    return position


def waiting(world, who):
    user = world.user(who)
    reach = world.models.directory.office_reach(user, "admin" if who == "dora" else "employee")
    return world.models.worklist.help_counts(user, reach)


def test_the_colleague_who_is_asked_sees_the_question(world, invoice):
    ask(world, invoice, "dora")
    assert (waiting(world, "dora").asked, waiting(world, "staf").asked, waiting(world, "bart").asked) == (1, 0, 0)
    row = world.models.worklist.find(proposal_of(invoice))
    assert (row.help, row.help_by, row.help_from, row.help_question) == (
        "asked",
        world.user("bart"),
        world.user("dora"),
        "Welke rekening?",
    )
    assert world.models.worklist.filter_counts(world.bakery, Tab.PURCHASE).help == 1


def test_a_question_to_anyone_waits_for_everybody_but_the_asker(world, invoice):
    ask(world, invoice)
    assert (waiting(world, "dora").asked, waiting(world, "staf").asked, waiting(world, "bart").asked) == (1, 1, 0)


def test_the_asker_sees_the_answer_until_he_closes_it(world, invoice):
    ask(world, invoice, "dora")
    helping.answer_help(world.bench, world.actor("dora"), invoice, "613000")
    world.settle()
    assert (waiting(world, "dora"), waiting(world, "bart")) == ((0, 0), (0, 1))
    helping.close_help(world.bench, world.actor("bart"), invoice)
    world.settle()
    assert waiting(world, "bart") == (0, 0)
    assert world.models.worklist.find(proposal_of(invoice)).help == ""


def test_only_who_works_for_the_dossier_can_be_asked(world, invoice):
    for who in ("anna", "chris"):
        with pytest.raises(Refused, match="werkt niet aan dit dossier"):
            ask(world, invoice, who)


def test_a_colleague_who_left_cannot_be_asked(world, invoice):
    people.deactivate_employee(world.bench, world.actor("dora"), world.user("staf"))
    with pytest.raises(Refused, match="werkt niet aan dit dossier"):
        ask(world, invoice, "staf")


@pytest.mark.parametrize(("who", "error"), [("anna", Forbidden), ("chris", NotFoundError), ("ed", Forbidden)])
def test_no_client_asks_answers_or_closes(world, invoice, who, error):
    ask(world, invoice)
    acts = (
        lambda actor: helping.ask_help(world.bench, actor, invoice, "x"),
        lambda actor: helping.answer_help(world.bench, actor, invoice, "x"),
        lambda actor: helping.close_help(world.bench, actor, invoice),
    )
    for act in acts:
        with pytest.raises(error):
            act(world.actor(who))


def test_what_the_client_still_holds_is_nothing_to_ask_about(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.settle()
    with pytest.raises(NotFoundError):
        ask(world, document)


def test_the_history_tells_it_to_the_office_and_not_to_the_client(world, invoice):
    ask(world, invoice, "dora")
    helping.answer_help(world.bench, world.actor("dora"), invoice, "613000")
    office, client = (history_of(world.bench.log, invoice, for_client=one) for one in (False, True))
    assert [entry.name for entry in office if entry not in client] == ["help.asked", "help.answered"]
    page = world.browser("anna").get(f"/portal/{world.bakery}/documents/{invoice}/history").text
    assert "Factuur" in page
    assert "Welke rekening?" not in page
    assert "hulp" not in page.lower()
    assert "Welke rekening?" in world.browser("bart").get(f"/office/documents/{invoice}/history").text


def test_what_was_changed_is_saved_with_the_question_or_not_at_all(world, invoice):
    proposal, actor = proposal_of(invoice), world.actor("bart")
    with pytest.raises(Refused, match="waar je hulp bij nodig hebt"):
        helping.correct_and_ask_help(world.bench, actor, proposal, ProposalCorrected(invoice_number="7"), "")
    assert world.bench.log.load(BookingProposal, proposal).state.invoice_number != "7"
    helping.correct_and_ask_help(world.bench, actor, proposal, ProposalCorrected(invoice_number="7"), "Welke rekening?")
    assert world.bench.log.load(BookingProposal, proposal).state.invoice_number == "7"
    assert world.bench.log.stream(help_of(invoice))


def test_an_erased_document_takes_its_questions_along(world, invoice):
    ask(world, invoice, "dora")
    erasure.erase(world.bench, world.actor("dora"), invoice, erasure.Ground.REQUEST)
    world.settle()
    [kept] = world.bench.log.stream(help_of(invoice))
    assert kept.event.question == ERASED
    assert world.models.worklist.find(proposal_of(invoice)).help_question == ""
    assert waiting(world, "dora") == (0, 0)
