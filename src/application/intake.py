"""Intake: a file becomes a document of a mailbox. Acknowledged means that its bytes and its first event are durable."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec
from eventsourcing.persistence import IntegrityError

from application import erasure
from application.claims import AlreadyClaimed
from application.event_log import Change
from application.file_types import sniff
from application.permissions import Action, Actor
from domain.document import Channel, Document, DocumentReceived, Mailbox, tidy
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.event_log import Context
    from application.workbench import Workbench

_ATTEMPTS = 4
NAMELESS = "document"
"""What a file without a name is called."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One file on its way in. `key` makes redelivery harmless: the same key from the same person is the same document.

    `mail` and its `sender` are told of an attachment.
    """

    dossier: UUID
    mailbox: Mailbox
    channel: Channel
    file_name: str
    data: bytes
    key: str
    mail: UUID | None = None
    sender: str = ""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery. `position` is 0 and `repeated` true when the document was already there; `twin` has the same bytes."""

    document: UUID
    position: int
    repeated: bool
    twin: UUID | None


def receive(bench: Workbench, actor: Actor, delivery: Delivery) -> Receipt:
    """Take one file in. Refused, with the reason, when its bytes are not a document of a kind we know; then nothing is kept."""
    bench.authority.require(actor, Action.DELIVER, delivery.dossier)
    return take_in(bench, actor.context, actor.user, delivery)


def take_in(bench: Workbench, context: Context, bearer: UUID, delivery: Delivery) -> Receipt:
    """The same for what a person did not bring himself, such as an attachment: `bearer` is who or what it came with."""
    name = tidy(delivery.file_name) or NAMELESS
    media_type = sniff(delivery.data, name, bench.largest_file)
    document = document_of(delivery.dossier, delivery.channel, bearer, delivery.key)
    known = bench.log.find(Document, document)
    if known is not None:
        return _again(known.state, document, hashlib.sha256(delivery.data).hexdigest())
    sha256 = bench.objects.put(delivery.data)
    receipt = _record(bench, context, document, _received(delivery, name, media_type, sha256))
    if receipt is not None:
        erasure.ensure_stored(bench.objects, {sha256: delivery.data})
        return receipt
    return _overtaken(bench, document, sha256)


def _record(bench: Workbench, context: Context, document: UUID, received: DocumentReceived) -> Receipt | None:
    """Append the arrival; None when another delivery under the same key was faster, or too many of the same bytes were.

    Nearly always the bytes are new, so it is appended as if they were; only when the log says no is looked what was there.
    """
    content = _content(received.dossier, received.sha256)
    claim = [bench.claims.take_unseen(document, *content)]
    for _ in range(_ATTEMPTS):
        try:
            position = bench.log.append(Change(stream=document, version=0, events=[received]), *claim, context=context)
        except IntegrityError:
            if bench.log.find(Document, document) is not None:
                return None
            twin, claim = _content_claim(bench, document, content)
            received = msgspec.structs.replace(received, twin=twin)
        else:
            return Receipt(document=document, position=position, repeated=False, twin=received.twin)
    return None


def _overtaken(bench: Workbench, document: UUID, sha256: str) -> Receipt:
    """What the faster delivery under the same key makes of this one, whose bytes stay only if a document names them."""
    known = bench.log.find(Document, document)
    if known is None or known.state.erased or known.state.sha256 != sha256:
        erasure.drop(bench, [sha256])
    if known is None:
        raise Refused("Er komen te veel dezelfde bestanden tegelijk binnen. Probeer het zo meteen opnieuw.")
    return _again(known.state, document, sha256)


def _received(delivery: Delivery, name: str, media_type: str, sha256: str) -> DocumentReceived:
    return DocumentReceived(
        dossier=delivery.dossier,
        mailbox=delivery.mailbox,
        channel=delivery.channel,
        file_name=name,
        media_type=media_type,
        size=len(delivery.data),
        sha256=sha256,
        mail=delivery.mail,
        sender=delivery.sender,
    )


def document_of(dossier: UUID, channel: Channel, bearer: UUID, key: str) -> UUID:
    """The id of the document that this person's delivery under this key is, or will be."""
    return uuid5(dossier, f"{channel}/{bearer}/{key}")


def _again(known: Document, document: UUID, sha256: str) -> Receipt:
    if known.sha256 != sha256:
        raise Refused("Onder deze sleutel is al een ander bestand aangeleverd. Gebruik voor elk bestand een eigen sleutel.")
    return Receipt(document=document, position=0, repeated=True, twin=known.twin)


def _content_claim(bench: Workbench, document: UUID, content: tuple[str, str, str]) -> tuple[UUID | None, list[Change]]:
    """The first document of the dossier with these bytes, or the claim that makes this the first."""
    try:
        return None, [bench.claims.take(document, *content)]
    except AlreadyClaimed as first:
        return first.owner, []


def _content(dossier: UUID, sha256: str) -> tuple[str, str, str]:
    """What is claimed: these bytes, in this dossier."""
    return "content", str(dossier), sha256
