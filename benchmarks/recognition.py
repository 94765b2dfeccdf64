"""How well invoices are read: per set and field right, wrong and absent, as JSON lines.

Sets: the real text PDFs beside the repository (the page only: an XML inside is hidden; only what is printed is scored), the demo's own
invoices, and UBL examples against a second, naive reading of their XML. With the prototype beside the repository its figures are printed
too, as the baseline. `--misses` prints every value that is not right.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from adapters.demo.generator import demo_invoices, demo_sales_invoices
from adapters.demo.invoice import truth
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from adapters.pdf import words
from adapters.ubl import read_ubl
from adapters.unreadable import Unreadable
from application.recognition.reader import read_pages
from application.recognition.reading import FIELD_NAMES, FieldReading
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "data"
PROTOTYPE = SHARED / "prototypes" / "field_extractor.py"
RIGHT, WRONG, ABSENT, INVENTED = "right", "wrong", "absent", "invented"
SURE = 0.9
DAY = date(2026, 11, 1)

_AMOUNTS = ("total_incl", "total_excl", "vat")
_FORMS = re.compile(r"\b(gmbh|sarl|bv|nv|sa|srl|ltd|inc|ag|ev)\b")
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


class Case(NamedTuple):
    """A document that was read: what is true of it, and which of that is printed (and so can be asked for)."""

    name: str
    fields: dict[str, FieldReading]
    truth: dict[str, Any]
    scorable: Iterable[str]


def same(field: str, read: str, true: Any) -> bool:
    """Whether a value is the true one: names without their legal form, numbers without punctuation, amounts without sign."""
    if isinstance(true, list):
        return any(same(field, read, one) for one in true)
    if field in _AMOUNTS:
        return abs(float(read)) == abs(float(true))
    if field.endswith("_name"):
        one, other = _core(read), _core(true)
        return bool(one) and (one in other or other in one)
    return _bare(read) == _bare(true)


def verdict(case: Case, field: str) -> str:
    """Right, wrong, absent, or invented where there is nothing to read."""
    read, true = case.fields.get(field), case.truth.get(field)
    if true in (None, "", []):
        return INVENTED if read else RIGHT
    if read is None:
        return ABSENT
    return RIGHT if same(field, read.value, true) else WRONG


def real_pdfs() -> Iterator[Case]:
    """The real PDFs, from their pages alone."""
    for entry in json.loads((DATA / "manifest.json").read_text())["files"]:
        if entry["kind"] == "invoice_pdf":
            pages = words((DATA / entry["file"]).read_bytes())
            yield Case(entry["file"], dict(read_pages(pages).fields), entry["truth"], entry["scorable"])


def demo_pdfs(purchases: int = 12, sales: int = 4) -> Iterator[Case]:
    """Invoices of the demo world: every dossier as buyer and as seller."""
    for dossier in DOSSIERS:
        for invoice in (*demo_invoices(7, dossier, DAY, purchases), *demo_sales_invoices(7, dossier, DAY, sales)):
            fields = read_pages(words(render_pdf(invoice)), dossier.party.vat_number).fields
            yield Case(f"{dossier.id} {invoice.layout} {invoice.language} {invoice.number}", dict(fields), truth(invoice), FIELD_NAMES)


def ubl_examples() -> Iterator[Case]:
    """UBL documents; the truth is what a plain search of their text finds first."""
    for path in sorted((DATA / "peppol").rglob("*.xml")):
        if path.parent.name == "mutants":  # made to be wrong
            continue
        text = path.read_text(errors="replace")
        try:
            fields = read_ubl(path.read_bytes()).fields
        except Unreadable:
            continue
        found = {"invoice_number": "ID", "issue_date": "IssueDate", "total_excl": "TaxExclusiveAmount", "total_incl": "TaxInclusiveAmount"}
        yield Case(path.name, dict(fields), {name: _first(text, tag) for name, tag in found.items()}, found)


def prototype_pdfs() -> Iterator[Case]:
    """The real PDFs as the prototype reads them."""
    spec = importlib.util.spec_from_file_location("field_extractor", PROTOTYPE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for entry in json.loads((DATA / "manifest.json").read_text())["files"]:
        if entry["kind"] == "invoice_pdf":
            pages = words((DATA / entry["file"]).read_bytes())
            placed = [
                (w.text, w.box.left, w.box.top + 1000 * p.number, w.box.right, w.box.bottom + 1000 * p.number)
                for p in pages
                for w in p.words
            ]
            read = {_PROTOTYPE_NAMES[name]: _reading(name, *found) for name, found in module.extract(placed).items()}
            known = [name for name in entry["scorable"] if name in _PROTOTYPE_NAMES.values()]
            yield Case(entry["file"], read, entry["truth"], known)


def count(cases: Iterable[Case], misses: list[str] | None = None) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Verdicts per field (and `all`), and of the values that are shown as sure."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: Counter[str] = Counter()
    for case in cases:
        for field in case.scorable:
            said = verdict(case, field)
            counts[field][said] += 1
            counts["all"][said] += 1
            if field in case.fields and case.fields[field].confidence >= SURE:
                sure[said] += 1
            if misses is not None and said != RIGHT:
                misses.append(f"{said:9}{case.name} {field}: {case.fields.get(field)} not {case.truth.get(field)!r}")
    return counts, sure


def report(name: str, cases: Iterable[Case], *, show_misses: bool) -> None:
    """One line a field, one for all, one for what is shown as sure."""
    misses: list[str] = []
    counts, sure = count(cases, misses)
    for field, counted in counts.items():
        print(json.dumps({"set": name, "field": field} | {said: counted[said] for said in (RIGHT, WRONG, ABSENT, INVENTED)}))
    print(json.dumps({"set": name, "confidence": f">= {SURE}"} | {said: sure[said] for said in (RIGHT, WRONG, INVENTED)}))
    if show_misses:
        print(*misses, sep="\n", file=sys.stderr)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _core(text: str) -> str:
    return _bare(_FORMS.sub(" ", re.sub(r"[.,]", "", fold(text.rsplit("\n", maxsplit=1)[-1]))))


def _first(text: str, tag: str) -> str | None:
    found = re.search(rf"<(?:\w+:)?{tag}(?: [^>]*)?>\s*([^<]*?)\s*<", text)
    return found[1] if found else None


def _reading(name: str, value: str | int, confidence: float) -> FieldReading:
    cents = name in {"total", "net", "vat_amount"}
    return FieldReading(value=f"{int(value) / 100:.2f}" if cents else str(value), confidence=confidence, source="prototype")


def main() -> None:
    """Score every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    show = parser.parse_args().misses
    report("demo-pdf", demo_pdfs(), show_misses=show)
    if DATA.is_dir():
        report("real-pdf", real_pdfs(), show_misses=show)
        report("ubl", ubl_examples(), show_misses=show)
    if DATA.is_dir() and PROTOTYPE.is_file():
        report("real-pdf by the prototype", prototype_pdfs(), show_misses=False)


if __name__ == "__main__":
    main()
