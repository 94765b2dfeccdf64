"""The office asks its client about a document, and the client answers with it before him (FEATURES J2). A stream beside the document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1000
"""Characters of a question or an answer."""
MOST_OPEN = 10
"""Questions about one document that wait for an answer at the same time."""


class QuestionAsked(Event, frozen=True, kw_only=True):
    """`asker` of the office wants to know something. Questions about one document are numbered from 1."""

    name = "question.asked"
    dossier: UUID
    document: UUID
    number: int
    asker: UUID
    question: PersonalText


class QuestionAnswered(Event, frozen=True, kw_only=True):
    """`answerer` answered the question with this number."""

    name = "question.answered"
    document: UUID
    number: int
    answerer: UUID
    answer: PersonalText


class QuestionsClosed(Event, frozen=True, kw_only=True):
    """The office needs no answer any more, or has read it: all questions so far are dealt with."""

    name = "question.closed"
    document: UUID


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question; without `answerer` it waits for its answer."""

    number: int
    asker: UUID
    question: str
    answerer: UUID | None = None
    answer: str = ""


def questions_of(document: UUID) -> UUID:
    """The stream of the questions about one document."""
    return uuid5(document, "question")


class ClientQuestions(msgspec.Struct, frozen=True, kw_only=True):
    """The questions about a document that are not closed, in the order they were asked; `asked` counts all there ever were."""

    dossier: UUID
    document: UUID
    asked: int = 0
    questions: tuple[Question, ...] = ()

    @property
    def waiting(self) -> tuple[Question, ...]:
        """Those without an answer."""
        return tuple(one for one in self.questions if one.answerer is None)

    def ask(self, asker: UUID, question: str) -> Sequence[Event]:
        """Ask one more; earlier ones need not be answered."""
        if len(self.waiting) >= MOST_OPEN:
            raise Refused("Er wachten al {count} vragen over dit document op een antwoord.", count=MOST_OPEN)
        text = _written(question, "Schrijf op wat je de klant wilt vragen.")
        return [QuestionAsked(dossier=self.dossier, document=self.document, number=self.asked + 1, asker=asker, question=text)]

    def reply(self, answerer: UUID, number: int, answer: str) -> Sequence[Event]:
        """Answer one question, once."""
        if number not in {one.number for one in self.waiting}:
            raise Refused("Deze vraag is al beantwoord of gesloten.")
        text = _written(answer, "Schrijf een antwoord.")
        return [QuestionAnswered(document=self.document, number=number, answerer=answerer, answer=text)]

    def close(self) -> Sequence[Event]:
        """All that was asked is dealt with."""
        return [QuestionsClosed(document=self.document)] if self.questions else []

    @classmethod
    def evolve(cls, state: ClientQuestions | None, event: Event) -> ClientQuestions:
        """State after one more event."""
        match state, event:
            case _, QuestionAsked():
                before = state or cls(dossier=event.dossier, document=event.document)
                asked = Question(number=event.number, asker=event.asker, question=event.question)
                return msgspec.structs.replace(before, asked=event.number, questions=(*before.questions, asked))
            case ClientQuestions(), QuestionAnswered():
                return msgspec.structs.replace(state, questions=tuple(_answered(one, event) for one in state.questions))
            case ClientQuestions(), QuestionsClosed():
                return msgspec.structs.replace(state, questions=())
        raise AssertionError(f"{event!r} cannot follow {state!r}")


def _answered(question: Question, event: QuestionAnswered) -> Question:
    if question.number != event.number:
        return question
    return msgspec.structs.replace(question, answerer=event.answerer, answer=event.answer)


def _written(text: str, when_empty: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(when_empty)
    if len(text) > LONGEST:
        raise Refused("Dit is te lang: hoogstens {count} tekens.", count=LONGEST)
    return text
