"""Employees help each other with documents of a dossier they both work for (FEATURES N2). Clients have no part in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change, NotFoundError
from application.mailboxes import Outcome, each
from application.permissions import TABLE, Action, Actor
from application.worklist import corrections, visible_proposal
from domain.booking_proposal import BookingProposal, ProposalCorrected
from domain.document import Document
from domain.help import HelpAsked, HelpRequest, asked, help_of
from domain.kernel import Refused
from domain.profiles import OfficeProfile

if TYPE_CHECKING:
    from application.workbench import Workbench


def ask_help(bench: Workbench, actor: Actor, document: UUID, question: str, colleague: UUID | None = None) -> int:
    """Ask one colleague, or anyone (None) who works for the dossier. Refused when that colleague does not reach it."""
    wanted = _wanted(bench, actor, document, question, colleague)
    return bench.log.twice(lambda: bench.log.append(_asked(bench, wanted), context=actor.context), help_of(document))


def correct_and_ask_help(
    bench: Workbench, actor: Actor, proposal: UUID, corrected: ProposalCorrected, question: str, colleague: UUID | None = None
) -> int:
    """Save what was changed and ask for help with the rest, in one go."""
    document = visible_proposal(bench, actor, proposal, Action.EDIT_PROPOSALS).document
    wanted = _wanted(bench, actor, document, question, colleague)

    def attempt() -> int:
        loaded = bench.log.load(BookingProposal, proposal)
        change = loaded.change(corrections(bench, loaded.state, corrected))
        return bench.log.append(change, _asked(bench, wanted), context=actor.context)

    return bench.log.twice(attempt, proposal)


def ask_help_with_all(bench: Workbench, actor: Actor, documents: Sequence[UUID], question: str, colleague: UUID | None = None) -> Outcome:
    """The same question about a selection."""
    return each(documents, lambda one: ask_help(bench, actor, one, question, colleague))


def answer_help(bench: Workbench, actor: Actor, document: UUID, answer: str) -> int:
    """Answer: whoever was asked, or any other colleague who knows."""
    _dossier_of(bench, actor, document)
    return bench.log.decide(HelpRequest, help_of(document), lambda state: state.reply(actor.user, answer), context=actor.context)


def close_help(bench: Workbench, actor: Actor, document: UUID) -> int:
    """Nobody needs to do anything about it any more."""
    _dossier_of(bench, actor, document)
    return bench.log.decide(HelpRequest, help_of(document), HelpRequest.close, context=actor.context)


def close_help_with_all(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """Take back what was asked about a selection."""
    return each(documents, lambda one: close_help(bench, actor, one))


def works_for(bench: Workbench, user: UUID, dossier: UUID) -> bool:
    """Whether this person is an employee who works in the dossier's worklist."""
    try:
        profiles = bench.authority.profiles(user, dossier)
    except NotFoundError:
        return False
    return any(isinstance(one, OfficeProfile) and one in TABLE[Action.EDIT_PROPOSALS] for one in profiles)


def _wanted(bench: Workbench, actor: Actor, document: UUID, question: str, colleague: UUID | None) -> HelpAsked:
    dossier = _dossier_of(bench, actor, document)
    if colleague is not None and not works_for(bench, colleague, dossier):
        raise Refused("Deze collega werkt niet aan dit dossier.")
    return HelpAsked(dossier=dossier, document=document, asker=actor.user, question=question, colleague=colleague)


def _asked(bench: Workbench, wanted: HelpAsked) -> Change:
    """The question after earlier ones about the same document, or the first."""
    stream = help_of(wanted.document)
    found = bench.log.find(HelpRequest, stream)
    return found.change(found.state.ask(wanted)) if found else Change(stream=stream, version=0, events=asked(wanted))


def _dossier_of(bench: Workbench, actor: Actor, document: UUID) -> UUID:
    """The dossier of a document that is in the office, if this employee works on it."""
    state = bench.log.load(Document, document).state
    bench.authority.require(actor, Action.EDIT_PROPOSALS, state.dossier)
    if not state.submitted or state.erased:
        raise NotFoundError(f"document {document}")
    return state.dossier
