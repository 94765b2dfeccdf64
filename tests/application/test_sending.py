from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.accounting.sandbox.faults import Call, Fault
from application import bookkeeping, dossiers, sending, worklist
from application.accounting_package import Reach
from application.event_log import Context, NotFoundError, Via
from application.permissions import Forbidden
from application.ports import OutcomeUnknown, PackageUnreachable
from domain.booking_proposal import BookingProposal, ProposalCorrected, Stage
from domain.document import Mailbox
from domain.journal_book import JournalBook, journal_book_of
from domain.kernel import Refused
from invoices import check, proposal, propose

CLAES = "claes"
JOB = Context(by=None, via=Via.JOB)


def test_a_selection_is_numbered_in_order_of_period_and_date_and_ends_in_the_books(world):
    chosen = check(world, 5)
    sending.send(world.bench, world.actor("bart"), list(reversed(chosen)))
    world.settle()
    states = sorted((proposal(world, one) for one in chosen), key=lambda one: (one.period, one.invoice_date))
    assert [one.stage for one in states] == [Stage.CONFIRMED] * 5
    assert [one.number[-3:] for one in states] == ["001", "002", "003", "004", "005"]
    booked = world.bench.mirror.booking(world.bakery, chosen[0])
    assert booked is not None
    assert booked.total == proposal(world, chosen[0]).total


def test_what_is_not_ready_does_not_hold_the_others_up(world):
    ready, loose = check(world, 2)
    worklist.uncheck(world.bench, world.actor("bart"), [loose])
    outcome = sending.send(world.bench, world.actor("bart"), [ready, loose])
    assert outcome.done == (ready,)
    assert "nagekeken" in str(outcome.refused[loose])


def test_a_closed_period_is_refused_before_a_number_is_given(world):
    (one,) = check(world, 1)
    dossiers.switch_period(world.bench, world.actor("bart"), world.bakery, proposal(world, one).period, is_open=False)
    outcome = sending.send(world.bench, world.actor("bart"), [one])
    assert "gesloten" in str(outcome.refused[one])
    assert proposal(world, one).number is None


def test_sending_twice_sends_once(world):
    (one,) = check(world, 1)
    sending.send(world.bench, world.actor("bart"), [one])
    again = sending.send(world.bench, world.actor("dora"), [one])
    assert again.done == ()


def test_employees_who_send_at_the_same_time_never_share_a_number(world):
    chosen = check(world, 12)
    shares = [chosen[place::4] for place in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda share: sending.send(world.bench, world.actor("bart"), share), shares))
    assert not any(one.refused for one in outcomes)
    numbers = sorted(proposal(world, one).number for one in chosen)
    assert [number[-3:] for number in numbers] == [f"{running:03d}" for running in range(1, 13)]


def test_sales_keep_their_own_number_and_a_number_used_twice_is_refused(world):
    first, second = propose(world, 2, mailbox=Mailbox.SALES)
    same = ProposalCorrected(invoice_number=proposal(world, first).invoice_number)
    for one in (first, second):
        worklist.check(world.bench, world.actor("bart"), one, same)
    outcome = sending.send(world.bench, world.actor("bart"), [first, second])
    assert len(outcome.done) == 1
    assert "al gebruikt" in str(next(iter(outcome.refused.values())))


def test_a_refused_booking_comes_back_with_its_reason_and_keeps_its_number(world):
    (one,) = check(world, 1)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.REFUSE, call=Call.PUSH, times=1, reason="Periode is afgesloten.")
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    refused = proposal(world, one)
    assert (refused.stage, refused.reason) == (Stage.REFUSED, "Periode is afgesloten.")
    worklist.check(world.bench, world.actor("bart"), one)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert (proposal(world, one).stage, proposal(world, one).number) == (Stage.CONFIRMED, refused.number)


def test_a_lost_answer_is_never_resent_but_read_back(world):
    (one,) = check(world, 1)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.LOSE_ANSWER, call=Call.PUSH, times=1)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    state = proposal(world, one)
    assert (state.stage, state.attempts) == (Stage.CONFIRMED, 1)


def test_a_worker_that_died_during_the_call_leaves_an_unknown_outcome_for_a_person_to_decide(world):
    (one,) = check(world, 1)
    sending.send(world.bench, world.actor("bart"), [one])
    world.bench.log.decide(BookingProposal, one, BookingProposal.start_sending, context=JOB)
    world.settle()
    lost = proposal(world, one)
    assert (lost.stage, lost.not_found) == (Stage.UNKNOWN, True)
    assert world.bench.packages["sandbox"].find(CLAES, str(one)) is None
    sending.resend(world.bench, world.actor("bart"), one)
    world.settle()
    assert proposal(world, one).stage == Stage.CONFIRMED
    assert bookkeeping.read_back(world.bench, one, JOB)


def test_a_package_that_cannot_be_reached_is_tried_again(world):
    (one,) = check(world, 1)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.UNREACHABLE, call=Call.PUSH, times=1)
    sending.send(world.bench, world.actor("bart"), [one])
    with pytest.raises(PackageUnreachable):
        world.settle()
    assert proposal(world, one).stage == Stage.NUMBERED


def test_a_booking_that_is_only_handed_over_is_confirmed_once_the_package_books_it(world):
    (one,) = check(world, 1)
    package = world.bench.packages["sandbox"]
    package.set_fault(CLAES, Fault.LEAVE_UNCONFIRMED, call=Call.PUSH, times=1)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert proposal(world, one).stage == Stage.HANDED_OVER
    package.process_inbox(CLAES)
    world.settle()
    assert proposal(world, one).stage == Stage.CONFIRMED


def test_a_booking_the_package_refuses_after_it_was_handed_over_comes_back(world):
    (one,) = check(world, 1)
    package = world.bench.packages["sandbox"]
    package.set_fault(CLAES, Fault.LEAVE_UNCONFIRMED, call=Call.PUSH, times=1)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    package.close_period(CLAES, proposal(world, one).period)
    package.process_inbox(CLAES)
    world.settle()
    refused = proposal(world, one)
    assert refused.stage == Stage.REFUSED
    assert "gesloten" in refused.reason or "afgesloten" in refused.reason
    package.open_period(CLAES, refused.period)
    worklist.check(world.bench, world.actor("bart"), one)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert proposal(world, one).stage == Stage.CONFIRMED


def test_the_slower_of_two_synchronisations_does_not_undo_the_faster(world):
    package = world.bench.packages["sandbox"]
    before, upto = package.synchronise(CLAES), world.bench.log.recorder.safe_head()
    (one,) = check(world, 1)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert world.bench.mirror.replace(world.bakery, before, upto) is None
    assert world.bench.mirror.booking(world.bakery, one) is not None


def test_a_late_answer_is_an_answer(world):
    (one,) = check(world, 1)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.ANSWER_LATE, call=Call.PUSH, times=1, seconds=0.2)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert proposal(world, one).stage == Stage.CONFIRMED


def test_the_sandbox_reaches_every_state(world):
    assert world.bench.packages["sandbox"].reaches == frozenset(Reach)


def test_a_deleted_proposal_frees_the_last_number_and_voids_an_earlier_one(world):
    first, second = check(world, 2)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.REFUSE, call=Call.PUSH, times=2, reason="nee")
    sending.send(world.bench, world.actor("bart"), [first, second])
    world.settle()
    by_number = sorted((first, second), key=lambda one: proposal(world, one).number)
    for one in by_number:
        worklist.delete(world.bench, world.actor("bart"), one, "dubbel")
    state = proposal(world, first)
    book = world.bench.log.load(JournalBook, journal_book_of(world.bakery, state.journal, state.book_year)).state
    assert book.voided == frozenset({by_number[0]})
    assert by_number[1] not in book.numbers


def booked(world, count=1):
    chosen = check(world, count)
    sending.send(world.bench, world.actor("bart"), chosen)
    world.settle()
    return chosen


def test_a_booking_that_is_deleted_leaves_the_books_and_comes_back_with_its_number(world):
    (one,) = booked(world)
    number = proposal(world, one).number
    sending.remove(world.bench, world.actor("bart"), [one], "dubbel")
    world.settle()
    assert (proposal(world, one).stage, proposal(world, one).number) == (Stage.OPEN, number)
    assert world.bench.packages["sandbox"].find(CLAES, str(one)) is None
    assert world.bench.mirror.booking(world.bakery, one) is None
    worklist.check(world.bench, world.actor("bart"), one)
    sending.send(world.bench, world.actor("bart"), [one])
    world.settle()
    assert (proposal(world, one).stage, proposal(world, one).number) == (Stage.CONFIRMED, number)
    assert world.bench.mirror.booking(world.bakery, one) is not None


def test_a_booking_the_package_keeps_stays_booked_with_its_reason(world):
    (one,) = booked(world)
    package = world.bench.packages["sandbox"]
    package.close_period(CLAES, proposal(world, one).period)
    sending.remove(world.bench, world.actor("bart"), [one])
    world.settle()
    kept = proposal(world, one)
    assert kept.stage == Stage.CONFIRMED
    assert "afgesloten" in kept.reason or "gesloten" in kept.reason
    assert package.find(CLAES, str(one)) is not None


def test_an_answer_that_was_lost_is_asked_again_and_removes_once(world):
    (one,) = booked(world)
    world.bench.packages["sandbox"].set_fault(CLAES, Fault.LOSE_ANSWER, call=Call.DELETE, times=1)
    sending.remove(world.bench, world.actor("bart"), [one])
    with pytest.raises(OutcomeUnknown):
        world.settle()
    assert proposal(world, one).stage == Stage.REMOVING
    bookkeeping.remove_booking(world.bench, one, JOB)
    bookkeeping.remove_booking(world.bench, one, JOB)
    assert proposal(world, one).stage == Stage.OPEN


def test_what_is_not_booked_does_not_hold_up_the_removal_of_others(world):
    (one,) = booked(world)
    (loose,) = check(world, 1)
    outcome = sending.remove(world.bench, world.actor("bart"), [loose, one])
    assert (outcome.done, list(outcome.refused)) == ((one,), [loose])


@pytest.mark.parametrize(("key", "told"), [("anna", Forbidden), ("ed", Forbidden), ("chris", NotFoundError)])
def test_only_the_office_has_a_booking_removed(world, key, told):
    (one,) = booked(world)
    with pytest.raises(told):
        sending.remove(world.bench, world.actor(key), [one])


@pytest.mark.parametrize("key", ["anna", "ed", "ivo"])
def test_a_client_cannot_send(world, key):
    (one,) = check(world, 1)
    with pytest.raises(Forbidden):
        sending.send(world.bench, world.actor(key), [one])


def test_a_stranger_is_told_there_is_nothing_to_send(world):
    (one,) = check(world, 1)
    with pytest.raises(NotFoundError):
        sending.send(world.bench, world.actor("chris"), [one])


def test_resending_what_was_not_lost_is_refused(world):
    (one,) = check(world, 1)
    with pytest.raises(Refused, match="nagekeken"):
        sending.resend(world.bench, world.actor("bart"), one)
