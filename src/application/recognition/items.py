"""The lines of an invoice that is read from its page: what each item costs without VAT, and at which rate.

Nobody believes a table because it looks like one: its amounts must add up to the totals, and per VAT rate to the base of that rate. What
does not add up is handed on to nobody. Amounts are in cents, with the sign of the totals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from application.recognition.item_words import ADDED, TAKEN, Role, begins_with_sum
from application.recognition.numbers import decimal_string, find_amounts
from application.recognition.reading import ReadLine, VatRate
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from application.recognition.item_columns import Cells, Table
    from application.recognition.layout import Layout
    from application.recognition.reading import Reading

MOST_ITEMS = 200
MOST_CHANGES = 8
MOST_CELLS = 4
"""On a row that names a discount on the whole."""
MOST_DEDUCED = 14
"""Items of which the rates are found by trying: 16,384 ways."""
ROUNDED = 2
"""Cents that a share of a base may lie beside it."""
MOST_MORE = 4
"""Rows that a description goes on."""
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,](\d{1,2}))?\s?%?(?![\d.,]*\d)")
_MARKED_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,](\d{1,2}))?\s?%")
_TIMES = re.compile(r"\s*\(?(?P<quantity>\d+(?:[.,]\d+)?)\s?\w{0,4}\s?[xX×*@]\s?(?P<price>[\d.,'’]+)\s*(?:€|EUR)?\)?$")
_WORDS = re.compile(r"\b(?!(?:eur|euro|usd|gbp|chf|btw|tva|vat|mwst|ust)\b)[^\W\d_]{2,}", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3})[.)]?\s+(?=\D)")


class Sums(NamedTuple):
    """What was read of the whole invoice: without VAT, with VAT (cents), and the VAT by rate."""

    net: int | None
    total: int | None
    rates: tuple[VatRate, ...] = ()

    @property
    def bases(self) -> dict[int, int]:
        """The base of each rate (thousandths)."""
        found: defaultdict[int, int] = defaultdict(int)
        for one in self.rates:
            found[_thousandths(one.rate)] += cents(one.base)
        return dict(found)

    @property
    def gross(self) -> dict[int, int]:
        """What is to be paid at each rate."""
        found: defaultdict[int, int] = defaultdict(int)
        for one in self.rates:
            found[_thousandths(one.rate)] += abs(cents(one.base)) + abs(cents(one.vat))
        return dict(found)

    @property
    def vat(self) -> int | None:
        """VAT, where both totals are known."""
        return None if self.net is None or self.total is None else abs(self.total) - abs(self.net)


class Item(NamedTuple):
    """One row of the table: its texts, the amount in its column, and the rate on it."""

    row: Cells
    amount: int
    more: tuple[Cells, ...] = ()


class Change(NamedTuple):
    """A discount (negative) or charge on the whole of an invoice."""

    name: str
    amount: int


class Outcome(NamedTuple):
    """The lines; or none, and then `nearest` what the table that was found adds up to (None: there is no table).

    `unrated`: it does add up, but nobody can tell which of its lines have which VAT rate.
    """

    lines: tuple[ReadLine, ...] = ()
    nearest: int | None = None
    unrated: bool = False


def sums_of(reading: Reading) -> Sums:
    """The sums that were read."""
    found = {name: cents(reading.fields[name].value) for name in ("total_excl", "total_incl") if name in reading.fields}
    return Sums(found.get("total_excl"), found.get("total_incl"), reading.vat_rates)


def read_items(found: Iterable[Table], sums: Sums, changes: Sequence[Change] = ()) -> Outcome:
    """The lines of the first table that adds up."""
    nearest: int | None = None
    if sums.net is None and sums.total is None:
        return Outcome()
    for table in found:
        for column in table.amount_columns:
            items = list(_items(table, column))
            lines = _Reader(table, sums, changes).lines(items) if items else ()
            if lines:
                return Outcome(lines)
            if items and nearest is None and not table.whole:
                nearest = sum(item.amount for item in items)
    unrated = nearest is not None and abs(nearest) in {abs(one) for one in (sums.net, sums.total) if one is not None}
    return Outcome((), nearest, unrated)


def named_changes(layout: Layout) -> tuple[Change, ...]:
    """The rows of a document that name a discount or a charge on the whole: what they call it and the last amount on them."""
    found = []
    for row in layout.rows:
        text = " ".join(segment.text for segment in row)
        amounts = find_amounts(text) if len(row) <= MOST_CELLS else []
        folded = fold(text)
        taken, added = TAKEN.search(folded), ADDED.search(folded)
        if amounts and (taken or added):
            amount = abs(amounts[-1].cents)
            found.append(Change(text[: amounts[0].start].strip(" :-€(") or text, -amount if taken else amount))
    return tuple(found[:MOST_CHANGES])


def cents(amount: str | Decimal) -> int:
    """An amount without its comma."""
    return int((Decimal(amount) * 100).to_integral_value(ROUND_HALF_UP))


def _thousandths(rate: str | Decimal) -> int:
    return int((Decimal(rate) * 10).to_integral_value(ROUND_HALF_UP))


def _items(table: Table, column: int) -> Iterator[Item]:
    """The rows with one amount in the column, up to where they are added up; rows near below without any go on with the description."""
    row: Cells | None = None
    amount = listed = count = 0
    more: list[Cells] = []
    for cells in table.rows:
        amounts = find_amounts(cells.texts[column])
        if cells.carried and count and [amount.cents for amount in amounts] == [listed]:
            continue
        added_up = cells.sums or begins_with_sum([_words_of(cells, table)])
        if added_up and not count:
            continue
        if (added_up or TAKEN.match(cells.folded)) and find_amounts(" ".join(cells.texts)):
            break
        if len(amounts) == 1 and _WORDS.search(" ".join(cells.texts)):
            if count > 1 and amounts[0].cents == listed and not _priced(cells, table):
                break
            if row is not None:
                yield Item(row, amount, tuple(more))
            row, amount, more = cells, amounts[0].cents, []
            listed += amount
            count += 1
            if count > MOST_ITEMS:
                return
        elif row is not None and cells.near and not amounts and len(more) < MOST_MORE:
            more.append(cells)
        elif row is not None:
            yield Item(row, amount, tuple(more))
            row, more = None, []
    if row is not None:
        yield Item(row, amount, tuple(more))


def _description_column(cells: Cells, table: Table) -> int:
    """The column that says what is sold; where none does, the one with most words on this row."""
    column = table.column(Role.DESCRIPTION)
    if column is None or not _WORDS.search(cells.texts[column]):
        column = max(range(len(cells.texts)), key=lambda place: sum(map(len, _WORDS.findall(cells.texts[place]))))
    return column


def _words_of(cells: Cells, table: Table) -> str:
    return cells.texts[_description_column(cells, table)]


def _priced(cells: Cells, table: Table) -> bool:
    """Whether a quantity or price stands on the row: what is added up has none."""
    columns = [column for role in (Role.QUANTITY, Role.PRICE) if (column := table.column(role)) is not None]
    return any(cells.texts[column] for column in columns)


class _Reader:
    """Reads the items of one table."""

    def __init__(self, table: Table, sums: Sums, changes: Sequence[Change]) -> None:
        self.table, self.sums, self.changes = table, sums, changes

    def lines(self, items: Sequence[Item]) -> tuple[ReadLine, ...]:
        """The first so many items that make up the totals; else all of them, with the discounts and charges on the whole."""
        listed = 0
        for count, item in enumerate(items, 1):
            listed += item.amount
            if self.table.whole and count < len(items):
                continue
            lines = self._fitting(items[:count], listed)
            if lines:
                return lines
        return self._with_changes(items, listed)

    def _fitting(self, items: Sequence[Item], listed: int) -> tuple[ReadLine, ...]:
        """Items that make up the total without VAT, or with it."""
        sums, net = self.sums, self.sums.net
        amounts = [-item.amount if listed < 0 else item.amount for item in items]
        if net is not None and _same(abs(listed), abs(net), len(items)):
            rates = self._rates(items) or _deduced(amounts, {rate: abs(base) for rate, base in sums.bases.items()})
            return self._made(items, amounts, rates) if rates and self._agree(amounts, rates) else ()
        if sums.total is None or not listed:
            return ()
        if net is None:
            rates = self._rates(items)
            return self._made(items, amounts, rates) if rates and _same(abs(listed) + _vat_of(amounts, rates), abs(sums.total), 2) else ()
        if sums.vat and abs(listed) == abs(sums.total):
            rates = self._rates(items) or _deduced(amounts, sums.gross)
            without = [_without_vat(amount, rate) for amount, rate in zip(amounts, rates or (), strict=False)]
            return self._made(items, without, rates) if rates and self._agree(without, rates) else ()
        return ()

    def _with_changes(self, items: Sequence[Item], listed: int) -> tuple[ReadLine, ...]:
        """Items and what is named to be taken off or added on the whole, that together make up the total without VAT."""
        rates = self._rates(items)
        if rates is None or self.sums.net is None or self.table.whole:
            return ()
        amounts = [-item.amount if listed < 0 else item.amount for item in items]
        difference = abs(self.sums.net) - abs(listed)
        outside = [change for change in self.changes if not any(fold(change.name) in item.row.folded for item in items)]
        for some in (combination for size in (1, 2) for combination in combinations(outside, size)):
            if not difference or sum(change.amount for change in some) != difference:
                continue
            if len(set(rates)) == 1:
                extra = [_adjustment(change.name, change.amount, rates[0]) for change in some]
                return (*self._made(items, amounts, rates), *self._rated(extra))
            return self._divided(items, amounts, rates, some[0].name) if len(some) == 1 else ()
        return ()

    def _divided(self, items: Sequence[Item], amounts: Sequence[int], rates: Sequence[int], name: str) -> tuple[ReadLine, ...]:
        """A discount on an invoice with several rates: for each what its base is short, when that is the same share of all."""
        by_rate, bases = _by_rate(amounts, rates), self.sums.bases
        if by_rate.keys() != bases.keys() or not sum(by_rate.values()):
            return ()
        short = {rate: abs(bases[rate]) - listed for rate, listed in by_rate.items()}
        share = Decimal(sum(short.values())) / sum(by_rate.values())
        if any(abs(short[rate] - share * listed) > ROUNDED for rate, listed in by_rate.items()):
            return ()
        return (*self._made(items, amounts, rates), *self._rated([_adjustment(name, amount, rate) for rate, amount in short.items()]))

    def _rates(self, items: Sequence[Item]) -> list[int] | None:
        """The VAT rate of each item in thousandths: as printed on its row, or the only one there is; None when nobody can tell."""
        known = list(self.sums.bases)
        if len(known) == 1:
            return known * len(items)
        found = [_printed_rate(item.row, self.table) for item in items]
        return (
            [rate for rate in found if rate is not None]
            if all(rate is not None and (not known or rate in known) for rate in found)
            else None
        )

    def _agree(self, amounts: Sequence[int], rates: Sequence[int]) -> bool:
        """Whether the items of each rate make up its base, or where no bases are known, its VAT."""
        by_rate, bases = _by_rate(amounts, rates), self.sums.bases
        if not bases:
            return self.sums.vat is not None and _same(_vat_of(amounts, rates), self.sums.vat, len(by_rate))
        charged = {rate for rate, base in bases.items() if base}
        return by_rate.keys() == charged and all(_same(listed, abs(bases[rate]), len(amounts)) for rate, listed in by_rate.items())

    def _made(self, items: Sequence[Item], amounts: Sequence[int], rates: Sequence[int]) -> tuple[ReadLine, ...]:
        made = [_line(item, self.table, amount, rate) for item, amount, rate in zip(items, amounts, rates, strict=True)]
        counted = [_NUMBERED.match(line.name) for line in made]
        if all(match and int(match[1]) in (place, 10 * place) for place, match in enumerate(counted, 1)):
            made = [replace(line, name=line.name[match.end() :]) for line, match in zip(made, counted, strict=True) if match]
        return self._rated(line for line in made if Decimal(line.base))

    def _rated(self, lines: Iterable[ReadLine]) -> tuple[ReadLine, ...]:
        """With the VAT category of their rate."""
        categories = {_thousandths(one.rate): one.category for one in self.sums.rates}
        return tuple(replace(line, category=categories.get(_thousandths(line.rate), "S" if line.rate != "0" else "Z")) for line in lines)


def _deduced(amounts: Sequence[int], wanted: Mapping[int, int]) -> list[int] | None:
    """Which of two rates each item has, when only one division over them makes up both their sums."""
    rates = [rate for rate, amount in wanted.items() if amount]
    if len(rates) != 2 or len(amounts) > MOST_DEDUCED or sum(amounts) != sum(wanted.values()):  # noqa: PLR2004
        return None
    divisions = [
        some for some in range(1 << len(amounts)) if sum(one for at, one in enumerate(amounts) if some >> at & 1) == wanted[rates[0]]
    ]
    return [rates[0] if divisions[0] >> at & 1 else rates[1] for at in range(len(amounts))] if len(divisions) == 1 else None


def _printed_rate(row: Cells, table: Table) -> int | None:
    column = table.column(Role.RATE)
    text = row.texts[column] if column is not None else " ".join(row.texts)
    match = (_PERCENT if column is not None else _MARKED_PERCENT).search(text)
    return int(match[1]) * 10 + int(f"{match[2] or '0'}"[0]) if match else None


def _by_rate(amounts: Sequence[int], rates: Sequence[int]) -> Mapping[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for amount, rate in zip(amounts, rates, strict=True):
        found[rate] += amount
    return found


def _vat_of(amounts: Sequence[int], rates: Sequence[int]) -> int:
    return sum(int((Decimal(base) * rate / 1000).to_integral_value(ROUND_HALF_UP)) for rate, base in _by_rate(amounts, rates).items())


def _without_vat(amount: int, rate: int) -> int:
    return int((Decimal(amount) * 1000 / (1000 + rate)).to_integral_value(ROUND_HALF_UP))


def _same(one: int, other: int, items: int) -> bool:
    """The same but for the cents that suppliers round by item."""
    return abs(one - other) <= items // 2


def _adjustment(name: str, amount: int, rate: int) -> ReadLine:
    return ReadLine(name=name, base=decimal_string(amount), rate=_written(rate), adjustment=True)


def _line(item: Item, table: Table, amount: int, rate: int) -> ReadLine:
    name, quantity = _name(item, table)
    article = table.column(Role.ARTICLE)
    count = table.column(Role.QUANTITY)
    printed = item.row.texts[count].split()[0] if count is not None and item.row.texts[count] else quantity
    return ReadLine(
        name=name,
        article=item.row.texts[article] if article is not None and article != table.column(Role.DESCRIPTION) else "",
        quantity=_quantity(printed),
        base=decimal_string(amount),
        rate=_written(rate),
    )


def _name(item: Item, table: Table) -> tuple[str, str]:
    """The description, over all its lines, and the quantity where that stands in it (`Zand 3 x 42,00`)."""
    column = _description_column(item.row, table)
    parts = [" ".join(row.texts[column].split()) for row in (item.row, *item.more)]
    times = [match for part in parts if (match := _TIMES.search(part))]
    words = [_TIMES.sub("", part) for part in parts]
    return " ".join(filter(None, words)), times[0]["quantity"] if times else ""


def _quantity(text: str) -> str:
    """A number as it may be printed, as a decimal string; empty when it is none."""
    match = re.fullmatch(r"(\d{1,3}(?:[. ]\d{3})*|\d+)(?:[.,](\d{1,3}))?", text)
    return (re.sub(r"\D", "", match[1]) + (f".{match[2]}" if match[2] else "")) if match else ""


def _written(rate: int) -> str:
    return f"{rate // 10}.{rate % 10}" if rate % 10 else str(rate // 10)
