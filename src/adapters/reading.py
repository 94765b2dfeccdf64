"""Reading a document, whatever it is: which way is chosen by its content, never by its name.

XML is read exactly; a PDF by the XML inside it if there is one, else by its words; an image or a PDF without words is a scan, whose
pages are known but whose fields are not (that takes OCR).
"""

from __future__ import annotations

import io

from msgspec.structs import replace
from PIL import Image, UnidentifiedImageError

from adapters import pdf
from adapters.ubl import cii, embedded_pdf, ubl
from adapters.ubl.factur_x import embedded
from adapters.ubl.xml import parse
from adapters.unreadable import Unreadable
from application.file_types import MediaType, sniff
from application.recognition.agreement import contradicted, doubted, placed
from application.recognition.reader import read_pages
from application.recognition.reading import Kind, Page, ReadDocument, Reading
from application.recognition.reading_warnings import warning

A4_WIDTH = 595.0
"""Points: an image that does not say its resolution is taken to be a page of this width."""
LEAST_WORDS = 12
"""A PDF with fewer words is a scan with a stamp on it."""
LEAST_DPI = 30
_TURNED = (5, 6, 7, 8)
"""EXIF orientations that lie on their side."""


def read_document(data: bytes, media_type: str | None = None, own_vat: str | None = None) -> ReadDocument:
    """What the document says. Raises `Unreadable`, or `Refused` for what is none of ours when no `media_type` is given."""
    match MediaType(media_type or sniff(data, "het bestand", max_bytes=len(data))):
        case MediaType.PDF:
            return _read_pdf(data, own_vat)
        case MediaType.XML:
            return _read_electronic(data, own_vat)
        case MediaType.JPEG | MediaType.PNG:
            return ReadDocument(reading=Reading(kind=Kind.SCAN), pages=(_image_page(data),))


def _read_electronic(data: bytes, own_vat: str | None) -> ReadDocument:
    """The XML is what counts; the PDF inside tells where a value stands on the page."""
    exact = _read_xml(data)
    inside = embedded_pdf(data) if b"BinaryObject" in data.replace(b"\0", b"") else None  # whatever the encoding
    pages = _words_or_nothing(inside) if inside else ()
    if not pages:
        return ReadDocument(reading=exact)
    return ReadDocument(reading=_compared(exact, _seen(pages, own_vat), pages), pages=pages, inside=inside)


def _words_or_nothing(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF that may be damaged: none, then."""
    try:
        return pdf.words(data)
    except Unreadable:
        return ()


def _seen(pages: tuple[Page, ...], own_vat: str | None) -> Reading:
    """What the pages say, if there is print on them."""
    scanned = sum(len(page.words) for page in pages) < LEAST_WORDS
    return Reading(kind=Kind.SCAN) if scanned else read_pages(pages, own_vat)


def read_fields(data: bytes, media_type: str | None = None, own_vat: str | None = None) -> Reading:
    """The same without the pages."""
    return read_document(data, media_type, own_vat).reading


def ready(data: bytes) -> bool:
    """Whether a worker is there to read: the answer to an empty question."""
    return not data


def _read_xml(data: bytes) -> Reading:
    root = parse(data)
    return cii.read_root(root) if cii.is_cii(root) else ubl.read_root(root)


def _read_pdf(data: bytes, own_vat: str | None) -> ReadDocument:
    pages = pdf.words(data)
    seen = _seen(pages, own_vat)
    inside = embedded(data)
    if inside is None:
        return ReadDocument(reading=seen, pages=pages)
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


def _image_page(data: bytes) -> Page:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if image.getexif().get(0x0112) in _TURNED:
                width, height = height, width
            dpi = float(image.info.get("dpi", (0, 0))[0])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("Het beeld is beschadigd.") from error
    scale = 72 / dpi if dpi >= LEAST_DPI else A4_WIDTH / max(1, width)
    return Page(number=1, width=round(width * scale, 2), height=round(height * scale, 2), words=())
