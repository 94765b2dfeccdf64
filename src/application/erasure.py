"""Erasing a document (FEATURES O4): its personal values, its bytes and its page text go; the history keeps who, when and what kind.

Objects are named after their content, so one may belong to several documents: it goes with the last of them. What an interrupted process
put without an event that names it is not looked for. In a store whose log was put back to an earlier moment such objects are the only copy
of what came in later, and nobody can tell the two apart.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import DEFAULT_BATCH
from application.permissions import Action
from application.ports import ObjectDamaged, ObjectMissing
from domain.booking_proposal import proposal_of
from domain.client_question import questions_of
from domain.document import Document, DocumentErased, DocumentInspected, DocumentReceived, DocumentRecognised, DocumentStamped
from domain.help import help_of
from domain.incoming_mail import IncomingMail, MailErased, MailReceived
from domain.quality_control import control_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from application.event_log import Context, EventLog, Moment
    from application.permissions import Actor
    from application.ports import Objects
    from application.workbench import Workbench
    from domain.kernel import Event

WINDOW = 4 * DEFAULT_BATCH
"""Positions looked at in one reading of the log: without an end in sight the database may sort all later events for each."""


class Ground(StrEnum):
    """Why a document may be erased: its time is over, or the person it is about has asked for it."""

    RETENTION = "retention"
    REQUEST = "request"


def erase(bench: Workbench, actor: Actor, document: UUID, ground: Ground) -> int:
    """Decide that a document is erased; a job then drops what there is of it (`erase_document`). The position, 0 when it was already.

    There is no way back.
    """
    dossier = bench.log.load(Document, document).state.dossier
    bench.authority.require(actor, Action.ERASE, dossier)
    return bench.log.decide(Document, document, lambda state: state.erase(ground), context=actor.context)


def erase_document(bench: Workbench, document: UUID) -> None:
    """After `document.erased`: drop the keys of the document and what stands beside it, and the objects no other document names."""
    bench.keys.erase([document, proposal_of(document), help_of(document), control_of(document), questions_of(document)])
    moments = bench.log.stream(document)
    for moment in moments:
        if isinstance(moment.event, DocumentReceived) and moment.event.mail is not None:
            _erase_mail(bench, moment.event.mail, moment.context)
    drop(bench, [sha256 for moment in moments for sha256 in _digests(moment.event)])


def _erase_mail(bench: Workbench, mail: UUID, context: Context) -> None:
    """The message holds the erased attachment, and the other ones are stored apart: it goes as a whole."""
    bench.log.decide(IncomingMail, mail, lambda state: state.erase(), context=context)
    bench.keys.erase([mail])
    drop(bench, [moment.event.sha256 for moment in bench.log.stream(mail) if isinstance(moment.event, MailReceived)])


def drop(bench: Workbench, digests: Iterable[str]) -> None:
    """Delete those of these objects that no document names. Rare, so that going through all arrivals in the log is affordable."""
    head = bench.log.recorder.safe_head()
    unnamed = set(digests)
    for sha256 in named_digests(bench.log, head):
        unnamed.discard(sha256)
        if not unnamed:
            return
    for sha256 in unnamed:
        _delete(bench, sha256, head)


def ensure_stored(objects: Objects, contents: Mapping[str, bytes]) -> None:
    """Once the event that names these bytes is in the log: put them back if an erasure of the same bytes dropped them meanwhile."""
    for sha256, data in contents.items():
        if not objects.exists(sha256):
            objects.put(data)


def named_digests(log: EventLog, upto: int, after: int = 0) -> Iterator[str]:
    """The digests of all objects that documents and mails not erased name, as the log tells between two positions."""
    erased = {moment.stream for moment in _all(log, after, upto, DocumentErased, MailErased)}
    for moment in _all(log, after, upto, DocumentReceived, DocumentInspected, DocumentRecognised, DocumentStamped, MailReceived):
        if moment.stream not in erased:
            yield from _digests(moment.event)


def _delete(bench: Workbench, sha256: str, head: int) -> None:
    """A document with the same bytes may have come in since `head` was read: then they are put back (see also `ensure_stored`)."""
    try:
        data = bench.objects.get(sha256)
    except ObjectMissing:
        return
    except ObjectDamaged:
        data = None
    bench.objects.delete(sha256)
    named = sha256 in named_digests(bench.log, bench.log.recorder.safe_head(), after=head)
    if named and data is not None:
        bench.objects.put(data)


def _digests(event: Event) -> Iterator[str]:
    match event:
        case DocumentReceived(sha256=sha256) | MailReceived(sha256=sha256):
            yield sha256
        case DocumentInspected(view=str(view)):
            yield view
        case DocumentRecognised(words=words, view=view):
            yield from filter(None, (words, view))
        case DocumentStamped(copy=copy):
            yield copy


def _all(log: EventLog, after: int, upto: int, *kinds: type[Event]) -> Iterator[Moment]:
    names = [kind.name for kind in kinds]
    while after < upto:
        found = log.read(after, names=names, upto=min(upto, after + WINDOW))
        yield from found.events
        if found.upto == after:
            return
        after = found.upto
