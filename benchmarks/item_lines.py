"""How well the lines of invoices on paper are read: per set and layout how many documents have all their lines right.

    python benchmarks/item_lines.py [--sample N] [--sets PART]

Prints JSON lines: `right` (every amount, rate and description), `amounts` (every amount and rate, a description is another), `wrong` (lines
were proposed and one is not there, too many or of another amount or rate) and `none` (nothing was proposed), and seconds a document.
Own documents know their lines; of real PDFs the truth is the XML that was taken out of them, by amount only: its names are other ones.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

from benchmarks._sets import DATA, real_pdfs
from benchmarks.corpus.generate import documents
from benchmarks.corpus.looks import Part

from adapters.item_tables import lines_of_pdf
from adapters.reading import read_print
from application.recognition.items import sums_of
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.corpus.generate import Document

    from application.recognition.reading import ReadLine

RIGHT, AMOUNTS, WRONG, NONE = "right", "amounts", "wrong", "none"
CENT = Decimal("0.011")
"""Prices with VAT divided by item: a cent."""


class Paper(NamedTuple):
    """A PDF, what group it is counted in, and its true lines (base, rate, description); no description: amounts alone."""

    group: str
    pdf: bytes
    truth: list[tuple[Decimal, Decimal, str]]


def own(part: Part, count: int | None) -> Iterator[Paper]:
    """Documents of the corpus."""
    for document in documents(part, count=count):
        yield Paper(document.look, document.pdf, _truth(document))


def real(half: str, count: int | None) -> Iterator[Paper]:
    """Real PDFs whose XML, taken out of them, has lines."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in real_pdfs(Path(folder), count, half):
            exact = read_print((DATA / sample.name).read_bytes())
            lines = exact.reading.lines if exact else ()
            known = [(abs(Decimal(line.base)), Decimal(line.rate or -1), "") for line in lines if line.base and Decimal(line.base)]
            if known:
                yield Paper("all", sample.file.read_bytes(), known)


def _truth(document: Document) -> list[tuple[Decimal, Decimal, str]]:
    bill = document.bill
    return [(line.net * 100 / (100 + line.rate) if bill.inclusive else line.net, line.rate, line.description) for line in bill.lines]


def verdict(lines: tuple[ReadLine, ...], truth: list[tuple[Decimal, Decimal, str]]) -> str:
    """What became of one document. Discounts on the whole are no lines of the corpus."""
    named = bool(truth[0][2])
    read = [line for line in lines if not (named and line.adjustment)]
    if not read:
        return NONE
    if len(read) != len(truth):
        return WRONG
    for line, (base, rate, _name) in zip(_ordered(read, named=named), _ordered(truth, named=named), strict=True):
        if abs(abs(Decimal(line.base)) - base) > CENT or rate not in (Decimal(line.rate), Decimal(-1)):
            return WRONG
    same = not named or all(_plain(line.name) == _plain(name) for line, (_, _, name) in zip(read, truth, strict=True))
    return RIGHT if same else AMOUNTS


def _ordered(lines: list, *, named: bool) -> list:  # type: ignore[type-arg]  # both kinds of lines
    return lines if named else sorted(lines, key=lambda one: abs(Decimal(one.base if hasattr(one, "base") else one[0])))


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")


def measure(name: str, papers: Iterator[Paper]) -> Iterator[dict[str, object]]:
    """The lines of one set."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seconds = []
    for paper in papers:
        read = read_print(paper.pdf)
        started = time.perf_counter()
        lines = lines_of_pdf(paper.pdf, sums_of(read.reading)).lines if read else ()
        seconds.append(time.perf_counter() - started)
        counted[paper.group][verdict(lines, paper.truth)] += 1
    total = sum(counted.values(), Counter[str]())
    for group, counts in [*sorted(counted.items()), ("together", total)]:
        yield {"set": name, "of": group} | {said: counts[said] for said in (RIGHT, AMOUNTS, WRONG, NONE)}
    if seconds:
        yield {"set": name, "documents": len(seconds), "seconds_per_document": round(statistics.median(seconds), 3)}


SETS: dict[str, Callable[[int | None], Iterator[Paper]]] = {
    "own text, dev": lambda count: own(Part.TUNING, count),
    "own text, held back": lambda count: own(Part.HELD_BACK, count),
    "real pdf, tuning half": lambda count: real("tuning", count),
    "real pdf, other half": lambda count: real("other", count),
}


def main() -> None:
    """Measure every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, metavar="N", help="documents of each set, instead of all")
    parser.add_argument("--sets", default="", metavar="PART", help="only the sets whose name has this in it")
    asked = parser.parse_args()
    for name, make in SETS.items():
        if asked.sets in name and (DATA.is_dir() or not name.startswith("real")):
            for line in measure(name, make(asked.sample)):
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
