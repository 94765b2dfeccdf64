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
    from collections.abc import Iterable

    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Segment

LETTERHEAD, FOOT = 0.15, 0.82
"""Shares of the page's height: above and below these stands who issued it."""
HEADING_REACH = 170.0
"""In points: how far a heading speaks for what stands under it."""
SAME_LEFT = 30.0
"""In points: left edges of one block differ by less."""
BESIDE = 45.0
"""In points: how near the bank account stands to its owner's VAT number."""
UNDECIDED_MARGIN = 0.3
CAME_IN = 1.0
"""What it weighs that the document came in among the sales (for the dossier as issuer) or the purchases (against)."""
_VAT_LABELS = (Meaning.VAT_NUMBER, Meaning.BUYER_VAT_NUMBER)


class Parties(NamedTuple):
    """The VAT numbers of the two sides, as far as the page tells them apart."""

    issuer: Found | None
    buyer: Found | None


class Headings:
    """Where the page says `customer` or `supplier` above a block of text."""

    def __init__(self, labels: Labels) -> None:
        self._all = labels.of(Meaning.BUYER, Meaning.SELLER, Meaning.DELIVERY)

    def over(self, segment: Segment, ends: Iterable[Segment] = ()) -> Meaning | None:
        """The heading a segment stands under: the nearest one above it in its column, or in its own row.

        What stands in `ends` (the VAT numbers of others) closes the block above it.
        """
        nearest, gap = None, HEADING_REACH
        for end in ends:
            if end.page is segment.page and _one_column(end, segment) and segment.top - end.top > 1:
                gap = min(gap, segment.top - end.top)
        for label in self._all:
            other = label.segment
            if other.page is not segment.page:
                continue
            distance = segment.top - other.top
            if (1 < distance < gap and _one_column(segment, other)) or other is segment:
                nearest, gap = label.meaning, distance
        return nearest

    def of(self, meaning: Meaning) -> list[Label]:
        """The headings with one meaning, in reading order."""
        return [label for label in self._all if label.meaning is meaning]


def parties(
    labels: Labels, headings: Headings, vat_numbers: list[Found], ibans: list[Found], own_vat: str | None, *, sales: bool | None = None
) -> Parties:
    """The VAT number of the issuer and of the buyer. `sales` says as what it came in: people err, and customers bill themselves."""
    weighed: dict[str, float] = {}
    places: dict[str, Found] = {}
    for found in vat_numbers:
        weight = _issuer_weight(labels, headings, found, vat_numbers, ibans)
        weighed[found.value] = weighed.get(found.value, 0.0) + weight
        if found.value not in places or found.confidence > places[found.value].confidence:
            places[found.value] = found
    ranked = [places[value] for value in sorted(weighed, key=weighed.__getitem__, reverse=True)]
    if own_vat in weighed:
        return _with_own(ranked, weighed, places[own_vat], {None: 0.0, False: -CAME_IN, True: CAME_IN}[sales])
    return _without_own(ranked, weighed, known=own_vat is not None)


def _with_own(ranked: list[Found], weighed: dict[str, float], own: Found, came_in: float) -> Parties:
    """The dossier stands on the page: a purchase, unless the page clearly shows it as the issuer, or it came in as a sale."""
    others = [found for found in ranked if found is not own]
    margin = weighed[own.value] - (weighed[others[0].value] if others else 0.0) + came_in
    if margin > UNDECIDED_MARGIN:
        sale = own.surer(_sureness(margin))
        return Parties(sale, others[-1].surer(_sureness(margin)) if others else None)
    return Parties(others[0].surer(_sureness(-margin)) if others else None, own.surer(_sureness(-margin)))


def _without_own(ranked: list[Found], weighed: dict[str, float], *, known: bool) -> Parties:
    """The dossier is not known, or (`known`) does not stand on the page: then nobody on it is the buyer."""
    if not ranked:
        return Parties(None, None)
    first, last = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return Parties(None, first) if weighed[first.value] < -UNDECIDED_MARGIN and not known else Parties(first, None)
    margin = weighed[first.value] - weighed[ranked[1].value]
    buyer = last.surer(_sureness(margin)) if margin > UNDECIDED_MARGIN and not known else None
    return Parties(first.surer(_sureness(margin)), buyer)


def _sureness(margin: float) -> float:
    """How sure the sides are told apart: 1 when a heading, the letterhead or a label says so."""
    return min(1.0, 0.6 + 0.5 * max(0.0, margin))


def _issuer_weight(labels: Labels, headings: Headings, found: Found, numbers: list[Found], ibans: list[Found]) -> float:
    """How much speaks for this occurrence being the issuer's number (positive) or the buyer's (negative)."""
    segment = found.segment
    weight = 0.1
    if _announced_as(labels, found, numbers, Meaning.BUYER_VAT_NUMBER):
        return -2.0
    heading = headings.over(segment, [other.segment for other in numbers if other.value != found.value])
    weight += {Meaning.SELLER: 1.0, Meaning.BUYER: -1.0, Meaning.DELIVERY: -0.7}.get(heading, 0.0) if heading else 0.0
    height = segment.page.height
    if segment.bottom < LETTERHEAD * height or segment.top > FOOT * height:
        weight += 0.6
    if any(_beside(segment, iban.segment) for iban in ibans):
        weight += 0.6
    return weight


def _announced_as(labels: Labels, found: Found, numbers: list[Found], meaning: Meaning) -> bool:
    """Whether a label before a number on its line (behind another number), to the left, or else right above it has this meaning."""
    segment = found.segment
    begins = max((one.end for one in numbers if one.segment is segment and one.end <= found.start), default=0)
    before = [label.meaning for label in labels.inside(segment) if begins <= label.start < found.start and label.meaning in _VAT_LABELS]
    if before:
        return meaning in before
    left = [other for other in labels.layout.rows[segment.row] if other.right <= segment.left + 1]
    if left and labels.means(left[-1], *_VAT_LABELS):
        return labels.means(left[-1], meaning)
    above = labels.layout.rows[segment.row - 1] if segment.row else []
    heads = [other for other in above if other.page is segment.page and _one_column(other, segment) and not other.has_digits]
    return any(labels.means(other, meaning) for other in heads)


def _one_column(one: Segment, other: Segment) -> bool:
    return abs(one.left - other.left) < SAME_LEFT or min(one.right, other.right) > max(one.left, other.left)


def _beside(one: Segment, other: Segment) -> bool:
    return one.page is other.page and abs(one.top - other.top) < BESIDE
