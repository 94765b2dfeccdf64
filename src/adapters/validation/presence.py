"""What an invoice must have: EN 16931's rules that a business term is there, and belongs to its group."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adapters.validation.own import Broken, rule
from adapters.validation.tree import ZERO, Invoice, every, find, number, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Where = Callable[[Invoice], "list[Element]"]


def _whole(invoice: Invoice) -> list[Element]:
    return [invoice.root]


def _at(short: str) -> Where:
    return lambda invoice: every(invoice.root, short)


def _line_adjustments(invoice: Invoice, *, charges: bool) -> list[Element]:
    return [one for line in invoice.lines for one in every(line, "AllowanceCharge/") if (text(one, "ChargeIndicator") == "true") is charges]


def _with(where: Where, wanted: Callable[[Element], bool]) -> Where:
    return lambda invoice: [one for one in where(invoice) if wanted(one)]


_LINES: Where = lambda invoice: invoice.lines  # noqa: E731
_DISCOUNTS: Where = lambda invoice: invoice.adjusted(charges=False)  # noqa: E731
_CHARGES: Where = lambda invoice: invoice.adjusted(charges=True)  # noqa: E731
_LINE_DISCOUNTS: Where = lambda invoice: _line_adjustments(invoice, charges=False)  # noqa: E731
_LINE_CHARGES: Where = lambda invoice: _line_adjustments(invoice, charges=True)  # noqa: E731
_SELLER, _BUYER = _at("AccountingSupplierParty/"), _at("AccountingCustomerParty/")
_REASON = ("AllowanceChargeReason", "AllowanceChargeReasonCode")
_VAT = "VAT"

MUST_HAVE: dict[str, tuple[Where, tuple[str, ...]]] = {
    "BR-01": (_whole, ("CustomizationID",)),
    "BR-02": (_whole, ("ID",)),
    "BR-03": (_whole, ("IssueDate",)),
    "BR-04": (_whole, ("InvoiceTypeCode", "CreditNoteTypeCode")),
    "BR-05": (_whole, ("DocumentCurrencyCode",)),
    "BR-06": (_whole, ("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",)),
    "BR-07": (_whole, ("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",)),
    "BR-08": (_whole, ("AccountingSupplierParty/Party/PostalAddress/",)),
    "BR-09": (_at("AccountingSupplierParty/Party/PostalAddress/"), ("Country/IdentificationCode",)),
    "BR-10": (_whole, ("AccountingCustomerParty/Party/PostalAddress/",)),
    "BR-11": (_at("AccountingCustomerParty/Party/PostalAddress/"), ("Country/IdentificationCode",)),
    "BR-12": (_at("LegalMonetaryTotal/"), ("LineExtensionAmount",)),
    "BR-13": (_at("LegalMonetaryTotal/"), ("TaxExclusiveAmount",)),
    "BR-14": (_at("LegalMonetaryTotal/"), ("TaxInclusiveAmount",)),
    "BR-15": (_at("LegalMonetaryTotal/"), ("PayableAmount",)),
    "BR-16": (_whole, ("InvoiceLine/", "CreditNoteLine/")),
    "BR-18": (_at("TaxRepresentativeParty/"), ("PartyName/Name",)),
    "BR-19": (_at("TaxRepresentativeParty/"), ("PostalAddress/",)),
    "BR-20": (_at("TaxRepresentativeParty/PostalAddress/"), ("Country/IdentificationCode",)),
    "BR-21": (_LINES, ("ID",)),
    "BR-22": (_LINES, ("InvoicedQuantity", "CreditedQuantity")),
    "BR-24": (_LINES, ("LineExtensionAmount",)),
    "BR-25": (_LINES, ("Item/Name",)),
    "BR-26": (_LINES, ("Price/PriceAmount",)),
    "BR-31": (_DISCOUNTS, ("Amount",)),
    "BR-33": (_DISCOUNTS, _REASON),
    "BR-36": (_CHARGES, ("Amount",)),
    "BR-38": (_CHARGES, _REASON),
    "BR-41": (_LINE_DISCOUNTS, ("Amount",)),
    "BR-42": (_LINE_DISCOUNTS, _REASON),
    "BR-43": (_LINE_CHARGES, ("Amount",)),
    "BR-44": (_LINE_CHARGES, _REASON),
    "BR-45": (_at("TaxTotal/TaxSubtotal/"), ("TaxableAmount",)),
    "BR-46": (_at("TaxTotal/TaxSubtotal/"), ("TaxAmount",)),
    "BR-49": (_at("PaymentMeans/"), ("PaymentMeansCode",)),
    "BR-50": (_at("PaymentMeans/PayeeFinancialAccount/"), ("ID",)),
    "BR-52": (_at("AdditionalDocumentReference/"), ("ID",)),
    "BR-55": (_at("BillingReference/"), ("InvoiceDocumentReference/ID",)),
    "BR-57": (_at("Delivery/DeliveryLocation/Address/"), ("Country/IdentificationCode",)),
    "BR-CO-18": (_whole, ("TaxTotal/TaxSubtotal/",)),
    "BR-CO-19": (_at("InvoicePeriod/"), ("StartDate", "EndDate", "DescriptionCode")),
    "BR-CO-21": (_DISCOUNTS, _REASON),
    "BR-CO-22": (_CHARGES, _REASON),
    "BR-CO-23": (_LINE_DISCOUNTS, _REASON),
    "BR-CO-24": (_LINE_CHARGES, _REASON),
}
"""Rule → where it looks, and of what at least one must be there."""


def _has(element: Element, short: str) -> bool:
    return find(element, short) is not None if short.endswith("/") else bool(text(element, short))


def _missing(where: Where, wanted: tuple[str, ...]) -> Callable[[Invoice], Broken]:
    def check(invoice: Invoice) -> Broken:
        yield from (one for one in where(invoice) if not any(_has(one, short) for short in wanted))

    return check


for _name, _needs in MUST_HAVE.items():
    rule(_name)(_missing(*_needs))


def _vat_categories(element: Element, short: str) -> list[Element]:
    return [one for one in every(element, short) if text(one, "TaxScheme/ID").upper() == _VAT]


for _name, _where, _short in (
    ("BR-32", _DISCOUNTS, "TaxCategory/"),
    ("BR-37", _CHARGES, "TaxCategory/"),
    ("BR-47", _at("TaxTotal/TaxSubtotal/"), "TaxCategory/"),
    ("BR-CO-04", _LINES, "Item/ClassifiedTaxCategory/"),
):

    def _without_category(invoice: Invoice, where: Where = _where, short: str = _short) -> Broken:
        yield from (one for one in where(invoice) if not any(text(each, "ID") for each in _vat_categories(one, short)))

    rule(_name)(_without_category)


@rule("BR-48")
def rate_of_each_category(invoice: Invoice) -> Broken:
    """Every category of the breakdown has a rate, but for what is outside the scope of VAT."""
    for subtotal in invoice.subtotals:
        for category in _vat_categories(subtotal, "TaxCategory/"):
            if not text(category, "Percent") and text(category, "ID") != "O":
                yield subtotal


@rule("BR-17")
def payee_is_somebody_else(invoice: Invoice) -> Broken:
    """A payee is named only when it is not the seller."""
    for payee in every(invoice.root, "PayeeParty/"):
        name, seller = text(payee, "PartyName/Name"), text(invoice.seller, "PartyName/Name")
        number_ = text(payee, "PartyIdentification/ID")
        if not name or name == seller or (number_ and number_ == text(invoice.seller, "PartyIdentification/ID")):
            yield payee


@rule("BR-23")
def unit_of_each_quantity(invoice: Invoice) -> Broken:
    """A quantity has a unit."""
    for line in invoice.lines:
        quantity = find(line, "InvoicedQuantity") if not invoice.is_credit_note else find(line, "CreditedQuantity")
        if quantity is not None and not quantity.get("unitCode"):
            yield line


@rule("BR-27")
def price_is_not_negative(invoice: Invoice) -> Broken:
    """A credit is a negative quantity, not a negative price."""
    yield from (line for line in invoice.lines if (number(line, "Price/PriceAmount") or ZERO) < 0)


@rule("BR-28")
def gross_price_is_not_negative(invoice: Invoice) -> Broken:
    """The same before the discount."""
    yield from (line for line in invoice.lines if (number(line, "Price/AllowanceCharge/BaseAmount") or ZERO) < 0)


@rule("BR-29")
def period_ends_after_it_begins(invoice: Invoice) -> Broken:
    """The period of the whole invoice."""
    yield from _backwards(every(invoice.root, "InvoicePeriod/"))


@rule("BR-30")
def period_of_a_line_ends_after_it_begins(invoice: Invoice) -> Broken:
    """The period of a line."""
    yield from _backwards([period for line in invoice.lines for period in every(line, "InvoicePeriod/")])


def _backwards(periods: list[Element]) -> Broken:
    for period in periods:
        start, end = text(period, "StartDate"), text(period, "EndDate")
        if start and end and end < start:
            yield period


@rule("BR-CO-20")
def period_of_a_line_has_a_date(invoice: Invoice) -> Broken:
    """A period without either date says nothing."""
    for line in invoice.lines:
        yield from (period for period in every(line, "InvoicePeriod/") if not (text(period, "StartDate") or text(period, "EndDate")))


@rule("BR-51")
def no_whole_card_number(invoice: Invoice) -> Broken:
    """Of a payment card only the last digits are shown."""
    for card in every(invoice.root, "PaymentMeans/CardAccount/PrimaryAccountNumberID"):
        if len(text(card)) > 10:  # noqa: PLR2004 - the first six and the last four digits
            yield card


@rule("BR-53")
def vat_in_the_tax_currency(invoice: Invoice) -> Broken:
    """With a currency for the tax office there is a total in it."""
    currency = text(invoice.root, "TaxCurrencyCode")
    if currency and not any(one.get("currencyID") == currency for one in every(invoice.root, "TaxTotal/TaxAmount")):
        yield invoice.root


@rule("BR-54")
def attribute_has_name_and_value(invoice: Invoice) -> Broken:
    """A property of an item is a name with a value."""
    for line in invoice.lines:
        for each in every(line, "Item/AdditionalItemProperty/"):
            if find(each, "Name") is None or find(each, "Value") is None:
                yield each


@rule("BR-56")
def tax_representative_has_a_vat_number(invoice: Invoice) -> Broken:
    """Who represents the seller towards the tax office has a number there."""
    for party in every(invoice.root, "TaxRepresentativeParty/"):
        if not any(text(one, "CompanyID") for one in vat_schemes(party)):
            yield party


def vat_schemes(party: Element | None) -> list[Element]:
    """The registrations of a party for VAT."""
    return [one for one in every(party, "PartyTaxScheme/") if text(one, "TaxScheme/ID").upper() == _VAT]


@rule("BR-61")
def account_for_a_transfer(invoice: Invoice) -> Broken:
    """Who asks for a transfer says to which account."""
    for means in every(invoice.root, "PaymentMeans/"):
        if text(means, "PaymentMeansCode") in {"30", "58"} and not text(means, "PayeeFinancialAccount/ID"):
            yield means


for _name, _short in (("BR-62", "AccountingSupplierParty/Party/EndpointID"), ("BR-63", "AccountingCustomerParty/Party/EndpointID")):

    def _endpoint_without_scheme(invoice: Invoice, short: str = _short) -> Broken:
        yield from (one for one in every(invoice.root, short) if not one.get("schemeID"))

    rule(_name)(_endpoint_without_scheme)


@rule("BR-64")
def standard_number_names_its_scheme(invoice: Invoice) -> Broken:
    """A GTIN says that it is one."""
    for line in invoice.lines:
        yield from (one for one in every(line, "Item/StandardItemIdentification/ID") if not one.get("schemeID"))


@rule("BR-65")
def classification_names_its_list(invoice: Invoice) -> Broken:
    """A class of goods says of which classification."""
    for line in invoice.lines:
        for one in every(line, "Item/CommodityClassification/ItemClassificationCode"):
            if not one.get("listID"):
                yield one


@rule("BR-CO-03")
def one_way_to_say_when_vat_is_due(invoice: Invoice) -> Broken:
    """Either a date, or a rule that gives one."""
    if find(invoice.root, "TaxPointDate") is not None and find(invoice.root, "InvoicePeriod/DescriptionCode") is not None:
        yield invoice.root


@rule("BR-CO-25")
def when_to_pay(invoice: Invoice) -> Broken:
    """Where something is to be paid there is a due date or a text; a credit note asks for no payment."""
    if invoice.is_credit_note:
        return
    due = number(invoice.totals, "PayableAmount")
    said = text(invoice.root, "DueDate") or text(invoice.root, "PaymentMeans/PaymentDueDate") or text(invoice.root, "PaymentTerms/Note")
    if due is not None and due > 0 and not said:
        yield invoice.root


@rule("BR-CO-26")
def seller_can_be_told(invoice: Invoice) -> Broken:
    """The seller has one number by which a buyer can recognise him."""
    for party in every(invoice.root, "AccountingSupplierParty/"):
        numbers = ("Party/PartyLegalEntity/CompanyID", "Party/PartyIdentification/ID")
        known = any(find(party, short) is not None for short in numbers)
        if not known and not any(text(one, "CompanyID") for one in vat_schemes(invoice.seller)):
            yield party
