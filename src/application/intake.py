"""Intake: a file becomes a document of a mailbox. Acknowledged means that its bytes and its first event are durable."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec
from eventsourcing.persistence import IntegrityError

from application.claims import AlreadyClaimed
from application.event_log import Change
from application.file_types import sniff
from application.permissions import Action, Actor
from domain.document import Channel, Document, DocumentReceived, Mailbox, tidy
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.workbench import Workbench

_ATTEMPTS = 4
NAMELESS = "document"
"""What a file without a name is called."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One file on its way in. `key` makes redelivery harmless: the same key from the same person is the same document."""

    dossier: UUID
    mailbox: Mailbox
    channel: Channel
    file_name: str
    data: bytes
    key: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery. `position` is 0 and `repeated` true when the document was already there; `twin` has the same bytes."""

    document: UUID
    position: int
    repeated: bool
    twin: UUID | None


def receive(bench: Workbench, actor: Actor, delivery: Delivery) -> Receipt:
    """Take one file in. Refused, with the reason, when its bytes are not a document of a kind we know; then nothing is kept.

    Nearly always key and bytes are new, so it is appended as if they were; only when the log says no is looked what was there.
    """
    bench.authority.require(actor, Action.DELIVER, delivery.dossier)
    name = tidy(delivery.file_name) or NAMELESS
    media_type = sniff(delivery.data, name, bench.largest_file)
    document = document_of(delivery.dossier, delivery.channel, actor.user, delivery.key)
    sha256 = bench.objects.put(delivery.data)
    received = DocumentReceived(
        dossier=delivery.dossier,
        mailbox=delivery.mailbox,
        channel=delivery.channel,
        file_name=name,
        media_type=media_type,
        size=len(delivery.data),
        sha256=sha256,
    )
    claim = [bench.claims.take_unseen(document, *_content(delivery.dossier, sha256))]
    for _ in range(_ATTEMPTS):
        try:
            position = bench.log.append(Change(stream=document, version=0, events=[received]), *claim, context=actor.context)
        except IntegrityError:
            known = bench.log.find(Document, document)
            if known is not None:
                return _again(known.state, document, sha256)
            twin, claim = _content_claim(bench, delivery.dossier, document, sha256)
            received = msgspec.structs.replace(received, twin=twin)
        else:
            return Receipt(document=document, position=position, repeated=False, twin=received.twin)
    raise Refused("Er komen te veel dezelfde bestanden tegelijk binnen. Probeer het zo meteen opnieuw.")


def document_of(dossier: UUID, channel: Channel, user: UUID, key: str) -> UUID:
    """The id of the document that this person's delivery under this key is, or will be."""
    return uuid5(dossier, f"{channel}/{user}/{key}")


def _again(known: Document, document: UUID, sha256: str) -> Receipt:
    if known.sha256 != sha256:
        raise Refused("Onder deze sleutel is al een ander bestand aangeleverd. Gebruik voor elk bestand een eigen sleutel.")
    return Receipt(document=document, position=0, repeated=True, twin=known.twin)


def _content_claim(bench: Workbench, dossier: UUID, document: UUID, sha256: str) -> tuple[UUID | None, list[Change]]:
    """The first document of the dossier with these bytes, or the claim that makes this the first."""
    try:
        return None, [bench.claims.take(document, *_content(dossier, sha256))]
    except AlreadyClaimed as first:
        return first.owner, []


def _content(dossier: UUID, sha256: str) -> tuple[str, str, str]:
    """What is claimed: these bytes, in this dossier."""
    return "content", str(dossier), sha256
