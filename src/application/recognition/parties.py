"""Step 6: who issued the invoice and who received it.

Each VAT number on the page is weighed: what its label says of it (`uw btw-nummer`), under which heading it stands (`klant`, `leverancier`),
whether it stands in the letterhead or the foot, next to the bank account. The dossier's own number is the yardstick: the other one is the
counterparty, and only where the page shows the dossier as the issuer is it a sales invoice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from application.recognition.found import Found
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Segment

LETTERHEAD, FOOT = 0.15, 0.82
"""Shares of the page's height: above and below these stands who issued it."""
HEADING_REACH = 170.0
"""In points: how far a heading speaks for what stands under it."""
BESIDE = 45.0
"""In points: how near the bank account stands to its owner's VAT number."""
UNDECIDED_MARGIN = 0.3


class Parties(NamedTuple):
    """The VAT numbers of the two sides, as far as the page tells them apart."""

    issuer: Found | None
    buyer: Found | None


class Headings:
    """Where the page says `customer` or `supplier` above a block of text."""

    def __init__(self, labels: Labels) -> None:
        self._all = labels.of(Meaning.BUYER, Meaning.SELLER)

    def over(self, segment: Segment) -> Meaning | None:
        """The heading a segment stands under: the nearest one above it in its column, or in its own row."""
        nearest, gap = None, HEADING_REACH
        for label in self._all:
            other = label.segment
            if other.page is not segment.page:
                continue
            distance = segment.top - other.top
            beside = abs(segment.left - other.left) < 30 or min(segment.right, other.right) > max(segment.left, other.left)  # noqa: PLR2004 - points
            if (distance > 1 and beside and distance < gap) or other is segment:
                nearest, gap = label.meaning, distance
        return nearest

    def of(self, meaning: Meaning) -> list[Label]:
        """The headings with one meaning, in reading order."""
        return [label for label in self._all if label.meaning is meaning]


def parties(labels: Labels, headings: Headings, vat_numbers: list[Found], ibans: list[Found], own_vat: str | None) -> Parties:
    """The VAT number of the issuer and of the buyer."""
    weighed: dict[str, float] = {}
    places: dict[str, Found] = {}
    for found in vat_numbers:
        weight = _issuer_weight(labels, headings, found, ibans)
        weighed[found.value] = weighed.get(found.value, 0.0) + weight
        if found.value not in places or found.confidence > places[found.value].confidence:
            places[found.value] = found
    if own_vat is not None:
        return _with_own(weighed, places, own_vat)
    return _without_own(weighed, places)


def _with_own(weighed: dict[str, float], places: dict[str, Found], own: str) -> Parties:
    others = sorted((value for value in weighed if value != own), key=weighed.__getitem__, reverse=True)
    if own not in weighed:
        return Parties(places[others[0]], None) if others else Parties(None, None)
    if not others:
        return Parties(places[own], None) if weighed[own] > UNDECIDED_MARGIN else Parties(None, places[own])
    issuer, buyer = others[0], others[-1]
    if weighed[own] > weighed[issuer] + UNDECIDED_MARGIN:
        return Parties(places[own], places[buyer])
    return Parties(places[issuer], places[own])


def _without_own(weighed: dict[str, float], places: dict[str, Found]) -> Parties:
    ranked = sorted(weighed, key=weighed.__getitem__, reverse=True)
    if not ranked:
        return Parties(None, None)
    first = places[ranked[0]]
    if len(ranked) == 1:
        if weighed[ranked[0]] < -UNDECIDED_MARGIN:
            return Parties(None, first)
        return Parties(first, None)
    clear = weighed[ranked[0]] - weighed[ranked[1]] > UNDECIDED_MARGIN
    second = places[ranked[-1]]
    return Parties(first if clear else first.surer(0.6), second.surer(0.9) if clear else None)


def _issuer_weight(labels: Labels, headings: Headings, found: Found, ibans: list[Found]) -> float:
    """How much speaks for this occurrence being the issuer's number (positive) or the buyer's (negative)."""
    segment = found.segment
    weight = 0.1
    if labels.means(segment, Meaning.BUYER_VAT_NUMBER) or _left_means(labels, segment, Meaning.BUYER_VAT_NUMBER):
        return -2.0
    heading = headings.over(segment)
    weight += {Meaning.SELLER: 1.0, Meaning.BUYER: -1.0}.get(heading, 0.0) if heading else 0.0
    height = segment.page.height
    if segment.bottom < LETTERHEAD * height or segment.top > FOOT * height:
        weight += 0.6
    if any(_beside(segment, iban.segment) for iban in ibans):
        weight += 0.6
    return weight


def _left_means(labels: Labels, segment: Segment, meaning: Meaning) -> bool:
    return any(other.right <= segment.left + 1 and labels.means(other, meaning) for other in labels.layout.rows[segment.row])


def _beside(one: Segment, other: Segment) -> bool:
    return one.page is other.page and abs(one.top - other.top) < BESIDE
