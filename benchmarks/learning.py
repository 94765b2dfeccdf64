"""What one correction is worth: of each real issuer with several invoices the first is corrected, and the others are read again.

    python benchmarks/learning.py [--misses]

Prints a JSON line an issuer and one for all: the fields of the *other* invoices that were right before and after, those that were put right
and those that were spoilt by what was learnt. What is embedded in the PDFs is taken out; only what is printed is asked; who issued the
invoice is not learnt, so names and VAT numbers do not count. Corrected is what a person sees to be wrong or missing on the first invoice.

The reader gets little wrong on these, so the anchors are measured without it too (`alone`): every field of the first invoice is taught, and
the others are read by nothing else. The same is done with the demo's suppliers, whose layouts and values nobody learnt from before.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

from benchmarks._scoring import ABSENT, RIGHT, WRONG, Case, verdicts
from benchmarks._sets import DATA, demo, real_pdfs

from adapters.reading import read_document
from application.learning import FIELDS, Corrections, lesson_of
from application.recognition.layout import Layout
from application.recognition.learned import read_learned
from application.recognition.printed import AMOUNTS
from application.recognition.reader import telling
from application.recognition.reading import Kind, Reading
from domain.anchor import remembered

if TYPE_CHECKING:
    from benchmarks._sets import Sample

    from application.recognition.reading import Page
    from domain.anchor import Lesson

Told = dict[str, str]
"""Field → right, wrong, absent or invented."""


def main() -> None:
    """Measure every issuer with more than one invoice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    show = parser.parse_args().misses
    if not DATA.is_dir():
        sys.exit(f"no real invoices at {DATA}")
    with tempfile.TemporaryDirectory() as folder:
        issuers: dict[str, list[Sample]] = defaultdict(list)
        for sample in real_pdfs(Path(folder), None):
            issuers[sample.file.stem.rsplit("-", 1)[0]].append(sample)
        total: Counter[str] = Counter()
        for issuer, samples in issuers.items():
            if len(samples) > 1:
                counted = measure(samples, show=show)
                total += counted
                _print(issuer, counted)
        _print("all", total)
        suppliers: dict[str, list[Sample]] = defaultdict(list)
        for sample in demo(Path(folder), None, purchases=40, sales=0):
            suppliers[sample.truth["issuer_vat"]].append(sample)
        _print("demo suppliers", sum((alone(samples, show=show) for samples in suppliers.values()), Counter()))


def measure(samples: list[Sample], *, show: bool) -> Counter[str]:
    """One issuer: correct the first invoice, read the others without and with what that taught."""
    lesson = _corrected(samples[0])
    counted: Counter[str] = Counter(invoices=len(samples) - 1, learnt=len(lesson.learnt))
    for sample in samples[1:]:
        pages, reading = _read(sample)
        again = read_learned(reading, Layout(telling(pages)), remembered([lesson]))
        before, after = _told(sample, reading), _told(sample, again)
        counted["fields"] += sum(field in sample.asked for field in before)
        counted["before"] += sum(said == RIGHT for said in before.values())
        counted["after"] += sum(said == RIGHT for said in after.values())
        for field in before.keys() | after.keys():
            change = (before.get(field) == RIGHT, after.get(field) == RIGHT)
            counted["put right"] += change == (False, True)
            counted["spoilt"] += change == (True, False)
            if show and after.get(field) != RIGHT:
                print(f"{after.get(field)} {sample.name} {field}: {again.fields.get(field)} not {sample.truth.get(field)}", file=sys.stderr)
    return counted + alone(samples, show=show)


def alone(samples: list[Sample], *, show: bool) -> Counter[str]:
    """One issuer: the fields of the later invoices that the anchors of the first alone read right, wrong, or not."""
    lesson = _corrected(samples[0], everything=True)
    counted: Counter[str] = Counter()
    for sample in samples[1:]:
        pages, _reading = _read(sample)
        empty = Reading(kind=Kind.TEXT_PDF)
        again = read_learned(empty, Layout(telling(pages)), remembered([lesson]))
        taught = {one.field for one in lesson.learnt}
        for field, said in _told(sample, again).items():
            counted[f"alone {said}"] += field in taught
            if show and field in taught and said != RIGHT:
                print(f"alone {said} {sample.name} {field}: {again.fields.get(field)} not {sample.truth.get(field)}", file=sys.stderr)
    return counted


def _corrected(sample: Sample, *, everything: bool = False) -> Lesson:
    """What a person who puts everything right on this invoice teaches; `everything`: as if nothing of it had been."""
    pages, reading = _read(sample)
    told = _told(sample, reading)
    made = {
        field: _value(field, sample.truth[field]) for field, said in told.items() if said != RIGHT or (everything and sample.truth[field])
    }
    read = {field: found.value for field, found in reading.fields.items()}
    names = (str(sample.truth.get("issuer_name") or ""), read.get("buyer_name", ""))
    return lesson_of(uuid4(), Corrections(made, read, names), (), Layout(telling(pages)))


def _read(sample: Sample) -> tuple[tuple[Page, ...], Reading]:
    document = read_document(sample.file.read_bytes())
    return document.pages, document.reading


def _told(sample: Sample, reading: Reading) -> Told:
    fields = {name: field for name, field in reading.fields.items() if name in FIELDS}
    asked = [name for name in sample.asked if name in FIELDS]
    return dict(verdicts(Case(sample.name, fields, sample.truth, asked)))


def _value(field: str, true: Any) -> str:
    """As a person would have it in the proposal: amounts without sign, of several accounts the first; nothing where there is none."""
    one = (true or [""])[0] if isinstance(true, list) else true
    if one is None or one == "":
        return ""
    return f"{abs(Decimal(str(one))):.2f}" if field in AMOUNTS else str(one)


def _print(issuer: str, counted: Counter[str]) -> None:
    names = (
        "invoices",
        "learnt",
        "fields",
        "before",
        "after",
        "put right",
        "spoilt",
        *(f"alone {said}" for said in (RIGHT, WRONG, ABSENT)),
    )
    print(json.dumps({"issuer": issuer} | {name: counted[name] for name in names}))


if __name__ == "__main__":
    main()
