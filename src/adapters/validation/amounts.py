"""What must add up: EN 16931's conditions on amounts, and those of Peppol on lines and prices."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from adapters.validation.own import Broken, rule
from adapters.validation.tree import ZERO, Invoice, every, find, is_charge, local, number, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CENT = Decimal("0.01")
SLACK = Decimal("0.02")
"""What Peppol lets a line differ from its price times its quantity."""
TWO = 2


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def total(elements: list[Element], short: str = "") -> Decimal:
    """The sum of what the elements hold; what is no number counts as nothing."""
    return sum((number(one, short) or ZERO for one in elements), ZERO)


def differs(element: Element, said: Decimal | None, computed: Decimal, slack: Decimal = ZERO) -> Broken:
    """The element, when it says something else than was computed."""
    if said is not None and abs(_cents(said) - _cents(computed)) > slack:
        yield element, {"said": str(said), "computed": str(_cents(computed))}


@rule("BR-CO-10")
def sum_of_lines(invoice: Invoice) -> Broken:
    """Net amounts of all lines."""
    for totals in every(invoice.root, "LegalMonetaryTotal/"):
        yield from differs(totals, number(totals, "LineExtensionAmount"), total(invoice.lines, "LineExtensionAmount"))


for _name, _short, _charges in (("BR-CO-11", "AllowanceTotalAmount", False), ("BR-CO-12", "ChargeTotalAmount", True)):

    def _sum_of_adjustments(invoice: Invoice, short: str = _short, *, charges: bool = _charges) -> Broken:
        for totals in every(invoice.root, "LegalMonetaryTotal/"):
            adjusted = invoice.adjusted(charges=charges)
            said = number(totals, short)
            if said is None and not adjusted:
                continue
            yield from differs(totals, said or ZERO, total(adjusted, "Amount"))

    rule(_name)(_sum_of_adjustments)


@rule("BR-CO-13")
def total_without_vat(invoice: Invoice) -> Broken:
    """Lines less discounts plus charges."""
    for totals in every(invoice.root, "LegalMonetaryTotal/"):
        lines, less, more = (number(totals, name) for name in ("LineExtensionAmount", "AllowanceTotalAmount", "ChargeTotalAmount"))
        if lines is not None:
            yield from differs(totals, number(totals, "TaxExclusiveAmount"), lines - (less or ZERO) + (more or ZERO))


@rule("BR-CO-14")
def sum_of_vat(invoice: Invoice) -> Broken:
    """VAT of all categories."""
    for tax in every(invoice.root, "TaxTotal/"):
        subtotals = every(tax, "TaxSubtotal/")
        if subtotals:
            yield from differs(tax, number(tax, "TaxAmount"), total(subtotals, "TaxAmount"))


@rule("BR-CO-15")
def total_with_vat(invoice: Invoice) -> Broken:
    """The total without VAT and the VAT in the currency of the invoice."""
    for totals in every(invoice.root, "LegalMonetaryTotal/"):
        net, said = number(totals, "TaxExclusiveAmount"), number(totals, "TaxInclusiveAmount")
        own = [one for one in every(invoice.root, "TaxTotal/TaxAmount") if one.get("currencyID") == invoice.currency]
        if net is None or said is None:
            continue
        if len(own) > 1 or (not own and every(invoice.root, "TaxTotal/TaxAmount") and said != net):
            yield totals, {"said": str(said), "computed": "?"}
        elif own or not every(invoice.root, "TaxTotal/TaxAmount"):
            yield from differs(totals, said, net + total(own))


@rule("BR-CO-16")
def amount_to_pay(invoice: Invoice) -> Broken:
    """The total less what was paid before, rounded."""
    for totals in every(invoice.root, "LegalMonetaryTotal/"):
        all_, paid, rounding = (number(totals, name) for name in ("TaxInclusiveAmount", "PrepaidAmount", "PayableRoundingAmount"))
        if all_ is not None:
            yield from differs(totals, number(totals, "PayableAmount"), all_ - (paid or ZERO) + (rounding or ZERO))


@rule("BR-CO-17")
def vat_of_a_category(invoice: Invoice) -> Broken:
    """Base times rate. The standard's own artefacts allow a difference of one whole unit, for amounts rounded line by line."""
    for subtotal in invoice.subtotals:
        base, tax, rate = number(subtotal, "TaxableAmount"), number(subtotal, "TaxAmount"), number(subtotal, "TaxCategory/Percent")
        if base is None or tax is None:
            continue
        computed = _cents(abs(base) * (rate or ZERO) / 100)
        if abs(abs(tax) - computed) >= 1:
            yield subtotal, {"said": str(tax), "computed": str(computed), "rate": str(rate or 0), "base": str(base)}


_TWO_DECIMALS = frozenset(
    {
        "LineExtensionAmount",
        "TaxExclusiveAmount",
        "TaxInclusiveAmount",
        "AllowanceTotalAmount",
        "ChargeTotalAmount",
        "PrepaidAmount",
        "PayableRoundingAmount",
        "PayableAmount",
        "TaxAmount",
        "TaxableAmount",
        "Amount",
    }
)


@rule("BR-DEC")
def two_decimals(invoice: Invoice) -> Broken:
    """Amounts are in cents; only prices may be finer."""
    for element in invoice.named(*_TWO_DECIMALS, "BaseAmount"):
        parent = element.getparent()
        of_price = parent is not None and parent.getparent() is not None and local(parent.getparent()) == "Price"  # type: ignore[arg-type]
        if not of_price and len(text(element).partition(".")[2]) > TWO:
            yield element


@rule("PEPPOL-EN16931-R040")
def discount_is_a_percentage_of_its_base(invoice: Invoice) -> Broken:
    """Where a percentage and a base are given the amount follows from them."""
    for each in _adjustments(invoice):
        base, percent, amount = (number(each, name) for name in ("BaseAmount", "MultiplierFactorNumeric", "Amount"))
        if base is not None and percent is not None:
            yield from differs(each, amount or ZERO, base * percent / 100, SLACK)


@rule("PEPPOL-EN16931-R041")
def base_of_a_percentage(invoice: Invoice) -> Broken:
    """A percentage is of something."""
    for each in _adjustments(invoice):
        if find(each, "MultiplierFactorNumeric") is not None and find(each, "BaseAmount") is None:
            yield each


@rule("PEPPOL-EN16931-R042")
def percentage_of_a_base(invoice: Invoice) -> Broken:
    """A base is there for a percentage."""
    for each in _adjustments(invoice):
        if find(each, "MultiplierFactorNumeric") is None and find(each, "BaseAmount") is not None:
            yield each


def _adjustments(invoice: Invoice) -> list[Element]:
    """Discounts and charges on the whole and on lines, not those in a price."""
    return invoice.adjustments + [one for line in invoice.lines for one in every(line, "AllowanceCharge/")]


@rule("PEPPOL-EN16931-R043")
def charge_or_discount(invoice: Invoice) -> Broken:
    """The indicator is one of two words."""
    for each in invoice.named("AllowanceCharge"):
        if text(each, "ChargeIndicator") not in {"true", "false"}:
            yield each


@rule("PEPPOL-EN16931-R044")
def no_charge_in_a_price(invoice: Invoice) -> Broken:
    """A price may be discounted, not charged."""
    for price in _prices(invoice):
        yield from (one for one in every(price, "AllowanceCharge/") if is_charge(one))


@rule("PEPPOL-EN16931-R046")
def net_price(invoice: Invoice) -> Broken:
    """The gross price less the discount."""
    for price in _prices(invoice):
        for each in every(price, "AllowanceCharge/"):
            gross, less, net = number(each, "BaseAmount"), number(each, "Amount"), number(price, "PriceAmount")
            if gross is not None and net is not None and net != gross - (less or ZERO):
                yield price, {"said": str(net), "computed": str(gross - (less or ZERO))}


def _prices(invoice: Invoice) -> list[Element]:
    return [price for line in invoice.lines for price in every(line, "Price/")]


@rule("PEPPOL-EN16931-R120")
def net_amount_of_a_line(invoice: Invoice) -> Broken:
    """Quantity times price, with the line's own charges and discounts."""
    for line in invoice.lines:
        quantity = number(line, "CreditedQuantity" if invoice.is_credit_note else "InvoicedQuantity")
        price, per = number(line, "Price/PriceAmount"), number(line, "Price/BaseQuantity")
        own = every(line, "AllowanceCharge/")
        more = sum((number(one, "Amount") or ZERO) * (1 if is_charge(one) else -1) for one in own)
        computed = (Decimal(1) if quantity is None else quantity) * (price or ZERO) / (per or Decimal(1)) + more
        said = number(line, "LineExtensionAmount")
        if said is not None and abs(_cents(said) - _cents(computed)) > SLACK:
            yield line, {"said": str(said), "computed": str(_cents(computed))}


@rule("PEPPOL-EN16931-R121")
def quantity_of_a_price(invoice: Invoice) -> Broken:
    """A price is for more than nothing."""
    for price in _prices(invoice):
        per = number(price, "BaseQuantity")
        if per is not None and per <= 0:
            yield price


@rule("PEPPOL-EN16931-R130")
def unit_of_a_price(invoice: Invoice) -> Broken:
    """The price is per unit of what was invoiced."""
    for line in invoice.lines:
        per = find(line, "Price/BaseQuantity")
        quantity = find(line, "CreditedQuantity" if invoice.is_credit_note else "InvoicedQuantity")
        if per is not None and per.get("unitCode") and quantity is not None and per.get("unitCode") != quantity.get("unitCode"):
            yield per


@rule("PEPPOL-EN16931-R055")
def both_totals_of_vat_have_one_sign(invoice: Invoice) -> Broken:
    """VAT in the tax office's currency is owed the same way round."""
    currency = text(invoice.root, "TaxCurrencyCode")
    if not currency:
        return
    amounts = every(invoice.root, "TaxTotal/TaxAmount")
    theirs, ours = ([number(one) or ZERO for one in amounts if one.get("currencyID") == code] for code in (currency, invoice.currency))
    owed = any(one >= 0 for one in theirs) and any(one >= 0 for one in ours)
    due = any(one <= 0 for one in theirs) and any(one <= 0 for one in ours)
    if not (owed or due):
        yield invoice.root
