"""What the measurements of long lists share: two filled stores, and one question asked of both in turns."""

from __future__ import annotations

import json
import statistics
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import store
from _measure import database_on_disk

from adapters.event_store.factory import PostgresFactory
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.event_log import EventLog
from projections.archive import Archive
from projections.mailbox import Mailbox
from projections.worklist import Worklist
from web.wiring import component_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

USUAL = 20_000
FLOOR = 1_000
TIMES = 60
"""Each question, of each store; the first tenth warms up."""


class Cell(NamedTuple):
    """A filled store and its models."""

    dossier: UUID
    mailbox: Mailbox
    worklist: Worklist
    archive: Archive


def last(total: int) -> int:
    """Where the last page of a list begins."""
    return max(total - 20, 0)


def seconds(question: Callable[[Cell], object], cell: Cell) -> float:
    """How long one answer takes."""
    started = time.perf_counter()
    question(cell)
    return time.perf_counter() - started


def ask(name: str, question: Callable[[Cell], object], large: Cell, small: Cell) -> None:
    """One line: the 95th percentile of both, in milliseconds, and their ratio (here lower is better)."""
    pairs = [(seconds(question, large), seconds(question, small)) for _ in range(TIMES)][TIMES // 10 :]
    ours, floor = (statistics.quantiles(times, n=20)[-1] * 1000 for times in zip(*pairs, strict=True))
    medians = [round(statistics.median(times) * 1000, 2) for times in zip(*pairs, strict=True)]
    line = {
        "figure": name,
        "ours": round(ours, 2),
        "floor": round(floor, 2),
        "ratio": round(ours / floor, 2),
        "unit": "ms",
        "medians": medians,
    }
    print(json.dumps(line), flush=True)


def measure(questions: Mapping[str, Callable[[Cell], object]]) -> None:
    """Ask them on an embedded server of its own, on disk: two cells in one database."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    with database_on_disk() as server:
        cells = []
        for name, documents in (("large", total), ("small", FLOOR)):
            started = time.perf_counter()
            migrate(server.dsn, name, component_folders())
            database = Database(server.dsn, name, size=3, statement_timeout=0)
            with closing(EventLog(PostgresFactory(server.dsn, name, bytes(32)))) as log:
                dossier = store.fill(log, database, documents)
            print(f"{documents} documents in {time.perf_counter() - started:.0f} s", file=sys.stderr)
            cells.append(Cell(dossier.id, Mailbox(database), Worklist(database), Archive(database, store.text_of)))
        for figure, question in questions.items():
            ask(figure, question, *cells)
        for cell in cells:
            cell.mailbox.database.close()  # type: ignore[attr-defined]  # a `Database`
