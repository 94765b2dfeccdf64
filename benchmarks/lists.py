"""How long a page of a long list takes: JSON lines `mailbox/p95/<question>` and `archive/p95/<question>`.

`python benchmarks/lists.py [DOCUMENTS]` asks of the largest dossier in a store of so many documents (`store.py`; 20,000 unless told).
Floor: the same question of a store of 1,000 documents in one dossier, in turns with it. To reach: at most twice as long at 1,000,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from _pages import Cell, last, measure

from projections.archive import ArchiveFilter
from projections.mailbox import Box

if TYPE_CHECKING:
    from collections.abc import Callable


def questions() -> dict[str, Callable[[Cell], object]]:
    """What the screens ask, by the name of the figure."""
    asked: dict[str, Callable[[Cell], object]] = {}
    for box in Box:
        asked[f"mailbox/p95/{box}"] = lambda cell, box=box: _boxed(cell, box)
    asked["mailbox/p95/unhandled"] = lambda cell: _boxed(cell, Box.PURCHASE, handled=False)
    asked["mailbox/p95/by-counterparty"] = lambda cell: _boxed(cell, Box.PURCHASE, sort="party")
    asked["mailbox/p95/last-page"] = lambda cell: _boxed(cell, Box.PURCHASE, offset=last(cell.mailbox.counts(cell.dossier)[Box.PURCHASE]))
    asked["mailbox/p95/text"] = lambda cell: _boxed(cell, Box.PURCHASE, text="-000777")
    for name, wanted in _ARCHIVED.items():
        asked[f"archive/p95/{name}"] = lambda cell, wanted=wanted: cell.archive.page(cell.dossier, "purchase", wanted)
    asked["archive/p95/by-counterparty"] = lambda cell: cell.archive.page(cell.dossier, "purchase", ArchiveFilter(), sort="party")
    asked["archive/p95/last-page"] = lambda cell: cell.archive.page(
        cell.dossier, "purchase", ArchiveFilter(), offset=last(cell.archive.page(cell.dossier, "purchase", ArchiveFilter(), limit=1).total)
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


if __name__ == "__main__":
    measure(questions())
