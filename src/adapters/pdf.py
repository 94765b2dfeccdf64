"""Words and pictures of a PDF's pages, by pdfium: fast, tolerant, and not thread-safe (one document at a time in a process).

Every function takes bytes and returns plain values, so that it can run in a limited subprocess: a hostile file must not reach the server.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package has no type information
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # the same

from adapters.unreadable import Unreadable
from application.recognition.reading import Box, Page, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL import Image

codecs.lookup("utf-16-le")  # pdfium's text: loaded now, a worker that has given up its rights cannot load it later

MAX_PAGES = 500
"""More pages are not read: no invoice has them."""

POINTS_PER_INCH = 72
MAX_PIXELS = 40_000_000
"""A picture is never larger than this, whatever resolution is asked for (an A0 page at 300 dpi is 139 million)."""

TOUCHING, OFF_LEVEL = 0.06, 0.2
"""In line heights: the gap between two letters of one word (a space is four times as wide), and how far (doubled) they differ in height."""
_TOKEN = re.compile(r"[^\s\x00-\x1f\ufffe\ud800-\udfff]+")
"""What lies between white space; U+FFFE is pdfium's mark for a hyphen at the end of a line, lone surrogates are icons of symbol fonts."""


LEAST_WORDS = 12
"""A page with fewer words, and something else on it, is a picture with a stamp."""
UNMAPPED = 0.3
"""Share of a page's characters that nobody can tell, above which its text is worth nothing."""
_UNMAPPED = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
"""Characters of a font that does not say what they mean."""


class Printed(NamedTuple):
    """A page as its text says, and whether it takes OCR to know what is on it."""

    page: Page
    is_scan: bool


def words(data: bytes) -> tuple[Page, ...]:
    """All pages with their words, boxes in points from the top left of the page as it is displayed. A scanned page has no words."""
    return tuple(printed.page for printed in pages(data))


def pages(data: bytes) -> tuple[Printed, ...]:
    """The same, and of each page whether its words are all there is."""
    with _opened(data) as document:
        return tuple(_read_page(document, index) for index in range(min(len(document), MAX_PAGES)))


def has_attachments(data: bytes) -> bool:
    """Whether files are embedded in the document."""
    with _opened(data) as document:
        return bool(document.count_attachments())


def render(data: bytes, page: int, dpi: int) -> bytes:
    """PNG of one page (counted from 1) as displayed, with annotations and filled-in forms."""
    buffer = io.BytesIO()
    picture(data, page, dpi).save(buffer, "PNG")
    return buffer.getvalue()


def picture(data: bytes, page: int, dpi: int) -> Image.Image:
    """The same, not packed."""
    with _opened(data) as document:
        document.init_forms()
        opened = _page(document, page - 1)
        width, height = opened.get_size()
        scale = min(dpi / POINTS_PER_INCH, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        drawn: Image.Image = opened.render(scale=scale).to_pil()
        return drawn


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Unreadable("De PDF is beveiligd met een wachtwoord.") from error
        raise Unreadable("De PDF is beschadigd.") from error


def _page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Unreadable("Pagina {page} van de PDF is beschadigd.", page=index + 1) from error


def _read_page(document: pdfium.PdfDocument, index: int) -> Printed:
    page = _page(document, index)
    width, height = page.get_size()
    text = page.get_textpage()
    characters = _characters(text)
    found = tuple(_words_of(text, characters, _display(page)))
    is_scan = len(_UNMAPPED.findall(characters)) > UNMAPPED * len(characters) or (len(found) < LEAST_WORDS and _has_pictures(page))
    text.close()
    page.close()
    return Printed(Page(number=index + 1, width=round(width, 2), height=round(height, 2), words=found), is_scan)


def _has_pictures(page: pdfium.PdfPage) -> bool:
    """Whether anything but text is on the page: a picture, or drawings that may be letters."""
    objects = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)))
    return any(pdfium_c.FPDFPageObj_GetType(one) != pdfium_c.FPDF_PAGEOBJ_TEXT for one in objects)


def _characters(text: pdfium.PdfTextPage) -> str:
    """All characters of the page, one for each that has a box."""
    count = text.count_chars()
    characters: str = text.get_text_range() if count else ""
    if len(characters) != count:  # pdfium leaves out what it cannot map; then the numbering of its boxes differs
        characters = "".join(chr(pdfium_c.FPDFText_GetUnicode(text, index)) for index in range(count))
    return characters


def _words_of(text: pdfium.PdfTextPage, characters: str, display: Callable[[float, float, float, float], Box]) -> Iterator[Word]:
    """Characters between white space, which pdfium inserts where the gap is wide. Two boxes a word suffice: first and last character.

    A page with little text may look to pdfium as if it were written downwards: then it ends the line inside words; their parts touch.
    """
    first, last = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()
    box_of, raw = pdfium_c.FPDFText_GetLooseCharBox, text.raw
    before: Word | None = None
    ended = 0
    for token in _TOKEN.finditer(characters):
        if not box_of(raw, token.start(), first) or not box_of(raw, token.end() - 1, last):
            continue
        word = Word(
            token.group(),
            display(min(first.left, last.left), min(first.bottom, last.bottom), max(first.right, last.right), max(first.top, last.top)),
        )
        if before is not None and "\n" in characters[ended : token.start()] and _touch(before.box, word.box):
            word = Word(before.text + word.text, _around(before.box, word.box))
        elif before is not None:
            yield before
        before, ended = word, token.end()
    if before is not None:
        yield before


def _touch(one: Box, next_: Box) -> bool:
    """Whether one box continues in the next, on the same line and with no gap between them."""
    height = min(one.bottom - one.top, next_.bottom - next_.top)
    level = abs(one.top + one.bottom - next_.top - next_.bottom) < height * OFF_LEVEL
    return level and abs(next_.left - one.right) < height * TOUCHING


def _around(one: Box, other: Box) -> Box:
    """The box around two."""
    return Box(min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom))


def _display(page: pdfium.PdfPage) -> Callable[[float, float, float, float], Box]:
    """How a rectangle (left, bottom, right, top) of the page's own space lies on the page as displayed: turned, origin at the top left."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: lambda x0, y0, x1, y1: Box(x0 - left, top - y1, x1 - left, top - y0),
        90: lambda x0, y0, x1, y1: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: Box(right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: lambda x0, y0, x1, y1: Box(top - y1, right - x1, top - y0, right - x0),
    }[page.get_rotation()]
