"""The lines of an invoice on paper, on demand: from its ruled tables (pdfplumber), else from where its words stand (FEATURES J5).

Slower than reading the fields (some 80 ms a page), so only for who asks for it. Runs in a limited process, as all that opens files.
"""

from __future__ import annotations

import io
from itertools import chain
from typing import TYPE_CHECKING

import msgspec
import pdfplumber

from adapters import pdf
from application.recognition.item_columns import ruled_table, tables
from application.recognition.items import Outcome, Sums, named_changes, read_items
from application.recognition.labels import Labels
from application.recognition.layout import Layout
from application.recognition.reader import telling
from application.recognition.reading import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from application.recognition.item_columns import Table


def lines_of_pdf(data: bytes, sums: Sums) -> Outcome:
    """The lines of a PDF that add up to the sums. Raises `Unreadable`."""
    pages = telling(pdf.words(data))
    labels = Labels(Layout(pages))
    found = chain(_ruled(data, [page.number for page in pages]), tables(labels))
    return read_items(found, msgspec.convert(sums, Sums), named_changes(labels.layout))


def lines_of_words(data: bytes, sums: Sums) -> Outcome:
    """The same for words that OCR read, as the object of a document's pages holds them: ruled lines are not known of these."""
    pages = msgspec.json.decode(data, type=tuple[Page, ...])
    labels = Labels(Layout(telling(pages)))
    return read_items(tables(labels), msgspec.convert(sums, Sums), named_changes(labels.layout))


def _ruled(data: bytes, numbers: Sequence[int]) -> Iterator[Table]:
    """The ruled tables of these pages; none of a file that this library cannot read."""
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(numbers)) as document:
            for page in document.pages:
                for table in page.extract_tables():
                    found = ruled_table([[cell or "" for cell in row] for row in table])
                    if found is not None:
                        yield found
                page.close()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever the library makes of a strange file: its words may still tell
        return
