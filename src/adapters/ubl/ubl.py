"""UBL 2.1 Invoice and CreditNote, read exactly: Peppol BIS Billing 3, its self-billing, and the older Belgian e-FFF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.xml import CREDIT_TYPES, amount, decimal, fields, parse, text, vat_rate
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Reading, VatRate
from domain.vat_number import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from lxml.etree import _Element as Element

_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def _path(short: str) -> str:
    """`cac:Party/cbc:Name` with the namespaces written out."""
    return short.replace("cac:", _CAC).replace("cbc:", _CBC)


SUPPLIER, CUSTOMER = _path("cac:AccountingSupplierParty/cac:Party"), _path("cac:AccountingCustomerParty/cac:Party")
_NAMES = (_path("cac:PartyLegalEntity/cbc:RegistrationName"), _path("cac:PartyName/cbc:Name"))
_ID, _ISSUED, _CURRENCY = _path("cbc:ID"), _path("cbc:IssueDate"), _path("cbc:DocumentCurrencyCode")
_DUE = (_path("cbc:DueDate"), _path("cac:PaymentMeans/cbc:PaymentDueDate"), _path("cac:PaymentTerms/cbc:PaymentDueDate"))
_TYPE = (_path("cbc:InvoiceTypeCode"), _path("cbc:CreditNoteTypeCode"))
_REFERENCE, _IBAN = _path("cac:PaymentMeans/cbc:PaymentID"), _path("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID")
_TOTALS = _path("cac:LegalMonetaryTotal")
_INCLUSIVE, _EXCLUSIVE, _PAYABLE = _path("cbc:TaxInclusiveAmount"), _path("cbc:TaxExclusiveAmount"), _path("cbc:PayableAmount")
_TAX_TOTAL, _TAX_AMOUNT, _SUBTOTAL = _path("cac:TaxTotal"), _path("cbc:TaxAmount"), _path("cac:TaxSubtotal")
_TAXABLE, _RATES = _path("cbc:TaxableAmount"), (_path("cac:TaxCategory/cbc:Percent"), _path("cbc:Percent"))
_CATEGORY = _path("cac:TaxCategory/cbc:ID")
_TAX_SCHEME, _COMPANY, _SCHEME = _path("cac:PartyTaxScheme"), _path("cbc:CompanyID"), _path("cac:TaxScheme/cbc:ID")
_LEGAL_ID, _ENDPOINT = _path("cac:PartyLegalEntity/cbc:CompanyID"), _path("cbc:EndpointID")
_LINES = (_path("cac:InvoiceLine"), _path("cac:CreditNoteLine"))
_ITEM_NAME, _ITEM_TEXT = _path("cac:Item/cbc:Name"), _path("cac:Item/cbc:Description")


def is_ubl(root: Element) -> bool:
    """Whether this is an invoice or credit note in UBL."""
    name = etree.QName(root)
    return name.localname in {"Invoice", "CreditNote"} and (name.namespace or "").startswith(
        "urn:oasis:names:specification:ubl:schema:xsd:"
    )


def read_ubl(data: bytes) -> Reading:
    """Everything the document says. Raises `Unreadable` if it is not UBL."""
    return read_root(parse(data))


def read_root(root: Element) -> Reading:
    """The same of a document that is already parsed."""
    if not is_ubl(root):
        raise Unreadable("Dit XML-bestand is geen UBL-factuur of -creditnota maar “{root}”.", root=etree.QName(root).localname)
    credit = etree.QName(root).localname == "CreditNote"
    type_code = _first(root, _TYPE) or ("381" if credit else "380")
    totals = root.find(_TOTALS)
    inclusive = decimal(text(totals, _INCLUSIVE) or text(totals, _PAYABLE))
    sign = -1 if (credit or type_code in CREDIT_TYPES) and (inclusive or 0) < 0 else 1
    tax = _tax_total(root)
    values = _header(root) | {
        "type_code": type_code,
        "total_incl": amount(_signed(inclusive, sign)),
        "total_excl": amount(_signed(decimal(text(totals, _EXCLUSIVE)), sign)),
        "vat": amount(_signed(decimal(text(tax, _TAX_AMOUNT)), sign)),
    }
    return Reading(kind=Kind.UBL, fields=fields("ubl", values), vat_rates=tuple(_rates(tax, sign)), line_texts=tuple(_line_texts(root)))


def _header(root: Element) -> dict[str, str | None]:
    supplier, customer = root.find(SUPPLIER), root.find(CUSTOMER)
    return {
        "issuer_name": _first(supplier, _NAMES),
        "issuer_vat": _vat_number(supplier),
        "invoice_number": text(root, _ID),
        "issue_date": text(root, _ISSUED),
        "due_date": _first(root, _DUE),
        "currency": text(root, _CURRENCY),
        "iban": text(root, _IBAN),
        "payment_reference": text(root, _REFERENCE),
        "buyer_name": _first(customer, _NAMES),
        "buyer_vat": _vat_number(customer),
    }


def _vat_number(party: Element | None) -> str | None:
    """The VAT number, or of a Belgian party without one the enterprise number (scheme 0208)."""
    if party is None:
        return None
    for scheme in party.iterfind(_TAX_SCHEME):
        if text(scheme, _SCHEME) in {"VAT", None} and (number := text(scheme, _COMPANY)):
            return number
    for path in (_LEGAL_ID, _ENDPOINT):
        number = text(party, path)
        if number and (digits := enterprise_number(number)):
            return f"BE{digits}"
    return None


def _tax_total(root: Element) -> Element | None:
    """The VAT in the currency of the document: there may be a second total in the currency of the tax office."""
    totals = root.findall(_TAX_TOTAL)
    currency = text(root, _CURRENCY)
    for total in totals:
        own = total.find(_TAX_AMOUNT)
        if own is not None and own.get("currencyID") == currency:
            return total
    return totals[0] if totals else None


def _rates(tax: Element | None, sign: int) -> Iterator[VatRate]:
    for subtotal in tax.iterfind(_SUBTOTAL) if tax is not None else ():
        base, vat = decimal(text(subtotal, _TAXABLE)), decimal(text(subtotal, _TAX_AMOUNT))
        if rate := vat_rate(_first(subtotal, _RATES), _signed(base, sign), _signed(vat, sign), text(subtotal, _CATEGORY)):
            yield rate


def _line_texts(root: Element) -> Iterator[str]:
    for path in _LINES:
        for line in root.iterfind(path):
            words = [said for said in (text(line, _ITEM_NAME), text(line, _ITEM_TEXT)) if said]
            if words:
                yield " ".join(dict.fromkeys(words))


def _first(element: Element | None, paths: tuple[str, ...]) -> str | None:
    return next((found for path in paths if (found := text(element, path))), None)


def _signed(value: Decimal | None, sign: int) -> Decimal | None:
    return value * sign if value is not None else None
