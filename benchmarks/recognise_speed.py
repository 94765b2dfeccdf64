"""What reading costs, as a ratio to the least anybody could do with the same file: JSON lines `recognise/text-pdf` and `recognise/ubl`.

Floors: opening a PDF and taking the text of all its pages with pypdfium2; parsing an XML with lxml. Each document is timed for both in
interleaved rounds in one warm process; its ratio is that of the medians.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package has no type information
from lxml import etree

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from adapters.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ROUNDS = 9


def text_of_all_pages(data: bytes) -> None:
    """The floor of a PDF."""
    with pdfium.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()


def parsed(data: bytes) -> None:
    """The floor of an XML."""
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def ratios(documents: list[bytes], floor: Callable[[bytes], object]) -> list[tuple[float, float, float]]:
    """For each document: seconds of ours, of the floor, and their ratio."""
    measured = []
    for data in documents:
        ours, least = [], []
        read_document(data)
        for _ in range(ROUNDS):
            least.append(_seconds(floor, data))
            ours.append(_seconds(read_document, data))
        a, b = statistics.median(ours), statistics.median(least)
        measured.append((a, b, a / b))
    return measured


def _seconds(work: Callable[[bytes], object], data: bytes) -> float:
    started = time.perf_counter()
    work(data)
    return time.perf_counter() - started


def report(figure: str, measured: list[tuple[float, float, float]]) -> None:
    """One line: medians over the documents, and the ratio nine in ten stay under."""
    ours, floor, ratio = (statistics.median(column) for column in zip(*measured, strict=True))
    p90 = statistics.quantiles([row[2] for row in measured], n=10)[-1]
    line = {"figure": figure, "ours": round(ours, 6), "floor": round(floor, 6), "ratio": round(ratio, 2), "p90": round(p90, 2), "unit": "s"}
    print(json.dumps(line | {"documents": len(measured)}))


def main() -> None:
    """Measure what is there: the real invoices beside the repository, else the demo's own."""
    real = sorted((DATA / "invoices").glob("*.pdf"))
    own = [render_pdf(invoice) for invoice in demo_invoices(1, DOSSIERS[0], date(2026, 11, 1), 40)]
    report("recognise/text-pdf", ratios([path.read_bytes() for path in real] if real else own, text_of_all_pages))
    report("recognise/text-pdf-demo", ratios(own, text_of_all_pages))
    if xml := sorted((DATA / "peppol").rglob("*example*/*.xml")):
        report("recognise/ubl", ratios([data for path in xml if b"Invoice" in (data := path.read_bytes())], parsed))


if __name__ == "__main__":
    main()
