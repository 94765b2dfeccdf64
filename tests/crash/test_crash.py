"""The whole system is killed at random moments while it takes in documents and sends bookings; nothing acknowledged may be lost or doubled.

`CRASH_SEED` repeats a run's moments (as far as a machine's timing repeats), `CRASH_KILLS` says how many.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from traffic import Traffic

from adapters.demo.peppol import render_ubl
from application import sending
from application.event_log import Via
from application.intake import document_of
from application.permissions import Actor
from domain.booking_proposal import BookingProposal, ProposalDrafted, Stage
from domain.document import Channel, DocumentReceived
from domain.journal_book import JournalBook, NumbersGiven
from installation import Installation, eventually, installation
from invoices import bought
from rebuilt import assert_rebuilds_alike
from web.wiring import Cell
from web.worker import followers

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = int(os.environ.get("CRASH_SEED", random.SystemRandom().randrange(1_000_000)))
KILLS = int(os.environ.get("CRASH_KILLS", "20"))
DURING_THE_START = 0.2
"""Share of the kills that come before the system answers."""


@pytest.fixture(scope="module")
def office() -> Iterator[Installation]:
    with installation() as made:
        yield made


@pytest.fixture(scope="module")
def survived(office: Installation) -> Iterator[tuple[Traffic, Cell]]:
    """What people were told while the system was killed again and again, and the system at rest afterwards."""
    print(f"CRASH_SEED={SEED}")  # noqa: T201 - to repeat a failure
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    office.start()
    traffic = Traffic(office, [render_ubl(one) for one in bought(230, seed=SEED)], random.Random(SEED))  # noqa: S311 - the same
    traffic.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 2.0))
        office.kill_everything()
        if chance.random() < DURING_THE_START:
            office.launch()
            time.sleep(chance.uniform(0.05, 1.5))
            office.kill_everything()
        office.start()
    time.sleep(1)
    traffic.stop()
    with office.cell() as cell:
        _come_to_rest(cell)
        _decide_on_the_unknown(cell, office)
        _come_to_rest(cell)
        yield traffic, cell


def test_every_acknowledged_document_is_there_with_its_bytes(survived):
    traffic, cell = survived
    print(f"{len(traffic.delivered)} delivered, {traffic.repeated} again, {len(traffic.sent)} seen on their way")  # noqa: T201 - how much it proves
    assert len(traffic.delivered) > KILLS
    for key, document in traffic.delivered.items():
        received = cell.bench.log.stream(document)[0].event
        assert isinstance(received, DocumentReceived)
        assert cell.bench.objects.get(received.sha256) == traffic.data[key]


def test_a_delivery_that_was_repeated_is_one_document(survived, office):
    traffic, cell = survived
    anna = office.people.users["anna"]
    assert traffic.delivered == {key: document_of(office.people.bakery, Channel.API, anna, key) for key in traffic.delivered}
    received = [moment.stream for moment in _all(cell, DocumentReceived)]
    assert sorted(received) == sorted(traffic.delivered.values())


def test_a_booking_that_was_seen_on_its_way_has_kept_its_number(survived):
    traffic, cell = survived
    proposals = _proposals(cell)
    assert traffic.sent
    assert all(proposals[document].number for document in traffic.sent)


def test_every_number_is_given_once_and_explained(survived):
    _, cell = survived
    holders = {state.number: state for state in _proposals(cell).values() if state.number}
    for stream in {moment.stream for moment in _all(cell, NumbersGiven)}:
        book = cell.bench.log.load(JournalBook, stream).state
        assert sorted(one.running for one in book.numbers.values()) == list(range(1, book.highest + 1))
        for proposal, given in book.numbers.items():
            assert cell.bench.log.load(BookingProposal, proposal).state.number == given.number
            assert given.number in holders


def test_every_sent_booking_is_in_the_ledger_once(survived):
    _, cell = survived
    sent = {one.id: state for one, state in _loaded(cell) if state.number}
    assert {state.stage for state in sent.values()} == {Stage.CONFIRMED}
    books = cell.bench.packages["sandbox"].synchronise("claes").bookings
    assert Counter(UUID(one.booking_id) for one in books) == Counter(sent.keys())
    assert {UUID(one.booking_id): one.number for one in books} == {proposal: state.number for proposal, state in sent.items()}


def test_every_read_model_agrees_with_a_rebuild(survived):
    _, cell = survived
    assert_rebuilds_alike(cell.models, cell.bench.log)


def test_no_job_has_failed(survived):
    _, cell = survived
    assert [(one.kind, one.attempts, one.error) for one in cell.jobs.failed()] == []


def test_verify_finds_the_log_whole(survived, office):
    del survived
    done = office.command("verify")
    assert done.returncode == 0, done.stdout


def _come_to_rest(cell: Cell) -> None:
    """Interrupted jobs are done again once their leases have run out; read models and reactions follow. For a second nothing happens."""
    head = [-1]

    def at_rest() -> bool:
        before, head[0] = head[0], cell.bench.log.recorder.safe_head()
        jobs = cell.jobs.counts()
        behind = [one.name for one in (*cell.models, *followers(cell)[:1]) if one.position() < head[0]]
        return before == head[0] and not behind and jobs.waiting + jobs.running == 0

    eventually(at_rest, 90, every=1.0)


def _decide_on_the_unknown(cell: Cell, office: Installation) -> None:
    """What a person does with bookings of which no answer was recorded and that the ledger does not hold."""
    bart = Actor(user=office.people.users["bart"], via=Via.OFFICE)
    for one, state in _loaded(cell):
        if state.stage == Stage.UNKNOWN:
            sending.resend(cell.bench, bart, one.id)


def _all(cell: Cell, kind):
    return cell.bench.log.read(0, limit=100_000, names=[kind.name]).events


def _loaded(cell: Cell):
    found = [cell.bench.log.load(BookingProposal, moment.stream) for moment in _all(cell, ProposalDrafted)]
    return [(one, one.state) for one in found]


def _proposals(cell: Cell) -> dict[UUID, BookingProposal]:
    """By document."""
    return {state.document: state for _, state in _loaded(cell)}
