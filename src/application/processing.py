"""What the machine does with a document: open it, read it, propose a booking. Each step is a job and can be repeated safely."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.enrichment.proposing import Circumstances, propose
from application.event_log import Change, Context, Via
from application.file_types import MediaType
from application.ports import TaskFailed
from application.recognition.reading import FieldReading, Page, Reading
from application.worklist import SUSPENSE_ACCOUNT, counterparty_by_vat
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Document, DocumentReceived, DocumentRecognised, FoundField, FoundRate, Mailbox, Progress
from domain.dossier import Dossier, Kind
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.workbench import Workbench

ENGINE = "daybook-1"
"""Version of recognition: raised when the same bytes would be read differently."""

PRIVATE_FIELDS = frozenset({"issuer_name", "buyer_name", "iban", "payment_reference"})
"""Recognised values that may be about a person: sealed in the log."""


def by_machine(cause: str) -> Context:
    """The envelope of what a job does; `cause` is the id of the event it follows from."""
    return Context(by=None, via=Via.JOB, causation=cause)


def inspect_document(bench: Workbench, document: UUID, cause: str) -> None:
    """Open the file: count its pages, or find it unusable and say why."""
    state = bench.log.load(Document, document).state
    if state.progress != Progress.ARRIVED or state.erased:
        return
    data = bench.objects.get(state.sha256)
    try:
        opened = bench.workshop.run("adapters.inspection.tasks:inspect", data, media_type=state.media_type)
    except Refused as refusal:
        reason = str(refusal)
        bench.log.decide(Document, document, lambda now: now.refuse_file(reason), context=by_machine(cause))
    except TaskFailed:
        reason = "Het bestand kan niet geopend worden: het is beschadigd of te ingewikkeld. Maak het opnieuw en lever het nog eens aan."
        bench.log.decide(Document, document, lambda now: now.refuse_file(reason), context=by_machine(cause))
    else:
        bench.log.decide(Document, document, lambda now: now.inspect(opened.pages), context=by_machine(cause))


def recognise_document(bench: Workbench, document: UUID, cause: str) -> None:
    """Read the fields, and keep the words of the pages as an object."""
    state = bench.log.load(Document, document).state
    if state.progress != Progress.INSPECTED or state.erased:
        return
    data = bench.objects.get(state.sha256)
    own_vat = bench.log.load(Dossier, state.dossier).state.vat_number
    try:
        reading, pages = bench.workshop.run("adapters.reading:read_document", data, media_type=state.media_type, own_vat=own_vat)
        inside = bench.workshop.run("adapters.reading:pdf_inside", data) if state.media_type == MediaType.XML else None
    except (Refused, TaskFailed):
        reason = "De herkenning is vastgelopen op dit bestand."
        bench.log.decide(Document, document, lambda now: now.fail_recognition(reason), context=by_machine(cause))
        return
    words = bench.objects.put(msgspec.json.encode(pages)) if pages else None
    found = recognised(reading, words, bench.objects.put(inside) if inside else None)
    bench.log.decide(Document, document, lambda now: now.recognise(found), context=by_machine(cause))


def recognised(reading: Reading, words: str | None, view: str | None = None) -> DocumentRecognised:
    """The event that keeps what recognition read."""
    fields = [_found(name, value) for name, value in reading.fields.items()]
    rates = [
        FoundRate(rate=Decimal(one.rate), base=Decimal(one.base), vat=Decimal(one.vat), category=one.category) for one in reading.vat_rates
    ]
    return DocumentRecognised(
        engine=ENGINE,
        kind=reading.kind,
        fields=tuple(one for one in fields if one.field not in PRIVATE_FIELDS),
        private_fields=tuple(one for one in fields if one.field in PRIVATE_FIELDS),
        rates=tuple(rates),
        line_texts=reading.line_texts,
        words=words,
        view=view,
    )


def _found(name: str, value: FieldReading) -> FoundField:
    box = (value.box.left, value.box.top, value.box.right, value.box.bottom) if value.box else None
    confidence = round(value.confidence, 3)
    return FoundField(field=name, value=value.value, confidence=confidence, source=value.source, page=value.page, box=box)


def words_of(bench: Workbench, document: Document) -> tuple[Page, ...]:
    """The words of a document's pages, for click-to-fill and full text; none when it has not been read."""
    if document.recognition is None or document.recognition.words is None:
        return ()
    return msgspec.json.decode(bench.objects.get(document.recognition.words), type=tuple[Page, ...])


def shown_object(state: Document) -> tuple[str, str]:
    """What is shown of a document: digest and media type of the PDF inside an electronic invoice, else of the original."""
    if state.recognition is not None and state.recognition.view is not None:
        return state.recognition.view, MediaType.PDF.value
    return state.sha256, state.media_type


def draft_proposal(bench: Workbench, document: UUID, cause: str) -> None:
    """Make the booking proposal of a submitted invoice, once it has been read (or could not be)."""
    state = bench.log.load(Document, document).state
    ready = state.submitted and state.progress in (Progress.RECOGNISED, Progress.FAILED)
    if not ready or state.mailbox == Mailbox.MISC or state.erased:
        return
    proposal = proposal_of(document)
    if bench.log.find(BookingProposal, proposal) is not None:
        return
    drafted = propose(document, state, _circumstances(bench, state))
    bench.log.append(Change(stream=proposal, version=0, events=[drafted]), context=by_machine(cause))


def _circumstances(bench: Workbench, state: Document) -> Circumstances:
    kind = Kind(state.mailbox)
    dossier = bench.log.load(Dossier, state.dossier).state
    party_vat = next((one.value for one in _fields(state) if one.field == ("issuer_vat" if kind == Kind.PURCHASE else "buyer_vat")), None)
    known = counterparty_by_vat(bench, state.dossier, kind, party_vat) if party_vat else None
    return Circumstances(
        kind=kind,
        dossier=dossier,
        counterparty_id=known.id if known else None,
        counterparty=known.state if known else None,
        accounts=tuple(bench.mirror.accounts(state.dossier)),
        vat_codes=tuple(code for code in bench.mirror.vat_codes(state.dossier, kind) if code.code not in dossier.vat_codes_off),
        suspense_account=SUSPENSE_ACCOUNT,
        page_texts=tuple(" ".join(word.text for word in page.words) for page in words_of(bench, state)),
    )


def _fields(state: Document) -> tuple[FoundField, ...]:
    return (*state.recognition.fields, *state.recognition.private_fields) if state.recognition else ()


def erase_document(bench: Workbench, document: UUID) -> None:
    """After `document.erased`: drop the keys of the document and its proposal, then bytes and page text nobody else needs.

    Rare, so that looking through all arrivals for another document with the same bytes is affordable.
    """
    bench.keys.erase([document, proposal_of(document)])
    state = bench.log.load(Document, document).state
    if _bytes_used_elsewhere(bench, document, state.sha256):
        return
    bench.objects.delete(state.sha256)
    for moment in bench.log.stream(document):
        if isinstance(moment.event, DocumentRecognised):
            for sha256 in filter(None, (moment.event.words, moment.event.view)):
                bench.objects.delete(sha256)


def _bytes_used_elsewhere(bench: Workbench, document: UUID, sha256: str) -> bool:
    after = 0
    while True:
        found = bench.log.read(after, names=[DocumentReceived.name])
        for moment in found.events:
            same = isinstance(moment.event, DocumentReceived) and moment.event.sha256 == sha256 and moment.stream != document
            if same and not bench.log.load(Document, moment.stream).state.erased:
                return True
        if found.upto == after:
            return False
        after = found.upto
