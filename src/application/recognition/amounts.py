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
"""What it costs that one of the three is not printed, or not as it was read."""
REASON, NO_REASON = 0.4, -0.6
"""What it adds that the page says why no VAT is charged; what it costs that base and total are the same and nothing says why."""
OTHERWISE = -0.5
"""What it costs that OCR read it at least as often otherwise."""
LEAST_SCORE = 0.9
ROUNDING = 1e-6
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

    @property
    def members(self) -> tuple[tuple[str, int], ...]:
        """The three by name."""
        return ("total", self.total), ("net", self.net), ("vat", self.vat)

    @property
    def rate(self) -> int | None:
        """The usual rate (thousandths) that the VAT is of the base, roughly."""
        return next((rate for rate in TELLING_RATES if abs(self.vat * 1000 - self.net * rate) <= max(1000, self.net * 0.4)), None)

    @property
    def is_exact(self) -> bool:
        """Whether it is that, rounded."""
        return self.rate is not None and abs(self.vat * 1000 - self.net * self.rate) <= 500  # noqa: PLR2004 - half a cent


def totals(labels: Labels) -> Totals:
    """The amounts of the document."""
    book = AmountBook(labels)
    explained = explanations(book)
    triple = _best_triple(book, explained)
    if triple is None:
        total = book.labelled_total()
        return Totals(total, None, None, (), total is not None and book.is_negative(round(float(total.value) * 100)))
    why = explained.of.get((triple.net, triple.vat))
    sure = min(MOST, START + STEP * triple.score)
    total, net, vat = (book.found(cents, name, sure) for name, cents in triple.members)
    rates = why.rates if why else single_rate(triple.net, triple.vat)
    return Totals(total, net, vat, with_category(rates, book.category), book.is_negative(triple.total))


def _best_triple(book: AmountBook, explained: Explanations) -> Triple | None:
    """The best announced base, VAT and total that add up; none where arithmetic sets right what was misread in two ways."""
    triples = [Triple(net, total - net, total, 0.0) for total, net in _candidates(book, explained)]
    scored = [triple._replace(score=_score(book, triple, explained)) for triple in triples]
    best = max(scored, key=lambda triple: (triple.score, triple.total), default=None)
    if best is None or best.score < LEAST_SCORE:
        return None
    undecided = book.is_misread(best.members) and sum(triple.score >= best.score - ROUNDING for triple in scored) > 1
    return None if undecided else best


def _candidates(book: AmountBook, explained: Explanations) -> set[tuple[int, int]]:
    """Total and base of everything that could be the triple; one of the two may be what follows from the rest."""
    totals_ = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "total"), -cents))[:MOST_TOTALS]
    bases = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "net"), -cents))[:MOST_BASES]
    pairs = {(total, net) for total, net in product(totals_, bases) if 0 < net <= total}
    pairs |= {(net + vat, net) for net, vat in explained.of if net + vat in book.seen or book.misread(net + vat, "total")}
    said_totals, said_nets, said_vats = map(book.beyond_doubt, ("total", "net", "vat"))
    pairs |= {(net + vat, net) for net, vat in product(said_nets, said_vats) if vat < net}
    return pairs | {(total, total - vat) for total, vat in product(said_totals, said_vats) if 2 * vat < total}


def _score(book: AmountBook, triple: Triple, explained: Explanations) -> float:
    """Up to one point for each member that is announced, and what explains the VAT. 0 for what cannot be."""
    explanation = explained.of.get((triple.net, triple.vat))
    parts = explanation.says(book) if explanation else (0.0, 0.0)
    said_total = book.evidence(triple.total, "total")
    said_net, said_vat = max(book.evidence(triple.net, "net"), parts[0]), max(book.evidence(triple.vat, "vat"), parts[1])
    missing = [name for name, cents in triple.members if cents and cents not in book.seen]
    if "total" in missing or (missing and explanation is None):
        return _implied(book, triple, missing, said_total + said_net + said_vat, explained=explanation is not None)
    if explanation is None and not book.signs(triple.total) & book.signs(triple.net) & book.signs(triple.vat):
        return 0.0
    said = said_total + said_net + said_vat + _other_total(book, triple.total, said_total)
    if triple.vat == 0:
        return _without_vat(book, triple.total, said + CHARGED * explained.charges_vat, explained=explanation is not None)
    if explanation is not None:
        return said + explanation.weight
    if triple.rate is None:
        return said + BY_NOTHING if said_total and said_vat and triple.vat < triple.net / 3 else 0.0
    return said + BY_RATE + (RATE_BESIDE if not said_vat and book.stands_beside(triple.vat, triple.rate) else 0.0)


def _implied(book: AmountBook, triple: Triple, missing: list[str], said: float, *, explained: bool) -> float:
    """The score when one member is not printed, or was misread: the two others are beyond doubt, and their rate is exact."""
    others = [(name, cents) for name, cents in triple.members if name not in missing]
    if len(missing) > 1 or (not explained and any(book.evidence(cents, name) <= ANNOUNCED for name, cents in others)):
        return 0.0
    (name,) = missing
    free = not book.rivals(name, *dict(others).values()) or book.misread(dict(triple.members)[name], name) is not None
    exact = triple.is_exact and (triple.rate in book.rates or not book.rates)
    return said + UNPRINTED if free and (explained or exact) else 0.0


def _other_total(book: AmountBook, total: int, said: float) -> float:
    """What it costs that the page gives another total, where this one is at most one of a column."""
    if said > COLUMN or not book.announces_total:
        return 0.0
    beyond_doubt = book.rivals("total", total)
    if said:
        return OTHER_TOTAL * beyond_doubt
    return OTHER_BEYOND_DOUBT if beyond_doubt else OTHER_TOTAL


def _without_vat(book: AmountBook, total: int, said: float, *, explained: bool) -> float:
    """The score when base and total are the same. By OCR one of the two may be misread: what is printed more often is believed."""
    said_total, said_net = book.evidence(total, "total"), book.evidence(total, "net")
    other = book.misread(total, "net") or book.misread(total, "total")
    if other is not None:
        said_total = max(said_total, CLOSE)
        said += 0.0 if len(book.seen[total]) > len(book.seen[abs(other.cents)]) else OTHERWISE
    explained = explained or book.category is not None or book.is_foreign_without_tax
    if said_total >= COLUMN and (explained or (0 in book.seen and (said_net or book.evidence(0, "vat") > CLOSE))):
        return said + REASON * explained
    beyond_doubt = said_total > ANNOUNCED and said_net > ANNOUNCED and not book.rivals("total", total)
    return said + NO_REASON if beyond_doubt else 0.0
