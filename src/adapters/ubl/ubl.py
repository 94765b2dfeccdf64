"""UBL 2 Invoice and CreditNote, read exactly: Peppol BIS Billing 3, its self-billing, and the older Belgian e-FFF.

The issuer is the supplier, who must be paid, also where the buyer made the document up for him.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.said import PaymentMeans, Said, Totals, adjustment, line, reading_of, sign_of
from adapters.ubl.xml import LONGEST_TERMS, decimal, parse, signed, text, vat_rate
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Reading, ReadLine, VatRate
from domain.vat_number import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def _path(short: str) -> str:
    """`cac:Party/cbc:Name` with the namespaces written out."""
    return short.replace("cac:", _CAC).replace("cbc:", _CBC)


SUPPLIER, CUSTOMER = _path("cac:AccountingSupplierParty/cac:Party"), _path("cac:AccountingCustomerParty/cac:Party")
_NAMES = (_path("cac:PartyLegalEntity/cbc:RegistrationName"), _path("cac:PartyName/cbc:Name"))
_FIRST_NAME, _LAST_NAME = _path("cac:Person/cbc:FirstName"), _path("cac:Person/cbc:FamilyName")
_PAYEE = _path("cac:PayeeParty/cac:PartyName/cbc:Name")
_ID, _ISSUED, _CURRENCY, _NOTE = _path("cbc:ID"), _path("cbc:IssueDate"), _path("cbc:DocumentCurrencyCode"), _path("cbc:Note")
_PROFILE, _CUSTOMIZATION = _path("cbc:ProfileID"), _path("cbc:CustomizationID")
_DUE = (_path("cbc:DueDate"), _path("cac:PaymentMeans/cbc:PaymentDueDate"), _path("cac:PaymentTerms/cbc:PaymentDueDate"))
_TYPE = (_path("cbc:InvoiceTypeCode"), _path("cbc:CreditNoteTypeCode"))
_TERMS, _BUYER_REFERENCE, _COST = _path("cac:PaymentTerms/cbc:Note"), _path("cbc:BuyerReference"), _path("cbc:AccountingCost")
_CORRECTED = _path("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")
_MEANS, _MEANS_CODE = _path("cac:PaymentMeans"), _path("cbc:PaymentMeansCode")
_REFERENCES = (_path("cbc:PaymentID"), _path("cbc:InstructionID"), _path("cbc:InstructionNote"))
_ACCOUNT = _path("cac:PayeeFinancialAccount/cbc:ID")
_TOTALS = _path("cac:LegalMonetaryTotal")
_INCLUSIVE, _EXCLUSIVE, _PAYABLE = _path("cbc:TaxInclusiveAmount"), _path("cbc:TaxExclusiveAmount"), _path("cbc:PayableAmount")
_PREPAID, _ROUNDING = _path("cbc:PrepaidAmount"), _path("cbc:PayableRoundingAmount")
_TAX_TOTAL, _TAX_AMOUNT, _SUBTOTAL = _path("cac:TaxTotal"), _path("cbc:TaxAmount"), _path("cac:TaxSubtotal")
_TAXABLE, _RATES = _path("cbc:TaxableAmount"), (_path("cac:TaxCategory/cbc:Percent"), _path("cbc:Percent"))
_CATEGORY, _EXEMPTION = _path("cac:TaxCategory/cbc:ID"), _path("cac:TaxCategory/cbc:TaxExemptionReasonCode")
_TAX_SCHEME, _COMPANY, _SCHEME = _path("cac:PartyTaxScheme"), _path("cbc:CompanyID"), _path("cac:TaxScheme/cbc:ID")
_OTHER_IDS = (_path("cac:PartyLegalEntity/cbc:CompanyID"), _path("cbc:EndpointID"), _path("cac:PartyIdentification/cbc:ID"))
_COUNTRY = _path("cac:PostalAddress/cac:Country/cbc:IdentificationCode")
_ALLOWANCE, _CHARGE, _AMOUNT = _path("cac:AllowanceCharge"), _path("cbc:ChargeIndicator"), _path("cbc:Amount")
_REASON = _path("cbc:AllowanceChargeReason")
_LINES = (_path("cac:InvoiceLine"), _path("cac:CreditNoteLine"))
_QUANTITIES = (_path("cbc:InvoicedQuantity"), _path("cbc:CreditedQuantity"))
_LINE_AMOUNT, _ITEM, _NAME, _DESCRIPTION = (
    _path("cbc:LineExtensionAmount"),
    _path("cac:Item"),
    _path("cbc:Name"),
    _path("cbc:Description"),
)
_ARTICLE, _STANDARD = _path("cac:SellersItemIdentification/cbc:ID"), _path("cac:StandardItemIdentification/cbc:ID")
_ITEM_CATEGORY, _PERCENT = _path("cac:ClassifiedTaxCategory"), _path("cbc:Percent")
_LINE_CATEGORY = _path("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory")
_ADJUSTED_CATEGORY = _path("cac:TaxCategory")
_VAT_SCHEMES = frozenset({"VAT", "BTW", "TVA", "MWST", None})
_BELGIAN_SCHEMES = frozenset({"0208", "9925", "9956", "BE:EN", "BE:CBE", "BE:VAT", "KBO", "CBE"})
"""Under which a Belgian enterprise number is given, on the network and in the older e-FFF."""


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
    type_code = _first(root, _TYPE) or ("381" if etree.QName(root).localname == "CreditNote" else "380")
    tax = _tax_total(root)
    totals = _totals(root.find(_TOTALS), tax)
    sign = sign_of(type_code, totals)
    means = tuple(_means(root))
    notes = tuple(note.text for path in (_NOTE, _TERMS) for note in root.iterfind(path) if note.text)
    return reading_of(
        Said(
            kind=Kind.UBL,
            values=_header(root) | {"type_code": type_code},
            totals=totals,
            sign=sign,
            rates=_rates(tax, sign),
            lines=[*_lines(root, sign), *_adjustments(root, sign)],
            means=means,
            notes=notes,
            payee=text(root, _PAYEE),
            self_billed="selfbilling" in (text(root, _PROFILE) or "") or "selfbilling" in (text(root, _CUSTOMIZATION) or ""),
            corrects=text(root, _CORRECTED),
        )
    )


def _header(root: Element) -> dict[str, str | None]:
    supplier, customer = root.find(SUPPLIER), root.find(CUSTOMER)
    return {
        "issuer_name": _name(supplier),
        "issuer_vat": _vat_number(supplier),
        "invoice_number": text(root, _ID),
        "issue_date": text(root, _ISSUED),
        "due_date": _first(root, _DUE),
        "currency": text(root, _CURRENCY),
        "buyer_name": _name(customer),
        "buyer_vat": _vat_number(customer),
        "payment_terms": (text(root, _TERMS) or "")[:LONGEST_TERMS] or None,
        "buyer_reference": text(root, _BUYER_REFERENCE),
    }


def _totals(totals: Element | None, tax: Element | None) -> Totals:
    said = (text(totals, path) for path in (_PREPAID, _ROUNDING, _PAYABLE))
    return Totals.read(text(totals, _EXCLUSIVE), text(totals, _INCLUSIVE), text(tax, _TAX_AMOUNT), *said)


def _name(party: Element | None) -> str | None:
    """Of a company, or of a person who trades under his own name."""
    person = " ".join(part for path in (_FIRST_NAME, _LAST_NAME) if (part := text(party, path)))
    return _first(party, _NAMES) or person or None


def _vat_number(party: Element | None) -> str | None:
    """The VAT number, or of a Belgian party without one the enterprise number."""
    if party is None:
        return None
    for scheme in party.iterfind(_TAX_SCHEME):
        if text(scheme, _SCHEME) in _VAT_SCHEMES and (number := text(scheme, _COMPANY)):
            return number
    belgian = text(party, _COUNTRY) == "BE"
    for path in _OTHER_IDS:
        for one in party.iterfind(path):
            known = belgian or one.get("schemeID") in _BELGIAN_SCHEMES
            if known and one.text and (digits := enterprise_number(one.text.strip())):
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


def _means(root: Element) -> Iterator[PaymentMeans]:
    for each in root.iterfind(_MEANS):
        references = tuple(said for path in _REFERENCES if (said := text(each, path)))
        yield PaymentMeans(code=text(each, _MEANS_CODE), references=references, iban=text(each, _ACCOUNT))


def _rates(tax: Element | None, sign: int) -> Iterator[VatRate]:
    for subtotal in tax.iterfind(_SUBTOTAL) if tax is not None else ():
        base, vat = decimal(text(subtotal, _TAXABLE)), decimal(text(subtotal, _TAX_AMOUNT))
        category, exemption = text(subtotal, _CATEGORY), text(subtotal, _EXEMPTION)
        if rate := vat_rate(_first(subtotal, _RATES), signed(base, sign), signed(vat, sign), category, exemption):
            yield rate


def _lines(root: Element, sign: int) -> Iterator[ReadLine]:
    cost = text(root, _COST)
    for path in _LINES:
        for each in root.iterfind(path):
            yield _line(each, sign, cost)


def _line(each: Element, sign: int, cost: str | None) -> ReadLine:
    item = each.find(_ITEM)
    category = item.find(_ITEM_CATEGORY) if item is not None else None
    category = category if category is not None else each.find(_LINE_CATEGORY)  # where the older e-FFF has it
    quantity = next((found for path in _QUANTITIES if (found := each.find(path)) is not None), None)
    return line(
        sign,
        name=text(item, _NAME),
        description=text(item, _DESCRIPTION),
        article=text(item, _ARTICLE),
        standard_id=text(item, _STANDARD),
        quantity=quantity.text if quantity is not None else None,
        unit=quantity.get("unitCode") if quantity is not None else None,
        base=text(each, _LINE_AMOUNT),
        rate=text(category, _PERCENT),
        category=text(category, _ID),
        cost=text(each, _COST) or cost,
    )


def _adjustments(root: Element, sign: int) -> Iterator[ReadLine]:
    for each in root.iterfind(_ALLOWANCE):
        category = each.find(_ADJUSTED_CATEGORY)
        yield adjustment(
            sign,
            charge=text(each, _CHARGE) in {"true", "1"},
            name=text(each, _REASON),
            base=text(each, _AMOUNT),
            rate=text(category, _PERCENT),
            category=text(category, _ID),
        )


def _first(element: Element | None, paths: tuple[str, ...]) -> str | None:
    return next((found for path in paths if (found := text(element, path))), None)
