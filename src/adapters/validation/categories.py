"""The VAT categories of EN 16931: what each asks of the parties, the rate, the base, the VAT and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from adapters.validation.amounts import differs
from adapters.validation.own import Broken, rule
from adapters.validation.presence import vat_schemes
from adapters.validation.tree import ZERO, Invoice, every, find, number, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Category(NamedTuple):
    """`code` in the document, `prefix` of its rules; whether rates differ within it, may be zero, and a reason is asked."""

    code: str
    prefix: str
    by_rate: bool = False
    zero: bool | None = True
    reason: bool = True


STANDARD = Category("S", "BR-S", by_rate=True, zero=False, reason=False)
ZERO_RATED = Category("Z", "BR-Z", reason=False)
EXEMPT = Category("E", "BR-E")
REVERSE = Category("AE", "BR-AE")
INTRA_COMMUNITY = Category("K", "BR-IC")
EXPORT = Category("G", "BR-G")
OUTSIDE = Category("O", "BR-O", zero=None)
CANARIES = Category("L", "BR-AF", by_rate=True, zero=None, reason=False)
CEUTA = Category("M", "BR-AG", by_rate=True, zero=None, reason=False)
CATEGORIES = (STANDARD, ZERO_RATED, EXEMPT, REVERSE, INTRA_COMMUNITY, EXPORT, OUTSIDE, CANARIES, CEUTA)
UNIT = Decimal(1)
"""A base that is rounded per line may differ from the sum by less than this."""


def _is(category: Element, code: str) -> bool:
    return text(category, "ID") == code and text(category, "TaxScheme/ID").upper() in {"VAT", ""}


def _line_categories(invoice: Invoice, code: str) -> list[Element]:
    return [one for line in invoice.lines for one in every(line, "Item/ClassifiedTaxCategory/") if _is(one, code)]


def _adjusted_categories(invoice: Invoice, code: str, *, charges: bool) -> list[Element]:
    return [one for each in invoice.adjusted(charges=charges) for one in every(each, "TaxCategory/") if _is(one, code)]


def _breakdown(invoice: Invoice, code: str) -> list[Element]:
    return [one for one in invoice.subtotals for each in every(one, "TaxCategory/") if _is(each, code)]


def _used(invoice: Invoice, code: str) -> list[Element]:
    discounts, charges = (_adjusted_categories(invoice, code, charges=charges) for charges in (False, True))
    return _line_categories(invoice, code) + discounts + charges


def _registered(invoice: Invoice, *, tax_number_too: bool) -> bool:
    """The seller has a VAT number (or a number for other taxes), or somebody who represents him has."""
    schemes = every(invoice.seller, "PartyTaxScheme/") if tax_number_too else vat_schemes(invoice.seller)
    representative = find(invoice.root, "TaxRepresentativeParty/")
    return any(text(one, "CompanyID") for one in (*schemes, *vat_schemes(representative)))


def _buyer_known(invoice: Invoice, *, by_company_number: bool) -> bool:
    by_vat = any(text(one, "CompanyID") for one in vat_schemes(invoice.buyer))
    return by_vat or (by_company_number and bool(text(invoice.buyer, "PartyLegalEntity/CompanyID")))


def _parties_suffice(invoice: Invoice, category: Category) -> bool:
    if category is OUTSIDE:
        numbers = (*vat_schemes(invoice.seller), *vat_schemes(invoice.buyer), *vat_schemes(find(invoice.root, "TaxRepresentativeParty/")))
        return not any(text(one, "CompanyID") for one in numbers)
    if category in (REVERSE, INTRA_COMMUNITY):
        buyer = _buyer_known(invoice, by_company_number=category is REVERSE)
        return buyer and _registered(invoice, tax_number_too=category is REVERSE)
    return _registered(invoice, tax_number_too=category is not EXPORT)


def _in_the_breakdown(invoice: Invoice, category: Category) -> Broken:
    used, groups = _used(invoice, category.code), _breakdown(invoice, category.code)
    enough = bool(groups) if category.by_rate else len(groups) == 1
    if (used or groups) and not (used and enough):
        yield used[0] if used else groups[0]


def _rate_is_right(category: Category, element: Element) -> bool:
    percent = number(element, "Percent")
    if category is OUTSIDE:
        return find(element, "Percent") is None
    if category.zero is None:
        return percent is not None and percent >= 0
    return percent is not None and (percent == 0) is category.zero and percent >= 0


def _base(invoice: Invoice, category: Category) -> Broken:
    for subtotal in _breakdown(invoice, category.code):
        said, rate = number(subtotal, "TaxableAmount"), number(subtotal, "TaxCategory/Percent")
        computed = ZERO
        for holders, short, amount, sign in _contributions(invoice):
            for holder in holders:
                for one in every(holder, short):
                    if _is(one, category.code) and (not category.by_rate or (number(one, "Percent") or ZERO) == (rate or ZERO)):
                        computed += sign * (number(holder, amount) or ZERO)
        if category.by_rate and said is not None and abs(said - computed) < UNIT:
            continue
        yield from differs(subtotal, said, computed)


def _contributions(invoice: Invoice) -> Iterator[tuple[list[Element], str, str, int]]:
    yield invoice.lines, "Item/ClassifiedTaxCategory/", "LineExtensionAmount", 1
    yield invoice.adjusted(charges=True), "TaxCategory/", "Amount", 1
    yield invoice.adjusted(charges=False), "TaxCategory/", "Amount", -1


def _vat(invoice: Invoice, category: Category) -> Broken:
    for subtotal in _breakdown(invoice, category.code):
        said = number(subtotal, "TaxAmount")
        base, rate = number(subtotal, "TaxableAmount") or ZERO, number(subtotal, "TaxCategory/Percent") or ZERO
        if not category.by_rate:
            yield from differs(subtotal, said, ZERO)
        elif said is not None and abs(abs(said) - abs(base) * rate / 100) >= UNIT:
            yield from differs(subtotal, said, base * rate / 100)


def _reason(invoice: Invoice, category: Category) -> Broken:
    for subtotal in _breakdown(invoice, category.code):
        for each in every(subtotal, "TaxCategory/"):
            given = text(each, "TaxExemptionReason") or text(each, "TaxExemptionReasonCode")
            if bool(given) is not category.reason:
                yield subtotal


def _of(category: Category, look: Callable[[Invoice, Category], Broken]) -> Callable[[Invoice], Broken]:
    return lambda invoice: look(invoice, category)


def _lines(invoice: Invoice, category: Category) -> list[Element]:
    return _line_categories(invoice, category.code)


def _discounts(invoice: Invoice, category: Category) -> list[Element]:
    return _adjusted_categories(invoice, category.code, charges=False)


def _charges(invoice: Invoice, category: Category) -> list[Element]:
    return _adjusted_categories(invoice, category.code, charges=True)


def _parties_for(elements: Callable[[Invoice, Category], list[Element]]) -> Callable[[Invoice, Category], Broken]:
    def look(invoice: Invoice, category: Category) -> Broken:
        found = elements(invoice, category)
        if found and not _parties_suffice(invoice, category):
            yield found[0]

    return look


def _rates_of(elements: Callable[[Invoice, Category], list[Element]]) -> Callable[[Invoice, Category], Broken]:
    def look(invoice: Invoice, category: Category) -> Broken:
        yield from (one for one in elements(invoice, category) if not _rate_is_right(category, one))

    return look


QUESTIONS: dict[str, Callable[[Invoice, Category], Broken]] = {
    "01": _in_the_breakdown,
    "02": _parties_for(_lines),
    "03": _parties_for(_discounts),
    "04": _parties_for(_charges),
    "05": _rates_of(_lines),
    "06": _rates_of(_discounts),
    "07": _rates_of(_charges),
    "08": _base,
    "09": _vat,
    "10": _reason,
}
"""By the number the standard gives the question in every category."""

for _category in CATEGORIES:
    for _number, _look in QUESTIONS.items():
        rule(f"{_category.prefix}-{_number}")(_of(_category, _look))


@rule("BR-IC-11")
def when_goods_were_delivered(invoice: Invoice) -> Broken:
    """Goods to another member state: a date or a period of delivery."""
    dates = (text(invoice.root, "Delivery/ActualDeliveryDate"), text(invoice.root, "InvoicePeriod/StartDate"))
    if not any((*dates, text(invoice.root, "InvoicePeriod/EndDate"))):
        yield from _breakdown(invoice, INTRA_COMMUNITY.code)[:1]


@rule("BR-IC-12")
def where_goods_were_delivered(invoice: Invoice) -> Broken:
    """Goods to another member state: to which one."""
    if not text(invoice.root, "Delivery/DeliveryLocation/Address/Country/IdentificationCode"):
        yield from _breakdown(invoice, INTRA_COMMUNITY.code)[:1]


@rule("BR-O-11")
def nothing_else_in_the_breakdown(invoice: Invoice) -> Broken:
    """What is outside the scope of VAT is not mixed with what is in it."""
    if _breakdown(invoice, OUTSIDE.code) and len(invoice.subtotals) > 1:
        yield invoice.subtotals[0]


for _name, _elements in (
    ("BR-O-12", lambda invoice: [one for line in invoice.lines for one in every(line, "Item/ClassifiedTaxCategory/")]),
    ("BR-O-13", lambda invoice: [one for each in invoice.adjusted(charges=False) for one in every(each, "TaxCategory/")]),
    ("BR-O-14", lambda invoice: [one for each in invoice.adjusted(charges=True) for one in every(each, "TaxCategory/")]),
):

    def _others(invoice: Invoice, elements: Callable[[Invoice], list[Element]] = _elements) -> Broken:
        if _breakdown(invoice, OUTSIDE.code):
            yield from (one for one in elements(invoice) if text(one, "ID") != OUTSIDE.code)

    rule(_name)(_others)
