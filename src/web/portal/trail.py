"""Where a document stands in the list it was opened from: what comes before and after, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec

from web.listing import PAGE

if TYPE_CHECKING:
    from web.listing import Listing


class Trail(NamedTuple):
    """`place` counts from 1 (0: no longer in the list) of `total`; addresses are empty where there is nothing. `label` is a marked name."""

    back: str
    label: str
    query: str
    place: int = 0
    total: int = 0
    previous: str = ""
    next: str = ""


def window(listing: Listing) -> tuple[int, int]:
    """Offset and limit of the rows to look at: the page, and one row on both sides of it."""
    before = 1 if listing.offset else 0
    return listing.offset - before, PAGE + 1 + before


def trail(listing: Listing, label: str, base: str, query: str, rows: Sequence[UUID | None], total: int, document: UUID) -> Trail:
    """`rows` are the documents of `window(listing)` in order, None for a line without one.

    `base` is where documents are shown, `query` what their addresses carry besides the listing's own.
    """
    offset = window(listing)[0]
    carried = "&".join(filter(None, (query, listing.query)))
    found = Trail(listing.href, label, carried, total=total)
    if document not in rows:
        return found
    here = rows.index(document)

    def address(place: int | None) -> str:
        if place is None:
            return ""
        there = msgspec.structs.replace(listing, page=(offset + place) // PAGE + 1)
        return f"{base}/{rows[place]}?" + "&".join(filter(None, (query, there.query)))

    before = next((place for place in range(here - 1, -1, -1) if rows[place]), None)
    after = next((place for place in range(here + 1, len(rows)) if rows[place]), None)
    return found._replace(place=offset + here + 1, previous=address(before), next=address(after))
