"""A UBL invoice as the rules look at it: short paths, amounts as decimals, the parts every rule asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NAMES = {"cac": f"{{{_UBL}CommonAggregateComponents-2}}", "cbc": f"{{{_UBL}CommonBasicComponents-2}}"}
ZERO = Decimal(0)


@cache
def path(short: str) -> str:
    """`Party/Name` in the names of UBL. The last part is a basic component; with a slash behind it, an aggregate like the others."""
    *aggregates, basic = short.split("/")
    return "/".join([_NAMES["cac"] + one for one in aggregates] + ([_NAMES["cbc"] + basic] if basic else []))


def find(element: Element | None, short: str) -> Element | None:
    """The first element at a path that ends in a basic component (`Party/Name`) or, with a slash behind it, in an aggregate (`Party/`)."""
    return element.find(path(short)) if element is not None else None


def every(element: Element | None, short: str) -> list[Element]:
    """All elements at a path."""
    return element.findall(path(short)) if element is not None else []


def text(element: Element | None, short: str = "") -> str:
    """The trimmed text of an element, or at a path below it; empty when there is none."""
    found = find(element, short) if short else element
    return (found.text or "").strip() if found is not None else ""


def number(element: Element | None, short: str = "") -> Decimal | None:
    """The number an element holds; None when it holds none."""
    raw = text(element, short)
    try:
        value = Decimal(raw) if raw else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def is_charge(allowance: Element) -> bool:
    """A charge, not a discount."""
    return text(allowance, "ChargeIndicator") in {"true", "1"}


class Invoice:
    """One invoice or credit note, with what more than one rule needs worked out once."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.is_credit_note = etree.QName(root).localname == "CreditNote"
        self.line_name = "CreditNoteLine/" if self.is_credit_note else "InvoiceLine/"

    @cached_property
    def lines(self) -> list[Element]:
        """The lines."""
        return every(self.root, self.line_name)

    @cached_property
    def adjustments(self) -> list[Element]:
        """Discounts and charges on the whole document."""
        return every(self.root, "AllowanceCharge/")

    @cached_property
    def seller(self) -> Element | None:
        """Who sells."""
        return find(self.root, "AccountingSupplierParty/Party/")

    @cached_property
    def buyer(self) -> Element | None:
        """Who buys."""
        return find(self.root, "AccountingCustomerParty/Party/")

    @cached_property
    def totals(self) -> Element | None:
        """The totals of the document."""
        return find(self.root, "LegalMonetaryTotal/")

    @cached_property
    def subtotals(self) -> list[Element]:
        """The VAT breakdown."""
        return every(self.root, "TaxTotal/TaxSubtotal/")

    @cached_property
    def currency(self) -> str:
        """The currency of the document."""
        return text(self.root, "DocumentCurrencyCode")

    @cached_property
    def type_code(self) -> str:
        """What kind of document it is (UNTDID 1001)."""
        return text(self.root, "CreditNoteTypeCode" if self.is_credit_note else "InvoiceTypeCode")

    @cached_property
    def vat(self) -> Element | None:
        """The total of VAT in the document's own currency."""
        amounts = every(self.root, "TaxTotal/TaxAmount")
        return next((one for one in amounts if one.get("currencyID") == self.currency), None)

    @cached_property
    def descendants(self) -> list[Element]:
        """Every element below the root."""
        return list(self.root.iter(etree.Element))

    def named(self, *names: str) -> Iterator[Element]:
        """All elements of these names, wherever they stand."""
        wanted = set(names)
        return (one for one in self.descendants if local(one) in wanted)

    def adjusted(self, *, charges: bool) -> list[Element]:
        """The charges, or the discounts, on the whole document."""
        return [one for one in self.adjustments if is_charge(one) is charges]


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def place(element: Element) -> str:
    """Where it stands, for a person: `InvoiceLine[2]/Item/Name`."""
    steps = []
    for one in (element, *element.iterancestors()):
        parent = one.getparent()
        if parent is None:
            break
        same = [each for each in parent if each.tag == one.tag]
        steps.append(local(one) + (f"[{same.index(one) + 1}]" if len(same) > 1 else ""))
    return "/".join(reversed(steps)) or local(element)
