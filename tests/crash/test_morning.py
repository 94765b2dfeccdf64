"""A morning at the office: 200 invoices are validated and sent by three employees at once, while processes are killed under them."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import httpx
import pytest

from adapters.demo.peppol import render_ubl
from application import mailboxes
from application.event_log import Via
from application.permissions import Actor
from domain.booking_proposal import (
    BookingConfirmed,
    BookingProposal,
    ProposalChecked,
    ProposalDrafted,
    ProposalNumbered,
    ProposalUnchecked,
    ResendDecided,
    SendingAbandoned,
    SendingStarted,
    Stage,
    proposal_of,
)
from domain.document import Document, DocumentRecognised, Progress
from domain.journal_book import JournalBook, NumberFreed, NumbersGiven, NumberVoided
from installation import Installation, eventually, installation
from invoices import bought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.event_log import Moment
    from web.wiring import Cell

INVOICES = int(os.environ.get("MORNING_INVOICES", "200"))
WORKERS = 4
EMPLOYEES = ("bart", "staf", "dora")
AT_ONCE = 5
"""Proposals an employee checks before he sends what is checked."""
KILLS = (("web.worker", 0.2), ("web.web_process", 0.4), ("web.worker", 0.6))
"""What is killed once this share of the invoices has its number."""
PATIENCE = 240.0
"""Seconds for the whole morning on a machine that does much else; alone it takes a quarter of that."""


class Morning(NamedTuple):
    """What people were told (proposal → who was told that it is checked), how far it was at each kill, and the system at rest."""

    proposals: list[UUID]
    told: dict[UUID, set[UUID]]
    interrupted: int
    numbered_at_kills: list[int]
    resent: int
    office: Installation
    cell: Cell


@pytest.fixture(scope="module")
def morning() -> Iterator[Morning]:
    with installation(worker_threads=WORKERS) as office:
        office.start()
        with office.cell() as cell:
            proposals = _brought_in(office, cell)
            yield _worked(office, cell, proposals)


def test_every_invoice_is_in_the_books_once(morning):
    booked = morning.cell.bench.packages["sandbox"].synchronise("claes").bookings
    assert len(booked) == len(morning.proposals) == INVOICES
    assert Counter(UUID(one.booking_id) for one in booked) == Counter(morning.proposals)
    assert {UUID(one.booking_id): one.number for one in booked} == {one: _state(morning, one).number for one in morning.proposals}
    assert {_state(morning, one).stage for one in morning.proposals} == {Stage.CONFIRMED}


def test_purchase_numbers_have_no_hole_and_no_double(morning):
    log = morning.cell.bench.log
    books = {moment.stream for moment in _all(morning.cell, NumbersGiven)}
    numbers = [one for book in books for one in log.load(JournalBook, book).state.numbers.values()]
    assert len(numbers) == INVOICES
    assert len({one.proposal for one in numbers}) == INVOICES
    for book in books:
        running = sorted(one.running for one in log.load(JournalBook, book).state.numbers.values())
        assert running == list(range(1, len(running) + 1))
    assert not _all(morning.cell, NumberFreed)
    assert not _all(morning.cell, NumberVoided)


def test_no_step_that_was_told_is_lost_and_none_is_taken_twice(morning):
    for one in morning.proposals:
        steps = Counter(type(moment.event) for moment in morning.cell.bench.log.stream(one))
        assert steps[ProposalChecked] == 1, one
        assert steps[ProposalUnchecked] == 0, one
        assert steps[ProposalNumbered] == 1, one
        assert steps[SendingStarted] == 1 + steps[SendingAbandoned] + steps[ResendDecided], one
        assert steps[BookingConfirmed] == 1, one
    checked = {moment.stream: moment.context.by for moment in _all(morning.cell, ProposalChecked)}
    assert all(one in checked for one in morning.told)
    assert set(checked) == set(morning.proposals)
    assert len(set(checked.values())) == len(EMPLOYEES), "all three worked"


def test_each_decision_numbers_a_selection_as_one(morning):
    given = [moment.event.given for moment in _all(morning.cell, NumbersGiven)]
    assert sum(map(len, given)) == INVOICES
    assert max(map(len, given)) > 1


def test_processes_were_killed_while_there_was_work(morning):
    print(f"{morning.numbered_at_kills} numbered at the kills, {morning.interrupted} requests cut off, {morning.resent} sent again")  # noqa: T201 - how much it proves
    assert len(morning.numbered_at_kills) == len(KILLS)
    assert all(0 < count < INVOICES for count in morning.numbered_at_kills)


def test_no_job_of_the_morning_has_failed(morning):
    assert morning.cell.jobs.failed() == []


def _brought_in(office: Installation, cell: Cell) -> list[UUID]:
    """The invoices, delivered by a program, handed to the accountant by Anna, and proposed."""
    files = [render_ubl(one) for one in bought(INVOICES, seed=21)]
    with office.client() as program, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda place: office.deliver(program, files[place], f"morning-{place}"), range(INVOICES)))
    documents = [UUID(answer.json()["id"]) for answer in answers]
    assert len(set(documents)) == INVOICES
    eventually(lambda: len({one.stream for one in _all(cell, DocumentRecognised)}) == INVOICES, PATIENCE, every=0.5)
    assert all(cell.bench.log.load(Document, one).state.progress != Progress.ARRIVED for one in documents)
    anna = Actor(user=office.people.users["anna"], via=Via.PORTAL)
    assert not mailboxes.submit(cell.bench, anna, documents).refused
    eventually(lambda: len(_all(cell, ProposalDrafted)) == INVOICES, PATIENCE, every=0.5)
    return [proposal_of(one) for one in documents]


def _worked(office: Installation, cell: Cell, proposals: list[UUID]) -> Morning:
    """Three employees go through all of it, each in an order of his own; meanwhile processes are killed. Until all is in the books."""
    done = threading.Event()
    employees = [_Employee(office, name, proposals, done) for name in EMPLOYEES]
    for one in employees:
        one.thread.start()
    at_kills = [_kill(office, cell, module, share) for module, share in KILLS]
    resent: set[UUID] = set()

    def at_rest() -> bool:
        stages = {one: cell.bench.log.load(BookingProposal, one).state for one in proposals}
        lost = [one for one, state in stages.items() if state.stage == Stage.UNKNOWN and state.not_found]
        resent.update(one for one in lost if employees[0].resend(one))
        return all(state.stage == Stage.CONFIRMED for state in stages.values())

    try:
        eventually(at_rest, PATIENCE, every=1.0)
    finally:
        done.set()
        for one in employees:
            one.thread.join(30)
    assert not [one.broken for one in employees if one.broken]
    eventually(lambda: (counts := cell.jobs.counts()).waiting + counts.running == 0, PATIENCE, every=0.5)
    told: dict[UUID, set[UUID]] = {}
    for employee in employees:
        for proposal in employee.told:
            told.setdefault(proposal, set()).add(employee.user)
    interrupted = sum(one.interrupted for one in employees)
    return Morning(proposals, told, interrupted, at_kills, len(resent), office, cell)


def _kill(office: Installation, cell: Cell, module: str, share: float) -> int:
    """`kill -9` once so many have their number; the supervisor starts another. How many had it."""

    def numbered() -> int:
        return sum(len(moment.event.given) for moment in _all(cell, NumbersGiven))

    eventually(lambda: numbered() >= share * INVOICES, PATIENCE, every=0.02)
    victim = office.child(module)
    assert victim, f"{module} runs"
    os.kill(victim, signal.SIGKILL)
    count = numbered()
    eventually(lambda: office.child(module) not in (0, victim))
    return count


class _Employee:
    """Checks a few proposals, sends what is checked, and so on; what was cut off is done again, as a person would."""

    def __init__(self, office: Installation, name: str, proposals: list[UUID], done: threading.Event) -> None:
        self.user = office.people.users[name]
        self.told: set[UUID] = set()
        self.interrupted = 0
        self.broken: BaseException | None = None
        self._browser = office.sign_in(name)
        self._where = f"/office/dossiers/{office.people.bakery}/worklist/selection"
        self._todo = random.Random(name).sample(proposals, len(proposals))  # noqa: S311 - an order, not a secret
        self._done = done
        self.thread = threading.Thread(target=self._work, daemon=True)

    def resend(self, proposal: UUID) -> bool:
        """Send again what the package does not hold; whether an answer came."""
        try:
            return self._browser.post(f"/office/proposals/{proposal}/resend").is_redirect
        except httpx.TransportError:
            return False

    def _work(self) -> None:
        try:
            while not self._done.is_set():
                few, self._todo = self._todo[:AT_ONCE], self._todo[AT_ONCE:]
                if few:
                    self._until_answered("check", few)
                    self.told.update(few)
                self._until_answered("send_checked", [])
                if not few:
                    self._done.wait(0.5)
        except BaseException as error:
            self.broken = error
            raise
        finally:
            self._browser.close()

    def _until_answered(self, act: str, ids: list[UUID]) -> None:
        while not self._done.is_set():
            try:
                answer = self._browser.post(self._where, data={"do": act, "id": [str(one) for one in ids]})
            except httpx.TransportError:
                self.interrupted += 1
            else:
                if answer.is_redirect:
                    return
                assert answer.is_server_error, (answer.status_code, answer.text)
                self.interrupted += 1
            time.sleep(0.1)


def _state(morning: Morning, one: UUID) -> BookingProposal:
    return morning.cell.bench.log.load(BookingProposal, one).state


def _all(cell: Cell, kind: type) -> list[Moment]:
    return list(cell.bench.log.read(0, limit=100_000, names=[kind.name]).events)
