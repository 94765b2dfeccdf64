"""UN/CEFACT Cross Industry Invoice, read exactly: Factur-X and ZUGFeRD 2 (D16B), XRechnung, and ZUGFeRD 1 with its older names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.said import PaymentMeans, Said, Totals, adjustment, line, reading_of, sign_of
from adapters.ubl.xml import LONGEST_TERMS, decimal, parse, signed, text, vat_rate
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Reading, ReadLine, VatRate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

ROOTS = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})


def _path(short: str) -> str:
    """`Seller/Name` in whatever namespace: the two generations of the standard differ in it."""
    return "/".join(f"{{*}}{name}" for name in short.split("/"))


_DOCUMENT = (_path("ExchangedDocument"), _path("HeaderExchangedDocument"))
_TRANSACTION = (_path("SupplyChainTradeTransaction"), _path("SpecifiedSupplyChainTradeTransaction"))
_AGREEMENT = (_path("ApplicableHeaderTradeAgreement"), _path("ApplicableSupplyChainTradeAgreement"))
_SETTLEMENT = (_path("ApplicableHeaderTradeSettlement"), _path("ApplicableSupplyChainTradeSettlement"))
_SUMMATION = (_path("SpecifiedTradeSettlementHeaderMonetarySummation"), _path("SpecifiedTradeSettlementMonetarySummation"))
_ID, _TYPE, _NAME = _path("ID"), _path("TypeCode"), _path("Name")
_ISSUED = _path("IssueDateTime/DateTimeString")
_DUE = _path("SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")
_SELLER, _BUYER, _REGISTRATION = _path("SellerTradeParty"), _path("BuyerTradeParty"), _path("SpecifiedTaxRegistration/ID")
_CURRENCY, _REFERENCE = _path("InvoiceCurrencyCode"), _path("PaymentReference")
_MEANS, _IBAN = _path("SpecifiedTradeSettlementPaymentMeans"), _path("PayeePartyCreditorFinancialAccount/IBANID")
_GRAND, _BASIS, _TAX = _path("GrandTotalAmount"), _path("TaxBasisTotalAmount"), _path("TaxTotalAmount")
_PREPAID, _ROUNDING, _PAYABLE = _path("TotalPrepaidAmount"), _path("RoundingAmount"), _path("DuePayableAmount")
_BREAKDOWN, _CALCULATED, _TAXED = _path("ApplicableTradeTax"), _path("CalculatedAmount"), _path("BasisAmount")
_RATES, _CATEGORY = (_path("RateApplicablePercent"), _path("ApplicablePercent")), _path("CategoryCode")
_EXEMPTION = _path("ExemptionReasonCode")
_TERMS, _BUYER_REFERENCE = _path("SpecifiedTradePaymentTerms/Description"), _path("BuyerReference")
_PAYEE, _CORRECTED = (
    _path("PayeeTradeParty/Name"),
    (_path("InvoiceReferencedDocument/IssuerAssignedID"), _path("InvoiceReferencedDocument/ID")),
)
_NOTE, _PROCESS = _path("IncludedNote/Content"), _path("ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID")
_COST = _path("ReceivableSpecifiedTradeAccountingAccount/ID")
_LINE, _PRODUCT = _path("IncludedSupplyChainTradeLineItem"), _path("SpecifiedTradeProduct")
_STATUS = _path("AssociatedDocumentLineDocument/LineStatusReasonCode")
_DESCRIPTION, _ARTICLE, _STANDARD = _path("Description"), _path("SellerAssignedID"), _path("GlobalID")
_QUANTITIES = (_path("SpecifiedLineTradeDelivery/BilledQuantity"), _path("SpecifiedSupplyChainTradeDelivery/BilledQuantity"))
_LINE_SETTLEMENT = (_path("SpecifiedLineTradeSettlement"), _path("SpecifiedSupplyChainTradeSettlement"))
_LINE_AMOUNTS = (
    _path("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"),
    _path("SpecifiedTradeSettlementMonetarySummation/LineTotalAmount"),
)
_ALLOWANCE, _CHARGE, _AMOUNT = _path("SpecifiedTradeAllowanceCharge"), _path("ChargeIndicator/Indicator"), _path("ActualAmount")
_REASON, _ADJUSTED_TAX = _path("Reason"), _path("CategoryTradeTax")
_SERVICE, _APPLIED, _SERVICE_TAX = _path("SpecifiedLogisticsServiceCharge"), _path("AppliedAmount"), _path("AppliedTradeTax")
_NOT_COUNTED = frozenset({"GROUP", "INFORMATION"})
"""Lines of the extended profile that only head or explain others."""
_DAY_LENGTH = 8


def is_cii(root: Element) -> bool:
    """Whether this is a Cross Industry Invoice."""
    return etree.QName(root).localname in ROOTS


def read_cii(data: bytes) -> Reading:
    """Everything the document says. Raises `Unreadable` if it is not CII."""
    return read_root(parse(data))


def read_root(root: Element) -> Reading:
    """The same of a document that is already parsed."""
    if not is_cii(root):
        raise Unreadable("Dit XML-bestand is geen CII-factuur maar “{root}”.", root=etree.QName(root).localname)
    document, transaction = _one(root, _DOCUMENT), _one(root, _TRANSACTION)
    agreement, settlement = _one(transaction, _AGREEMENT), _one(transaction, _SETTLEMENT)
    type_code = text(document, _TYPE) or "380"
    totals = _totals(_one(settlement, _SUMMATION), text(settlement, _CURRENCY))
    sign = sign_of(type_code, totals)
    header = {
        "invoice_number": text(document, _ID),
        "issue_date": _day(text(document, _ISSUED)),
        "type_code": type_code,
        "due_date": _day(text(settlement, _DUE)),
        "currency": text(settlement, _CURRENCY),
        "payment_terms": (text(settlement, _TERMS) or "")[:LONGEST_TERMS] or None,
        "buyer_reference": text(agreement, _BUYER_REFERENCE),
    }
    notes = (note.text for each, path in ((document, _NOTE), (settlement, _TERMS)) if each is not None for note in each.iterfind(path))
    return reading_of(
        Said(
            kind=Kind.CII,
            values=header | _party(agreement, _SELLER, "issuer") | _party(agreement, _BUYER, "buyer"),
            totals=totals,
            sign=sign,
            rates=_breakdown(settlement, sign),
            lines=[*_lines(transaction, settlement, sign), *_adjustments(settlement, sign)],
            means=tuple(_means(settlement)),
            notes=tuple(note for note in notes if note),
            payee=text(settlement, _PAYEE),
            self_billed="selfbilling" in (text(root, _PROCESS) or ""),
            corrects=next((found for path in _CORRECTED if (found := text(settlement, path))), None),
        )
    )


def _totals(summation: Element | None, currency: str | None) -> Totals:
    said = (text(summation, path) for path in (_PREPAID, _ROUNDING, _PAYABLE))
    return Totals.read(text(summation, _BASIS), text(summation, _GRAND), _tax(summation, currency), *said)


def _means(settlement: Element | None) -> Iterator[PaymentMeans]:
    """Every way to pay; the one reference of the document goes with each."""
    reference = text(settlement, _REFERENCE)
    yield PaymentMeans(code=None, references=(reference,) if reference else ())
    for each in settlement.iterfind(_MEANS) if settlement is not None else ():
        yield PaymentMeans(code=text(each, _TYPE), iban=text(each, _IBAN))


def _lines(transaction: Element | None, settlement: Element | None, sign: int) -> Iterator[ReadLine]:
    cost = text(settlement, _COST)
    for each in transaction.iterfind(_LINE) if transaction is not None else ():
        if text(each, _STATUS) not in _NOT_COUNTED:
            yield _line(each, sign, cost)


def _line(each: Element, sign: int, cost: str | None) -> ReadLine:
    product, settled = each.find(_PRODUCT), _one(each, _LINE_SETTLEMENT)
    tax = settled.find(_BREAKDOWN) if settled is not None else None
    quantity, amount = _one(each, _QUANTITIES), _one(settled, _LINE_AMOUNTS)
    return line(
        sign,
        name=text(product, _NAME),
        description=text(product, _DESCRIPTION),
        article=text(product, _ARTICLE),
        standard_id=text(product, _STANDARD),
        quantity=quantity.text if quantity is not None else None,
        unit=quantity.get("unitCode") if quantity is not None else None,
        base=amount.text if amount is not None else None,
        rate=_percent(tax),
        category=text(tax, _CATEGORY),
        cost=text(settled, _COST) or cost,
    )


def _adjustments(settlement: Element | None, sign: int) -> Iterator[ReadLine]:
    if settlement is None:
        return
    for each in settlement.iterfind(_ALLOWANCE):
        tax, charge = each.find(_ADJUSTED_TAX), text(each, _CHARGE) in {"true", "1"}
        said = {"name": text(each, _REASON), "base": text(each, _AMOUNT), "rate": _percent(tax), "category": text(tax, _CATEGORY)}
        yield adjustment(sign, charge=charge, **said)
    for each in settlement.iterfind(_SERVICE):
        tax = each.find(_SERVICE_TAX)
        said = {"name": text(each, _DESCRIPTION), "base": text(each, _APPLIED), "rate": _percent(tax), "category": text(tax, _CATEGORY)}
        yield adjustment(sign, charge=True, **said)


def _party(agreement: Element | None, path: str, side: str) -> dict[str, str | None]:
    party = agreement.find(path) if agreement is not None else None
    if party is None:
        return {}
    registered = next((each.text.strip() for each in party.iterfind(_REGISTRATION) if each.get("schemeID") == "VA" and each.text), None)
    return {f"{side}_name": text(party, _NAME), f"{side}_vat": registered}


def _tax(summation: Element | None, currency: str | None) -> str | None:
    """The VAT in the currency of the document: there may be a second total in the currency of the tax office."""
    totals = summation.findall(_TAX) if summation is not None else []
    own = [total for total in totals if total.get("currencyID") in {currency, None}]
    return (own or totals)[0].text if totals else None


def _breakdown(settlement: Element | None, sign: int) -> Iterator[VatRate]:
    for each in settlement.iterfind(_BREAKDOWN) if settlement is not None else ():
        base, vat = signed(decimal(text(each, _TAXED)), sign), signed(decimal(text(each, _CALCULATED)), sign)
        if rate := vat_rate(_percent(each), base, vat, text(each, _CATEGORY), text(each, _EXEMPTION)):
            yield rate


def _percent(tax: Element | None) -> str | None:
    return next((found for path in _RATES if (found := text(tax, path))), None)


def _day(written: str | None) -> str | None:
    """`20240312` (format 102) as an ISO date, and a date that was put there in ISO form all the same."""
    for length in (_DAY_LENGTH, len("yyyy-mm-dd")):
        try:
            return date.fromisoformat(written[:length]).isoformat() if written else None
        except ValueError:
            continue
    return None


def _one(element: Element | None, paths: tuple[str, ...]) -> Element | None:
    return next((found for path in paths if (found := element.find(path)) is not None), None) if element is not None else None
