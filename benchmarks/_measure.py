"""The shape every figure is printed in, and a database on disk to measure on."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.postgres.embedded import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def figure(name: str, ours: Sequence[float], floor: Sequence[float], unit: str) -> None:
    """Print one JSON line of a figure from rounds that were measured in turns.

    `ours` and `floor` are medians. `ratio` is the median of the rounds' own ratios, because only what was measured within seconds of each
    other compares on a machine that others use too; the lowest and highest round show how much it wavered.
    """
    ratios = [one / other for one, other in zip(ours, floor, strict=True)]
    line = {
        "figure": name,
        "ours": round(statistics.median(ours), 1),
        "floor": round(statistics.median(floor), 1),
        "ratio": round(statistics.median(ratios), 3),
        "unit": unit,
        "rounds": [round(min(ratios), 3), round(max(ratios), 3)],
    }
    print(json.dumps(line), flush=True)


@contextmanager
def database_on_disk() -> Iterator[EmbeddedPostgres]:
    """A fresh embedded server whose data directory is on disk (not in memory), gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="daybook-bench-", dir="/var/tmp"))
    folder.chmod(0o711)  # the server may run as another user
    try:
        with EmbeddedPostgres(folder / "postgres") as server:
            yield server
    finally:
        shutil.rmtree(folder)
