"""The office asks its client about a document; the client answers where he sees the document (FEATURES J2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change, NotFoundError
from application.mailboxes import Outcome, each, visible_document
from application.permissions import Action, Actor
from application.worklist import corrections, folded, visible_proposal
from domain.booking_proposal import BookingProposal, ProposalCorrected
from domain.client_question import ClientQuestions, Question, questions_of
from domain.document import Document

if TYPE_CHECKING:
    from application.workbench import Workbench


def ask_client(bench: Workbench, actor: Actor, document: UUID, question: str) -> int:
    """Ask the client something about a document that is in the office."""
    dossier = _dossier_of(bench, actor, document)
    stream = questions_of(document)
    return bench.log.twice(lambda: bench.log.append(_asked(bench, actor, dossier, document, question), context=actor.context), stream)


def correct_and_ask_client(
    bench: Workbench, actor: Actor, proposal: UUID, corrected: ProposalCorrected, question: str, *, hold: bool = False
) -> int:
    """Save what was changed and ask the client, in one go. `hold`: keep the proposal back until somebody releases it."""
    document = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS).document
    dossier = _dossier_of(bench, actor, document)

    def attempt() -> int:
        loaded = bench.log.load(BookingProposal, proposal)
        events = corrections(bench, loaded.state, corrected)
        if hold:
            events += folded(loaded.state, events).hold(question.strip())
        return bench.log.append(loaded.change(events), _asked(bench, actor, dossier, document, question), context=actor.context)

    return bench.log.twice(attempt, proposal)


def answer_question(bench: Workbench, actor: Actor, document: UUID, number: int, answer: str) -> int:
    """Answer one of the questions about a document. An employee who was told the answer writes it down under his own name."""
    visible_document(bench, actor, document, Action.ANSWER_QUESTIONS)
    stream = questions_of(document)
    if bench.log.find(ClientQuestions, stream) is None:
        raise NotFoundError(f"questions about {document}")
    return bench.log.decide(ClientQuestions, stream, lambda state: state.reply(actor.user, number, answer), context=actor.context)


def close_questions(bench: Workbench, actor: Actor, document: UUID) -> int:
    """What was asked about the document is dealt with."""
    _dossier_of(bench, actor, document)
    stream = questions_of(document)
    if bench.log.find(ClientQuestions, stream) is None:
        raise NotFoundError(f"questions about {document}")
    return bench.log.decide(ClientQuestions, stream, ClientQuestions.close, context=actor.context)


def close_questions_of_all(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """Take back what was asked about a selection."""
    return each(documents, lambda one: close_questions(bench, actor, one))


def questions_about(bench: Workbench, actor: Actor, document: UUID) -> tuple[Question, ...]:
    """The questions about a document that are not closed: for the office, and for who of the client may answer them."""
    dossier = bench.log.load(Document, document).state.dossier
    if not {Action.ANSWER_QUESTIONS, Action.SEE_WORKLIST} & bench.authority.allowed(actor, dossier):
        raise NotFoundError(f"questions about {document}")
    found = bench.log.find(ClientQuestions, questions_of(document))
    return found.state.questions if found else ()


def _asked(bench: Workbench, actor: Actor, dossier: UUID, document: UUID, question: str) -> Change:
    """The question after earlier ones about the same document, or the first."""
    stream = questions_of(document)
    found = bench.log.find(ClientQuestions, stream)
    if found:
        return found.change(found.state.ask(actor.user, question))
    return Change(stream=stream, version=0, events=ClientQuestions(dossier=dossier, document=document).ask(actor.user, question))


def _dossier_of(bench: Workbench, actor: Actor, document: UUID) -> UUID:
    """The dossier of a document that is in the office, if this employee works on it."""
    state = bench.log.load(Document, document).state
    bench.authority.require(actor, Action.EDIT_PROPOSALS, state.dossier)
    if not state.submitted or state.erased:
        raise NotFoundError(f"document {document}")
    return state.dossier
