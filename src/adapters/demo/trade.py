"""What a company of the demo world sells and how it writes its invoices."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from adapters.demo.invoice import EXEMPT, STANDARD, DemoParty


class Item(msgspec.Struct, frozen=True):
    """Something sold: usual unit price without VAT, usual quantity from–to, VAT rate in percent."""

    description: str
    price: Decimal
    least: int
    most: int
    rate: int = 21
    unit: str = "C62"
    category: str = STANDARD


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """How a company's invoices look. `number` is a format string over year, yy, month, sequence and customer."""

    number: str
    layout: str
    accent: str
    style: int = 0
    language: str = "nl"
    structured_communication: bool = True
    direct_debit: bool = False
    term_days: int | None = 30
    negative_credit_notes: bool = False


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """A company that sends invoices. `account` is where its buyers book most of them; `lines` from–to on one invoice."""

    id: str
    party: DemoParty
    account: str
    items: tuple[Item, ...]
    paper: Paper
    lines: tuple[int, int] = (1, 4)
    monthly: bool = False
    gives_credit: bool = False


def items(text: str, *, category: str = STANDARD) -> tuple[Item, ...]:
    """A price list, one item a line: `description | price | least-most | VAT rate | unit`, the unit being pieces when left out.

    Without a category, a rate of 0 means exempt.
    """
    return tuple(_item(line, category) for line in text.strip().splitlines())


def _item(line: str, category: str) -> Item:
    description, price, quantity, rate, *unit = (cell.strip() for cell in line.split("|"))
    least, most = quantity.split("-")
    if rate == "0" and category == STANDARD:
        category = EXEMPT
    return Item(description, Decimal(price), int(least), int(most), int(rate), unit[0] if unit else "C62", category)
