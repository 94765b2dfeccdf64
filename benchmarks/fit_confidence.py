"""Fits confidence: reads documents with a known truth, counts right and wrong by score, and writes what `calibration.py` uses.

    python benchmarks/fit_confidence.py [--sample SHARE] [--pages FOLDER] [--counts-only]

The corpus's documents are those for calibration: half their words, and the words' layouts in part, are unknown to the reader. Of the real
PDFs the half of the issuers that may be tuned on takes part. They are divided into folds by layout (or issuer): what a value is worth is
counted on each fold with curves made of the others, so on layouts these have not met, and tells from where a field is sure. The curves
that are kept are of all of them.

Counts go to `confidence_counts.csv` beside this script, so that the fit can be repeated without reading anything (`--counts-only`). To make
the documents and to see them (OCR) is slow: what was seen is kept in FOLDER, so that after a change of the reader a new fit takes half a
minute. Begin with an empty folder when the corpus or an engine has changed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import multiprocessing
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

import msgspec
from benchmarks._isotonic import Counted, rising_steps, with_opinion
from benchmarks._scoring import same, wilson
from benchmarks._sets import DATA, own, real_pdfs
from benchmarks.corpus.looks import Part

from adapters import reading as reading_adapter
from adapters.unreadable import Unreadable
from application.recognition.calibration import ALONE, CALIBRATION, CERTAIN, OCR, SURE, TEXT, Calibration, Step, chance_of, evidence
from application.recognition.reader import read_pages
from application.recognition.reading import FIELD_NAMES, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks._sets import Sample

    from application.recognition.reading import Reading

COUNTS = Path(__file__).parent / "confidence_counts.csv"
TABLE = Path(__file__).resolve().parents[1] / "src" / "application" / "recognition" / "calibration.json"
MOST_WRONG = 1 - SURE
FOLDS = 5
FEW = 20
"""Values of a field in pictures: below that nothing is known of it."""


class Row(NamedTuple):
    """How many values were right and how many wrong: of documents that came as text, scan, photo or real, in one fold."""

    came_as: str
    fold: int
    field: str
    origin: str
    score: float
    right: int
    wrong: int


Kind = tuple[str, int, str, str, float]
"""A `Row` without its counts."""
Told = tuple[str, float, Row]
"""How values came, the chance that curves gave which have not met their layout, and their counts."""
Curves = dict[str, dict[str, tuple[Step, ...]]]


class Seen(msgspec.Struct, frozen=True):
    """What is kept of a document between two fits: its truth, and the pages as the reader is given them. `family`: what it is like."""

    came_as: str
    family: str
    truth: dict[str, Any]
    asked: tuple[str, ...]
    complete: bool
    own_vat: str | None
    pages: tuple[Page, ...]


def documents(kept: Path, share: float) -> Iterator[Seen]:
    """Every document that takes part; of the own ones every fourth is read without the dossier being told."""
    for came_as, seed, count in _OWN:
        make = partial(own, count=count, part=Part.CALIBRATION, as_=came_as, seed=seed, own_known=True)
        for place, seen in enumerate(_kept(kept / f"{came_as}-{seed}.json", came_as, make, share)):
            yield seen if place % 4 else msgspec.structs.replace(seen, own_vat=None)
    if DATA.is_dir():
        yield from _kept(kept / "real.json", "real", partial(real_pdfs, count=None, half="tuning"), 1.0)


_OWN = (*(("text", seed, 248) for seed in (11, 12, 13)), ("scan", 21, 63), ("photo", 22, 60))
"""How they come, the seed, and how many."""


def _kept(file: Path, came_as: str, make: Callable[[Path], Iterator[Sample]], share: float) -> list[Seen]:
    """A set as it was seen the last time, or seen now."""
    if not file.is_file():
        with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
            samples = [*make(Path(folder))]
            samples = samples[: max(1, round(len(samples) * share))]
            file.write_bytes(msgspec.json.encode([*processes.map(partial(_seen, came_as), samples, chunksize=4)]))
    seen = msgspec.json.decode(file.read_bytes(), type=list[Seen])
    return seen[: max(1, round(len(seen) * share))]


def _seen(came_as: str, sample: Sample) -> Seen:
    family = sample.file.stem.rsplit("-", 1)[0] if came_as == "real" else sample.name.split()[0]
    pages = _pages(sample.file.read_bytes())
    return Seen(came_as, family, sample.truth, tuple(sample.asked), sample.complete, sample.own_vat, pages)


def values(seen: Seen) -> Iterator[tuple[Kind, bool]]:
    """What the reader finds in one document, with its own confidence, and whether it is right."""
    fold = hashlib.sha256(seen.family.encode()).digest()[0] % FOLDS
    if seen.pages:
        for found in evidence(read_pages(seen.pages, seen.own_vat), seen.pages, seen.own_vat):
            if seen.complete or found.name in seen.asked:
                true = seen.truth.get(found.name)
                right = bool(true) and same(found.name, found.field.value, true)
                yield (seen.came_as, fold, found.name, found.origin, found.score), right


def _pages(data: bytes) -> tuple[Page, ...]:
    """The pages that the reader is given for a document."""
    seen: list[tuple[Page, ...]] = []

    def keep(reading: Reading, pages: tuple[Page, ...], _own_vat: str | None = None, **_told: object) -> Reading:
        seen.append(pages)
        return reading

    with patch.object(reading_adapter, "calibrated", keep):
        try:
            reading_adapter.read_document(data)
        except Unreadable:
            return ()
    return seen[-1] if seen else ()


def count(found: Iterable[tuple[Kind, bool]]) -> list[Row]:
    """Right and wrong by all that tells values apart."""
    counted = Counter(found)
    kinds = sorted({kind for kind, _right in counted})
    return [Row(*kind, counted[kind, True], counted[kind, False]) for kind in kinds]


def fit(rows: list[Row]) -> Calibration:
    """The curves of all, and from which chance on a field is sure."""
    held_out: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for fold in range(FOLDS):
        curves = _curves([row for row in rows if row.fold != fold])
        for row in rows:
            if row.fold == fold and ALONE not in row.origin:
                chance = chance_of(curves[row.field].get(row.origin, ()), row.score)
                held_out[row.field, row.origin].append((row.came_as, chance, row))
    together = sure_from(told for (_, origin), found in held_out.items() if origin == OCR for told in found)
    sure: dict[str, dict[str, float]] = {field: {} for field in FIELD_NAMES}
    for (field, origin), found in sorted(held_out.items(), reverse=True):
        chance = sure_from(found)
        if origin == OCR and TEXT in sure[field] and _never_wrong(found, together):
            chance = min(chance, together)
        if chance < CERTAIN:
            sure[field][origin] = chance
    return Calibration(curves=_curves(rows), sure=sure)


def _never_wrong(found: list[Told], chance: float) -> bool:
    """A field of which too few were seen in pictures to prove it by itself: it is sure as the others are, if it was not itself wrong."""
    good = [row for _, said, row in found if said >= chance]
    return sum(row.right for row in good) >= FEW and not any(row.wrong for row in good)


def _curves(rows: list[Row]) -> Curves:
    """Steps by field and origin. Pictures are few: what is thought before counting a field is what all fields in pictures together were."""
    opinions: dict[str, Callable[[float], float]] = defaultdict(lambda: lambda score: score)
    for origin in (OCR, OCR + ALONE):
        if counts := _by_score(row for row in rows if row.origin == origin):
            opinions[origin] = partial(chance_of, rising_steps(with_opinion(counts)))
    curves: Curves = {field: {} for field in FIELD_NAMES}
    for field, origin in sorted({(row.field, row.origin) for row in rows}):
        counts = _by_score(row for row in rows if (row.field, row.origin) == (field, origin))
        curves[field][origin] = rising_steps(with_opinion(counts, opinions[origin]))
    return curves


def _by_score(rows: Iterable[Row]) -> list[Counted]:
    right, wrong = Counter[float](), Counter[float]()
    for row in rows:
        right[row.score] += row.right
        wrong[row.score] += row.wrong
    return [Counted(score, right[score], wrong[score]) for score in right]


def sure_from(counted: Iterable[Told]) -> float:
    """The lowest chance, itself within the limit, from which on the share of wrong ones is too: with its interval, however they came."""
    found, right, wrong = CERTAIN, Counter[str](), Counter[str]()
    by_chance: dict[float, list[tuple[str, Row]]] = defaultdict(list)
    for came_as, chance, row in counted:
        by_chance[chance].append((came_as, row))
    for chance in sorted(by_chance, reverse=True):
        for came_as, row in by_chance[chance]:
            right[came_as] += row.right
            wrong[came_as] += row.wrong
        proved = wilson(wrong.total(), right.total() + wrong.total())[1] <= MOST_WRONG
        if chance >= SURE and proved and all(wrong[one] <= MOST_WRONG * (right[one] + wrong[one]) for one in wrong):
            found = chance
    return found


def load(file: Path) -> list[Row]:
    """The counts as they were kept."""
    with file.open(newline="") as lines:
        return [Row(one[0], int(one[1]), one[2], one[3], float(one[4]), int(one[5]), int(one[6])) for one in list(csv.reader(lines))[1:]]


def main() -> None:
    """Read, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=float, default=1.0, metavar="SHARE", help="part of the documents, for a quick look")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="where to keep what was seen on the pages, for the next fit")
    parser.add_argument("--counts-only", action="store_true", help="read nothing, fit the counts that are there")
    asked = parser.parse_args()
    if not asked.counts_only:
        with tempfile.TemporaryDirectory() as folder:
            kept = asked.pages or Path(folder)
            kept.mkdir(parents=True, exist_ok=True)
            rows = count(value for seen in documents(kept, asked.sample) for value in values(seen))
        with COUNTS.open("w", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows([Row._fields, *rows])
    fitted = fit(load(COUNTS))
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=1) + b"\n")
    for field, by_origin in fitted.sure.items():
        print(f"{field}: sure from {by_origin or 'nothing'} (was {CALIBRATION.sure.get(field)})")


if __name__ == "__main__":
    main()
