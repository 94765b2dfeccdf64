"""An employee asks colleagues for help with a document, and one of them answers (FEATURES N2). A stream beside the document.

The client never sees it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1000
"""Characters of a question or an answer."""


class HelpAsked(Event, frozen=True, kw_only=True):
    """`asker` does not know how to go on; `colleague` is who should help, None: anyone who works for the dossier."""

    name = "help.asked"
    dossier: UUID
    document: UUID
    asker: UUID
    question: PersonalText
    colleague: UUID | None = None


class HelpAnswered(Event, frozen=True, kw_only=True):
    """A colleague answered."""

    name = "help.answered"
    document: UUID
    answer: PersonalText


class HelpClosed(Event, frozen=True, kw_only=True):
    """The question is dealt with: the answer was read, or none is needed any more."""

    name = "help.closed"
    document: UUID


class HelpStage(StrEnum):
    """Who is to do something: a colleague, the asker, or nobody."""

    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


def help_of(document: UUID) -> UUID:
    """The stream of the questions about one document."""
    return uuid5(document, "help")


class HelpRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The last question about a document, and its answer."""

    dossier: UUID
    document: UUID
    asker: UUID
    colleague: UUID | None
    question: str
    answer: str = ""
    stage: HelpStage = HelpStage.ASKED

    def ask(self, wanted: HelpAsked) -> Sequence[Event]:
        """Ask again, once the earlier question was answered or closed."""
        if self.stage == HelpStage.ASKED:
            raise Refused("Voor dit document is al hulp gevraagd. Wacht op het antwoord, of sluit die vraag eerst.")
        return asked(wanted)

    def reply(self, colleague: UUID, answer: str) -> Sequence[Event]:
        """Answer the question; nobody answers his own."""
        if self.stage != HelpStage.ASKED:
            raise Refused("Deze vraag om hulp is al beantwoord of gesloten.")
        if colleague == self.asker:
            raise Refused("Je kunt je eigen vraag niet beantwoorden. Sluit ze als je verder kunt.")
        if not answer.strip():
            raise Refused("Schrijf een antwoord.")
        return [HelpAnswered(document=self.document, answer=_written(answer))]

    def close(self) -> Sequence[Event]:
        """Nobody needs to do anything any more."""
        return [] if self.stage == HelpStage.CLOSED else [HelpClosed(document=self.document)]

    @classmethod
    def evolve(cls, state: HelpRequest | None, event: Event) -> HelpRequest:
        """State after one more event."""
        match state, event:
            case _, HelpAsked():
                return cls(
                    dossier=event.dossier,
                    document=event.document,
                    asker=event.asker,
                    colleague=event.colleague,
                    question=event.question,
                )
            case HelpRequest(), HelpAnswered(answer=answer):
                return msgspec.structs.replace(state, stage=HelpStage.ANSWERED, answer=answer)
            case HelpRequest(), HelpClosed():
                return msgspec.structs.replace(state, stage=HelpStage.CLOSED)
        raise AssertionError(f"{event!r} cannot follow {state!r}")


def asked(wanted: HelpAsked) -> Sequence[Event]:
    """The question, when it is one to somebody else."""
    if wanted.colleague == wanted.asker:
        raise Refused("Vraag hulp aan iemand anders dan jezelf.")
    if not wanted.question.strip():
        raise Refused("Schrijf op waar je hulp bij nodig hebt.")
    return [msgspec.structs.replace(wanted, question=_written(wanted.question))]


def _written(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused("Dit is te lang: hoogstens {count} tekens.", count=LONGEST)
    return text
