"""Step 5b: base, VAT and total, by arithmetic: three amounts that add up and are announced prove each other.

The table of VAT rates, or the rate printed beside the VAT, proves them again. Without such a triple only an announced total is handed on.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.amount_book import ANNOUNCED, COLUMN, AmountBook
from application.recognition.vat_table import TELLING_RATES, vat_lines, vat_table, with_category

if TYPE_CHECKING:
    from application.recognition.found import Found
    from application.recognition.labels import Labels
    from application.recognition.reading import VatRate

MOST_TOTALS, MOST_BASES = 14, 80
"""The candidates looked at: a list of a thousand items must not cost a million sums."""
BY_TABLE, BY_RATE, BY_NOTHING = 1.0, 0.5, -0.8
"""What it adds to the score of a triple that its VAT is that of the table, is a usual rate of the base, or neither."""
RATE_BESIDE = 0.6
"""What it adds that this rate is printed beside a VAT no label announces."""
OTHER_TOTAL = -1.0
"""What it costs that another amount is announced as the total."""
ANOTHER_ROW = 0.3
"""What each further row of the table adds: they do not add up by accident."""
CLOSE = 0.9
"""A label this close to a printed 0,00 says that there is no VAT."""
UNPRINTED = -0.5
"""What it costs that the VAT is not printed."""
NO_REASON = -0.6
"""What it costs that base and total are the same and nothing says why."""
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
    book, table = AmountBook(labels), vat_table(labels.layout)
    tables = {(each.net, each.vat): _weight(len(each.rates), whole=each.whole) for each in reversed(table.sums)}
    triple = _best_triple(book, _by_vat_alone(book, vat_lines(labels)) | tables)
    if triple is None:
        total = book.labelled_total()
        return Totals(total, None, None, (), total is not None and book.is_negative(round(float(total.value) * 100)))
    total = book.found(triple.total, "total", min(MOST, START + STEP * triple.score))
    rates = next((each.rates for each in table.sums if (each.net, each.vat) == (triple.net, triple.vat)), ())
    return Totals(
        total,
        book.follows(triple.net, "net", total),
        book.follows(triple.vat, "vat", total),
        with_category(rates or table.single(triple.net, triple.vat), book.category),
        book.is_negative(triple.total),
    )


def _weight(rows: int, *, whole: bool) -> float:
    """What a table of so many rows says for its sum."""
    return (BY_TABLE if whole else BY_RATE) + ANOTHER_ROW * (rows - 1)


def _by_vat_alone(book: AmountBook, lines: dict[int, int]) -> dict[tuple[int, int], float]:
    """Base and VAT where the page gives the VAT of each rate and the total: the bases these imply add up to what remains."""
    vat, base = sum(lines.values()), sum(vat * 1000 / rate for rate, vat in lines.items())
    slack = 2 + sum(600 / rate for rate in lines)
    announced = [cents for cents in book.seen if book.evidence(cents, "total")]
    fitting = [total for total in announced if vat and abs(total - vat - base) <= slack]
    return {(total - vat, vat): _weight(len(lines), whole=True) for total in fitting}


def _best_triple(book: AmountBook, tables: dict[tuple[int, int], float]) -> Triple | None:
    """The best announced base, VAT and total that add up; `tables`: base and VAT of each table with its weight."""
    totals_ = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "total"), -cents))[:MOST_TOTALS]
    bases = sorted(book.seen, key=lambda cents: (-book.evidence(cents, "net"), -cents))[:MOST_BASES]
    pairs = {(total, net) for total, net in product(totals_, bases) if 0 < net <= total}
    pairs |= {(net + vat, net) for net, vat in tables if net + vat in book.seen}
    triples = [Triple(net, total - net, total, _score(book, total, net, tables)) for total, net in pairs]
    best = max(triples, key=lambda triple: (triple.score, triple.total), default=None)
    return best if best and best.score >= LEAST_SCORE else None


def _score(book: AmountBook, total: int, net: int, tables: dict[tuple[int, int], float]) -> float:
    """Up to one point for each member that is announced, and what explains the VAT. 0 for what cannot be."""
    vat = total - net
    by_table = tables.get((net, vat), 0.0)
    said_total, said_net, said_vat = book.evidence(total, "total"), book.evidence(net, "net"), book.evidence(vat, "vat")
    rate = next((rate for rate in TELLING_RATES if abs(vat * 1000 - net * rate) <= max(1000, net * 0.4)), None)
    if not by_table and vat and vat not in book.seen:
        exact = rate is not None and abs(vat * 1000 - net * rate) <= 1000  # noqa: PLR2004 - one cent
        return (
            said_total + said_net + UNPRINTED
            if exact and said_total > ANNOUNCED and said_net > ANNOUNCED and not book.rivals("vat", net, total)
            else 0.0
        )
    if not by_table and not book.signs(total) & book.signs(net) & book.signs(vat):
        return 0.0
    said = said_total + said_net + said_vat + (0.0 if said_total or not book.announces_total else OTHER_TOTAL)
    if vat == 0:
        explained = book.category is not None or by_table
        possible = said_total >= COLUMN and (explained or (0 in book.seen and (said_net or said_vat > CLOSE)))
        if not possible and said_total > ANNOUNCED and said_net > ANNOUNCED and not book.rivals("total", total):
            return said + NO_REASON
        return said + 0.4 * bool(explained) if possible else 0.0
    if by_table:
        return said + by_table
    if rate is None:
        return said + BY_NOTHING if said_total and said_vat and vat < net / 3 else 0.0
    return said + BY_RATE + (RATE_BESIDE if not said_vat and book.stands_beside(vat, rate) else 0.0)
