"""How long a page of the worklist takes: JSON lines `worklist/p95/<question>`.

`python benchmarks/worklist.py [DOCUMENTS]` asks of the largest dossier in a store of so many documents (`store.py`; 20,000 unless told).
Floor: the same question of a store of 1,000 documents in one dossier, in turns with it. To reach: at most twice as long at 1,000,000.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from _pages import Cell, last, measure

from projections.worklist import FILTERS, SENT_FILTERS, Narrowed, Tab

if TYPE_CHECKING:
    from collections.abc import Callable


def questions() -> dict[str, Callable[[Cell], object]]:
    """What the screen asks, by the name of the figure."""
    asked: dict[str, Callable[[Cell], object]] = {}
    for quick in FILTERS:
        asked[f"worklist/p95/{quick}"] = lambda cell, quick=quick: _listed(cell, quick=quick)
    asked["worklist/p95/by-counterparty"] = lambda cell: _listed(cell, sort="party")
    asked["worklist/p95/last-page"] = lambda cell: _listed(cell, offset=last(cell.worklist.counts([cell.dossier])[cell.dossier].purchase))
    asked["worklist/p95/text"] = lambda cell: _listed(cell, text="-000777")
    for quick in SENT_FILTERS:
        asked[f"worklist/p95/sent-{quick or 'all'}"] = lambda cell, quick=quick: _sent(cell, quick=quick)
    asked["worklist/p95/sent-by-counterparty"] = lambda cell: _sent(cell, sort="party")
    asked["worklist/p95/sent-last-page"] = lambda cell: _sent(cell, offset=last(cell.worklist.sent_counts(cell.dossier)[""]))
    asked["worklist/p95/sent-text"] = lambda cell: _sent(cell, text="-000777")
    asked["worklist/p95/next"] = lambda cell: cell.worklist.next_unchecked(cell.dossier, Tab.PURCHASE)
    for name, narrowed in _NARROWED.items():
        asked[f"worklist/p95/{name}"] = lambda cell, narrowed=narrowed: _listed(cell, narrowed=narrowed)
    return asked


_NARROWED = {
    "state": Narrowed(state="ok_new"),
    "source": Narrowed(source="UBL"),
    "amounts": Narrowed(least=Decimal(100), most=Decimal(200)),
}


def _listed(cell: Cell, **page: object) -> object:
    counts = cell.worklist.filter_counts(cell.dossier, Tab.PURCHASE)
    return counts, cell.worklist.page(cell.dossier, Tab.PURCHASE, **page)  # type: ignore[arg-type]  # the same


def _sent(cell: Cell, **page: object) -> object:
    return cell.worklist.sent_counts(cell.dossier), cell.worklist.sent(cell.dossier, **page)  # type: ignore[arg-type]  # the same


if __name__ == "__main__":
    measure(questions())
