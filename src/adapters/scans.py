"""Pages that are pictures, read by OCR: of a PDF, of a photo, of a scan of several pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from adapters import pdf
from adapters.ocr.engines import choice_in_use, engine_in_use
from adapters.ocr.pages import Seen, read_page
from adapters.pictures import frames
from application.recognition.reading import Page

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

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


def picture_pages(data: bytes, media_type: MediaType, chosen: Container[int]) -> Iterator[Seen]:
    """All pages of a photo or scan; of those whose number was not chosen only the size."""
    for number, frame in enumerate(frames(data, media_type), start=1):
        page = Page(number=number, width=frame.width, height=frame.height, words=())
        yield _read(frame.image, page) if number in chosen else printed(page)


class EngineBroken(RuntimeError):
    """The engine broke down on every page it was given."""


def _read(image: Image, page: Page) -> Seen:
    engine, picture = engine_in_use(), _grey(image)
    try:
        return read_page(picture, page, engine, choice_in_use().languages)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a library makes of one picture, the other pages are read
        return Seen(page, page, failed=repr(error))


def _grey(image: Image) -> NDArray[np.uint8]:
    return np.array(image.convert("L"), np.uint8)
