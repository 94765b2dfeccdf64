"""Fits confidence: reads documents with a known truth, counts right and wrong by score, and writes what `calibration.py` uses.

    python benchmarks/fit_confidence.py [--sample SHARE] [--pages FOLDER] [--counts-only]

Two thirds of each set make the curves, the rest (documents the curves have not seen) the chances from which a field is sure. The corpus's
documents are those for calibration: half their words, and the words' layouts in part, are unknown to the reader. Of the real PDFs the
half of the issuers that may be tuned on takes part in the curves. Counts go to `confidence_counts.json` beside this script, so that the
fit can be repeated without reading anything (`--counts-only`); OCR is slow, and what it saw is kept in FOLDER between two fits.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

import msgspec
from benchmarks._isotonic import Counted, rising_steps, with_own_opinion
from benchmarks._scoring import same, wilson
from benchmarks._sets import DATA, own, real_pdfs
from benchmarks.corpus.looks import Part

from adapters import reading as reading_adapter
from adapters.unreadable import Unreadable
from application.recognition.calibration import CALIBRATION, CERTAIN, Calibration, Step, chance_of, evidence
from application.recognition.reader import read_pages
from application.recognition.reading import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks._sets import Sample

COUNTS = Path(__file__).parent / "confidence_counts.json"
TABLE = Path(__file__).resolve().parents[1] / "src" / "application" / "recognition" / "calibration.json"
MOST_WRONG = 0.02
EVERY_THIRD = 3

Score = tuple[str, str, float, bool]
"""Field, where it was read, score, and whether it was right."""
Counts = dict[str, dict[str, dict[str, list[tuple[float, int, int]]]]]
"""`curves` or `sure` → field → where it was read → score, right, wrong."""


def sets(folder: Path, share: float) -> Iterator[tuple[str, Sample]]:
    """Every document that takes part, and what it is for."""
    some = [(as_, seed, round(count * share)) for as_, seed, count in _OWN]
    for as_, seed, count in some:
        for place, sample in enumerate(own(_below(folder, f"{as_}{seed}"), count, Part.CALIBRATION, as_, seed=seed, own_known=True)):
            told = sample if place % 2 else sample._replace(own_vat=None)
            yield "sure" if place % EVERY_THIRD == 0 else "curves", told
    if DATA.is_dir():
        yield from (("curves", sample) for sample in real_pdfs(_below(folder, "real"), None, "tuning"))


_OWN = (*(("text", seed, 248) for seed in range(11, 17)), ("scan", 21, 150), ("photo", 22, 100))
"""How they come, the seed, and how many."""


def scores(kept: Path, sample: Sample) -> list[Score]:
    """What the reader finds in one document, with its own confidence."""
    reading, pages = _read(kept, sample)
    return [
        (name, origin, score, bool(sample.truth.get(name)) and same(name, field.value, sample.truth[name]))
        for name, field, origin, score in evidence(reading, pages)
        if sample.complete or name in sample.asked
    ]


def _read(kept: Path, sample: Sample) -> tuple[Reading, tuple[Page, ...]]:
    """The reading as it is before calibration, and the pages it is of: kept from the last time, or read anew."""
    data = sample.file.read_bytes()
    file = kept / hashlib.sha256(data).hexdigest()
    if not file.is_file():
        file.write_bytes(msgspec.json.encode(_pages(data)))
    pages = msgspec.json.decode(file.read_bytes(), type=tuple[Page, ...])
    return read_pages(pages, sample.own_vat) if pages else Reading(kind=reading_adapter.Kind.SCAN), pages


def _pages(data: bytes) -> tuple[Page, ...]:
    """The pages that the reader is given for a document."""
    seen: list[tuple[Page, ...]] = []

    def keep(reading: Reading, pages: tuple[Page, ...]) -> Reading:
        seen.append(pages)
        return reading

    with patch.object(reading_adapter, "calibrated", keep):
        try:
            reading_adapter.read_document(data)
        except Unreadable:
            return ()
    return seen[-1] if seen else ()


def count(found: Iterable[tuple[str, list[Score]]]) -> Counts:
    """Right and wrong by score."""
    counted: dict[tuple[str, str, str], dict[float, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for use, values in found:
        for field, origin, score, right in values:
            counted[use, field, origin][score][0 if right else 1] += 1
    counts: Counts = {"curves": {}, "sure": {}}
    for (use, field, origin), by_score in sorted(counted.items()):
        rows = [(score, right, wrong) for score, (right, wrong) in sorted(by_score.items())]
        counts[use].setdefault(field, {})[origin] = rows
    return counts


def fit(counts: Counts) -> Calibration:
    """The curves, and from which chance on a field is sure."""
    curves = {
        field: {origin: rising_steps(with_own_opinion(Counted(*row) for row in rows)) for origin, rows in by_origin.items()}
        for field, by_origin in counts["curves"].items()
    }
    return Calibration(curves=curves, sure={field: _sure_from(counts["sure"].get(field, {}), curves[field]) for field in curves})


def _sure_from(counts: dict[str, list[tuple[float, int, int]]], curves: dict[str, tuple[Step, ...]]) -> float:
    """The lowest chance, itself within the limit, from which on the share of wrong ones is below it with its whole interval."""
    by_chance: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for origin, rows in counts.items():
        for score, right, wrong in rows:
            chance = chance_of(curves.get(origin, ()), score)
            by_chance[chance][0] += right
            by_chance[chance][1] += wrong
    sure_from, right, wrong = CERTAIN, 0, 0
    for chance in sorted(by_chance, reverse=True):
        right, wrong = right + by_chance[chance][0], wrong + by_chance[chance][1]
        if chance >= 1 - MOST_WRONG and wilson(wrong, right + wrong)[1] <= MOST_WRONG:
            sure_from = chance
    return sure_from


def _below(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def _collected(share: float, kept: Path) -> Counts:
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
        uses, samples = zip(*sets(Path(folder), share), strict=True)
        return count(zip(uses, processes.map(partial(scores, kept), samples, chunksize=4), strict=True))


def main() -> None:
    """Read, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=float, default=1.0, metavar="SHARE", help="part of the documents, for a quick look")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="where to keep what was seen on the pages, for the next fit")
    parser.add_argument("--counts-only", action="store_true", help="read nothing, fit the counts that are there")
    asked = parser.parse_args()
    if not asked.counts_only:
        with tempfile.TemporaryDirectory() as folder:
            counts = _collected(asked.sample, _below(asked.pages or Path(folder), "."))
        COUNTS.write_bytes(msgspec.json.format(msgspec.json.encode(counts), indent=1))
    fitted = fit(msgspec.json.decode(COUNTS.read_bytes(), type=Counts))
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=1) + b"\n")
    for field, chance in fitted.sure.items():
        print(f"{field}: sure from {chance} (was {CALIBRATION.sure.get(field)})")


if __name__ == "__main__":
    main()
