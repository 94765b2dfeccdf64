"""Step 5a: every amount on the pages, with what the labels around it say it is."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from application.recognition.document_type import EURO, currency
from application.recognition.found import Found
from application.recognition.labels import CLOSENESS_BELOW, CLOSENESS_RIGHT
from application.recognition.numbers import CURRENCIES, decimal_string
from application.recognition.vat_table import TELLING_RATES, printed_rates
from application.recognition.vocabulary import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.recognition.labels import Label, Labels
    from application.recognition.layout import Layout, Segment

WEIGHTS = {
    Meaning.TOTAL: 1.0,
    Meaning.PAYABLE: 0.8,
    Meaning.SUM: 0.6,
    Meaning.PAID_BY: 0.5,
    Meaning.AMOUNT: 0.4,
    Meaning.NET: 1.0,
    Meaning.VAT: 1.0,
}
"""How much a label says about the amount it announces: what remains to be paid is the total only when nothing was paid before, and what a
till was given may be more."""
TOTALS = (Meaning.TOTAL, Meaning.PAYABLE, Meaning.SUM, Meaning.PAID_BY, Meaning.AMOUNT)
AT_THE_START = (Meaning.SUM, Meaning.PAID_BY, Meaning.AMOUNT)
"""Everyday words: further on in a text they say nothing about its amounts."""
NO_VAT = {Meaning.REVERSE_CHARGE: "AE", Meaning.INTRA_COMMUNITY: "K", Meaning.EXPORT: "G", Meaning.EXEMPT: "E"}
"""Why nothing is charged, as its category in EN 16931; what is said most exactly comes first."""
COLUMN = 0.45
"""What a label says about the amounts in the column under it."""
COLUMN_REACH = 9.0
ANNOUNCED = 0.74
"""A label this close leaves no doubt which amount it means."""
SUMMED = 0.7
"""What it says that three amounts on a row of sums add up."""
LABELLED = 0.75
"""How sure a total is that a label announces and nothing confirms."""
COMPUTED = 0.9
"""How sure an amount is at most that is not printed."""
MISREAD = 0.75
"""The same of one that OCR read otherwise, and arithmetic sets right."""
CLEAR = 0.9
"""How sure the currency is when no other is printed half as often."""
LARGEST = 0.35
"""How sure the largest amount is the total where no label says so."""
MOST_UNLABELLED = 40
LEAST_HEADS = 3
PART = 0.5
"""What a label says about the amounts of each rate beside it, when their sum follows."""
NEXT_TO = 30
"""In characters: so near behind another label the words `incl. btw` belong to that one."""
MOST_SUMS = 6
MOST_ANNOUNCED = 14
"""A page with more totals than this is a list."""


_CURRENCY = re.compile(rf"[€$£]|\b(?:{'|'.join(name for name in CURRENCIES if name.isalpha())})\b")


class Seen(NamedTuple):
    """An amount on the page, with what its labels say of it: `total`, `net` or `vat` → 0-1."""

    cents: int
    segment: Segment
    start: int
    end: int
    evidence: dict[str, float]

    @property
    def by_ocr(self) -> bool:
        """Whether it was read from a picture: print in a file is never misread."""
        return any(word.confidence < 1 for word in self.segment.words)


class AmountBook:
    """Every amount of the document by its size in cents, without sign."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.category = next((category for meaning, category in NO_VAT.items() if labels.of(meaning)), None)
        most = currency(labels, None)
        self._currency = most.value if most and most.confidence > CLEAR else None
        self.seen: dict[int, list[Seen]] = {}
        self._in: dict[int, list[Seen]] = {}
        for segment in labels.layout.segments:
            for amount in segment.amounts:
                seen = Seen(amount.cents, segment, amount.start, amount.end, {})
                self.seen.setdefault(abs(amount.cents), []).append(seen)
                self._in.setdefault(id(segment), []).append(seen)
        for name, meanings in (("total", TOTALS), ("net", (Meaning.NET,)), ("vat", (Meaning.VAT,))):
            for label in labels.of(*meanings):
                if not (label.meaning in AT_THE_START and label.start > 1):
                    self._announce(name, label)
        for label in labels.of(Meaning.SUM, Meaning.TOTAL):
            self._add_up(label)
        self._beyond_doubt: dict[str, list[int]] = {}
        self.rates = _rates_on(labels.layout)
        self.announces_total = any("total" in seen.evidence for places in self.seen.values() for seen in places)

    def evidence(self, cents: int, name: str) -> float:
        """The best that is said of an amount of this size."""
        return max((seen.evidence.get(name, 0.0) for seen in self.seen.get(cents, ())), default=0.0)

    @property
    def is_foreign_without_tax(self) -> bool:
        """Whether the amounts are in another currency than the euro and no tax is ever named: who sells from afar charges none."""
        return self._currency not in {None, EURO} and not self.labels.of(Meaning.VAT)

    def announced_totals(self) -> list[int]:
        """The sizes that a label says are the total, best first; without such a label the largest."""
        announced = [cents for cents in self.seen if self.evidence(cents, "total")]
        announced.sort(key=lambda cents: -self.evidence(cents, "total"))
        largest = None if announced else self._largest()
        return announced[:MOST_ANNOUNCED] if largest is None else [largest]

    def beyond_doubt(self, name: str) -> list[int]:
        """The sizes of which a label leaves no doubt that they are this, the last on the pages first: sums stand at the end."""
        if name not in self._beyond_doubt:
            announced = [cents for cents in self.seen if self.evidence(cents, name) > ANNOUNCED]
            self._beyond_doubt[name] = announced[: -MOST_ANNOUNCED - 1 : -1]
        return self._beyond_doubt[name]

    def says(self, net: int, vat: int) -> bool:
        """Whether labels leave no doubt that these are a base and its VAT."""
        return min(self.evidence(net, "net"), self.evidence(vat, "vat")) > ANNOUNCED

    def rivals(self, name: str, *sizes: int) -> bool:
        """Whether an amount of another size is announced as this, beyond doubt."""
        return any(cents not in sizes for cents in self.beyond_doubt(name))

    def stands_beside(self, cents: int, rate: int) -> bool:
        """Whether the rate (thousandths) is printed on the row of an amount of this size."""
        rows = (self.labels.layout.rows[seen.segment.row] for seen in self.seen.get(cents, ()))
        return any(rate in printed_rates(row) for row in rows)

    def signs(self, cents: int) -> set[bool]:
        """Whether an amount of this size is printed with a minus, without, or both; zero and what is not printed are both."""
        return {seen.cents < 0 for seen in self.seen[cents]} if cents and cents in self.seen else {True, False}

    def is_negative(self, cents: int) -> bool:
        """Whether an amount of this size is always printed with a minus."""
        return self.signs(cents) == {True}

    def found(self, cents: int, name: str, confidence: float) -> Found:
        """An amount of this size, where it is best announced; of what is not printed, where it was misread, or no place at all."""
        if cents in self.seen:
            place = max(self.seen[cents], key=lambda seen: seen.evidence.get(name, 0.0))
            return Found(decimal_string(cents), confidence, "arithmetic", place.segment, place.start, place.end)
        sure, place_ = min(confidence, COMPUTED), self.misread(cents, name)
        if place_ is None:
            return Found(decimal_string(cents), sure, "arithmetic", self.labels.layout.segments[0], 0, 0)
        return Found(decimal_string(cents), min(sure, MISREAD), "arithmetic", place_.segment, place_.start, place_.end)

    def misread(self, cents: int, name: str) -> Seen | None:
        """The amount that a label announces beyond doubt and that OCR may have read for this one: a sign of it is another."""
        announced = (max(self.seen[size], key=lambda seen: seen.evidence.get(name, 0.0)) for size in self.beyond_doubt(name))
        return next((seen for seen in announced if seen.by_ocr and Levenshtein.distance(str(cents), str(abs(seen.cents))) == 1), None)

    def is_misread(self, members: Iterable[tuple[str, int]]) -> bool:
        """Whether one of these is not on the pages as it should be."""
        return any(cents not in self.seen and self.misread(cents, name) for name, cents in members)

    def labelled_total(self) -> Found | None:
        """The largest of the best announced totals, for when nothing adds up to one; else the largest amount beside a currency."""
        announced = [(self.evidence(cents, "total"), cents) for cents in self.seen if self.evidence(cents, "total")]
        if not announced:
            largest = self._largest()
            return None if largest is None else self.found(largest, "total", LARGEST)._replace(source="position")
        evidence = max(announced)[0]
        cents = max(cents for strength, cents in announced if strength > evidence - 0.1)
        return self.found(cents, "total", LABELLED * evidence)._replace(source="label")

    def _largest(self) -> int | None:
        with_currency = [cents for cents, places in self.seen.items() if cents and any(_currency_beside(seen) for seen in places)]
        if not with_currency or len(self.seen) > MOST_UNLABELLED:
            return None
        return max(with_currency)

    def _add_up(self, label: Label) -> None:
        """A row of sums: of its amounts, base and VAT add up to the total."""
        row = [seen for segment in self.labels.layout.rows[label.segment.row] for seen in self._in.get(id(segment), ())]
        if len(row) > MOST_SUMS or label.start > 1:
            return
        for net, vat, total in permutations(row, 3):
            if net.cents + vat.cents == total.cents and abs(net.cents) > 2 * abs(vat.cents) > 0:
                _raise(net, "net", SUMMED)
                _raise(vat, "vat", SUMMED)
                _raise(total, "total", SUMMED)

    def _about_something_else(self, label: Label) -> bool:
        """`Voorschotten (incl. btw)`: the amount is that of the advances."""
        first = self.labels.inside(label.segment)[0]
        return first.meaning is Meaning.OTHER and first.start <= 1 and label.words < 3 and label.start - first.end < NEXT_TO  # noqa: PLR2004 - `incl. btw`

    def _announce(self, name: str, label: Label) -> None:
        """Give the amounts a label points at their evidence: those beside it, else those in the column under it."""
        if self._about_something_else(label):
            return
        weight = WEIGHTS[label.meaning]
        summed = self._sum_of_the_row(label)
        for answer in self.labels.answers(label, below=False):
            amounts = [seen for seen in self._in.get(id(answer.segment), ()) if answer.start <= seen.start < answer.end]
            amounts = [seen for seen in amounts if name != "total" or self._may_be_total(seen)]
            for seen in amounts:
                _raise(seen, name, weight * (answer.closeness if summed is None else PART))
            if amounts and name != "vat":  # a VAT line often shows its base first: all its amounts are looked at
                break
        if summed is not None:
            _raise(summed, name, weight * CLOSENESS_RIGHT)
        if label.meaning in (Meaning.PAID_BY, Meaning.AMOUNT) or self._row_of(label):
            return
        under = self._under(label)
        for seen in under:
            _raise(seen, name, weight * (COLUMN if len(under) > 1 else CLOSENESS_BELOW))

    def _may_be_total(self, seen: Seen) -> bool:
        """Nothing left to pay is not the total, nor is what it is worth in another currency."""
        beside = _currency_beside(seen)
        return seen.cents != 0 and (beside is None or self._currency is None or beside == self._currency)

    def _row_of(self, label: Label) -> list[Seen]:
        """The amounts beside a label."""
        return [seen for segment in self.labels.layout.right_of(label.segment)[:3] for seen in self._in.get(id(segment), ())]

    def _sum_of_the_row(self, label: Label) -> Seen | None:
        """Of the amounts of several rates beside a label, the one that is the sum of those before it."""
        row = [seen for segment in self.labels.layout.right_of(label.segment) for seen in self._in.get(id(segment), ())]
        for place in range(2, min(len(row), MOST_SUMS)):
            if row[place].cents and row[place].cents == sum(seen.cents for seen in row[:place]):
                base_and_vat = place == 2 and label.meaning is not Meaning.TOTAL and _is_a_rate(row[0].cents, row[1].cents)  # noqa: PLR2004
                return None if base_and_vat else row[place]
        return None

    def _under(self, label: Label) -> list[Seen]:
        """The amounts in the column under a label; under the label itself, where its segment is a head of several columns."""
        segment = label.segment
        head = segment.box(label.start, label.end) if len(self.labels.inside(segment)) > 1 else segment.box()
        found = []
        for under in self.labels.layout.below(segment, COLUMN_REACH):
            for seen in self._in.get(id(under), ()):
                box = under.box(seen.start, seen.end)
                if min(box.right, head.right) > max(box.left, head.left):
                    found.append(seen)
        return found or self._in_the_same_place(label)

    def _in_the_same_place(self, label: Label) -> list[Seen]:
        """The amount that stands in the row below where the label stands in a row of heads, however both are aligned."""
        rows, row = self.labels.layout.rows, label.segment.row
        below = rows[row + 1] if row + 1 < len(rows) and rows[row + 1][0].page is label.segment.page else []
        if len(below) != len(rows[row]) or len(below) < LEAST_HEADS or len(self.labels.inside(label.segment)) > 1:
            return []
        amounts = self._in.get(id(below[rows[row].index(label.segment)]), [])
        return amounts if len(amounts) == 1 else []


def _currency_beside(seen: Seen) -> str | None:
    """The currency whose sign or code stands next to it."""
    text = seen.segment.folded
    found = _CURRENCY.search(text[max(0, seen.start - 5) : seen.start]) or _CURRENCY.search(text[seen.end : seen.end + 5])
    return CURRENCIES[found.group()] if found else None


def _raise(seen: Seen, name: str, weight: float) -> None:
    seen.evidence[name] = max(seen.evidence.get(name, 0.0), weight)


def _rates_on(layout: Layout) -> set[int]:
    """The usual rates that are printed: as percentages, or else as numbers that could be one."""
    printed = [printed_rates(row) for row in layout.rows if any(segment.has_digits for segment in row)]
    return set().union(*printed) & set(TELLING_RATES)


def _is_a_rate(base: int, vat: int) -> bool:
    """Whether one is the VAT of the other, at a usual rate."""
    return any(abs(vat * 1000 - base * rate) <= 1000 for rate in TELLING_RATES)  # noqa: PLR2004 - a cent
