"""A booking template: accounts and VAT codes of an invoice's lines, and how its amounts are divided over them (FEATURES J6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from domain.private_share import PrivateShare

if TYPE_CHECKING:
    from collections.abc import Sequence


class TemplateLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. `share` is its part (0–1) of the base of its VAT rate; None: another one each time.

    `dimensions` and `private` as on the line it proposes; a private part is a percentage here, an amount is another one each time.
    """

    account: str
    vat_code: str
    share: Decimal | None = Decimal(1)
    dimensions: dict[str, str] = {}
    private: PrivateShare | None = None


def key_of(lines: Sequence[TemplateLine]) -> str:
    """What tells a template from the party's others: accounts and VAT codes in order."""
    return "+".join(f"{line.account}/{line.vat_code}" for line in lines)
