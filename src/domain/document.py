"""A document a client brought in: from its arrival in a mailbox until it is handed to the accountant (FEATURES A, B)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec

from domain.anchor import Anchor
from domain.document_parts import DocumentPutBack, DocumentReplaced, DocumentWithdrawn, Origin
from domain.kernel import PERSONAL, Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mailbox(StrEnum):
    """The three boxes of a dossier."""

    PURCHASE = "purchase"
    SALES = "sales"
    MISC = "misc"


class Channel(StrEnum):
    """The way a document came in."""

    UPLOAD = "upload"
    API = "api"
    MAIL = "mail"
    PEPPOL = "peppol"
    SCAN = "scan"
    PHOTO = "photo"
    DROPBOX = "dropbox"


class Progress(StrEnum):
    """How far the machine is with reading the document."""

    ARRIVED = "arrived"
    INSPECTED = "inspected"
    UNUSABLE = "unusable"
    RECOGNISED = "recognised"
    FAILED = "failed"


class FoundField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One recognised value: text form, confidence 0–1, how it was found, page from 1 and box in points (left, top, right, bottom)."""

    field: str
    value: str
    confidence: float
    source: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class FoundRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the VAT breakdown: rate in percent, base, VAT, EN 16931 category and the code of the reason for an exemption."""

    rate: Decimal
    base: Decimal
    vat: Decimal
    category: str = "S"
    exemption: str = ""


class FoundLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an electronic invoice, or a discount or charge on the whole of it (`adjustment`; a discount has a negative base).

    `article` is the seller's number, `standard_id` a GTIN or the like, `unit` a UN/ECE code, `cost` what the buyer asked to have put with
    it. `base` is net, `rate` a percentage; None where the document does not say.
    """

    name: str = ""
    description: str = ""
    article: str = ""
    standard_id: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    base: Decimal | None = None
    rate: Decimal | None = None
    category: str = ""
    cost: str = ""
    adjustment: bool = False


class FoundWarning(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to know before believing what was read: the code of its sentence and what that speaks of."""

    code: str
    values: dict[str, str] = {}


class BrokenRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that an electronic invoice breaks, by its id in the standard, and where in the file. `fatal`: the standard forbids it.

    `source` is who found it (the XML schema, our own rules), `values` are what the rule's sentence speaks of.
    """

    rule: str
    fatal: bool = False
    source: str = ""
    where: str = ""
    values: dict[str, str] = {}


class DocumentReceived(Event, frozen=True, kw_only=True):
    """Bytes and facts are stored. `sha256` names the original; `size` is in bytes; `twin` is the first document with the same bytes.

    `origin`: it was made of other documents. Of an attachment `mail` is the message and `sender` who says to have sent it.
    """

    name = "document.received"
    dossier: UUID
    mailbox: Mailbox
    channel: Channel
    file_name: PersonalText
    media_type: str
    size: int
    sha256: str
    twin: UUID | None = None
    origin: Origin | None = None
    mail: UUID | None = None
    sender: PersonalText = ""


class DocumentInspected(Event, frozen=True, kw_only=True):
    """The file opens; `pages` counts from 1 (0 for XML). `view` names the PDF that shows what a browser does not (HEIC, TIFF)."""

    name = "document.inspected"
    pages: int
    view: str | None = None


class DocumentFoundUnusable(Event, frozen=True, kw_only=True):
    """The file does not open (encrypted, damaged, too many pages). `reason` is a sentence for the user."""

    name = "document.found_unusable"
    reason: str


class DocumentRecognised(Event, frozen=True, kw_only=True):
    """What recognition read. Values about people (names, accounts, communications) are in `private_fields`, sealed.

    Of an electronic invoice `lines` are its lines, whose bases make up the total without VAT, and `warnings` what is odd about it.
    `words` names the object with the words of all pages; `kind` is ubl, cii, factur-x, text-pdf or scan. `view` names the object with the
    PDF that came inside an electronic invoice: what is shown instead of the XML. `ocr` is the engine, with its version and models, that
    read scanned pages; `unread` numbers the pages that were too many for it, `failed` those it broke down on.
    """

    name = "document.recognised"
    engine: str
    kind: str
    fields: tuple[FoundField, ...] = ()
    private_fields: Annotated[tuple[FoundField, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    rates: tuple[FoundRate, ...] = ()
    line_texts: Annotated[tuple[str, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    lines: Annotated[tuple[FoundLine, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    warnings: Annotated[tuple[FoundWarning, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    words: str | None = None
    view: str | None = None
    ocr: str = ""
    unread: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()


class LinesRead(Event, frozen=True, kw_only=True):
    """The lines of an invoice on paper, read on demand; they make up the totals that were known then."""

    name = "document.lines_read"
    lines: Annotated[tuple[FoundLine, ...], msgspec.Meta(extra={PERSONAL: True})] = ()


class RecognitionRequested(Event, frozen=True, kw_only=True):
    """Somebody asked to have it read again: after a technical failure, or by a newer engine."""

    name = "document.recognition_requested"


class DocumentValidated(Event, frozen=True, kw_only=True):
    """An electronic invoice was held against the rules of its standard. `rules` names their version; what is broken may quote the page."""

    name = "document.validated"
    rules: str
    broken: Annotated[tuple[BrokenRule, ...], msgspec.Meta(extra={PERSONAL: True})] = ()


class RecognitionFailed(Event, frozen=True, kw_only=True):
    """A technical failure, not an empty page: it can be tried again."""

    name = "document.recognition_failed"
    reason: str


class DocumentRenamed(Event, frozen=True, kw_only=True):
    """Another title."""

    name = "document.renamed"
    file_name: PersonalText


class DocumentHandled(Event, frozen=True, kw_only=True):
    """The client is done with it: ready to be submitted."""

    name = "document.handled"


class DocumentUnhandled(Event, frozen=True, kw_only=True):
    """Not ready after all."""

    name = "document.unhandled"


class DocumentMoved(Event, frozen=True, kw_only=True):
    """To another mailbox of the same dossier."""

    name = "document.moved"
    mailbox: Mailbox


class DocumentDeleted(Event, frozen=True, kw_only=True):
    """Out of the mailbox; it can be restored and stays in the history."""

    name = "document.deleted"


class DocumentRestored(Event, frozen=True, kw_only=True):
    """Back in the mailbox."""

    name = "document.restored"


class DocumentSubmitted(Event, frozen=True, kw_only=True):
    """Handed to the accountant: from now on it is in processing. `process_by`: the last day for it, if promised."""

    name = "document.submitted"
    process_by: date | None = None


class DocumentProcessed(Event, frozen=True, kw_only=True):
    """A miscellaneous document was dealt with by the office.

    `misc_type` is a code of `domain.misc_types.BASE` or a name of the office's own; `permanent`: it belongs to the permanent file;
    `to_download`: an employee still takes it out to keep it elsewhere.
    """

    name = "document.processed"
    misc_type: str = ""
    permanent: bool = False
    to_download: bool = False


class ProcessingUndone(Event, frozen=True, kw_only=True):
    """It is back among what is still to be dealt with."""

    name = "document.processing_undone"


class DocumentFetched(Event, frozen=True, kw_only=True):
    """What was to be downloaded was taken out."""

    name = "document.fetched"


class DocumentTaught(Event, frozen=True, kw_only=True):
    """The corrections that a person stood for taught where its supplier prints what (FEATURES K5).

    `fields` names what was learnt. Labels are sealed, as everything the page says: with the document goes what it taught. `supplier` is a
    keyed digest of its VAT number, or of the counterparty without one; `refuted` are known anchors that read something else here.
    """

    name = "document.taught"
    supplier: UUID
    fields: tuple[str, ...] = ()
    learnt: Annotated[tuple[Anchor, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    refuted: Annotated[tuple[Anchor, ...], msgspec.Meta(extra={PERSONAL: True})] = ()


class DocumentStamped(Event, frozen=True, kw_only=True):
    """The package booked it: a copy of the PDF bears the journal and the number. `copy` names the object; the original is untouched."""

    name = "document.stamped"
    text: str
    copy: str


class DocumentErased(Event, frozen=True, kw_only=True):
    """Bytes, page text, index rows and key are gone; the reason is a ground, not a story: `retention` or `request`."""

    name = "document.erased"
    ground: str


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one document."""

    dossier: UUID
    mailbox: Mailbox
    channel: Channel
    file_name: str
    media_type: str
    sha256: str
    twin: UUID | None
    size: int = 0
    origin: Origin | None = None
    replacement: DocumentReplaced | None = None
    withdrawn: bool = False
    progress: Progress = Progress.ARRIVED
    reason: str = ""
    pages: int | None = None
    view: str | None = None
    recognition: DocumentRecognised | None = None
    lines_read: tuple[FoundLine, ...] = ()
    lesson: DocumentTaught | None = None
    stamped: DocumentStamped | None = None
    read_again: bool = False
    validation: DocumentValidated | None = None
    handled: bool = False
    submitted: bool = False
    processed: bool = False
    to_download: bool = False
    deleted: bool = False
    erased: bool = False

    def inspect(self, pages: int, view: str | None = None) -> Sequence[Event]:
        """The file opened: at the first try, or when it was tried again."""
        return [DocumentInspected(pages=pages, view=view)] if self.progress in (Progress.ARRIVED, Progress.UNUSABLE) else []

    def refuse_file(self, reason: str) -> Sequence[Event]:
        """The file did not open."""
        return [DocumentFoundUnusable(reason=reason)] if self.progress == Progress.ARRIVED else []

    def recognise(self, found: DocumentRecognised) -> Sequence[Event]:
        """Keep what recognition read; a later engine may read it again."""
        if self.erased or self.progress == Progress.UNUSABLE or self.recognition == found:
            return []
        return [found]

    def validate(self, found: DocumentValidated) -> Sequence[Event]:
        """Keep what its rules say of it, in the place of what they said before."""
        return [] if self.erased or found == self.validation else [found]

    @property
    def lines(self) -> tuple[FoundLine, ...]:
        """Those of an electronic invoice, and of one on paper those that were read on demand."""
        return (self.recognition.lines if self.recognition else ()) or self.lines_read

    def read_lines(self, lines: tuple[FoundLine, ...]) -> Sequence[Event]:
        """Keep the lines that were read on demand."""
        return [] if self.erased or not lines or lines == self.lines_read else [LinesRead(lines=lines)]

    def teach(self, lesson: DocumentTaught) -> Sequence[Event]:
        """Keep what its corrections taught, in the place of what they taught before."""
        if self.erased or lesson == self.lesson or not (self.lesson or lesson.learnt or lesson.refuted):
            return []
        return [lesson]

    def stamp(self, stamped: DocumentStamped) -> Sequence[Event]:
        """Show a copy with its number from now on."""
        return [] if self.erased or self.stamped == stamped else [stamped]

    def request_recognition(self) -> Sequence[Event]:
        """Have it read again. Every request is one: the last reading is the one that counts."""
        self._must_not_be_erased()
        if self.progress in (Progress.ARRIVED, Progress.UNUSABLE):
            raise Refused("Dit document kan niet gelezen worden: het is niet geopend.")
        return [RecognitionRequested()]

    def fail_recognition(self, reason: str) -> Sequence[Event]:
        """Recognition broke down; a document once read keeps what was read."""
        if self.erased or self.progress in (Progress.UNUSABLE, Progress.RECOGNISED):
            return []
        if self.progress == Progress.FAILED and not self.read_again:
            return []
        return [RecognitionFailed(reason=reason)]

    def rename(self, file_name: str) -> Sequence[Event]:
        """Another title, not empty."""
        self._must_be_in_mailbox()
        file_name = tidy(file_name)
        if not file_name:
            raise Refused("Geef het document een naam.")
        return [] if file_name == self.file_name else [DocumentRenamed(file_name=file_name)]

    def mark_handled(self, *, handled: bool) -> Sequence[Event]:
        """Tick or untick «behandeld»."""
        self._must_be_in_mailbox()
        if handled is self.handled:
            return []
        return [DocumentHandled() if handled else DocumentUnhandled()]

    def move(self, mailbox: Mailbox) -> Sequence[Event]:
        """To another mailbox of the dossier."""
        self._must_be_in_mailbox()
        return [] if mailbox == self.mailbox else [DocumentMoved(mailbox=mailbox)]

    def delete(self) -> Sequence[Event]:
        """Out of the mailbox."""
        if self.deleted:
            return []
        self._must_be_in_mailbox()
        return [DocumentDeleted()]

    def restore(self) -> Sequence[Event]:
        """Back into the mailbox."""
        self._must_not_be_erased()
        return [DocumentRestored()] if self.deleted else []

    def submit(self, process_by: date | None = None) -> Sequence[Event]:
        """Hand to the accountant. What cannot be opened cannot be booked, and whether it can is only known once it was tried."""
        if self.submitted:
            return []
        self._must_be_in_mailbox()
        if self.progress == Progress.ARRIVED:
            raise Refused("Dit document wordt nog geopend. Probeer het zo meteen opnieuw.")
        if self.progress == Progress.UNUSABLE:
            raise Refused("Dit document kan niet geopend worden en dus niet verzonden. Verwijder het en lever het opnieuw aan.")
        return [DocumentSubmitted(process_by=process_by)]

    def process(self, misc_type: str = "", *, permanent: bool = False, to_download: bool = False) -> Sequence[Event]:
        """The office dealt with a miscellaneous document and says what it is."""
        self._must_not_be_erased()
        if self.mailbox != Mailbox.MISC or not self.submitted:
            raise Refused("Alleen diverse documenten die verzonden zijn kunnen zo verwerkt worden.")
        done = DocumentProcessed(misc_type=misc_type, permanent=permanent, to_download=to_download)
        return [] if self.processed else [done]

    def undo_processing(self) -> Sequence[Event]:
        """Deal with it after all."""
        self._must_not_be_erased()
        return [ProcessingUndone()] if self.processed else []

    def fetch(self) -> Sequence[Event]:
        """It was taken out."""
        return [DocumentFetched()] if self.to_download and not self.erased else []

    @property
    def ended(self) -> bool:
        """Whether other documents stand in its place, or it was made and withdrawn."""
        return self.withdrawn or (self.replacement is not None and not self.replacement.kept)

    def replace(self, parts: tuple[UUID, ...], *, kept: bool, moved: bool = False) -> Sequence[Event]:
        """End it: these documents were made of it. `kept`: it stays beside them."""
        self._must_not_be_erased()
        if self.deleted:
            raise Refused("Dit document is verwijderd. Zet het eerst terug.")
        return [DocumentReplaced(parts=parts, kept=kept, moved=moved)]

    def put_back(self) -> Sequence[Event]:
        """What was made of it is withdrawn."""
        return [DocumentPutBack()] if self.replacement is not None else []

    def withdraw(self) -> Sequence[Event]:
        """It was made of another document, which is put back."""
        self._must_not_be_erased()
        return [DocumentWithdrawn()]

    def erase(self, ground: str) -> Sequence[Event]:
        """Record the erasure that goes with dropping key, bytes and text."""
        return [] if self.erased else [DocumentErased(ground=ground)]

    def _must_be_in_mailbox(self) -> None:
        self._must_not_be_erased()
        if self.deleted:
            raise Refused("Dit document is verwijderd. Zet het eerst terug.")
        if self.submitted:
            raise Refused("Dit document is al verzonden naar je accountant.")

    def _must_not_be_erased(self) -> None:
        if self.erased:
            raise Refused("Dit document is gewist.")
        if self.ended:
            raise Refused("Dit document is vervangen door andere.")

    @classmethod
    def evolve(cls, state: Document | None, event: Event) -> Document:
        """State after one more event."""
        if state is None:
            if not isinstance(event, DocumentReceived):
                raise AssertionError(f"{event!r} cannot be a document's first event")
            return _received(event)
        return msgspec.structs.replace(state, **_changes(event))


def tidy(file_name: str) -> str:
    """A title on one line: what cannot be printed (NUL, line ends, marks that turn the writing direction) becomes a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in file_name).split())


def _received(event: DocumentReceived) -> Document:
    return Document(
        dossier=event.dossier,
        mailbox=event.mailbox,
        channel=event.channel,
        file_name=event.file_name,
        media_type=event.media_type,
        sha256=event.sha256,
        twin=event.twin,
        size=event.size,
        origin=event.origin,
    )


def _changes(event: Event) -> dict[str, object]:
    match event:
        case DocumentInspected(pages=pages, view=view):
            return {"progress": Progress.INSPECTED, "pages": pages, "view": view}
        case DocumentFoundUnusable(reason=reason):
            return {"progress": Progress.UNUSABLE, "reason": reason}
        case DocumentRecognised():
            return {"progress": Progress.RECOGNISED, "recognition": event, "read_again": False, "lines_read": ()}
        case LinesRead(lines=lines):
            return {"lines_read": lines}
        case DocumentTaught():
            return {"lesson": event}
        case DocumentStamped():
            return {"stamped": event}
        case RecognitionRequested():
            return {"read_again": True}
        case DocumentValidated():
            return {"validation": event}
        case RecognitionFailed(reason=reason):
            return {"progress": Progress.FAILED, "reason": reason, "read_again": False}
        case DocumentRenamed(file_name=file_name):
            return {"file_name": file_name}
        case DocumentHandled() | DocumentUnhandled():
            return {"handled": isinstance(event, DocumentHandled)}
        case DocumentMoved(mailbox=mailbox):
            return {"mailbox": mailbox}
        case DocumentDeleted() | DocumentRestored():
            return {"deleted": isinstance(event, DocumentDeleted)}
        case DocumentSubmitted():
            return {"submitted": True}
        case DocumentProcessed(to_download=to_download):
            return {"processed": True, "to_download": to_download}
        case ProcessingUndone():
            return {"processed": False, "to_download": False}
        case DocumentFetched():
            return {"to_download": False}
        case DocumentErased():
            return {"erased": True}
        case DocumentReplaced():
            return {"replacement": event}
        case DocumentPutBack():
            return {"replacement": None}
        case DocumentWithdrawn():
            return {"withdrawn": True}
    raise AssertionError(f"{event!r} is not about a document")
