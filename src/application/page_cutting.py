"""Cutting documents into parts and joining them, beginning them again as another type or in another dossier, and undoing all that.

In a mailbox that is the client's, once it is submitted the office's. Everything is appended in one go: parts, the end of their sources,
and that of their proposals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application import erasure
from application.enrichment.facts import ELECTRONIC
from application.event_log import Change, Loaded, NotFoundError, Via
from application.file_types import MediaType
from application.mailboxes import Outcome, delivery_of, each
from application.permissions import Action, Actor
from application.ports import TaskFailed
from application.processing import readable_object
from application.service_level import process_by
from domain.booking_proposal import BookingProposal, proposal_of
from domain.claim import Claim
from domain.document import Document, DocumentReceived, DocumentSubmitted, Mailbox, Progress, tidy
from domain.document_parts import Origin, Part, check_parts
from domain.help import help_of
from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from application.workbench import Workbench

MOST_SOURCES = 50
"""Documents joined in one go."""
MOST_BYTES = 200_000_000
"""Of all sources together."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What was made, in order, and the position to wait for."""

    documents: tuple[UUID, ...]
    position: int


def cut(bench: Workbench, actor: Actor, sources: Sequence[UUID], parts: Sequence[Part], *, keep: bool = False) -> Made:
    """Make new documents of the pages of others. `keep`: the sources stay beside them, else they end.

    Refused, with the reason, when one of them cannot be cut or the pages do not fit.
    """
    loaded = cuttable(bench, actor, sources)
    states = {one.id: one.state for one in loaded}
    check_parts(parts, {document: state.pages or 0 for document, state in states.items()})
    contents = _made(bench, states, parts)
    digests = [bench.objects.put(data) for data in contents]
    documents = tuple(bench.new_id() for _ in parts)
    received = [_received(bench, states, part, digest, len(data)) for part, digest, data in zip(parts, digests, contents, strict=True)]

    def attempt() -> int:
        now = [bench.log.load(Document, source) for source in states]
        promised = _submission(bench, now[0].id)
        submitted = now[0].state.submitted
        if any(one.state.submitted != submitted for one in now):
            raise Refused("Een van de documenten is intussen verzonden.")
        made = [Change(stream=new, version=0, events=_first(one, promised)) for new, one in zip(documents, received, strict=True)]
        ended = [change for one in now for change in _replaced(bench, one, documents, kept=keep)]
        return bench.log.append(*made, *ended, context=actor.context)

    try:
        position = bench.log.twice(attempt, loaded[0].id)
    except BaseException:
        erasure.drop(bench, digests)
        raise
    erasure.ensure_stored(bench.objects, dict(zip(digests, contents, strict=True)))
    return Made(documents=documents, position=position)


def cuttable(bench: Workbench, actor: Actor, sources: Sequence[UUID]) -> list[Loaded[Document]]:
    """The documents, when this person may cut and join them; refused with the reason when they cannot be."""
    loaded = [_allowed(bench, actor, source) for source in dict.fromkeys(sources)]
    if not 0 < len(loaded) <= MOST_SOURCES:
        raise Refused("Kies 1 tot {most} documenten.", most=MOST_SOURCES)
    if len({(one.state.dossier, one.state.submitted) for one in loaded}) > 1:
        raise Refused("Alleen documenten van één dossier die even ver zijn, kunnen samen.")
    for one in loaded:
        _must_have_pages(one.state)
        one.state.replace((), kept=True)
    return loaded


def change_types(bench: Workbench, actor: Actor, documents: Sequence[UUID], mailbox: Mailbox) -> Outcome:
    """Make submitted documents purchases, sales or miscellaneous: each begins anew there and is read and proposed as such."""
    return each(documents, lambda one: begin_again(bench, actor, one, mailbox=mailbox).position)


def transfer_all(bench: Workbench, actor: Actor, documents: Sequence[UUID], dossier: UUID) -> Outcome:
    """Move submitted documents to another dossier, where each begins anew; for who may do that in both."""
    bench.authority.require(actor, Action.TRANSFER, dossier)
    return each(documents, lambda one: begin_again(bench, actor, one, dossier=dossier).position)


def begin_again(bench: Workbench, actor: Actor, document: UUID, *, dossier: UUID | None = None, mailbox: Mailbox | None = None) -> Made:
    """End a submitted document here and begin it in another mailbox, or another dossier, with the same bytes."""
    source = bench.log.load(Document, document)
    bench.authority.require(actor, Action.TRANSFER if dossier else Action.EDIT_PROPOSALS, source.state.dossier)
    to, box = dossier or source.state.dossier, mailbox or source.state.mailbox
    bench.authority.require(actor, Action.TRANSFER if dossier else Action.EDIT_PROPOSALS, to)
    if (to, box) == (source.state.dossier, source.state.mailbox):
        return Made(documents=(document,), position=0)
    new = bench.new_id()

    def attempt() -> int:
        now = bench.log.load(Document, document)
        if not now.state.submitted or now.state.processed:
            raise Refused("Dit kan alleen met een document dat verzonden en nog niet verwerkt is.")
        promised = _submission(bench, document) if to == now.state.dossier else DocumentSubmitted(process_by=process_by(bench, to))
        claim, twin = _claim(bench, new, now.state, to)
        started = _restarted(bench, now, to, box, twin)
        made = Change(stream=new, version=0, events=_first(started, promised))
        return bench.log.append(made, *claim, *_replaced(bench, now, (new,), moved=True), context=actor.context)

    return Made(documents=(new,), position=bench.log.twice(attempt, document))


def undo(bench: Workbench, actor: Actor, document: UUID) -> int:
    """Withdraw what was made of a document and put all its sources back. Refused once anybody did anything with a part."""
    first = _allowed(bench, actor, document)
    if first.state.replacement is None:
        raise Refused("Hier is niets ongedaan te maken.")
    parts = [bench.log.load(Document, one) for one in first.state.replacement.parts]
    for one in parts:
        bench.authority.require(actor, _action(one.state), one.state.dossier)
    origins = dict.fromkeys(source for part in parts if part.state.origin for source in part.state.origin.documents)

    def attempt() -> int:
        withdrawn = [change for part in parts for change in _withdrawn(bench, part.id)]
        back = [change for source in origins or [document] for change in _put_back(bench, source)]
        return bench.log.append(*withdrawn, *back, context=actor.context)

    return bench.log.twice(attempt, document)


def _allowed(bench: Workbench, actor: Actor, document: UUID) -> Loaded[Document]:
    loaded = bench.log.load(Document, document)
    if loaded.state.erased:
        raise NotFoundError(f"document {document}")
    bench.authority.require(actor, _action(loaded.state), loaded.state.dossier)
    return loaded


def _action(state: Document) -> Action:
    """A mailbox's documents are the client's to arrange, submitted ones the office's."""
    return Action.EDIT_PROPOSALS if state.submitted else Action.EDIT_DOCUMENTS


def _must_have_pages(state: Document) -> None:
    electronic = state.recognition is not None and state.recognition.kind in ELECTRONIC
    if state.media_type == MediaType.XML or electronic:
        raise Refused("“{name}” is een e-factuur: het bestand is de factuur en blijft één geheel.", name=state.file_name)
    if state.progress == Progress.ARRIVED:
        raise Refused("“{name}” wordt nog geopend. Probeer het zo meteen opnieuw.", name=state.file_name)
    if state.progress == Progress.UNUSABLE:
        raise Refused("“{name}” kan niet geopend worden, misschien door een wachtwoord.", name=state.file_name)
    if state.processed:
        raise Refused("“{name}” is al verwerkt.", name=state.file_name)


def _made(bench: Workbench, states: Mapping[UUID, Document], parts: Sequence[Part]) -> list[bytes]:
    """The bytes of each part, made in the workshop."""
    order = {document: number for number, document in enumerate(states)}
    objects = [readable_object(state) for state in states.values()]
    data = [bench.objects.get(sha256) for sha256, _ in objects]
    if sum(map(len, data)) > MOST_BYTES:
        raise Refused("Deze documenten zijn samen te groot om in één keer te verwerken.")
    wanted = [[(order[one.document], one.page, one.turn) for one in part.pages] for part in parts]
    kinds = [kind for _, kind in objects]
    try:
        made: list[bytes] = bench.workshop.run("adapters.page_cutting:cut", b"", sources=data, media_types=kinds, parts=wanted)
    except TaskFailed:
        raise Refused("Dit bestand is te ingewikkeld om te splitsen of samen te voegen.") from None
    return made


def _received(bench: Workbench, states: Mapping[UUID, Document], part: Part, sha256: str, size: int) -> DocumentReceived:
    sources = tuple(dict.fromkeys(one.document for one in part.pages))
    first = states[sources[0]]
    at, by = delivery_of(bench, sources[0])
    return DocumentReceived(
        dossier=first.dossier,
        mailbox=first.mailbox,
        channel=first.channel,
        file_name=tidy(part.file_name) or first.file_name,
        media_type=MediaType.PDF.value,
        size=size,
        sha256=sha256,
        origin=Origin(documents=sources, at=at, by=by, pages=part.pages),
    )


def _restarted(bench: Workbench, source: Loaded[Document], dossier: UUID, mailbox: Mailbox, twin: UUID | None) -> DocumentReceived:
    state = source.state
    at, by = delivery_of(bench, source.id)
    return DocumentReceived(
        dossier=dossier,
        mailbox=mailbox,
        channel=state.channel,
        file_name=state.file_name,
        media_type=state.media_type,
        size=state.size,
        sha256=state.sha256,
        twin=twin,
        origin=Origin(documents=(source.id,), at=at, by=by),
    )


def _first(received: DocumentReceived, submitted: DocumentSubmitted | None) -> list[Event]:
    """How a document that was made begins: as far as its source was."""
    return [received, submitted] if submitted else [received]


def _submission(bench: Workbench, source: UUID) -> DocumentSubmitted | None:
    """How a document was handed to the accountant: what was promised then stays promised of its parts."""
    return next((moment.event for moment in bench.log.stream(source) if isinstance(moment.event, DocumentSubmitted)), None)


def _replaced(
    bench: Workbench, source: Loaded[Document], parts: tuple[UUID, ...], *, kept: bool = False, moved: bool = False
) -> list[Change]:
    changes = [source.change(source.state.replace(parts, kept=kept, moved=moved))]
    proposal = None if kept else bench.log.find(BookingProposal, proposal_of(source.id))
    return changes if proposal is None else [*changes, proposal.change(proposal.state.withdraw())]


def _put_back(bench: Workbench, source: UUID) -> list[Change]:
    loaded = bench.log.load(Document, source)
    kept = loaded.state.replacement is None or loaded.state.replacement.kept
    changes = [loaded.change(loaded.state.put_back())]
    proposal = None if kept else bench.log.find(BookingProposal, proposal_of(source))
    return changes if proposal is None else [*changes, proposal.change(proposal.state.give_back())]


def _withdrawn(bench: Workbench, part: UUID) -> list[Change]:
    """The end of a part that nobody but the machine has touched, with its proposal and its claim on its bytes."""
    own, beside = bench.log.stream(part), [*bench.log.stream(proposal_of(part)), *bench.log.stream(help_of(part))]
    made_submitted = len(own) > 1 and isinstance(own[1].event, DocumentSubmitted)  # a person can only submit what was opened first
    if any(one.context.via != Via.JOB for one in [*own[1 + made_submitted :], *beside]):
        raise Refused("Met een van de nieuwe documenten is al gewerkt: dit kan niet meer ongedaan gemaakt worden.")
    loaded = bench.log.load(Document, part)
    changes = [loaded.change(loaded.state.withdraw())]
    if proposal := bench.log.find(BookingProposal, proposal_of(part)):
        changes.append(proposal.change(proposal.state.withdraw()))
    claim = bench.log.find(Claim, bench.claims.stream("content", str(loaded.state.dossier), loaded.state.sha256))
    return [*changes, claim.change(claim.state.release(part))] if claim else changes


def _claim(bench: Workbench, new: UUID, state: Document, dossier: UUID) -> tuple[list[Change], UUID | None]:
    """The claim on these bytes in the other dossier, or the first document there that has them."""
    if dossier == state.dossier:
        return [], state.twin
    owner = bench.claims.owner("content", str(dossier), state.sha256)
    return ([], owner) if owner else ([bench.claims.take(new, "content", str(dossier), state.sha256)], None)
