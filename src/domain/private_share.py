"""The private part of a line: what the owner uses for himself is no cost of the business, and its VAT may not be deducted (FEATURES J3).

It is booked on the private account of the dossier, VAT included, and told in no grid of the return. Split to the cent: business and
private part together are always the line.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.kernel import Refused
from domain.money import round_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.booking_proposal import Line

_WHOLE = Decimal(100)


class PrivateShare(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A percentage of a line, or an amount of its total, VAT included, in the currency of the invoice."""

    value: Decimal
    percent: bool = True

    def of(self, base: Decimal, vat: Decimal, currency: str) -> tuple[Decimal, Decimal]:
        """The private part of a base and of its VAT."""
        if self.percent:
            return round_amount(base * self.value / _WHOLE, currency), round_amount(vat * self.value / _WHOLE, currency)
        total = base + vat
        own_vat = round_amount(vat * self.value / total, currency) if total else Decimal(0)
        return self.value - own_vat, own_vat


def check_private(line: Line) -> None:
    """Refused unless the private part is one of this line: more than nothing, and no more than all of it."""
    if line.private is None:
        return
    value = line.private.value
    largest = _WHOLE if line.private.percent else abs(line.total)
    if not 0 < (value if line.private.percent or line.total > 0 else -value) <= largest:
        raise Refused("Het privégedeelte is een percentage van 1 tot 100, of een bedrag dat niet groter is dan de lijn.")


class Booked(NamedTuple):
    """A line as it goes to the books, and the place (from 0) of the line it is made of. `is_private`: on the private account."""

    line: Line
    place: int
    is_private: bool = False


def booked(lines: Sequence[Line], account: str, vat_code: str, currency: str) -> list[Booked]:
    """The lines with each private part on `account`; `vat_code` is one that is told nowhere. A line that is all private has no other."""
    found = []
    for place, line in enumerate(lines):
        if line.private is None:
            found.append(Booked(line, place))
            continue
        base, vat = line.private.of(line.base, line.vat, currency)
        ours = msgspec.structs.replace(line, base=line.base - base, vat=line.vat - vat, private=None)
        if ours.base or ours.vat:
            found.append(Booked(ours, place))
        own = msgspec.structs.replace(line, account=account, vat_code=vat_code, base=base + vat, vat=Decimal(0), private=None)
        found.append(Booked(own, place, is_private=True))
    return found
