"""How well documents are read: per set and field right, wrong, absent and invented, and how much of what is shown as sure is wrong.

    python benchmarks/recognition.py [--sample N] [--sets PART] [--misses] [--invoice2data PYTHON]

Prints JSON lines: the fields of each set with their share of right ones (its Wilson interval; no share below a hundred fields), the values
that are shown as sure, then pages, seconds per page (median) and peak memory of the process that read them; at the end how reliable
confidence is, in ten bins. `wrong` is another value than the true one, `invented` one where nothing is to be read; both count as wrong
among the sure.

Own documents (`corpus/`) whose layouts and wordings are held back from tuning are measured apart, and their misses are never printed. The
real text PDFs beside the repository are read from their pages alone: what is embedded is taken out. The reader was tuned on all 41 before
they were split by issuer; first seen it read 315 of their 380 fields right. Baselines: the prototype beside the repository, and the
suggestions of invoice2data in an environment of its own (`--invoice2data`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1]))

from benchmarks._baselines import Baseline, baselines
from benchmarks._read import Read, peak_memory, read
from benchmarks._scoring import ABSENT, INVENTED, RIGHT, WRONG, Case, count, outcomes, reliability, share
from benchmarks._sets import DATA, OWN_SETS, REAL_SETS, Sample

from application.recognition.calibration import is_sure

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from benchmarks._read import Reader


COMPARED = ("own text, held back", "real pdf, other half")
"""The sets the other readers are measured on too."""
UNSEEN = (*COMPARED, "own scan, held back", "own photo, held back")
"""Documents of which none was used to fit confidence: the table of reliability is of these."""

Line = dict[str, object]


def measure(name: str, samples: list[Sample], *, misses: bool = False) -> tuple[list[Line], list[tuple[str, float, bool]]]:
    """The lines of one set (fields, sure values, speed), and what became of each value."""
    reads, peak = read_all(read, samples)
    missed: list[str] = []
    counts, sure = count(cases(samples, reads), is_sure, missed)
    wrong = sure[WRONG] + sure[INVENTED]
    lines = [
        *_fields(name, counts),
        {"set": name, "sure": sure.total(), "wrong": wrong} | share(wrong, sure.total()),
        _speed(name, reads) | {"peak_mb": peak},
    ]
    if misses:
        print(*missed, sep="\n", file=sys.stderr)
    return lines, [value for case in cases(samples, reads) for value in outcomes(case)]


def compare(name: str, samples: list[Sample], other: Baseline) -> Iterator[Line]:
    """The lines of another reader on the same set, and ours on the fields it knows."""
    asked = [one._replace(asked=tuple(other.knows & set(one.asked)), complete=False) for one in samples]
    for by, reader in ((f"{name}, fields of {other.name}", read), (f"{name}, by {other.name}", other.read)):
        reads, _peak = read_all(reader, asked)
        yield from _fields(by, count(cases(asked, reads), lambda _confidence: False)[0])
        yield _speed(by, reads)


def read_all(reader: Reader, samples: list[Sample]) -> tuple[list[Read], int]:
    """What a reader finds, in a process of its own, and the most memory (MB) that took."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        reads = list(process.map(reader, [one.file for one in samples], [one.own_vat for one in samples]))
        return reads, process.submit(peak_memory).result()


def cases(samples: Iterable[Sample], reads: Iterable[Read]) -> Iterator[Case]:
    """Samples with what was read of them."""
    for sample, found in zip(samples, reads, strict=True):
        yield Case(sample.name, found.fields, sample.truth, sample.asked, sample.complete)


def _fields(name: str, counts: dict[str, Counter[str]]) -> Iterator[Line]:
    for field, counted in counts.items():
        found = {said: counted[said] for said in (RIGHT, WRONG, ABSENT, INVENTED)}
        yield {"set": name, "field": field} | found | share(counted[RIGHT], counted[RIGHT] + counted[WRONG] + counted[ABSENT])


def _speed(name: str, reads: list[Read]) -> Line:
    seconds = statistics.median(one.seconds / one.pages for one in reads)
    return {"set": name, "documents": len(reads), "pages": sum(one.pages for one in reads), "seconds_per_page": round(seconds, 4)}


def main() -> None:
    """Measure every set that is there."""
    asked = _arguments()
    unseen: list[tuple[str, float, bool]] = []
    for name, make in (OWN_SETS | (REAL_SETS if DATA.is_dir() else {})).items():
        if asked.sets in name:
            with tempfile.TemporaryDirectory() as folder:
                samples = list(make(Path(folder), asked.sample))
                lines, values = measure(name, samples, misses=asked.misses and "held back" not in name)
                _tell(lines)
                unseen += values if name in UNSEEN else []
                for other in baselines(asked.invoice2data) if name in COMPARED else []:
                    _tell(compare(name, samples, other))
    _tell({"reliability": "of documents not used to fit it"} | row for row in reliability(unseen))


def _tell(lines: Iterable[Line]) -> None:
    for line in lines:
        print(json.dumps(line), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, metavar="N", help="documents of each set, instead of all")
    parser.add_argument("--sets", default="", metavar="PART", help="only the sets whose name has this in it")
    parser.add_argument("--misses", action="store_true", help="what is not right, on standard error; never of held-back documents")
    parser.add_argument("--invoice2data", metavar="PYTHON", help="a Python that has invoice2data: measures its suggestions too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
