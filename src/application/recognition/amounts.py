"""Step 5c: base, VAT and total, by arithmetic: three amounts that add up and are announced prove each other.

The table of VAT rates, or the rate printed beside the VAT, proves them again. Without such a triple only an announced total is handed on.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.amount_book import ANNOUNCED, COLUMN, AmountBook
from application.recognition.explanations import explanations
from application.recognition.vat_table import TELLING_RATES, single_rate, with_category

if TYPE_CHECKING:
    from application.recognition.explanations import Explanations
    from application.recognition.found import Found
    from application.recognition.labels import Labels
    from application.recognition.reading import VatRate

MOST_TOTALS, MOST_BASES = 14, 80
"""The candidates looked at: a list of a thousand items must not cost a million sums."""
BY_RATE, BY_NOTHING = 0.5, -0.8
"""What it adds to the score of a triple that its VAT is a usual rate of the base, or that nothing explains it."""
RATE_BESIDE = 0.6
"""What it adds that this rate is printed beside a VAT no label announces."""
OTHER_TOTAL, OTHER_BEYOND_DOUBT = -1.0, -1.7
"""What it costs that another amount is announced as the total, in passing or beyond doubt."""
CHARGED = -1.0
"""What it costs a triple without VAT that VAT is announced."""
CLOSE = 0.9
"""A label this close to a printed 0,00 says that there is no VAT."""
UNPRINTED = -0.5
"""What it costs that the VAT is not printed."""
REASON, NO_REASON = 0.4, -0.6
"""What it adds that the page says why no VAT is charged; what it costs that base and total are the same and nothing says why."""
LEAST_SCORE = 0.9
START, STEP, MOST = 0.5, 0.17, 0.98
"""Confidence from score."""


class Totals(NamedTuple):
    """The three amounts without sign, the rates, and whether the total was printed negative (a credit note's may be)."""

    total: Found | None
    net: Found | None
    vat: Found | None
    rates: tuple[VatRate, ...]
    negative: bool


class Triple(NamedTuple):
    """net + vat = total, in cents without sign, and how well it is announced."""

    net: int
    vat: int
    total: int
    score: float


def totals(labels: Labels) -> Totals:
    """The amounts of the document."""
    book = AmountBook(labels)
    explained = explanations(book)
    triple = _best_triple(book, explained)
    if triple is None:
        total = book.labelled_total()
        return Totals(total, None, None, (), total is not None and book.is_negative(round(float(total.value) * 100)))
    total = book.found(triple.total, "total", min(MOST, START + STEP * triple.score))
    why = explained.of.get((triple.net, triple.vat))
    return Totals(
        total,
        book.follows(triple.net, "net", total),
        book.follows(triple.vat, "vat", total),
        with_category(why.rates if why else single_rate(triple.net, triple.vat), book.category),
        book.is_negative(triple.total),
    )


def _best_triple(book: AmountBook, explained: Explanations) -> Triple | None:
    """The best announced base, VAT and total that add up."""
    totals_ = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "total"), -cents))[:MOST_TOTALS]
    bases = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "net"), -cents))[:MOST_BASES]
    pairs = {(total, net) for total, net in product(totals_, bases) if 0 < net <= total}
    pairs |= {(net + vat, net) for net, vat in explained.of if net + vat in book.seen}
    triples = [Triple(net, total - net, total, _score(book, total, net, explained)) for total, net in pairs]
    best = max(triples, key=lambda triple: (triple.score, triple.total), default=None)
    return best if best and best.score >= LEAST_SCORE else None


def _score(book: AmountBook, total: int, net: int, explained: Explanations) -> float:
    """Up to one point for each member that is announced, and what explains the VAT. 0 for what cannot be."""
    vat = total - net
    explanation = explained.of.get((net, vat))
    parts = explanation.says(book) if explanation else (0.0, 0.0)
    said_total = book.evidence(total, "total")
    said_net, said_vat = max(book.evidence(net, "net"), parts[0]), max(book.evidence(vat, "vat"), parts[1])
    rate = next((rate for rate in TELLING_RATES if abs(vat * 1000 - net * rate) <= max(1000, net * 0.4)), None)
    if explanation is None and vat and vat not in book.seen:
        exact = rate is not None and abs(vat * 1000 - net * rate) <= 1000  # noqa: PLR2004 - one cent
        return (
            said_total + said_net + UNPRINTED
            if exact and said_total > ANNOUNCED and said_net > ANNOUNCED and not book.rivals("vat", net, total)
            else 0.0
        )
    if explanation is None and not book.signs(total) & book.signs(net) & book.signs(vat):
        return 0.0
    said = said_total + said_net + said_vat + _other_total(book, total, said_total)
    if vat == 0:
        return _without_vat(book, total, said + CHARGED * explained.charges_vat, explained=explanation is not None)
    if explanation is not None:
        return said + explanation.weight
    if rate is None:
        return said + BY_NOTHING if said_total and said_vat and vat < net / 3 else 0.0
    return said + BY_RATE + (RATE_BESIDE if not said_vat and book.stands_beside(vat, rate) else 0.0)


def _other_total(book: AmountBook, total: int, said: float) -> float:
    """What it costs that the page gives another total."""
    if said or not book.announces_total:
        return 0.0
    return OTHER_BEYOND_DOUBT if book.rivals("total", total) else OTHER_TOTAL


def _without_vat(book: AmountBook, total: int, said: float, *, explained: bool) -> float:
    """The score when base and total are the same."""
    said_total, said_net = book.evidence(total, "total"), book.evidence(total, "net")
    explained = explained or book.category is not None
    if said_total >= COLUMN and (explained or (0 in book.seen and (said_net or book.evidence(0, "vat") > CLOSE))):
        return said + REASON * explained
    beyond_doubt = said_total > ANNOUNCED and said_net > ANNOUNCED and not book.rivals("total", total)
    return said + NO_REASON if beyond_doubt else 0.0
