"""Whether a second thing on the paper speaks for a value. What only one speaks for is never sure, however often such a value was right.

The papers confidence is counted on are kinder than those that come in. On a stranger's paper a mistake looks as good as what is right from
the side it was seen from: the sums of one column of a VAT table, the day up to which a discount is given, seller and buyer changed over.
A second, independent look tells them apart.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from application.recognition.dates import find_dates
from application.recognition.known import core
from application.recognition.numbers import find_amounts
from application.recognition.text import fold

if TYPE_CHECKING:
    from application.recognition.reading import Page, Reading

_CENT = Decimal("0.01")
_SHORTEST = 4
"""Letters of a word that says something of a name."""
_GAP = 0.8
"""Share of its height after which a printed number has ended."""
_RATE = re.compile(r"(?<![\d.,])(?:6|12|21)(?:[.,]0+)?\s?%")
"""A Belgian rate of VAT that is not zero."""


class Corroboration:
    """What was read against the pages it was read from. `own_vat` is the dossier's own number and `sales` what came in, where told."""

    def __init__(self, reading: Reading, pages: tuple[Page, ...], own_vat: str | None, *, sales: bool | None = None) -> None:
        self._fields, self._pages, self._own, self._sales = reading.fields, pages, own_vat, sales
        self._texts = [" ".join(word.text for word in page.words) for page in pages]

    def of(self, field: str) -> bool:
        """Whether something else on the paper says the same of this field. Checksums and currencies are looked at twice already."""
        match field:
            case "total_incl" | "total_excl" | "vat":
                return self._totals_agree
            case "issuer_vat" | "buyer_vat":
                return self._sides_agree
            case "due_date":
                return self._nothing_later
            case "invoice_number":
                return self._number_ends
            case "issuer_name" | "buyer_name":
                return self._named_again(self._fields[field].value)
        return True

    @cached_property
    def _totals_agree(self) -> bool:
        """Base and VAT make the total, and that is the largest amount or printed again: the sums of a part of it are neither."""
        net, vat, total = (abs(Decimal(self._fields[name].value)) if name in self._fields else None for name in _SUM)
        if net is None or vat is None or total is None or abs(net + vat - total) > _CENT:
            return False
        if vat == 0 and any(_RATE.search(text) for text in self._texts):
            return False
        printed = [abs(amount.cents) for text in self._texts for amount in find_amounts(text)]
        cents = int(total * 100)
        return max(printed, default=0) <= cents or printed.count(cents) > 1

    @cached_property
    def _sides_agree(self) -> bool:
        """The dossier is told, and stands on its side: who sells and who buys are not changed over. A sale must have come in as one."""
        issuer, buyer = (self._fields[name].value if name in self._fields else None for name in ("issuer_vat", "buyer_vat"))
        if self._own is None:
            return False
        if self._sales:
            return issuer == self._own and buyer != self._own
        return issuer != self._own and buyer in (None, self._own)

    @cached_property
    def _nothing_later(self) -> bool:
        """No other date after the day of issue: neither the end of a period nor that of a discount."""
        issued, due = (self._fields[name].value if name in self._fields else None for name in ("issue_date", "due_date"))
        dates = {printed.value.isoformat() for text in self._texts for printed in find_dates(text) if not printed.packed}
        return issued is not None and not any(one > issued for one in dates - {due})

    @cached_property
    def _number_ends(self) -> bool:
        """No digits follow it so closely that they may belong to it."""
        field = self._fields["invoice_number"]
        page = next((page for page in self._pages if page.number == field.page), None)
        if field.box is None or page is None:
            return False
        box = field.box
        height = box.bottom - box.top
        after = (
            word
            for word in page.words
            if abs(word.box.top + word.box.bottom - box.top - box.bottom) < height and 0 <= word.box.left - box.right + 1 < _GAP * height
        )
        return not any(word.text[:1].isdigit() for word in after)

    def _named_again(self, name: str) -> bool:
        """Its longest word stands on the paper again: in a domain, beside an account number, at the foot."""
        longest = max(core(name).split(), key=len, default="")
        return len(longest) >= _SHORTEST and sum(_letters(text).count(longest) for text in self._texts) > 1


_SUM = ("total_excl", "vat", "total_incl")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
