"""A mail sent to a dossier: from the moment its receipt was acknowledged until each of its attachments has an outcome (FEATURES A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec

from domain.document import Mailbox
from domain.kernel import PERSONAL, Event, PersonalText

if TYPE_CHECKING:
    from collections.abc import Sequence


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one attachment: a document, or a sentence that says why not (with its values)."""

    file_name: str
    document: UUID | None = None
    reason: str = ""
    values: dict[str, str] = {}


class MailReceived(Event, frozen=True, kw_only=True):
    """The whole message is stored under `sha256`; `size` is in bytes. `sender` is the envelope's: said, not proved."""

    name = "mail.received"
    dossier: UUID
    mailbox: Mailbox
    sender: PersonalText
    size: int
    sha256: str


class MailUnpacked(Event, frozen=True, kw_only=True):
    """Every attachment has its outcome. `refusal` says why there was none to take. `author` and `subject` are what the message says.

    `automatic`: a program sent it (an absence notice, a bounce, a mailing list), so nobody waits for an answer.
    """

    name = "mail.unpacked"
    author: PersonalText = ""
    subject: PersonalText = ""
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    refusal: str = ""
    automatic: bool = False


class MailErased(Event, frozen=True, kw_only=True):
    """The message goes with a document of it that is erased; its other documents stay."""

    name = "mail.erased"


class IncomingMail(msgspec.Struct, frozen=True, kw_only=True):
    """State of one message to one mailbox."""

    dossier: UUID
    mailbox: Mailbox
    sender: str
    sha256: str
    unpacked: MailUnpacked | None = None
    erased: bool = False

    @classmethod
    def evolve(cls, state: IncomingMail | None, event: Event) -> IncomingMail:
        """State after one more event."""
        if isinstance(event, MailReceived):
            return cls(dossier=event.dossier, mailbox=event.mailbox, sender=event.sender, sha256=event.sha256)
        if state is None:
            raise TypeError(f"{event.name} on a mail that did not come in")
        match event:
            case MailUnpacked():
                return msgspec.structs.replace(state, unpacked=event)
            case MailErased():
                return msgspec.structs.replace(state, erased=True)
            case _:
                raise TypeError(event.name)

    def unpack(self, outcome: MailUnpacked) -> Sequence[Event]:
        """Keep what became of the attachments; the first outcome counts."""
        return [] if self.unpacked is not None or self.erased else [outcome]

    def erase(self) -> Sequence[Event]:
        """The message is gone."""
        return [] if self.erased else [MailErased()]
