"""What the workers do with a submitted file. Every function takes the bytes and returns plain values, or raises `Refused`."""

from __future__ import annotations

import io

import pikepdf
from lxml import etree

from adapters import pictures
from adapters.pdf import MAX_PAGES, render, words
from adapters.unreadable import Unreadable
from application.file_types import MediaType, Opened, xml_root
from domain.kernel import Refused

__all__ = ["inspect", "render", "words"]

THUMBNAIL_DPI = 20


def inspect(data: bytes, media_type: str, max_pages: int = MAX_PAGES, max_pixels: int = pictures.MAX_PIXELS) -> Opened:
    """Open a file that `application.file_types.sniff` took for `media_type`; refuse what is encrypted, damaged or too large to work on."""
    match kind := MediaType(media_type):
        case MediaType.PDF:
            return _inspect_pdf(data, max_pages)
        case MediaType.JPEG | MediaType.PNG | MediaType.HEIC | MediaType.TIFF:
            return _inspect_picture(data, kind, max_pixels)
        case MediaType.XML:
            return _inspect_xml(data)


def _inspect_pdf(data: bytes, max_pages: int) -> Opened:
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise Refused("Het bestand is met een wachtwoord beveiligd. Sla het op zonder wachtwoord en voeg het opnieuw toe.") from None
    except pikepdf.PdfError:
        raise _damaged() from None
    if pages == 0:
        raise _damaged()
    if pages > max_pages:
        raise _too_many(pages, max_pages)
    render(data, page=1, dpi=THUMBNAIL_DPI)  # by the library that shows and reads it, which may disagree with the one that edits it
    return Opened(pages)


def _inspect_picture(data: bytes, kind: MediaType, max_pixels: int) -> Opened:
    try:
        pages = pictures.count_frames(data, kind)
        if pages > pictures.MAX_FRAMES:
            raise _too_many(pages, pictures.MAX_FRAMES)
        frames = pictures.frames(data, kind, max_pixels)
        if kind in pictures.SHOWN_BY_BROWSERS:
            next(frames)
            return Opened(pages)
        return Opened(pages, pictures.as_pdf(frames))
    except pictures.TooLarge:
        raise
    except Unreadable:
        raise _damaged() from None


def _inspect_xml(data: bytes) -> Opened:
    xml_root(data)  # refuses a document type declaration, so that no entity is left to expand
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # the PDF inside an invoice may be longer than the ten million characters allowed otherwise
    )
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Refused("Het XML-bestand is beschadigd op regel {line}. Vraag het opnieuw aan de afzender.", line=fault.lineno) from None
    return Opened(0)


def _too_many(pages: int, limit: int) -> Refused:
    return Refused("Het bestand telt {pages} pagina’s, hoogstens {limit} kan. Splits het en voeg de delen toe.", pages=pages, limit=limit)


def _damaged() -> Refused:
    return Refused("Het bestand is beschadigd en kan niet geopend worden. Bewaar of scan het opnieuw en voeg het opnieuw toe.")
