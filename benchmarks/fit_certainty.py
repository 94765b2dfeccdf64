"""Fits the stars: generated invoices go through the real proposing code one by one, and whole proposals are held against the truth.

    python benchmarks/fit_certainty.py [--pages FOLDER] [--counts-only]

Two worlds. Suppliers of the corpus (its calibration part) send one dossier six text PDFs each, in their own layout and language: what is
misread of one is often misread of the next. The demo's suppliers send UBL: read exactly, but somebody has to tell the account. `_desk.py`
puts every proposal right and learns, as an office does. Of a corpus supplier the account is that of its trade, or for one in four another
one; one invoice in twenty goes elsewhere.

What came of each proposal is kept in `proposals.jsonl` beside this script; `certainty.json` is fitted on it, and the share of proposals
that needed no correction is printed by certainty and by star, on suppliers that were not used to fit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from datetime import date
from itertools import zip_longest
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

import msgspec
from benchmarks._desk import Desk, Outcome, Work
from benchmarks._isotonic import Counted, rising_steps
from benchmarks._scoring import reliability, share
from benchmarks.corpus.generate import series
from benchmarks.corpus.looks import LOOKS, Part

from adapters import pdf
from adapters.demo.chance import seeded
from adapters.demo.generator import demo_invoices
from adapters.demo.invoice import truth
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from adapters.reading import read_document
from application.enrichment.certainty import FITTED, Fitted, weakest
from application.recognition.calibration import Step, calibrated, chance_of
from application.recognition.reader import read_pages
from application.recognition.reading import Page, ReadDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.corpus.generate import Document

PROPOSALS = Path(__file__).parent / "proposals.jsonl"
TABLE = Path(__file__).resolve().parents[1] / "src" / "application" / "enrichment" / "certainty.json"
SEED, LENGTH, FOLDS = 31, 6, 5
WEIGHTS = (2.0, 5.0, 10.0, 20.0, 40.0)
"""So many invoices of history may weigh as much as what was read."""
_ACCOUNTS = {
    "wholesale": "604000",
    "building": "611000",
    "garage": "611300",
    "legal": "613100",
    "software": "611200",
    "telecom": "612500",
    "energy": "612000",
    "fuel": "612300",
    "till": "600000",
    "export": "604000",
    "consulting": "613200",
}
_TRADES = {look.layout: look.trade for look in LOOKS}
_OTHERWISE = ("610000", "611000", "612400", "613200", "614000", "604000")


_MUST = ("issuer_name", "issue_date", "total_incl", "total_excl", "type_code")
"""What a proposal has, printed or not."""


class Paper(msgspec.Struct, frozen=True):
    """What is kept of an invoice between two fits. What is not printed on it nobody can be asked for."""

    supplier: str
    truth: dict[str, object]
    own_vat: str
    account: str
    pages: tuple[Page, ...]


def papers(kept: Path) -> list[list[Paper]]:
    """The invoices of each supplier of the corpus, as they were seen the last time or are seen now."""
    file = kept / f"series-{SEED}.json"
    if not file.is_file():
        seen = [
            [_paper(document, place) for place, document in enumerate(one)] for one in series(Part.CALIBRATION, seed=SEED, length=LENGTH)
        ]
        file.write_bytes(msgspec.json.encode(seen))
    return msgspec.json.decode(file.read_bytes(), type=list[list[Paper]])


def _paper(document: Document, place: int) -> Paper:
    supplier = f"{document.look} {document.language}"
    always, now = seeded(SEED, "account", supplier), seeded(SEED, "account", supplier, place)
    account = always.choice(_OTHERWISE) if always.random() < 0.25 else _ACCOUNTS[_TRADES[document.look]]  # noqa: PLR2004 - one in four
    if now.random() < 0.05:  # noqa: PLR2004 - one in twenty
        account = now.choice(_OTHERWISE)
    printed = {name: value for name, value in document.truth.items() if name in {*document.printed, *_MUST}}
    return Paper(supplier, printed, document.bill.buyer.vat_number, account, pdf.words(document.pdf))


def works(kept: Path) -> Iterator[list[Work]]:
    """The post of each dossier, in the order it comes."""
    rounds = zip_longest(*papers(kept))
    yield [_printed(paper) for one in rounds for paper in one if paper is not None]
    for dossier in DOSSIERS:
        yield [
            Work(
                supplier=f"{dossier.id} {invoice.seller.vat_number}",
                came_as="ubl",
                read=read_document(render_ubl(invoice), None, dossier.party.vat_number),
                truth=truth(invoice),
                own_vat=dossier.party.vat_number,
                account=invoice.account,
            )
            for invoice in demo_invoices(SEED, dossier, date(2026, 11, 1), 30)
        ]


def _printed(paper: Paper) -> Work:
    reading = calibrated(read_pages(paper.pages, paper.own_vat), paper.pages, paper.own_vat)
    read = ReadDocument(reading=reading, pages=paper.pages)
    return Work(paper.supplier, "text", read, paper.truth, paper.own_vat, paper.account)


def fit(outcomes: list[Outcome]) -> Fitted:
    """The weight of history that tells best what becomes of suppliers that were not used to fit, and the steps of all with that."""
    best = min(WEIGHTS, key=lambda weight: sum(_surprise(said, right) for _, said, right in held_out(outcomes, weight)))
    return Fitted(read_counts_as=best, steps=_steps(outcomes, best))


def held_out(outcomes: list[Outcome], weight: float) -> list[tuple[Outcome, float, bool]]:
    """Each proposal with the chance that the others' suppliers give it, and whether it needed no correction."""
    told = []
    for fold in range(FOLDS):
        steps = _steps([one for one in outcomes if _fold(one) != fold], weight)
        told += [(one, chance_of(steps, _score(one, weight)), not one.changed) for one in outcomes if _fold(one) == fold]
    return told


def _steps(outcomes: Iterable[Outcome], weight: float) -> tuple[Step, ...]:
    counts: dict[float, list[int]] = {}
    for one in outcomes:
        counts.setdefault(_score(one, weight), [0, 0])[bool(one.changed)] += 1
    return rising_steps(Counted(score, *found) for score, found in counts.items())


def _score(one: Outcome, weight: float) -> float:
    return weakest(one.confidence, one.record, weight).chance


def _fold(one: Outcome) -> int:
    return hashlib.sha256(one.supplier.encode()).digest()[0] % FOLDS


def _surprise(said: float, right: bool) -> float:  # noqa: FBT001 - a pair of what was said and what came
    said = min(0.995, max(0.005, said))
    return -log(said if right else 1 - said)


def _tell(outcomes: list[Outcome], weight: float) -> None:
    told = held_out(outcomes, weight)
    for row in reliability(("", said, right) for _, said, right in told):
        print(json.dumps({"reliability": "of whole proposals"} | row))
    for star, least, below in (("full", 0.9, 1.01), ("half", 0.8, 0.9), ("grey", 0.0, 0.8)):
        rights = [right for _, said, right in told if least <= said < below]
        print(json.dumps({"star": star, "proposals": len(rights), "unchanged": sum(rights)} | share(sum(rights), len(rights))))


def main() -> None:
    """Propose, put right, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="where to keep what was seen on the pages, for the next fit")
    parser.add_argument("--counts-only", action="store_true", help="propose nothing, fit what is there")
    asked = parser.parse_args()
    if not asked.counts_only:
        remembered: dict[tuple[str, float], list[int]] = {}
        with tempfile.TemporaryDirectory() as folder, PROPOSALS.open("wb") as lines:
            for post in works(asked.pages or Path(folder)):
                desk = Desk()
                for work in post:
                    lines.write(msgspec.json.encode(desk.process(work)) + b"\n")
                for source, _name, confidence, right in desk.remembered_values:
                    remembered.setdefault((source, confidence), [0, 0])[not right] += 1
        for (source, confidence), (right, wrong) in sorted(remembered.items()):
            print(json.dumps({"source": source, "said": confidence, "right": right, "wrong": wrong}))
    outcomes = [msgspec.json.decode(line, type=Outcome) for line in PROPOSALS.read_bytes().splitlines()]
    fitted = fit(outcomes)
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=1) + b"\n")
    print(json.dumps({"read_counts_as": fitted.read_counts_as, "was": FITTED.read_counts_as}))
    _tell(outcomes, fitted.read_counts_as)


if __name__ == "__main__":
    main()
