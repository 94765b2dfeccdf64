"""The sets of documents that recognition is measured on: each writes its files into a folder and says what is true of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
from benchmarks.corpus.degrade import photo, scan
from benchmarks.corpus.generate import documents
from benchmarks.corpus.looks import Part

from adapters.demo.chance import seeded
from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import truth
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from adapters.ubl import read_ubl
from adapters.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.corpus.generate import Document

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
DAY = date(2026, 11, 1)
_RECEIPT_FIELDS = ("issuer_name", "issue_date", "total_incl")


class Sample(NamedTuple):
    """A file with what is true of it, which of that stands on it, and the dossier's VAT number where the reader is told."""

    name: str
    file: Path
    truth: dict[str, Any]
    asked: tuple[str, ...]
    complete: bool = False
    own_vat: str | None = None


def own(folder: Path, count: int | None, part: Part, as_: str = "text", *, seed: int = 1, own_known: bool = False) -> Iterator[Sample]:
    """Documents of the corpus as text, as scans, or (those of one page) as photographs."""
    for place, document in enumerate(documents(part, seed=seed)):
        if count is not None and place >= count:
            return
        file = folder / f"{place}.{'jpg' if as_ == 'photo' else 'pdf'}"
        data = _degraded(document, as_, seed)
        if data is not None:
            file.write_bytes(data)
            vat = document.bill.buyer.vat_number if own_known else None
            yield Sample(document.name, file, document.truth, document.printed, complete=True, own_vat=vat)


def _degraded(document: Document, as_: str, seed: int) -> bytes | None:
    chance = seeded(seed, as_, document.name)
    if as_ == "scan":
        return scan(document.pdf, chance)
    if as_ == "photo":
        with pikepdf.open(io.BytesIO(document.pdf)) as opened:
            return photo(document.pdf, chance) if len(opened.pages) == 1 else None
    return document.pdf


def demo(folder: Path, count: int | None, purchases: int = 12, sales: int = 4) -> Iterator[Sample]:
    """Invoices of the demo world: every dossier as buyer and as seller."""
    made = 0
    for dossier in DOSSIERS:
        for invoice in (*demo_invoices(7, dossier, DAY, purchases), *demo_sales_invoices(7, dossier, DAY, sales)):
            if made == count:
                return
            made += 1
            file = folder / f"{made}.pdf"
            file.write_bytes(render_pdf(invoice))
            true = truth(invoice)
            name = f"{dossier.id} {invoice.layout} {invoice.language} {invoice.number}"
            yield Sample(name, file, true, tuple(true), complete=True, own_vat=dossier.party.vat_number)


def real_pdfs(folder: Path, count: int | None, half: str | None = None) -> Iterator[Sample]:
    """The real PDFs, what is embedded in them taken out; `half` is `tuning` or `other`: an issuer is in one of them."""
    entries = [entry for entry in _manifest("invoice_pdf") if half is None or half_of(entry["cluster"]) == half]
    for entry in entries[:count]:
        file = folder / Path(entry["file"]).name
        file.write_bytes(_without_attachments((DATA / entry["file"]).read_bytes()))
        yield Sample(entry["file"], file, entry["truth"], tuple(entry["scorable"]))


def half_of(issuer: str) -> str:
    """The half of the real issuers one is in, by the digest of its name: nobody chose."""
    return "tuning" if hashlib.sha256(issuer.encode()).digest()[0] % 2 else "other"


def real_scans(_folder: Path, count: int | None) -> Iterator[Sample]:
    """Pictures made of real PDFs."""
    for entry in _manifest("invoice_scan_derived")[:count]:
        yield Sample(entry["file"], DATA / entry["file"], entry["truth"], tuple(entry["scorable"]))


def receipts(_folder: Path, count: int | None) -> Iterator[Sample]:
    """Photographs of German receipts."""
    for entry in _manifest("receipt_image")[:count]:
        yield Sample(entry["file"], DATA / entry["file"], entry["truth"], _RECEIPT_FIELDS)


def ubl_examples(_folder: Path, count: int | None) -> Iterator[Sample]:
    """UBL documents; the truth is what a plain search of their text finds first."""
    paths = [path for path in sorted((DATA / "peppol").rglob("*.xml")) if path.parent.name != "mutants"]  # those are made to be wrong
    for path in paths[:count]:
        text = path.read_text(errors="replace")
        try:
            read_ubl(path.read_bytes())
        except Unreadable:
            continue
        tags = {"invoice_number": "ID", "issue_date": "IssueDate", "total_excl": "TaxExclusiveAmount", "total_incl": "TaxInclusiveAmount"}
        found = {name: value for name, tag in tags.items() if (value := _first(text, tag))}
        yield Sample(path.name, path, found, tuple(found))


def _manifest(kind: str) -> list[dict[str, Any]]:
    return [entry for entry in json.loads((DATA / "manifest.json").read_text())["files"] if entry["kind"] == kind]


def _without_attachments(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        for name in list(document.attachments):
            del document.attachments[name]
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def _first(text: str, tag: str) -> str | None:
    found = re.search(rf"<(?:\w+:)?{tag}(?: [^>]*)?>\s*([^<]*?)\s*<", text)
    return found[1] if found else None


OWN_SETS: dict[str, Callable[[Path, int | None], Iterator[Sample]]] = {
    "own text, dev": lambda folder, count: own(folder, count, Part.TUNING),
    "own text, held back": lambda folder, count: own(folder, count, Part.HELD_BACK),
    "own text, held back, dossier known": lambda folder, count: own(folder, count, Part.HELD_BACK, own_known=True),
    "own scan, dev": lambda folder, count: own(folder, count or 40, Part.TUNING, "scan"),
    "own scan, held back": lambda folder, count: own(folder, count or 84, Part.HELD_BACK, "scan"),
    "own photo, dev": lambda folder, count: own(folder, count or 24, Part.TUNING, "photo"),
    "own photo, held back": lambda folder, count: own(folder, count or 40, Part.HELD_BACK, "photo"),
    "demo": demo,
}
REAL_SETS: dict[str, Callable[[Path, int | None], Iterator[Sample]]] = {
    "real pdf, tuning half": lambda folder, count: real_pdfs(folder, count, "tuning"),
    "real pdf, other half": lambda folder, count: real_pdfs(folder, count, "other"),
    "real scan": real_scans,
    "receipts": receipts,
    "ubl": ubl_examples,
}
