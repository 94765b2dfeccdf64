"""Step 5b: what makes a base and its VAT believable together: the rates they consist of.

From the strongest to the weakest: a table of rates on the page; the VAT of each rate alone; pairs of a base and its VAT at printed rates,
wherever they stand; one such base beside an amount on which no VAT is charged.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.amount_book import ANNOUNCED, COLUMN
from application.recognition.vat_table import TableRow, printed_rates, vat_lines, vat_rate, vat_table
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.amount_book import AmountBook, Seen
    from application.recognition.reading import VatRate
    from application.recognition.vat_table import TableSum

WHOLE_TABLE, PART_OF_TABLE = 1.0, 0.5
"""What a table says for its sum, and some of its rows for theirs."""
ANOTHER_ROW = 0.3
"""What each further row adds: they do not add up by accident."""
PAIRS = 0.5
"""What two pairs say that stand in no table."""
NAMED_UNTAXED, UNTAXED = 0.7, 0.2
"""What it says for the rest that it is printed as an amount on which there is no VAT, or printed without a reason."""
MOST_BASES, MOST_PAIRS, MOST_RATES = 80, 6, 3
MOST_PRINTED_RATES = 4
"""More different rates are the quantities of an order: then only tables explain."""
MOST_NAMED = 20
LEAST_BASE = 100
"""In cents: less than a euro is the rate of anything."""


_NO_VAT = frozenset((Meaning.UNTAXED, Meaning.EXEMPT, Meaning.REVERSE_CHARGE))


class Pair(NamedTuple):
    """A printed base and its printed VAT at a printed rate."""

    rate: int
    base: int
    vat: int

    @property
    def line(self) -> VatRate:
        """As a line of the breakdown."""
        return vat_rate(TableRow(self.rate, self.base, self.vat, 0))


class Explanation(NamedTuple):
    """What a base and its VAT consist of, what that adds to the score, and the bases with VAT, as they are printed."""

    rates: tuple[VatRate, ...]
    weight: float
    pairs: tuple[Pair, ...] = ()

    def says(self, book: AmountBook) -> tuple[float, float]:
        """What labels say of its bases and of their VAT."""
        bases = [book.evidence(pair.base, "net") for pair in self.pairs]
        return min(bases, default=0.0), min((book.evidence(pair.vat, "vat") for pair in self.pairs), default=0.0)


class Explanations(NamedTuple):
    """What explains each base and VAT (in cents), and whether the pages show that VAT is charged at all."""

    of: dict[tuple[int, int], Explanation]
    charges_vat: bool


def explanations(book: AmountBook) -> Explanations:
    """Every base and VAT that something on the pages explains; of two explanations the strongest."""
    found: dict[tuple[int, int], Explanation] = {}
    pairs = _pairs(book)
    said = [pair for pair in pairs if _announced(book, pair)]
    table = vat_table(book.labels.layout)
    for net, vat, explanation in (*_of_table(table.sums), *_by_vat_alone(book), *_scattered(book, pairs), *_beside_untaxed(book, said)):
        if (net, vat) not in found or found[net, vat].weight < explanation.weight:
            found[net, vat] = explanation
    return Explanations(found, bool(said))


_Explained = tuple[int, int, Explanation]


def _of_table(sums: list[TableSum]) -> Iterator[_Explained]:
    for each in sums:
        weight = (WHOLE_TABLE if each.whole else PART_OF_TABLE) + ANOTHER_ROW * (len(each.rates) - 1)
        yield each.net, each.vat, Explanation(each.rates, weight)


def _by_vat_alone(book: AmountBook) -> Iterator[_Explained]:
    """Where the page gives the VAT of each rate and the total, and no base: the bases these imply add up to what remains."""
    lines = vat_lines(book.labels)
    vat, base = sum(lines.values()), sum(vat * 1000 / rate for rate, vat in lines.items())
    slack = 2 + sum(600 / rate for rate in lines)
    given = [
        base for base in book.seen if book.evidence(base, "net") > ANNOUNCED and any(_fits(base, rate, of) for rate, of in lines.items())
    ]
    for total in book.announced_totals() if not given else ():
        if vat and abs(total - vat - base) <= slack:
            weight = WHOLE_TABLE + ANOTHER_ROW * (len(lines) - 1)
            yield total - vat, vat, Explanation(_rates_of(lines, total - vat), weight)


def _fits(base: int, rate: int, vat: int) -> bool:
    """Whether one is the VAT of the other at this rate, to the cent."""
    return abs(vat * 1000 - base * rate) <= 1000  # noqa: PLR2004 - a cent


def _rates_of(lines: dict[int, int], net: int) -> tuple[VatRate, ...]:
    """The breakdown when only the VAT of each rate is known: the largest base takes what rounding leaves."""
    bases = {rate: round(vat * 1000 / rate) for rate, vat in lines.items()}
    bases[max(bases, key=bases.__getitem__)] += net - sum(bases.values())
    return tuple(vat_rate(TableRow(rate, bases[rate], vat, 0)) for rate, vat in lines.items())


def _pairs(book: AmountBook) -> list[Pair]:
    """Of each printed rate the best announced pairs."""
    bases = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "net"), -cents))[:MOST_BASES]
    found: list[Pair] = []
    for rate in sorted(book.rates) if len(book.rates) <= MOST_PRINTED_RATES else ():
        of_rate = [
            Pair(rate, base, vat)
            for base in bases
            if base >= LEAST_BASE
            for exact in [base * rate // 1000]
            for vat in (exact, exact + 1)
            if vat in book.seen and _fits(base, rate, vat)
        ]
        of_rate.sort(key=lambda pair: -book.evidence(pair.base, "net") - book.evidence(pair.vat, "vat"))
        found += of_rate[:MOST_PAIRS]
    return found


def _scattered(book: AmountBook, pairs: list[Pair]) -> Iterator[_Explained]:
    """Pairs of different rates that add up to an announced total: each beyond doubt, or the sum of bases or VAT being printed too."""
    totals = set(book.announced_totals())
    for count in range(2, MOST_RATES + 1):
        for chosen in combinations(pairs, count):
            net, vat = sum(pair.base for pair in chosen), sum(pair.vat for pair in chosen)
            if len({pair.rate for pair in chosen}) < count or net + vat not in totals:
                continue
            if net in book.seen or vat in book.seen or all(book.says(pair.base, pair.vat) for pair in chosen):
                weight = PAIRS + ANOTHER_ROW * (count - 1)
                yield net, vat, Explanation(tuple(pair.line for pair in chosen), weight, chosen)


def _beside_untaxed(book: AmountBook, said: list[Pair]) -> Iterator[_Explained]:
    """Announced bases and VAT, and what remains of an announced total: costs paid for the customer, services of others, empties."""
    named = _named_untaxed(book)
    for count in range(1, MOST_RATES + 1):
        for total, chosen in product(book.announced_totals(), combinations(said, count)):
            base, vat = sum(pair.base for pair in chosen), sum(pair.vat for pair in chosen)
            rest = total - base - vat
            if rest > 0 and len({pair.rate for pair in chosen}) == count:
                weight = NAMED_UNTAXED if rest in named else _unnamed(book, rest, total - vat, chosen, said)
                if weight:
                    rates = (*(pair.line for pair in chosen), vat_rate(TableRow(0, rest, 0, 0)))
                    yield total - vat, vat, Explanation(rates, weight + ANOTHER_ROW * (count - 1), chosen)


def _announced(book: AmountBook, pair: Pair) -> bool:
    """Whether a label leaves no doubt about one of the two, or their columns name both and the rate stands on their row."""
    said_base, said_vat = book.evidence(pair.base, "net"), book.evidence(pair.vat, "vat")
    in_columns = min(said_base, said_vat) >= COLUMN and book.stands_beside(pair.vat, pair.rate)
    return in_columns or max(said_base, said_vat) > ANNOUNCED


def _named_untaxed(book: AmountBook) -> set[int]:
    """The amounts of which the page says that there is no VAT on them, and their sum: empties go out and come back."""
    named = [(seen.segment.row, seen.cents) for places in book.seen.values() for seen in places if _row_meanings(book, seen) & _NO_VAT]
    if len(named) > MOST_NAMED:
        return set()
    return {abs(cents) for _, cents in named} | {sum(dict(sorted(named)).values())}


def _unnamed(book: AmountBook, rest: int, net: int, chosen: tuple[Pair, ...], said: list[Pair]) -> float:
    """What an amount without a reason says for itself: it is printed and is nothing else, or their sum is announced as the base."""
    if len(chosen) < len({pair.rate for pair in said}) or any(rest in (pair.base, pair.vat) for pair in chosen):
        return 0.0
    return UNTAXED if book.evidence(net, "net") >= COLUMN or any(_is_cost(book, seen) for seen in book.seen.get(rest, ())) else 0.0


def _is_cost(book: AmountBook, seen: Seen) -> bool:
    """Whether it is no payment, no older balance, and at no rate."""
    at_a_rate = printed_rates(book.labels.layout.rows[seen.segment.row]) & book.rates
    return seen.cents > 0 and not at_a_rate and Meaning.OTHER not in _row_meanings(book, seen)


def _row_meanings(book: AmountBook, seen: Seen) -> set[Meaning]:
    row = book.labels.layout.rows[seen.segment.row]
    return {label.meaning for segment in row for label in book.labels.inside(segment)}
