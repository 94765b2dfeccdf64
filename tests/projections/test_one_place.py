"""Where a client finds what he sent: being processed or in the archive, whatever happens to its proposal."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper import BAKERY, fill, submitted

from adapters.postgres.ledger_mirror import MIGRATIONS
from adapters.postgres.migrations import migrate
from domain.booking_proposal import BOOKED, BookingProposal, ProposalCorrected, Stage, proposal_of
from domain.kernel import Refused
from projections.archive import Archive
from projections.mailbox import Box, Mailbox
from projections.worklist import Worklist
from read_models import moments

DECISIONS = {
    "correct": lambda one: one.correct(ProposalCorrected(invoice_number=uuid4().hex)),
    "check": lambda one: one.check("499000"),
    "uncheck": BookingProposal.uncheck,
    "hold": BookingProposal.hold,
    "release": BookingProposal.release,
    "number": lambda one: one.assign_number("26000001", 2026),
    "start": BookingProposal.start_sending,
    "abandon": BookingProposal.abandon_sending,
    "hand over": BookingProposal.hand_over,
    "accept": lambda one: one.accept("4711"),
    "refuse": lambda one: one.refuse("Periode gesloten."),
    "lose": lambda one: one.lose_outcome("Geen antwoord."),
    "miss": BookingProposal.miss,
    "resend": BookingProposal.decide_resend,
    "confirm": lambda one: one.confirm("4711"),
    "delete": lambda one: one.delete("Dubbel."),
}
TO_THE_PACKAGE = ("check", "number", "start")
LIVES = st.lists(st.one_of(st.sampled_from([(name,) for name in DECISIONS]), st.just(TO_THE_PACKAGE)), max_size=15)


@pytest.fixture
def lists(pool):
    migrate(pool.dsn, pool.schema, {"ledger_mirror": MIGRATIONS})
    return Mailbox(pool), Worklist(pool), Archive(pool, lambda _: None)


def live(decisions):
    """A submitted document of which all this is decided, as far as it is allowed: its id, its events and its proposal in the end."""
    proposal, story = submitted()
    state = BookingProposal.evolve(None, story[-1][1])
    for name in decisions:
        with suppress(Refused):
            for event in DECISIONS[name](state):
                story.append((proposal, event))
                state = BookingProposal.evolve(state, event)
    return story[0][0], story, state


@settings(max_examples=40, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
def test_a_submitted_document_is_being_processed_or_in_the_archive_unless_its_proposal_was_deleted(lists, life):
    document, story, state = live(name for names in life for name in names)
    for model in lists:
        fill(model, moments(*story))
    mailbox, worklist, archive = lists
    processing = mailbox.counts(BAKERY)[Box.PROCESSING] == 1
    archived = archive.find(document).booked_at is not None
    assert (processing, archived) == (state.stage not in BOOKED | {Stage.DELETED}, state.stage in BOOKED)
    assert mailbox.find(document).stage == state.stage
    assert worklist.find(proposal_of(document)).stage == state.stage


@pytest.mark.parametrize(
    ("decided", "stage", "processing"),
    [
        (["check", "uncheck"], Stage.OPEN, 1),
        (["check", "correct"], Stage.OPEN, 1),
        ([*TO_THE_PACKAGE, "hand over"], Stage.HANDED_OVER, 1),
        ([*TO_THE_PACKAGE, "lose"], Stage.UNKNOWN, 1),
        (["delete"], Stage.DELETED, 0),
    ],
)
def test_the_client_sees_what_became_of_what_he_sent(lists, decided, stage, processing):
    document, story, _ = live(decided)
    mailbox = lists[0]
    fill(mailbox, moments(*story))
    assert mailbox.find(document).stage == stage
    assert mailbox.counts(BAKERY)[Box.PROCESSING] == processing
