"""Sending checked proposals: numbers for the whole selection in one decision, then each on its way to the package (FEATURES K7, L2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change, Loaded
from application.mailboxes import Outcome
from application.permissions import Action, Actor
from domain.booking_period import parse_booking_period
from domain.booking_proposal import BookingProposal, Stage
from domain.dossier import Dossier, Kind
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
        self._books: dict[_BookKey, tuple[int, JournalBook, list[Event]]] = {}
        self._numbered: list[Change] = []
        self.done: list[UUID] = []
        self.refused: dict[UUID, Refused] = {}

    def add(self, loaded: _Proposal) -> None:
        """Number one proposal, or note why not."""
        state = loaded.state
        try:
            self._must_be_sendable(state)
            number, book_year = self._number(loaded)
            self._numbered.append(loaded.change(state.assign_number(number, book_year)))
            self.done.append(loaded.id)
        except Refused as refusal:
            self.refused[loaded.id] = refusal

    def _must_be_sendable(self, state: BookingProposal) -> None:
        if state.stage != Stage.CHECKED:
            raise Refused("Alleen nagekeken voorstellen kunnen verzonden worden.")
        if not state.period or not self._dossier.periods.get(state.period):
            shown = parse_booking_period(state.period).shown() if state.period else "–"
            raise Refused("Boekperiode {period} is gesloten.", period=shown)

    def changes(self) -> list[Change]:
        """Everything to append in one go."""
        books = [
            Change(stream=journal_book_of(*key), version=version, events=events)
            for key, (version, _, events) in self._books.items()
            if events
        ]
        return [*books, *self._numbered]

    def _number(self, loaded: _Proposal) -> tuple[str, int]:
        state = loaded.state
        journal = self._dossier.journals.get(state.journal)
        if journal is None or not journal.active:
            raise Refused("Dagboek {journal} bestaat niet in dit dossier.", journal=state.journal)
        book_year = state.book_year or parse_booking_period(state.period or "").book_year()
        key = (self._id, state.journal, book_year)
        version, book, events = self._book(key)
        if state.kind == Kind.PURCHASE:
            new = book.give([loaded.id], journal.number_format)
        else:
            number, running = sales_number(journal.number_format, book_year, state.invoice_number)
            new = book.register(loaded.id, number, running)
        for event in new:
            book = JournalBook.evolve(book, event)
        self._books[key] = (version, book, [*events, *new])
        return book.numbers[loaded.id].number, book_year

    def _book(self, key: _BookKey) -> tuple[int, JournalBook, list[Event]]:
        if key not in self._books:
            found = self._bench.log.find(JournalBook, journal_book_of(*key))
            dossier, journal, book_year = key
            empty = JournalBook(dossier=dossier, journal=journal, book_year=book_year)
            self._books[key] = (found.version, found.state, []) if found else (0, empty, [])
        return self._books[key]
