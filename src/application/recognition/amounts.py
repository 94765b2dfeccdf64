"""Step 5: the amounts, by arithmetic: what is announced as base, VAT and total, and what adds up.

Three amounts that satisfy base + VAT = total, of which at least one is announced, prove each other; the table of VAT rates proves them
again. Without a triple only a labelled total is handed on, or base = total where nothing is charged.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.found import Found
from application.recognition.numbers import decimal_string
from application.recognition.vat_table import TELLING_RATES, vat_table, with_category
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Segment
    from application.recognition.reading import VatRate

WEIGHTS = {Meaning.TOTAL: 1.0, Meaning.PAYABLE: 0.8, Meaning.SUM: 0.6, Meaning.NET: 1.0, Meaning.VAT: 1.0}
"""How much a label says about the amount it announces: what remains to be paid is the total only when nothing was paid before."""
NO_VAT = {Meaning.REVERSE_CHARGE: "AE", Meaning.INTRA_COMMUNITY: "K", Meaning.EXPORT: "G", Meaning.EXEMPT: "E"}
"""Why nothing is charged, as its category in EN 16931; what is said most exactly comes first."""
TOTALS = (Meaning.TOTAL, Meaning.PAYABLE, Meaning.SUM)
COLUMN = 0.45
"""What a label says about the amounts in the column under it."""
ALONE = 0.9
"""A label this close to a printed 0,00 says that there is no VAT."""
COMPUTED = 0.9
"""How sure an amount is at most that is not printed."""
COLUMN_REACH = 9.0
MOST_TOTALS, MOST_BASES = 14, 80
"""The largest candidates looked at: a list of a thousand items must not cost a million sums."""


class Seen(NamedTuple):
    """An amount on the page, with what its labels say of it: meaning → 0-1."""

    cents: int
    segment: Segment
    start: int
    end: int
    evidence: dict[str, float]


class Totals(NamedTuple):
    """The three amounts, the table of rates, and whether they were printed negative (a credit note may be)."""

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
    """The amounts of the document, without sign."""
    book = _AmountBook(labels)
    rows = vat_table(labels.layout)
    triple = _best_triple(book, [(net, vat) for net, vat, _ in rows.sums])
    if triple is None:
        return Totals(book.labelled_total(), None, None, (), book.negative())
    sure = min(0.98, 0.5 + 0.17 * triple.score)
    rates = next((rates for net, vat, rates in rows.sums if (net, vat) == (triple.net, triple.vat)), ())
    total = book.found(triple.total, "total", sure)
    return Totals(
        total,
        book.follows(triple.net, "net", total),
        book.follows(triple.vat, "vat", total),
        with_category(rates or rows.single(triple.net, triple.vat), book.category),
        book.negative(triple.total),
    )


class _AmountBook:
    """Every amount of the document by its size, with its evidence."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.category = next((category for meaning, category in NO_VAT.items() if labels.of(meaning)), None)
        self.no_vat = self.category is not None
        self.seen: dict[int, list[Seen]] = {}
        self._in: dict[int, list[Seen]] = {}
        for segment in labels.layout.segments:
            for amount in segment.amounts:
                seen = Seen(amount.cents, segment, amount.start, amount.end, {})
                self.seen.setdefault(abs(amount.cents), []).append(seen)
                self._in.setdefault(id(segment), []).append(seen)
        for name, meanings in (("total", TOTALS), ("net", (Meaning.NET,)), ("vat", (Meaning.VAT,))):
            for label in labels.of(*meanings):
                if not (label.meaning is Meaning.SUM and label.start > 1):
                    self._announce(name, label)

    def _announce(self, name: str, label: Label) -> None:
        """Give the amounts a label points at their evidence: those beside it, else those in the column under it."""
        weight = WEIGHTS[label.meaning]
        for answer in self.labels.answers(label, below=False):
            amounts = [seen for seen in self._in.get(id(answer.segment), ()) if answer.start <= seen.start < answer.end]
            for seen in amounts:
                _raise(seen, name, weight * answer.closeness)
            if amounts and name != "vat":  # a VAT line often shows its base first: all its amounts are looked at
                return
        if any(segment for segment in self.labels.layout.right_of(label.segment)[:3] if id(segment) in self._in):
            return
        for under in self.labels.layout.below(label.segment, COLUMN_REACH):
            for seen in self._in.get(id(under), ()):
                _raise(seen, name, weight * COLUMN)

    def evidence(self, cents: int, name: str) -> float:
        """The best that is said of an amount of this size."""
        return max((seen.evidence.get(name, 0.0) for seen in self.seen.get(cents, ())), default=0.0)

    def found(self, cents: int, name: str, confidence: float) -> Found:
        """An amount of this size, where it is best announced."""
        place = max(self.seen[cents], key=lambda seen: seen.evidence.get(name, 0.0))
        return Found(decimal_string(cents), confidence, "arithmetic", place.segment, place.start, place.end)

    def follows(self, cents: int, name: str, total: Found) -> Found:
        """The same of an amount that need not be printed: it follows from the total (no VAT, the sum of a table)."""
        if cents in self.seen:
            return self.found(cents, name, total.confidence)
        return Found(decimal_string(cents), min(total.confidence, COMPUTED), "arithmetic", total.segment, 0, 0)

    def labelled_total(self) -> Found | None:
        """The largest of the best announced totals, when nothing adds up to it."""
        announced = [(self.evidence(cents, "total"), cents) for cents in self.seen if self.evidence(cents, "total")]
        if not announced:
            return None
        evidence = max(announced)[0]
        cents = max(cents for strength, cents in announced if strength > evidence - 0.1)
        return self.found(cents, "total", 0.75 * evidence)._replace(source="label")

    def signs(self, cents: int) -> set[bool]:
        """Whether an amount of this size is printed with a minus, without, or both; zero and what is not printed are both."""
        return {seen.cents < 0 for seen in self.seen[cents]} if cents and cents in self.seen else {True, False}

    def negative(self, cents: int | None = None) -> bool:
        """Whether the total (or, without one, the best announced amount) is printed with a minus."""
        places = self.seen.get(cents, []) if cents is not None else []
        return bool(places) and cents != 0 and all(seen.cents < 0 for seen in places)


def _best_triple(book: _AmountBook, tables: list[tuple[int, int]]) -> Triple | None:
    """The best announced base, VAT and total that add up."""
    totals_ = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "total"), -cents))[:MOST_TOTALS]
    bases = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "net"), -cents))[:MOST_BASES]
    pairs = [(total, net) for total, net in product(totals_, bases) if 0 < net <= total]
    pairs += [(net + vat, net) for net, vat in tables]
    triples = [triple for total, net in set(pairs) if (triple := _triple(book, total, net, tables)) is not None]
    return max(triples, key=lambda triple: (triple.score, triple.total), default=None)


def _triple(book: _AmountBook, total: int, net: int, tables: list[tuple[int, int]]) -> Triple | None:
    """The triple with its score: one point for each member that is announced, and for a VAT that its rate or the table explains."""
    vat = total - net
    said = (book.evidence(total, "total"), book.evidence(net, "net"), book.evidence(vat, "vat"))
    if not any(said) or total not in book.seen:
        return None
    tabled = (net, vat) in tables
    if not (tabled or book.signs(total) & book.signs(net) & book.signs(vat)):
        return None
    if vat == 0:
        silent = vat not in book.seen and not book.no_vat
        if silent or said[0] < COLUMN or not (said[1] or tabled or book.no_vat or said[2] > ALONE):
            return None
        return Triple(net, vat, total, sum(said) + (0.4 if book.no_vat or tabled else 0.0))
    explained = tabled or any(abs(vat * 1000 - net * rate) <= max(1000, net * 0.4) for rate in TELLING_RATES)
    if not (vat in book.seen or tabled) or not (explained or (said[0] and said[2] and vat < net / 3)):
        return None
    return Triple(net, vat, total, sum(said) + (1.0 if tabled else 0.5 if explained else -0.8))


def _raise(seen: Seen, name: str, weight: float) -> None:
    seen.evidence[name] = max(seen.evidence.get(name, 0.0), weight)
