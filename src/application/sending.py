"""Sending checked proposals: numbers for the whole selection in one decision, then each on its way to the package (FEATURES K7, L2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change, Loaded
from application.mailboxes import Outcome, each
from application.offices import office_of
from application.permissions import Action, Actor
from application.quality_control import waits_for_control
from domain.booking_period import parse_booking_period
from domain.booking_proposal import BookingProposal, Stage
from domain.dossier import Dossier, JournalSettings, Kind
from domain.journal_book import JournalBook, journal_book_of
from domain.kernel import Event, Refused
from domain.sales_number import sales_number

if TYPE_CHECKING:
    from application.workbench import Workbench

_ATTEMPTS = 8
"""Employees and workers who send at the same time all want the next number of the same journal."""

_Proposal = Loaded[BookingProposal]
_BookKey = tuple[UUID, str, int]


def send(bench: Workbench, actor: Actor, proposals: Sequence[UUID]) -> Outcome:
    """Number the selection, ordered by booking period, then invoice date, and let it be sent.

    One decision per dossier: either every sendable proposal of it has its number and is on its way, or none. What is not ready (not
    checked, closed period, sales number used twice) is refused and does not hold the others up.
    """
    by_dossier: dict[UUID, list[UUID]] = defaultdict(list)
    for proposal in dict.fromkeys(proposals):
        state = bench.log.load(BookingProposal, proposal).state
        bench.authority.require(actor, Action.SEND, state.dossier)
        by_dossier[state.dossier].append(proposal)
    outcomes = [_send_of(bench, actor, dossier, chosen) for dossier, chosen in by_dossier.items()]
    return Outcome(
        position=max((one.position for one in outcomes), default=0),
        done=tuple(done for one in outcomes for done in one.done),
        refused={key: refusal for one in outcomes for key, refusal in one.refused.items()},
    )


def resend(bench: Workbench, actor: Actor, proposal: UUID) -> int:
    """A person decides to send again what the package, read back, does not hold."""
    state = bench.log.load(BookingProposal, proposal).state
    bench.authority.require(actor, Action.SEND, state.dossier)
    return bench.log.decide(BookingProposal, proposal, BookingProposal.decide_resend, context=actor.context)


def remove(bench: Workbench, actor: Actor, proposals: Sequence[UUID], reason: str = "") -> Outcome:
    """Ask the package to take bookings out of the books; once it did, they stand in the worklist again (FEATURES I7)."""

    def one_of(proposal: UUID) -> int:
        bench.authority.require(actor, Action.SEND, bench.log.load(BookingProposal, proposal).state.dossier)
        return bench.log.decide(BookingProposal, proposal, lambda state: state.request_removal(reason), context=actor.context)

    return each(proposals, one_of)


def _send_of(bench: Workbench, actor: Actor, dossier: UUID, proposals: Sequence[UUID]) -> Outcome:
    outcome: list[Outcome] = []

    def attempt() -> int:
        numbering = _Numbering(bench, dossier)
        for loaded in sorted((bench.log.load(BookingProposal, one) for one in proposals), key=_order):
            numbering.add(loaded)
        position = bench.log.append(*numbering.changes(), context=actor.context)
        outcome.append(Outcome(position=position, done=tuple(numbering.done), refused=numbering.refused))
        return position

    bench.log.twice(attempt, dossier, times=_ATTEMPTS)
    return outcome[-1]


def _order(loaded: _Proposal) -> tuple[str, str, str]:
    state = loaded.state
    return (state.period or "", state.invoice_date.isoformat() if state.invoice_date else "", str(loaded.id))


class _Numbering:
    """The decision in the making: which proposals go, and under which number."""

    def __init__(self, bench: Workbench, dossier: UUID) -> None:
        self._bench, self._id = bench, dossier
        self._dossier = bench.log.load(Dossier, dossier).state
        self._office = office_of(bench)
        self._books: dict[_BookKey, _Book] = {}
        self._chosen: list[tuple[_Proposal, _BookKey]] = []
        self.done: list[UUID] = []
        self.refused: dict[UUID, Refused] = {}

    def add(self, loaded: _Proposal) -> None:
        """Take one proposal into the selection, or note why not."""
        try:
            self._must_be_sendable(loaded.state)
            journal, book_year = self._journal(loaded.state)
            key = (self._id, journal.code, book_year)
            self._book(key).add(loaded, journal.number_format)
        except Refused as refusal:
            self.refused[loaded.id] = refusal
        else:
            self._chosen.append((loaded, key))
            self.done.append(loaded.id)

    def changes(self) -> list[Change]:
        """Everything to append in one go: the books first, then the proposals with their numbers."""
        for book in self._books.values():
            book.close()
        numbered = [loaded.change(loaded.state.assign_number(self._books[key].number(loaded.id), key[2])) for loaded, key in self._chosen]
        return [*(book.change(key) for key, book in self._books.items()), *numbered]

    def _must_be_sendable(self, state: BookingProposal) -> None:
        if self._office.control_holds and waits_for_control(self._bench, state.document):
            raise Refused("Dit voorstel wacht op kwaliteitscontrole door een collega.")
        if state.stage != Stage.CHECKED:
            raise Refused("Alleen nagekeken voorstellen kunnen verzonden worden.")
        if not state.period or not self._dossier.periods.get(state.period):
            shown = parse_booking_period(state.period).shown() if state.period else "–"
            raise Refused("Boekperiode {period} is gesloten.", period=shown)

    def _journal(self, state: BookingProposal) -> tuple[JournalSettings, int]:
        journal = self._dossier.journals.get(state.journal)
        if journal is None or not journal.active:
            raise Refused("Dagboek {journal} bestaat niet in dit dossier.", journal=state.journal)
        return journal, state.book_year or parse_booking_period(state.period or "").book_year()

    def _book(self, key: _BookKey) -> _Book:
        if key not in self._books:
            found = self._bench.log.find(JournalBook, journal_book_of(*key))
            dossier, journal, book_year = key
            empty = JournalBook(dossier=dossier, journal=journal, book_year=book_year)
            self._books[key] = _Book(found.state, found.version) if found else _Book(empty, 0)
        return self._books[key]


class _Book:
    """One journal's book year while its numbers are given: purchase numbers at the end and all at once, sales numbers one by one."""

    def __init__(self, state: JournalBook, version: int) -> None:
        self._state, self._version = state, version
        self._events: list[Event] = []
        self._waiting: list[UUID] = []
        self._format = ""

    def add(self, loaded: _Proposal, number_format: str) -> None:
        """A purchase waits for its number; a sales invoice registers its own. Refused when that is taken."""
        self._format = number_format
        if loaded.state.kind == Kind.PURCHASE:
            self._waiting.append(loaded.id)
        else:
            number, running = sales_number(number_format, self._state.book_year, loaded.state.invoice_number)
            self._happen(self._state.register(loaded.id, number, running))

    def close(self) -> None:
        """Give the next numbers to those that wait, in the order they came."""
        if self._waiting:
            self._happen(self._state.give(self._waiting, self._format))

    def number(self, proposal: UUID) -> str:
        """The number of a proposal in this book."""
        return self._state.numbers[proposal].number

    def change(self, key: _BookKey) -> Change:
        """What to append to the book's stream."""
        return Change(stream=journal_book_of(*key), version=self._version, events=self._events)

    def _happen(self, events: Sequence[Event]) -> None:
        for event in events:
            self._state = JournalBook.evolve(self._state, event)
        self._events.extend(events)
