"""Taking a booking out of the books again."""

from test_booking_proposal import CHECKED, SENDING, proposal

from domain.booking_proposal import (
    BookingAccepted,
    BookingConfirmed,
    BookingNotFound,
    BookingProposal,
    HandedOver,
    OutcomeLost,
    ProposalCorrected,
    Stage,
)
from domain.booking_removal import BookingRemoved, RemovalRefused, RemovalRequested

BOOKED = (*SENDING, BookingConfirmed(package_id="17"))
ASKED = RemovalRequested(reason="dubbel geboekt")


def test_removal_is_asked_once_for_what_the_package_booked():
    for booked in (BookingConfirmed(package_id="17"), BookingAccepted(package_id="17")):
        proposal(*SENDING, booked).when(BookingProposal.request_removal, " dubbel geboekt ").then(ASKED)
    proposal(*BOOKED, ASKED).when(BookingProposal.request_removal, "nog eens").then_nothing()


def test_it_is_refused_while_nobody_knows_whether_it_is_booked():
    for before in ((), (CHECKED,), SENDING, (*SENDING, HandedOver()), (*SENDING, OutcomeLost())):
        proposal(*before).when(BookingProposal.request_removal, "").then_refused("geantwoord")


def test_what_the_package_does_not_hold_can_come_back_to_the_worklist():
    proposal(*SENDING, OutcomeLost(), BookingNotFound()).when(BookingProposal.request_removal, "").then(RemovalRequested())


def test_meanwhile_it_cannot_be_changed():
    proposal(*BOOKED, ASKED).when(BookingProposal.correct, ProposalCorrected(invoice_number="9")).then_refused("al verzonden")


def test_once_out_of_the_books_it_stands_in_the_worklist_with_its_number():
    removed = proposal(*BOOKED, ASKED).when(BookingProposal.finish_removal).then(BookingRemoved()).after.state
    assert (removed.stage, removed.number, removed.package_id) == (Stage.OPEN, "26000251", None)
    proposal(*BOOKED, ASKED, BookingRemoved()).when(BookingProposal.finish_removal).then_nothing()


def test_a_package_that_keeps_it_leaves_it_booked_and_says_why():
    kept = (
        proposal(*BOOKED, ASKED).when(BookingProposal.refuse_removal, "Aangegeven.").then(RemovalRefused(reason="Aangegeven.")).after.state
    )
    assert (kept.stage, kept.reason, kept.package_id) == (Stage.CONFIRMED, "Aangegeven.", "17")
