"""The numbers of one journal in one book year (FEATURES K7): one stream each, so that every number is given once, whoever asks.

Purchase numbers are given by us, in one decision for a whole selection. Sales numbers are the invoice's own and are only registered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event, PersonalText, Refused
from domain.number_format import parse_number_format

if TYPE_CHECKING:
    from collections.abc import Sequence


class GivenNumber(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal and the document number that is its own from now on; `running` is the counter in it."""

    proposal: UUID
    number: str
    running: int


class NumbersGiven(Event, frozen=True, kw_only=True):
    """A selection of proposals was numbered at once, in this order."""

    name = "journal_book.numbers_given"
    dossier: UUID
    journal: str
    book_year: int
    given: tuple[GivenNumber, ...]


class NumberFreed(Event, frozen=True, kw_only=True):
    """The last number given is free again: its proposal was deleted before anybody else was numbered."""

    name = "journal_book.number_freed"
    proposal: UUID


class NumberVoided(Event, frozen=True, kw_only=True):
    """The number stays used and stands on the list of void numbers, with who (the envelope) and why."""

    name = "journal_book.number_voided"
    proposal: UUID
    reason: PersonalText = ""


def journal_book_of(dossier: UUID, journal: str, book_year: int) -> UUID:
    """The stream of a journal's book year."""
    return uuid5(dossier, f"journal-book/{journal}/{book_year}")


class JournalBook(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers by proposal, void ones included; `highest` is the running number last given (0: none)."""

    dossier: UUID
    journal: str
    book_year: int
    numbers: dict[UUID, GivenNumber] = {}
    voided: frozenset[UUID] = frozenset()
    highest: int = 0

    def give(self, proposals: Sequence[UUID], number_format: str, first: int = 1) -> Sequence[Event]:
        """The next numbers for these proposals, in this order; one that has its number keeps it. `first`: where a new book starts."""
        form = parse_number_format(number_format)
        start = max(self.highest + 1, first)
        new = [proposal for proposal in dict.fromkeys(proposals) if proposal not in self.numbers]
        given = [
            GivenNumber(proposal=proposal, number=form.render(self.book_year, running), running=running)
            for running, proposal in enumerate(new, start=start)
        ]
        return [self._given(given)] if given else []

    def register(self, proposal: UUID, number: str, running: int) -> Sequence[Event]:
        """Take a sales invoice's own number. Refused when another proposal of this book has it that was not deleted."""
        if proposal in self.numbers:
            return []
        if any(taken.number == number for owner, taken in self.numbers.items() if owner not in self.voided):
            raise Refused("Nummer {number} is in dagboek {journal} al gebruikt.", number=number, journal=self.journal)
        return [self._given([GivenNumber(proposal=proposal, number=number, running=running)])]

    def withdraw(self, proposal: UUID, reason: str) -> Sequence[Event]:
        """The proposal is deleted: its number is freed when it was the last, else it becomes void."""
        own = self.numbers.get(proposal)
        if own is None or proposal in self.voided:
            return []
        if own.running == self.highest:
            return [NumberFreed(proposal=proposal)]
        return [NumberVoided(proposal=proposal, reason=reason)]

    def _given(self, given: Sequence[GivenNumber]) -> Event:
        return NumbersGiven(dossier=self.dossier, journal=self.journal, book_year=self.book_year, given=tuple(given))

    @classmethod
    def evolve(cls, state: JournalBook | None, event: Event) -> JournalBook:
        """State after one more event."""
        match state, event:
            case _, NumbersGiven(given=given):
                state = state or cls(dossier=event.dossier, journal=event.journal, book_year=event.book_year)
                numbers = state.numbers | {one.proposal: one for one in given}
                return msgspec.structs.replace(state, numbers=numbers, highest=max(state.highest, *(one.running for one in given)))
            case JournalBook(), NumberFreed(proposal=proposal):
                numbers = {key: one for key, one in state.numbers.items() if key != proposal}
                return msgspec.structs.replace(state, numbers=numbers, highest=max((one.running for one in numbers.values()), default=0))
            case JournalBook(), NumberVoided(proposal=proposal):
                return msgspec.structs.replace(state, voided=state.voided | {proposal})
        raise AssertionError(f"{event!r} cannot follow {state!r}")
