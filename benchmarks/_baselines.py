"""Other readers of invoices, to compare with: each reads a file as ours does and gives the fields it knows."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import time
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks._read import Read, Reader

from adapters.pdf import words
from application.recognition.reading import FieldReading

if TYPE_CHECKING:
    from application.recognition.reading import Page

PROTOTYPE = Path(__file__).resolve().parents[2] / "shared" / "prototypes" / "field_extractor.py"
_PAGE_APART = 1000
"""Points between the tops of two pages, as the prototype sees a document."""
_PROTOTYPE_NAMES = {
    "vat": "issuer_vat",
    "number": "invoice_number",
    "date": "issue_date",
    "due": "due_date",
    "total": "total_incl",
    "net": "total_excl",
    "vat_amount": "vat",
    "iban": "iban",
    "ogm": "payment_reference",
}
_SUGGEST = """
import json, sys
from invoice2data.extract.suggestions import suggest_from_text
found = suggest_from_text(sys.stdin.read())
print(json.dumps({name: str(getattr(one, "parsed", None) or one.value) for name, one in found.items()}))
"""
_SUGGESTED_NAMES = {"date": "issue_date", "date_due": "due_date", "amount": "total_incl", "iban": "iban", "vat": "issuer_vat"}


class Baseline(NamedTuple):
    """A reader to compare with, and the fields it knows of: it is asked for no others."""

    name: str
    read: Reader
    knows: frozenset[str]


def baselines(invoice2data: str | None) -> list[Baseline]:
    """The prototype beside the repository, if it is there, and the suggestions of invoice2data in the Python that has it.

    Without a template for the supplier, suggestions are all invoice2data has.
    """
    found = []
    if PROTOTYPE.is_file():
        found.append(Baseline("the prototype", _by_prototype, frozenset(_PROTOTYPE_NAMES.values())))
    if invoice2data:
        found.append(Baseline("invoice2data", partial(_by_invoice2data, invoice2data), frozenset(_SUGGESTED_NAMES.values())))
    return found


def _by_prototype(file: Path, _own_vat: str | None) -> Read:
    started = time.perf_counter()
    pages = words(file.read_bytes())
    placed = [
        (word.text, word.box.left, word.box.top + _PAGE_APART * page.number, word.box.right, word.box.bottom + _PAGE_APART * page.number)
        for page in pages
        for word in page.words
    ]
    found = _prototype().extract(placed)
    fields = {_PROTOTYPE_NAMES[name]: _of_prototype(name, *value) for name, value in found.items()}
    return Read(fields, max(1, len(pages)), time.perf_counter() - started)


def _by_invoice2data(python: str, file: Path, _own_vat: str | None) -> Read:
    pages = words(file.read_bytes())
    started = time.perf_counter()
    answer = subprocess.run([python, "-c", _SUGGEST], input=_lines(pages), capture_output=True, text=True, check=True)  # noqa: S603
    found = json.loads(answer.stdout)
    fields = {
        ours: FieldReading(value=found[name][:40], confidence=0.5, source="suggestion")
        for name, ours in _SUGGESTED_NAMES.items()
        if name in found
    }
    return Read(fields, max(1, len(pages)), time.perf_counter() - started)


def _lines(pages: tuple[Page, ...]) -> str:
    """The text of the pages, words of one height on one line."""
    lines: list[str] = []
    for page in pages:
        rows: dict[int, list[tuple[float, str]]] = {}
        for word in page.words:
            rows.setdefault(round(word.box.bottom / 4), []).append((word.box.left, word.text))
        lines += [" ".join(text for _left, text in sorted(row)) for _height, row in sorted(rows.items())]
    return "\n".join(lines)


@cache
def _prototype() -> Any:
    spec = importlib.util.spec_from_file_location("field_extractor", PROTOTYPE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _of_prototype(name: str, value: str | int, confidence: float) -> FieldReading:
    cents = name in {"total", "net", "vat_amount"}
    return FieldReading(value=f"{int(value) / 100:.2f}" if cents else str(value), confidence=confidence, source="prototype")
