"""What the machine does with a document: open it, read it, propose a booking. Each step is a job and can be repeated safely."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

import msgspec

from application import erasure, gathering, worklist
from application.enrichment.certainty import certainty
from application.enrichment.facts import facts_of
from application.enrichment.proposing import propose
from application.event_log import Change
from application.exchange_rates import with_rate
from application.file_types import MediaType, Opened
from application.jobs import Later
from application.line_reading import by_xml, found_line, wanted_lines
from application.ports import ObjectMissing, TaskFailed, WorkshopUnfit
from application.recognition.reading import FieldReading, Page, ReadDocument, Reading, VatRate
from application.remembering import read_with_memory
from domain.booking_proposal import BookingProposal, ProposalDrafted, proposal_of
from domain.document import Document, DocumentRecognised, FoundField, FoundRate, FoundWarning, Mailbox, Progress
from domain.dossier import Dossier, Kind
from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from application.event_log import Context
    from application.jobs import Job
    from application.workbench import Workbench
    from domain.kernel import Event

ENGINE = "daybook-2"
"""Version of recognition: raised when the same bytes would be read differently."""

ATTEMPTS = 4
"""How often a file is tried that breaks the workshop down or takes too long: the machine may just have been busy."""
SCANS_BUSY = 3.0
"""Seconds after which a scan asks again whether it is its turn."""
NOT_OPENED = Refused(
    "Het bestand kan niet geopend worden: het is beschadigd of te ingewikkeld. Maak het opnieuw en lever het nog eens aan."
).sentence
NO_OCR = Refused("Dit is een beeld, en wat zulke beelden leest is hier niet klaar om te werken.").sentence
NOT_READ = Refused("De herkenning is vastgelopen op dit bestand.").sentence

PRIVATE_FIELDS = frozenset({"issuer_name", "buyer_name", "iban", "payment_reference", "payment_terms", "buyer_reference"})
"""Recognised values that may be about a person: sealed in the log."""


def inspect_document(bench: Workbench, job: Job) -> None:
    """Open the file: count its pages, or find it unusable and say why."""
    state = bench.log.load(Document, job.subject).state
    if state.progress not in (Progress.ARRIVED, Progress.UNUSABLE) or state.erased:
        return
    data = bench.objects.get(state.sha256)
    try:
        opened: Opened = bench.workshop.run("adapters.inspection.tasks:inspect", data, media_type=state.media_type)
    except Refused as refusal:
        reason = str(refusal)
        bench.log.decide(Document, job.subject, lambda now: now.refuse_file(reason), context=job.context)
    except TaskFailed:
        if job.attempt >= ATTEMPTS:
            bench.log.decide(Document, job.subject, lambda now: now.refuse_file(NOT_OPENED), context=job.context)
        raise
    else:
        _keep_opened(bench, job, opened)


def _keep_opened(bench: Workbench, job: Job, opened: Opened) -> None:
    """What is shown instead of the file as an object first, then the event that names it (see `_keep`)."""
    view = bench.objects.put(opened.view) if opened.view else None
    contents = {view: opened.view} if view and opened.view else {}
    if bench.log.decide(Document, job.subject, lambda now: now.inspect(opened.pages, view), context=job.context):
        erasure.ensure_stored(bench.objects, contents)
    else:
        erasure.drop(bench, contents)


def recognise_document(bench: Workbench, job: Job) -> None:
    """Read the fields, and keep the words of the pages as an object. What failed for good is read again when the job is."""
    state = bench.log.load(Document, job.subject).state
    if not (state.read_again or state.progress in (Progress.INSPECTED, Progress.FAILED)) or state.erased:
        return
    dossier = bench.log.load(Dossier, state.dossier).state
    try:
        read = _read(bench, state, dossier)
    except Refused:
        bench.log.decide(Document, job.subject, lambda now: now.fail_recognition(NOT_READ), context=job.context)
    except TaskFailed:
        if job.attempt >= ATTEMPTS:
            bench.log.decide(Document, job.subject, lambda now: now.fail_recognition(NOT_READ), context=job.context)
        raise
    except WorkshopUnfit:
        if job.attempt >= ATTEMPTS:
            bench.log.decide(Document, job.subject, lambda now: now.fail_recognition(NO_OCR), context=job.context)
        raise
    else:
        _keep(bench, job, msgspec.structs.replace(read, reading=read_with_memory(bench, state, dossier, read)))


def _read(bench: Workbench, state: Document, dossier: Dossier) -> ReadDocument:
    """Text at once; a scan when the reader of scans is free, so that nothing with text waits behind scans."""
    data = bench.objects.get(state.sha256)
    sales = {Mailbox.PURCHASE: False, Mailbox.SALES: True}.get(state.mailbox)
    asked = {"media_type": state.media_type, "own_vat": dossier.vat_number, "sales": sales}
    read: ReadDocument | None = bench.workshop.run("adapters.reading:read_print", data, **asked)
    if read is None and bench.scans.busy:
        raise Later(SCANS_BUSY)
    return read or cast("ReadDocument", bench.scans.run("adapters.reading:read_document", data, **asked))


def _keep(bench: Workbench, job: Job, read: ReadDocument) -> None:
    """Pages and PDF as objects first, then the event that names them; of a document that was erased meanwhile nothing stays."""
    pages = msgspec.json.encode(read.pages) if read.pages else None
    words, view = (bench.objects.put(one) if one else None for one in (pages, read.inside))
    found = msgspec.structs.replace(recognised(read.reading, words, view), ocr=read.ocr, unread=read.unread, failed=read.failed)
    contents = {sha256: data for sha256, data in ((words, pages), (view, read.inside)) if sha256 and data}
    if bench.log.decide(Document, job.subject, lambda now: now.recognise(found), context=job.context):
        erasure.ensure_stored(bench.objects, contents)
    else:
        erasure.drop(bench, contents)


def recognised(reading: Reading, words: str | None, view: str | None = None) -> DocumentRecognised:
    """The event that keeps what recognition read."""
    fields = [_found(name, value) for name, value in reading.fields.items()]
    return DocumentRecognised(
        engine=ENGINE,
        kind=reading.kind,
        fields=tuple(one for one in fields if one.field not in PRIVATE_FIELDS),
        private_fields=tuple(one for one in fields if one.field in PRIVATE_FIELDS),
        rates=tuple(map(_rate, reading.vat_rates)),
        line_texts=reading.line_texts,
        lines=tuple(map(found_line, reading.lines)),
        warnings=tuple(FoundWarning(code=one.code, values=one.values) for one in reading.warnings),
        words=words,
        view=view,
    )


def _found(name: str, value: FieldReading) -> FoundField:
    box = (value.box.left, value.box.top, value.box.right, value.box.bottom) if value.box else None
    confidence = round(value.confidence, 3)
    return FoundField(field=name, value=value.value, confidence=confidence, source=value.source, page=value.page, box=box)


def _rate(one: VatRate) -> FoundRate:
    return FoundRate(rate=Decimal(one.rate), base=Decimal(one.base), vat=Decimal(one.vat), category=one.category, exemption=one.exemption)


def words_of(bench: Workbench, document: Document) -> tuple[Page, ...]:
    """The words of a document's pages, for click-to-fill and full text; none when it has not been read, or was erased."""
    if document.recognition is None or document.recognition.words is None:
        return ()
    try:
        return msgspec.json.decode(bench.objects.get(document.recognition.words), type=tuple[Page, ...])
    except ObjectMissing:
        return ()


def shown_object(state: Document) -> tuple[str, str]:
    """Digest and media type of what is shown of a document: once it is booked the copy that bears its number."""
    return (state.stamped.copy, MediaType.PDF.value) if state.stamped is not None else readable_object(state)


def readable_object(state: Document) -> tuple[str, str]:
    """The same without a number: the PDF inside an electronic invoice or made of a picture, else the original."""
    view = (state.recognition and state.recognition.view) or state.view
    if view is not None:
        return view, MediaType.PDF.value
    return state.sha256, state.media_type


def draft_proposal(bench: Workbench, job: Job) -> None:
    """Make the booking proposal of a submitted invoice, once it has been read (or could not be)."""
    document = job.subject
    state = bench.log.load(Document, document).state
    ready = state.submitted and state.progress in (Progress.RECOGNISED, Progress.FAILED)
    if not ready or state.mailbox == Mailbox.MISC or state.erased or state.ended:
        return
    proposal = proposal_of(document)
    if bench.log.find(BookingProposal, proposal) is not None:
        return
    drafted = _proposed(bench, document, state, job.context)
    rate = with_rate(bench, BookingProposal.evolve(None, drafted))
    bench.log.append(Change(stream=proposal, version=0, events=[drafted, *rate]), context=job.context)
    if bench.log.load(Document, document).state.erased:  # meanwhile: when the proposal had no key to drop yet
        bench.keys.erase([proposal])


def _proposed(bench: Workbench, document: UUID, state: Document, context: Context) -> ProposalDrafted:
    """What enrichment makes of the document now, as certain as the latest invoices of its counterparty make it."""
    texts = tuple(" ".join(word.text for word in page.words) for page in words_of(bench, state))
    facts = facts_of(state, Kind(state.mailbox), texts)
    around, without_lines = gathering.circumstances(bench, state.dossier, facts), None
    if around.party.line_by_line and not by_xml(state):
        lines, without_lines = wanted_lines(bench, document, facts, context)
        facts = msgspec.structs.replace(facts, lines=lines)
    drafted = propose(document, state, around, facts)
    if without_lines is not None:
        drafted = msgspec.structs.replace(drafted, why=drafted.why | {"lines": without_lines})
    if drafted.counterparty is None:
        return drafted
    record = bench.track_records.of(drafted.dossier, drafted.counterparty)
    certain, weakest = certainty(drafted.confidence, record)
    return msgspec.structs.replace(drafted, certainty=certain, weakest=weakest)


def redraft_proposal(bench: Workbench, job: Job) -> None:
    """After a document was read again: propose anew what nobody corrected. Without a proposal there is nothing to do."""
    state = bench.log.load(Document, job.subject).state
    proposal = proposal_of(job.subject)
    if state.erased or state.recognition is None or bench.log.find(BookingProposal, proposal) is None:
        return
    draft = _proposed(bench, job.subject, state, job.context)

    def decision(now: BookingProposal) -> Sequence[Event]:
        events = now.redraft(draft)
        return [*events, *with_rate(bench, worklist.folded(now, events))] if events else []

    bench.log.decide(BookingProposal, proposal, decision, context=job.context)
