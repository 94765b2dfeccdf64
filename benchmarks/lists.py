"""How long a page of a long list takes: JSON lines `mailbox/p95/<question>`, `worklist/p95/<question>`, `archive/p95/<question>`.

`python benchmarks/lists.py [DOCUMENTS]` asks of the largest dossier in a store of so many documents (`store.py`; 20,000 unless told).
Floor: the same question of a store of 1,000 documents in one dossier, in turns with it. To reach: at most twice as long at 1,000,000.
"""

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
from projections.archive import Archive, ArchiveFilter
from projections.mailbox import Box, Mailbox
from projections.worklist import FILTERS, SENT_FILTERS, Tab, Worklist
from web.wiring import component_folders

if TYPE_CHECKING:
    from collections.abc import Callable
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


Question = "Callable[[Cell], object]"


def questions() -> dict[str, Callable[[Cell], object]]:
    """What the screens ask, by the name of the figure."""
    asked: dict[str, Callable[[Cell], object]] = {}
    for box in Box:
        asked[f"mailbox/p95/{box}"] = lambda cell, box=box: _boxed(cell, box)
    asked["mailbox/p95/unhandled"] = lambda cell: _boxed(cell, Box.PURCHASE, handled=False)
    asked["mailbox/p95/by-counterparty"] = lambda cell: _boxed(cell, Box.PURCHASE, sort="party")
    asked["mailbox/p95/last-page"] = lambda cell: _boxed(cell, Box.PURCHASE, offset=_last(cell.mailbox.counts(cell.dossier)[Box.PURCHASE]))
    asked["mailbox/p95/text"] = lambda cell: _boxed(cell, Box.PURCHASE, text="-000777")
    for quick in FILTERS:
        asked[f"worklist/p95/{quick}"] = lambda cell, quick=quick: _listed(cell, quick=quick)
    asked["worklist/p95/by-counterparty"] = lambda cell: _listed(cell, sort="party")
    asked["worklist/p95/last-page"] = lambda cell: _listed(cell, offset=_last(cell.worklist.counts([cell.dossier])[cell.dossier].purchase))
    asked["worklist/p95/text"] = lambda cell: _listed(cell, text="-000777")
    for quick in SENT_FILTERS:
        asked[f"worklist/p95/sent-{quick or 'all'}"] = lambda cell, quick=quick: _sent(cell, quick=quick)
    asked["worklist/p95/sent-by-counterparty"] = lambda cell: _sent(cell, sort="party")
    asked["worklist/p95/sent-last-page"] = lambda cell: _sent(cell, offset=_last(cell.worklist.sent_counts(cell.dossier)[""]))
    asked["worklist/p95/sent-text"] = lambda cell: _sent(cell, text="-000777")
    asked["worklist/p95/next"] = lambda cell: cell.worklist.next_unchecked(cell.dossier, Tab.PURCHASE)
    for name, wanted in _ARCHIVED.items():
        asked[f"archive/p95/{name}"] = lambda cell, wanted=wanted: cell.archive.page(cell.dossier, "purchase", wanted)
    asked["archive/p95/by-counterparty"] = lambda cell: cell.archive.page(cell.dossier, "purchase", ArchiveFilter(), sort="party")
    asked["archive/p95/last-page"] = lambda cell: cell.archive.page(
        cell.dossier, "purchase", ArchiveFilter(), offset=_last(cell.archive.page(cell.dossier, "purchase", ArchiveFilter(), limit=1).total)
    )
    asked["archive/p95/misc"] = lambda cell: cell.archive.page(cell.dossier, "misc", ArchiveFilter())
    return asked


_ARCHIVED = {
    "all": ArchiveFilter(),
    "unpaid": ArchiveFilter(paid="no"),
    "period": ArchiveFilter(period="2025-03"),
    "journal": ArchiveFilter(journal="AK"),
    "text": ArchiveFilter(text="00000777"),
    "number": ArchiveFilter(number="-000777"),
}


def _boxed(cell: Cell, box: Box, **page: object) -> object:
    return cell.mailbox.counts(cell.dossier), cell.mailbox.unhandled(cell.dossier), cell.mailbox.page(cell.dossier, box, **page)  # type: ignore[arg-type]  # the names of the page's own arguments


def _listed(cell: Cell, **page: object) -> object:
    counts = cell.worklist.filter_counts(cell.dossier, Tab.PURCHASE)
    return counts, cell.worklist.page(cell.dossier, Tab.PURCHASE, **page)  # type: ignore[arg-type]  # the same


def _sent(cell: Cell, **page: object) -> object:
    return cell.worklist.sent_counts(cell.dossier), cell.worklist.sent(cell.dossier, **page)  # type: ignore[arg-type]  # the same


def _last(total: int) -> int:
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


def main() -> None:
    """On an embedded server of its own, on disk: two cells in one database."""
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
        for figure, question in questions().items():
            ask(figure, question, *cells)
        for cell in cells:
            cell.mailbox.database.close()  # type: ignore[attr-defined]  # a `Database`


if __name__ == "__main__":
    main()
