"""Pages that are pictures, read by OCR: of a PDF, of a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from adapters import pdf
from adapters.ocr.engines import choice_in_use, engine_in_use
from adapters.ocr.pages import Seen, read_page
from adapters.pictures import opened
from application.recognition.reading import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from PIL.Image import Image

    from application.file_types import MediaType

DPI = 200
"""Of the picture that is made of a PDF's page."""


def engine_version() -> str:
    """Which engine reads, and its models."""
    return engine_in_use().version


def printed(page: Page) -> Seen:
    """A page that needs no OCR."""
    return Seen(page, page)


def pdf_pages(data: bytes, pages: Iterable[Page]) -> Iterator[Seen]:
    """These pages of a PDF (their number and size count), read as pictures."""
    for page in pages:
        yield _read(pdf.picture(data, page.number, DPI), page)


def picture_page(data: bytes, media_type: MediaType) -> Seen:
    """The page of a photo or scan."""
    frame = opened(data, media_type)
    return _read(frame.image, Page(number=1, width=frame.width, height=frame.height, words=()))


def _read(image: Image, page: Page) -> Seen:
    return read_page(_grey(image), page, engine_in_use(), choice_in_use().languages)


def _grey(image: Image) -> NDArray[np.uint8]:
    return np.array(image.convert("L"), np.uint8)
