"""Reading a document, whatever it is: which way is chosen by its content, never by its name.

XML is read exactly; a PDF by the XML inside it if there is one, else by its words; what is a picture takes OCR: photos, scans, and those
pages of a PDF whose text does not say what is on them. OCR is slow and heavy, so what can be read without it can be told apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from adapters import pdf
from adapters.pictures import count_frames
from adapters.ubl import cii, embedded_pdf, ubl
from adapters.ubl.factur_x import embedded
from adapters.ubl.xml import parse
from adapters.unreadable import Unreadable
from application.file_types import MediaType, sniff
from application.recognition.agreement import contradicted, doubted, placed
from application.recognition.calibration import calibrated
from application.recognition.reader import read_pages
from application.recognition.reading import Kind, Page, ReadDocument, Reading
from application.recognition.reading_warnings import warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.ocr.pages import Seen

LEAST_WORDS = 12
"""A document with fewer words says nothing."""
MOST_SCANNED = 20
"""Pages of one document that are read by OCR: seconds each. Of more, the first and the last two, where the totals are."""
LAST = 2


class _Own(NamedTuple):
    """The dossier whose document it is: its VAT number, and whether it came in as a sales invoice, where that is known."""

    vat_number: str | None
    sales: bool | None


def read_document(data: bytes, media_type: str | None = None, own_vat: str | None = None, *, sales: bool | None = None) -> ReadDocument:
    """What the document says, by OCR where it takes that (with the engine this process uses).

    Raises `Unreadable`, or `Refused` for what is none of ours when no `media_type` is given.
    """
    kind, own = _kind(data, media_type), _Own(own_vat, sales)
    return _read_print(data, kind, own) or _read_scan(data, kind, own)


def read_print(data: bytes, media_type: str | None = None, own_vat: str | None = None, *, sales: bool | None = None) -> ReadDocument | None:
    """The same without OCR; None for a document that takes it."""
    return _read_print(data, _kind(data, media_type), _Own(own_vat, sales))


def _kind(data: bytes, media_type: str | None) -> MediaType:
    return MediaType(media_type or sniff(data, "het bestand", max_bytes=len(data)))


def _read_print(data: bytes, kind: MediaType, own: _Own) -> ReadDocument | None:
    match kind:
        case MediaType.PDF:
            return _read_pdf(data, own)
        case MediaType.XML:
            return _read_electronic(data, own)
    return None


def _read_scan(data: bytes, kind: MediaType, own: _Own) -> ReadDocument:
    """Pages read by OCR where needed. Fields are looked for on straightened pages, and marked on the pages as they are displayed."""
    from adapters import scans  # noqa: PLC0415 - the libraries of OCR are large, and most documents do without

    if kind == MediaType.PDF:
        printed = pdf.pages(data)
        scanned = [one.page.number for one in printed if one.is_scan]
        chosen = _bearable(scanned)
        read = {seen.shown.number: seen for seen in scans.pdf_pages(data, [one.page for one in printed if one.page.number in chosen])}
        pages = [read.get(one.page.number) or scans.printed(one.page) for one in printed]
    else:
        scanned = list(range(1, count_frames(data, kind) + 1))
        chosen = _bearable(scanned)
        pages = list(scans.picture_pages(data, kind, chosen))
    failed = {seen.shown.number: seen.failed for seen in pages if seen.failed}
    if failed and not any(seen.shown.words for seen in pages):
        raise scans.EngineBroken(next(iter(failed.values())))
    return ReadDocument(
        reading=_seen_fields(pages, own),
        pages=tuple(seen.shown for seen in pages),
        ocr=scans.engine_version(),
        unread=tuple(number for number in scanned if number not in chosen),
        failed=tuple(failed),
    )


def _bearable(numbers: Sequence[int]) -> set[int]:
    """Those of these pages that are read by OCR."""
    return set(numbers if len(numbers) <= MOST_SCANNED else (*numbers[: MOST_SCANNED - LAST], *numbers[-LAST:]))


def _seen_fields(pages: Sequence[Seen], own: _Own) -> Reading:
    """The fields of pages of which some are scanned. It is a scan when most of its words come from OCR."""
    straight = tuple(seen.straight for seen in pages)
    reading = _seen(straight, own)
    by_ocr = sum(len(seen.straight.words) for seen in pages if seen.back is not None)
    most = 2 * by_ocr >= sum(len(page.words) for page in straight)
    where = {seen.straight.number: seen for seen in pages}
    placed = {
        name: replace(field, box=where[field.page].on_page(field.box)) if field.page and field.box else field
        for name, field in reading.fields.items()
    }
    return replace(reading, kind=Kind.SCAN if most else Kind.TEXT_PDF, fields=placed)


def _read_electronic(data: bytes, own: _Own) -> ReadDocument:
    """The XML is what counts; the PDF inside tells where a value stands on the page."""
    exact = _read_xml(data)
    inside = embedded_pdf(data) if b"BinaryObject" in data.replace(b"\0", b"") else None  # whatever the encoding
    pages = _words_or_nothing(inside) if inside else ()
    if not pages:
        return ReadDocument(reading=exact)
    return ReadDocument(reading=_compared(exact, _seen(pages, own), pages), pages=pages, inside=inside)


def _words_or_nothing(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF that may be damaged: none, then."""
    try:
        return pdf.words(data)
    except Unreadable:
        return ()


def _seen(pages: tuple[Page, ...], own: _Own) -> Reading:
    """What the pages say, if there is print on them."""
    scanned = sum(len(page.words) for page in pages) < LEAST_WORDS
    return (
        Reading(kind=Kind.SCAN)
        if scanned
        else calibrated(read_pages(pages, own.vat_number, sales=own.sales), pages, own.vat_number, sales=own.sales)
    )


def ready(data: bytes) -> bool:
    """Whether a worker is there to read: the answer to an empty question."""
    return not data


def _read_xml(data: bytes) -> Reading:
    root = parse(data)
    return cii.read_root(root) if cii.is_cii(root) else ubl.read_root(root)


def _read_pdf(data: bytes, own: _Own) -> ReadDocument | None:
    """By its words and the XML inside; None when it takes OCR. The XML is exact: with one, no picture needs to be read."""
    printed = pdf.pages(data)
    pages = tuple(one.page for one in printed)
    inside = embedded(data)
    if inside is None:
        return None if any(one.is_scan for one in printed) else ReadDocument(reading=_seen(pages, own), pages=pages)
    seen = _seen(pages, own)
    try:
        exact = _read_xml(inside.invoice.data)
    except Unreadable:
        unread = replace(seen, warnings=(*seen.warnings, warning("xml-unreadable")))
        return ReadDocument(reading=unread, pages=pages)
    named = replace(exact, kind=Kind.FACTUR_X, warnings=(*exact.warnings, *inside.warnings()))
    return ReadDocument(reading=_compared(named, seen, pages), pages=pages)


def _compared(exact: Reading, seen: Reading, pages: tuple[Page, ...]) -> Reading:
    """What the XML says, with the place where the page shows it, and a warning for every field of which the page says otherwise."""
    against = contradicted(exact.fields, seen.fields, pages)
    return replace(exact, fields=doubted(placed(exact.fields, seen.fields), against), warnings=(*exact.warnings, *against))
