"""UN/CEFACT Cross Industry Invoice, read exactly: Factur-X and ZUGFeRD 2 (D16B), XRechnung, and ZUGFeRD 1 with its older names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.xml import CREDIT_TYPES, amount, decimal, fields, parse, text, vat_rate
from adapters.unreadable import Unreadable
from application.recognition.reading import Kind, Reading, VatRate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

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
_IBAN = _path("SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID")
_GRAND, _BASIS, _TAX = _path("GrandTotalAmount"), _path("TaxBasisTotalAmount"), _path("TaxTotalAmount")
_BREAKDOWN, _CALCULATED, _TAXED = _path("ApplicableTradeTax"), _path("CalculatedAmount"), _path("BasisAmount")
_RATES, _CATEGORY = (_path("RateApplicablePercent"), _path("ApplicablePercent")), _path("CategoryCode")
_LINE_NAME = _path("IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/Name")
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
    summation = _one(settlement, _SUMMATION)
    type_code = text(document, _TYPE) or "380"
    inclusive = decimal(text(summation, _GRAND))
    sign = -1 if type_code in CREDIT_TYPES and (inclusive or 0) < 0 else 1
    values = {
        "invoice_number": text(document, _ID),
        "issue_date": _day(text(document, _ISSUED)),
        "type_code": type_code,
        "due_date": _day(text(settlement, _DUE)),
        "currency": text(settlement, _CURRENCY),
        "iban": text(settlement, _IBAN),
        "payment_reference": text(settlement, _REFERENCE),
        "total_incl": amount(_signed(inclusive, sign)),
        "total_excl": amount(_signed(decimal(text(summation, _BASIS)), sign)),
        "vat": amount(_signed(_tax(summation, text(settlement, _CURRENCY)), sign)),
    }
    values |= _party(agreement, _SELLER, "issuer") | _party(agreement, _BUYER, "buyer")
    lines = tuple(name.text.strip() for name in transaction.iterfind(_LINE_NAME) if name.text) if transaction is not None else ()
    return Reading(kind=Kind.CII, fields=fields("cii", values), vat_rates=tuple(_breakdown(settlement, sign)), line_texts=lines)


def _party(agreement: Element | None, path: str, side: str) -> dict[str, str | None]:
    party = agreement.find(path) if agreement is not None else None
    if party is None:
        return {}
    registered = next((each.text.strip() for each in party.iterfind(_REGISTRATION) if each.get("schemeID") == "VA" and each.text), None)
    return {f"{side}_name": text(party, _NAME), f"{side}_vat": registered}


def _tax(summation: Element | None, currency: str | None) -> Decimal | None:
    """The VAT in the currency of the document: there may be a second total in the currency of the tax office."""
    totals = summation.findall(_TAX) if summation is not None else []
    own = [total for total in totals if total.get("currencyID") in {currency, None}]
    return decimal((own or totals)[0].text) if totals else None


def _breakdown(settlement: Element | None, sign: int) -> Iterator[VatRate]:
    for each in settlement.iterfind(_BREAKDOWN) if settlement is not None else ():
        percent = next((found for path in _RATES if (found := text(each, path))), None)
        base, vat = _signed(decimal(text(each, _TAXED)), sign), _signed(decimal(text(each, _CALCULATED)), sign)
        if rate := vat_rate(percent, base, vat, text(each, _CATEGORY)):
            yield rate


def _day(written: str | None) -> str | None:
    """`20240312` (format 102) as an ISO date."""
    try:
        return date.fromisoformat(written[:_DAY_LENGTH]).isoformat() if written else None
    except ValueError:
        return None


def _one(element: Element | None, paths: tuple[str, ...]) -> Element | None:
    return next((found for path in paths if (found := element.find(path)) is not None), None) if element is not None else None


def _signed(value: Decimal | None, sign: int) -> Decimal | None:
    return value * sign if value is not None else None
