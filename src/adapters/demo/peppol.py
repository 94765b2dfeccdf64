"""An invoice as UBL 2.1, in the form Belgian companies exchange over Peppol (BIS Billing 3.0)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from lxml import etree

from adapters.demo.invoice import INTRA_COMMUNITY
from adapters.demo.words import why_no_vat
from domain.structured_communication import format_structured_communication

if TYPE_CHECKING:
    from decimal import Decimal

    from adapters.demo.invoice import DemoInvoice, DemoLine, DemoParty, VatGroup

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC = f"{_UBL}CommonAggregateComponents-2"
_CBC = f"{_UBL}CommonBasicComponents-2"
_CUSTOMISATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_ELECTRONIC_ADDRESS = {"NL": "9944", "DE": "9930", "IE": "9935"}
"""Peppol scheme of a VAT number used as an address; Belgian companies have their enterprise number under 0208."""


def render_ubl(invoice: DemoInvoice, pdf: bytes | None = None) -> bytes:
    """The invoice (or credit note) as UBL XML, with its PDF embedded when given."""
    kind = "CreditNote" if invoice.credit_note else "Invoice"
    root = etree.Element(f"{{{_UBL}{kind}-2}}{kind}", nsmap={None: f"{_UBL}{kind}-2", "cac": _CAC, "cbc": _CBC})
    _head(root, invoice)
    if pdf is not None:
        _attachment(root, invoice, pdf)
    _party(_cac(root, "AccountingSupplierParty"), invoice.seller)
    _party(_cac(root, "AccountingCustomerParty"), invoice.buyer)
    _delivery(root, invoice)
    _payment(root, invoice)
    _vat(root, invoice)
    _totals(root, invoice)
    for number, line in enumerate(invoice.lines, start=1):
        _line(root, invoice, number, line)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _cac(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _cbc(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = text


def _amount(parent: etree._Element, name: str, amount: Decimal, invoice: DemoInvoice) -> None:
    _cbc(parent, name, str(amount), currencyID=invoice.currency)


def _head(root: etree._Element, invoice: DemoInvoice) -> None:
    _cbc(root, "CustomizationID", _CUSTOMISATION)
    _cbc(root, "ProfileID", _PROFILE)
    _cbc(root, "ID", invoice.number)
    _cbc(root, "IssueDate", invoice.issue_date.isoformat())
    if invoice.due_date and not invoice.credit_note:
        _cbc(root, "DueDate", invoice.due_date.isoformat())
    _cbc(root, "CreditNoteTypeCode" if invoice.credit_note else "InvoiceTypeCode", "381" if invoice.credit_note else "380")
    _cbc(root, "DocumentCurrencyCode", invoice.currency)
    _cbc(root, "BuyerReference", invoice.customer_number or "-")
    if invoice.order_reference:
        _cbc(_cac(root, "OrderReference"), "ID", invoice.order_reference)
    if invoice.credited_number:
        _cbc(_cac(_cac(root, "BillingReference"), "InvoiceDocumentReference"), "ID", invoice.credited_number)


def _attachment(root: etree._Element, invoice: DemoInvoice, pdf: bytes) -> None:
    reference = _cac(root, "AdditionalDocumentReference")
    _cbc(reference, "ID", invoice.number)
    _cbc(
        _cac(reference, "Attachment"),
        "EmbeddedDocumentBinaryObject",
        base64.b64encode(pdf).decode(),
        mimeCode="application/pdf",
        filename=f"{invoice.number.replace('/', '-')}.pdf",
    )


def _party(parent: etree._Element, company: DemoParty) -> None:
    party = _cac(parent, "Party")
    digits = company.vat_number[2:]
    belgian = company.country == "BE"
    _cbc(
        party, "EndpointID", digits if belgian else company.vat_number, schemeID="0208" if belgian else _ELECTRONIC_ADDRESS[company.country]
    )
    _cbc(_cac(party, "PartyName"), "Name", company.name)
    address = _cac(party, "PostalAddress")
    _cbc(address, "StreetName", company.street)
    _cbc(address, "CityName", company.city)
    _cbc(address, "PostalZone", company.postcode)
    _cbc(_cac(address, "Country"), "IdentificationCode", company.country)
    tax = _cac(party, "PartyTaxScheme")
    _cbc(tax, "CompanyID", company.vat_number)
    _cbc(_cac(tax, "TaxScheme"), "ID", "VAT")
    legal = _cac(party, "PartyLegalEntity")
    _cbc(legal, "RegistrationName", company.name)
    if belgian:
        _cbc(legal, "CompanyID", digits, schemeID="0208")


def _delivery(root: etree._Element, invoice: DemoInvoice) -> None:
    """Goods that cross a border inside the Union: when and to which country (EN 16931 BR-IC-11 and BR-IC-12)."""
    if any(line.category == INTRA_COMMUNITY for line in invoice.lines):
        delivery = _cac(root, "Delivery")
        _cbc(delivery, "ActualDeliveryDate", invoice.issue_date.isoformat())
        address = _cac(_cac(delivery, "DeliveryLocation"), "Address")
        _cbc(_cac(address, "Country"), "IdentificationCode", invoice.buyer.country)


def _payment(root: etree._Element, invoice: DemoInvoice) -> None:
    means = _cac(root, "PaymentMeans")
    _cbc(means, "PaymentMeansCode", "30")
    if invoice.payment_reference:
        _cbc(means, "PaymentID", format_structured_communication(invoice.payment_reference))
    if invoice.seller.iban:
        _cbc(_cac(means, "PayeeFinancialAccount"), "ID", invoice.seller.iban)
    if invoice.due_date is None:
        _cbc(_cac(root, "PaymentTerms"), "Note", "-")


def _vat(root: etree._Element, invoice: DemoInvoice) -> None:
    total = _cac(root, "TaxTotal")
    _amount(total, "TaxAmount", invoice.vat, invoice)
    for group in invoice.vat_groups:
        subtotal = _cac(total, "TaxSubtotal")
        _amount(subtotal, "TaxableAmount", group.base, invoice)
        _amount(subtotal, "TaxAmount", group.vat, invoice)
        _category(_cac(subtotal, "TaxCategory"), group, why_no_vat(group.category, invoice.language))


def _category(parent: etree._Element, taxed: VatGroup | DemoLine, reason: str = "") -> None:
    _cbc(parent, "ID", taxed.category)
    _cbc(parent, "Percent", str(taxed.rate))
    if reason:
        _cbc(parent, "TaxExemptionReason", reason)
    _cbc(_cac(parent, "TaxScheme"), "ID", "VAT")


def _totals(root: etree._Element, invoice: DemoInvoice) -> None:
    totals = _cac(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", invoice.total_excl, invoice)
    _amount(totals, "TaxExclusiveAmount", invoice.total_excl, invoice)
    _amount(totals, "TaxInclusiveAmount", invoice.total_incl, invoice)
    _amount(totals, "PayableAmount", invoice.total_incl, invoice)


def _line(root: etree._Element, invoice: DemoInvoice, number: int, line: DemoLine) -> None:
    element = _cac(root, "CreditNoteLine" if invoice.credit_note else "InvoiceLine")
    _cbc(element, "ID", str(number))
    _cbc(element, "CreditedQuantity" if invoice.credit_note else "InvoicedQuantity", str(line.quantity), unitCode=line.unit)
    _amount(element, "LineExtensionAmount", line.net, invoice)
    item = _cac(element, "Item")
    _cbc(item, "Name", line.description)
    _category(_cac(item, "ClassifiedTaxCategory"), line)
    _amount(_cac(element, "Price"), "PriceAmount", line.unit_price, invoice)
