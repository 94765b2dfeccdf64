"""Bart asks Anna about an invoice of hers; she answers where she sees it, and strangers learn nothing."""

import pytest

from application import asking, erasure
from application.event_log import NotFoundError
from application.history import history_of
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, ProposalCorrected, Stage, proposal_of
from domain.client_question import questions_of
from domain.kernel import ERASED, Refused
from projections.worklist import Tab
from world import ubl

TEXT = "Was dit privé of voor de zaak?"


@pytest.fixture
def invoice(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.submit(document)
    world.settle()
    return document


def ask(world, document, who="bart", text=TEXT):
    asking.ask_client(world.bench, world.actor(who), document, text)
    world.settle()


def answer(world, document, who="anna", number=1, text="Voor de zaak"):
    asking.answer_question(world.bench, world.actor(who), document, number, text)
    world.settle()


def told(world, document):
    """What both lists say: the office's row, the client's row, and the two filters of the worklist."""
    counts = world.models.worklist.filter_counts(world.bakery, Tab.PURCHASE)
    rows = world.models.worklist.find(proposal_of(document)), world.models.mailbox.find(document)
    return *(row.question for row in rows), counts.asked, counts.answered, len(world.models.mailbox.asked(world.bakery))


def test_both_lists_follow_question_answer_and_closing(world, invoice):
    ask(world, invoice)
    assert told(world, invoice) == ("asked", "asked", 1, 0, 1)
    answer(world, invoice)
    assert told(world, invoice) == ("answered", "answered", 0, 1, 0)
    asking.close_questions(world.bench, world.actor("bart"), invoice)
    world.settle()
    assert told(world, invoice) == ("", "", 0, 0, 0)


def test_with_two_questions_one_answer_is_not_enough(world, invoice):
    ask(world, invoice)
    ask(world, invoice, text="En wie is de leverancier?")
    answer(world, invoice, number=2)
    assert told(world, invoice)[0] == "asked"
    answer(world, invoice, number=1)
    assert told(world, invoice)[0] == "answered"


def test_a_question_holds_nothing_back_unless_that_is_wanted(world, invoice):
    proposal, actor = proposal_of(invoice), world.actor("bart")

    def state():
        return world.bench.log.load(BookingProposal, proposal).state

    asking.correct_and_ask_client(world.bench, actor, proposal, ProposalCorrected(invoice_number="7"), TEXT)
    assert (state().stage, state().invoice_number) == (Stage.OPEN, "7")
    asking.correct_and_ask_client(world.bench, actor, proposal, ProposalCorrected(), TEXT, hold=True)
    assert state().stage == Stage.HELD


def test_an_empty_question_saves_nothing_either(world, invoice):
    proposal = proposal_of(invoice)
    with pytest.raises(Refused, match="wat je de klant wilt vragen"):
        asking.correct_and_ask_client(world.bench, world.actor("bart"), proposal, ProposalCorrected(invoice_number="7"), "", hold=True)
    assert world.bench.log.load(BookingProposal, proposal).state.invoice_number != "7"


@pytest.mark.parametrize(("who", "error"), [("anna", Forbidden), ("chris", NotFoundError), ("ed", Forbidden)])
def test_only_the_office_asks_and_closes(world, invoice, who, error):
    ask(world, invoice)
    for act in (
        lambda actor: asking.ask_client(world.bench, actor, invoice, TEXT),
        lambda actor: asking.close_questions(world.bench, actor, invoice),
    ):
        with pytest.raises(error):
            act(world.actor(who))


@pytest.mark.parametrize(("who", "error"), [("chris", NotFoundError), ("ed", Forbidden)])
def test_who_does_not_process_documents_does_not_answer(world, invoice, who, error):
    ask(world, invoice)
    with pytest.raises(error):
        answer(world, invoice, who)
    with pytest.raises(NotFoundError):
        asking.questions_about(world.bench, world.actor(who), invoice)


def test_nothing_was_asked_that_could_be_answered(world, invoice):
    with pytest.raises(NotFoundError):
        answer(world, invoice)


def test_what_the_client_still_holds_is_nothing_to_ask_about(world):
    document = world.deliver(ubl(), name="factuur.xml")
    with pytest.raises(NotFoundError):
        ask(world, document)


def test_the_history_tells_question_and_answer_to_both(world, invoice):
    ask(world, invoice)
    answer(world, invoice)
    for for_client in (False, True):
        names = [entry.name for entry in history_of(world.bench.log, invoice, for_client=for_client)]
        assert names[-2:] == ["question.asked", "question.answered"]


def test_an_erased_document_takes_its_questions_along(world, invoice):
    ask(world, invoice)
    answer(world, invoice)
    erasure.erase(world.bench, world.actor("dora"), invoice, erasure.Ground.REQUEST)
    world.settle()
    question, reply = (moment.event for moment in world.bench.log.stream(questions_of(invoice)))
    assert (question.question, reply.answer) == (ERASED, ERASED)
    assert world.models.mailbox.asked(world.bakery) == []
