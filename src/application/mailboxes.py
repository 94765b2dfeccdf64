"""What a client does with the documents in his mailboxes before the accountant gets them (FEATURES B)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.event_log import ConflictError, Moment, NotFoundError
from application.permissions import Action, Actor, Extent, Forbidden
from application.service_level import process_by
from domain.booking_proposal import BOOKED, BookingProposal, proposal_of
from domain.document import Document, DocumentReceived, Mailbox
from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from application.workbench import Workbench


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a bulk action did: the position to wait for, the ones done, and why the others were refused."""

    position: int
    done: tuple[UUID, ...]
    refused: dict[UUID, Refused]


def visible_document(bench: Workbench, actor: Actor, document: UUID, action: Action = Action.SEE_MAILBOXES) -> Document:
    """The document, if this person may see it; else `NotFoundError`. Who only delivers sees only what he delivered."""
    loaded = bench.log.load(Document, document)
    if bench.authority.require(actor, action, loaded.state.dossier) == Extent.OWN and delivered_by(bench, document) != actor.user:
        raise NotFoundError(f"document {document}")
    return loaded.state


def seen_document(bench: Workbench, actor: Actor, document: UUID) -> Document:
    """The document: for whoever works with mailboxes, with the worklist once it is submitted, with the archive once it is there.

    Raises `NotFoundError` for anybody else, and when it was erased.
    """
    for action in (Action.SEE_MAILBOXES, Action.SEE_WORKLIST, Action.SEE_ARCHIVE):
        try:
            state = visible_document(bench, actor, document, action)
        except (Forbidden, NotFoundError):
            continue
        if not state.erased and _is_there(bench, document, state, action):
            return state
    raise NotFoundError(f"document {document}")


def _is_there(bench: Workbench, document: UUID, state: Document, action: Action) -> bool:
    """Whether the document is in the part of the dossier that this action lets somebody see."""
    match action:
        case Action.SEE_WORKLIST:
            return state.submitted
        case Action.SEE_ARCHIVE:
            return archived(bench, document, state)
    return True


def archived(bench: Workbench, document: UUID, state: Document) -> bool:
    """Whether the document is in the archive: booked, or dealt with when it is a miscellaneous one."""
    if state.processed:
        return True
    proposal = bench.log.find(BookingProposal, proposal_of(document))
    return proposal is not None and proposal.state.stage in BOOKED


def delivered_by(bench: Workbench, document: UUID) -> UUID | None:
    """Who brought the document in, or what it was made of."""
    first = bench.log.stream(document, upto=1)
    return delivery(first[0], first[0].event)[1] if first and isinstance(first[0].event, DocumentReceived) else None


def delivery_of(bench: Workbench, document: UUID) -> tuple[datetime, UUID | None]:
    """When it was brought in, or what it was made of, and by whom."""
    [first] = bench.log.stream(document, upto=1)
    return delivery(first, first.event)


def delivery(moment: Moment, event: Event) -> tuple[datetime, UUID | None]:
    """When a document that is received here was brought in and by whom: what was made of others came with them."""
    origin = event.origin if isinstance(event, DocumentReceived) else None
    return (origin.at, origin.by) if origin else (moment.at, moment.context.by)


def rename(bench: Workbench, actor: Actor, document: UUID, file_name: str) -> int:
    """Give a document another title."""
    return _edit(bench, actor, document, lambda state: state.rename(file_name))


def mark_handled(bench: Workbench, actor: Actor, document: UUID, *, handled: bool) -> int:
    """Tick or untick «behandeld»."""
    return _edit(bench, actor, document, lambda state: state.mark_handled(handled=handled))


def move(bench: Workbench, actor: Actor, document: UUID, mailbox: Mailbox) -> int:
    """To another mailbox of the dossier."""
    return _edit(bench, actor, document, lambda state: state.move(mailbox))


def delete(bench: Workbench, actor: Actor, document: UUID) -> int:
    """Out of the mailbox; `restore` undoes it."""
    return _edit(bench, actor, document, Document.delete)


def restore(bench: Workbench, actor: Actor, document: UUID) -> int:
    """Back into the mailbox."""
    return _edit(bench, actor, document, Document.restore)


def submit(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """Hand one or several documents to the accountant."""
    promised = cache(lambda dossier: process_by(bench, dossier))
    return each(documents, lambda one: _edit(bench, actor, one, lambda state: state.submit(promised(state.dossier)), Action.SUBMIT))


def each(ids: Sequence[UUID], act: Callable[[UUID], int]) -> Outcome:
    """Do one thing to a selection: what is refused for one does not stop the others."""
    position, done, refused = 0, [], {}
    for one in dict.fromkeys(ids):
        try:
            position = max(position, act(one))
            done.append(one)
        except Refused as refusal:
            refused[one] = refusal
        except ConflictError:
            refused[one] = Refused("Iemand anders wijzigde dit net. Kijk het na en probeer opnieuw.")
    return Outcome(position=position, done=tuple(done), refused=refused)


def _edit(
    bench: Workbench,
    actor: Actor,
    document: UUID,
    decision: Callable[[Document], Sequence[Event]],
    action: Action = Action.EDIT_DOCUMENTS,
) -> int:
    bench.authority.require(actor, action, bench.log.load(Document, document).state.dossier)
    return bench.log.decide(Document, document, decision, context=actor.context)
