"""The table of VAT rates at the foot of an invoice: rows of a rate, a base and its VAT, in whatever order, and their sums."""

from __future__ import annotations

import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from application.recognition.numbers import decimal_string
from application.recognition.reading import VatRate
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.recognition.labels import Labels
    from application.recognition.layout import Layout, Segment

KNOWN_RATES = (210, 120, 60, 200, 190, 70, 100, 55, 90, 170, 140, 80, 30, 250, 220, 230, 240, 50, 40, 130, 21)
"""In thousandths: Belgium's first, then the neighbours' and the other member states'."""
TELLING_RATES = (210, 120, 60, 200, 190, 70, 100, 55, 90, 170, 140, 250, 220, 230)
"""Those that explain a VAT by themselves, without standing beside it: two small amounts are easily 3 % of each other."""
_RATE = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,](\d{1,4}))?\s?(?:%|$|(?=\s))(?![.,]?\d)")
_PERCENTAGE = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,](\d{1,4}))?\s?%")
TENTH = 100
"""The rate of which nothing but its sign tells that it is no quantity: ten pieces cost ten times the price of one."""
STANDARD, ZERO_RATED = "S", "Z"
_ONLY_A_RATE = re.compile(r"(?:(?:btw|tva|vat|mwst)\s)?\d{1,2}(?:[.,]\d{1,2})?\s?%", re.IGNORECASE)
_MOST_ROWS = 6
_MOST_AMOUNTS = 5


class TableRow(NamedTuple):
    """One rate (thousandths) with its base and VAT in cents, and the row it stands on."""

    rate: int
    base: int
    vat: int
    row: int


class TableSum(NamedTuple):
    """What a table adds up to, in cents. `whole`: all the rows that stand together, and not just some of them."""

    net: int
    vat: int
    rates: tuple[VatRate, ...]
    whole: bool


class VatTable(NamedTuple):
    """What the rows could add up to, the whole tables first."""

    sums: list[TableSum]


def single_rate(net: int, vat: int) -> tuple[VatRate, ...]:
    """The one rate that explains base and VAT, when no table shows it."""
    if vat == 0:
        return (vat_rate(TableRow(0, net, 0, 0)),)
    for rate in KNOWN_RATES:
        if abs(vat * 1000 - net * rate) <= 1000:  # noqa: PLR2004 - one cent
            return (vat_rate(TableRow(rate, net, vat, 0)),)
    return ()


def with_category(rates: tuple[VatRate, ...], category: str | None) -> tuple[VatRate, ...]:
    """The rates with the reason, if one is given, why nothing is charged."""
    return tuple(replace(rate, category=category) if category and rate.category == ZERO_RATED else rate for rate in rates)


def vat_table(layout: Layout) -> VatTable:
    """Every run of rows that can be a table of rates, with its sums."""
    rows = [found for index in range(len(layout.rows)) if (found := _table_row(layout.rows[index], index)) is not None]
    runs: list[list[TableRow]] = []
    for row in rows:
        if runs and row.row - runs[-1][-1].row <= 4 and all(row.rate != known.rate for known in runs[-1]):  # noqa: PLR2004 - a rate's name may take lines
            runs[-1].append(row)
        else:
            runs.append([row])
    runs = [run for run in runs if len(run) <= _MOST_ROWS] + list(_across(layout))
    parts = [run[start:end] for run in runs for start, end in combinations(range(len(run) + 1), 2) if end - start < len(run)]
    return VatTable([*(_summed(run, whole=True) for run in runs), *(_summed(part, whole=False) for part in parts)])


def printed_rates(row: list[Segment]) -> set[int]:
    """The percentages on a row, in thousandths; where there are none, the numbers that could be rates."""
    text = " ".join([segment.text for segment in row])
    percentages = _thousandths(_PERCENTAGE, text) if "%" in text else set()
    return percentages or _thousandths(_RATE, text) - {TENTH}


def _thousandths(pattern: re.Pattern[str], text: str) -> set[int]:
    return {int(whole) * 10 + int(f"{part}0"[0]) for whole, part in pattern.findall(text)}


def _summed(run: list[TableRow], *, whole: bool) -> TableSum:
    return TableSum(sum(row.base for row in run), sum(row.vat for row in run), tuple(map(vat_rate, run)), whole)


def _table_row(segments: list[Segment], index: int) -> TableRow | None:
    """The rate, base and VAT on a row of the page: two amounts of which one is the known rate of the other, the rate being printed."""
    amounts = list(dict.fromkeys(abs(amount.cents) for segment in segments for amount in segment.amounts))[:_MOST_AMOUNTS]
    if len(amounts) < 2:  # noqa: PLR2004 - a base and its VAT
        return None
    printed = printed_rates(segments)
    rates = [rate for rate in KNOWN_RATES if rate in printed]
    fitting = [
        (base + vat not in amounts, abs(vat * 1000 - base * rate), TableRow(rate, base, vat, index))
        for rate in rates
        for base, vat in permutations(amounts, 2)
        if vat and abs(vat * 1000 - base * rate) <= 1000 + base // 1000
    ]
    fitting = fitting or [
        (False, abs(vat * 1000 - base * rate), TableRow(rate, base, vat, index))
        for rate in rates
        for total, other in permutations(amounts, 2)
        for base, vat in ((total - other, other), (other, total - other))  # the total of the rate is printed, base or VAT is not
        if 0 < vat < base and abs(vat * 1000 - base * rate) <= 1000 + rate
    ]
    if fitting:
        return min(fitting)[2]
    if 0 in amounts and 0 in printed:
        return TableRow(0, max(amounts), 0, index)
    return None


def _across(layout: Layout) -> Iterator[list[TableRow]]:
    """The tables whose rates stand side by side, with a row of bases and one of VAT below."""
    for index, row in enumerate(layout.rows):
        heads = [
            (segment, rate)
            for segment in row
            if _ONLY_A_RATE.fullmatch(segment.text) and (rate := min(printed_rates([segment]))) in KNOWN_RATES
        ]
        if len(heads) < 2:  # noqa: PLR2004 - one rate makes no row of them
            continue
        under = [[_amount_under(segment, below) for segment, _ in heads] for below in layout.rows[index + 1 : index + 6]]
        for bases, vats in permutations(under, 2):
            table = [
                TableRow(rate, base, vat, index)
                for (_, rate), base, vat in zip(heads, bases, vats, strict=True)
                if base and vat is not None and abs(vat * 1000 - base * rate) <= 1000 + base // 1000
            ]
            if table and len(table) == sum(map(bool, bases)):
                yield table


def _amount_under(head: Segment, row: list[Segment]) -> int | None:
    """The amount of a row in the column of its head."""
    column = [other for other in row if min(other.right, head.right) > max(other.left, head.left) and other.page is head.page]
    return next((abs(amount.cents) for other in column for amount in other.amounts), None)


def vat_lines(labels: Labels) -> dict[int, int]:
    """The VAT in cents of each rate (thousandths) where only that is given (`waarvan btw 21 %: 5,72`), unless it contradicts itself."""
    found: dict[int, int] = {}
    for label in labels.of(Meaning.VAT):
        row = labels.layout.rows[label.segment.row]
        amounts = {abs(amount.cents) for segment in row for amount in segment.amounts}
        rates = [rate for rate in TELLING_RATES if rate in printed_rates(row)]
        if len(amounts) == 1 and len(rates) == 1:
            (vat,) = amounts
            if found.setdefault(rates[0], vat) != vat:
                return {}
    return found


def vat_rate(row: TableRow) -> VatRate:
    """A row as a line of the breakdown."""
    rate = f"{row.rate // 10}.{row.rate % 10}" if row.rate % 10 else str(row.rate // 10)
    category = STANDARD if row.rate else ZERO_RATED
    return VatRate(rate=rate, base=decimal_string(row.base), vat=decimal_string(row.vat), category=category)
