"""Mail comes in: stored first, acknowledged then, opened later in a limited process. Every attachment gets an outcome.

Acknowledged means that the whole message and its first event are durable. The same message for the same mailbox is the same mail however
often it is sent again: known by its Message-ID and its body, not by the trace lines that every relay adds.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from eventsourcing.persistence import IntegrityError

from application import erasure, intake
from application.event_log import Change, Context, Via
from application.ports import ObjectMissing, TaskFailed
from domain.document import Channel, Mailbox
from domain.incoming_mail import Attachment, IncomingMail, MailReceived, MailUnpacked
from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.jobs import Job
    from application.mail_addresses import Destination
    from application.workbench import Workbench

ATTEMPTS = 4
"""How often a message is tried that breaks the workshop down: the machine may just have been busy."""
HEADERS_WITHIN = 262_144
"""Bytes in which the headers of a message are looked for."""
NO_ATTACHMENT = Refused(
    "In deze mail zit geen bijlage die een document kan zijn. Stuur de factuur of het ticket als bijlage mee (PDF, foto of UBL)."
).sentence
NOT_OPENED = Refused("De mail kan niet geopend worden: ze is beschadigd of te ingewikkeld. Stuur de bijlage in een nieuwe mail.").sentence
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)
_SAID = re.compile(rb"^(?:date|from|subject):[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_BODY = re.compile(rb"\r?\n\r?\n")


class FoundPart(msgspec.Struct, frozen=True, kw_only=True):
    """One attachment as it was found: its bytes, or why they could not be had (a sentence with its values)."""

    file_name: str
    data: bytes = b""
    reason: str = ""
    values: dict[str, str] = {}


class OpenedMail(msgspec.Struct, frozen=True, kw_only=True):
    """What opening a message told about it; see `MailUnpacked`."""

    author: str
    subject: str
    automatic: bool
    parts: tuple[FoundPart, ...]


def receive_mail(bench: Workbench, sender: str, destinations: Iterable[Destination], data: bytes) -> list[UUID]:
    """Keep a message for each of these mailboxes; when this returns, it is durable. Gives the mails, new or known already."""
    sha256 = bench.objects.put(data)
    mails = [_keep(bench, sender, one, data, sha256) for one in dict.fromkeys(destinations)]
    erasure.ensure_stored(bench.objects, {sha256: data})
    return mails


def _keep(bench: Workbench, sender: str, to: Destination, data: bytes, sha256: str) -> UUID:
    mail = bench.claims.stream("mail", str(to.dossier), to.mailbox.value, *identity(data))
    received = MailReceived(dossier=to.dossier, mailbox=to.mailbox, sender=sender, size=len(data), sha256=sha256)
    if bench.log.find(IncomingMail, mail) is None:
        try:
            bench.log.append(Change(stream=mail, version=0, events=[received]), context=Context(by=None, via=Via.MAIL))
        except IntegrityError:
            if bench.log.find(IncomingMail, mail) is None:
                raise
    return mail


def identity(data: bytes) -> tuple[str, str]:
    """What a message is known by when it is sent again: its Message-ID (else what its headers say) and the digest of its body."""
    end = _BODY.search(data, 0, HEADERS_WITHIN)
    headers = data[: end.start() if end else HEADERS_WITHIN]
    named = _MESSAGE_ID.search(headers)
    said = named[1] if named else b"\n".join(_SAID.findall(headers))
    return said.decode("latin-1"), hashlib.sha256(data[end.end() :] if end else data).hexdigest()


def unpack_mail(bench: Workbench, job: Job) -> None:
    """Make documents of the attachments. Run again, it finds those it made: each part of a mail is one delivery."""
    state = bench.log.load(IncomingMail, job.subject).state
    if state.unpacked is not None or state.erased:
        return
    try:
        opened: OpenedMail = bench.workshop.run(
            "adapters.mail_parts:open_mail", bench.objects.get(state.sha256), largest=bench.largest_file
        )
    except ObjectMissing:
        if bench.log.load(IncomingMail, job.subject).state.erased:
            return
        raise
    except Refused as refusal:
        _settle(bench, job, MailUnpacked(refusal=str(refusal)))
    except TaskFailed:
        if job.attempt >= ATTEMPTS:
            _settle(bench, job, MailUnpacked(refusal=NOT_OPENED))
        raise
    else:
        _settle(bench, job, _outcome(bench, job, state, opened))


def _settle(bench: Workbench, job: Job, outcome: MailUnpacked) -> None:
    bench.log.decide(IncomingMail, job.subject, lambda now: now.unpack(outcome), context=job.context)


def _outcome(bench: Workbench, job: Job, state: IncomingMail, opened: OpenedMail) -> MailUnpacked:
    attachments = tuple(_attachment(bench, job, state, number, part) for number, part in enumerate(opened.parts))
    refusal = "" if attachments else NO_ATTACHMENT
    return MailUnpacked(author=opened.author, subject=opened.subject, automatic=opened.automatic, attachments=attachments, refusal=refusal)


def _attachment(bench: Workbench, job: Job, state: IncomingMail, number: int, part: FoundPart) -> Attachment:
    if part.reason:
        return Attachment(file_name=part.file_name, reason=part.reason, values=part.values)
    delivery = intake.Delivery(
        dossier=state.dossier,
        mailbox=Mailbox(state.mailbox),
        channel=Channel.MAIL,
        file_name=part.file_name,
        data=part.data,
        key=str(number),
        mail=job.subject,
        sender=state.sender,
    )
    context = msgspec.structs.replace(job.context, via=Via.MAIL)
    try:
        receipt = intake.take_in(bench, context, job.subject, delivery)
    except Refused as refusal:
        return Attachment(
            file_name=part.file_name, reason=refusal.sentence, values={name: str(value) for name, value in refusal.values.items()}
        )
    return Attachment(file_name=part.file_name, document=receipt.document)
