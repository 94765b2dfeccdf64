"""A Cross Industry Invoice in the terms of UBL, so that our own rules are written once: the two syntaxes of EN 16931 say the same.

Only what the rules look at is taken over, and every element remembers which one it came from: a finding is told where it stands in the CII.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.xml import CREDIT_TYPES
from adapters.validation.tree import path, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

_DOCUMENT, _CONTEXT = "ExchangedDocument", "ExchangedDocumentContext"
_DEAL = "SupplyChainTradeTransaction"
_AGREEMENT = f"{_DEAL}/ApplicableHeaderTradeAgreement"
_DELIVERY = f"{_DEAL}/ApplicableHeaderTradeDelivery"
_SETTLEMENT = f"{_DEAL}/ApplicableHeaderTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation"
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NOT_COUNTED = frozenset({"GROUP", "INFORMATION"})
"""Lines of the extended profile that only head or explain others."""

Names = dict[str, str]
"""Path in UBL → path in CII."""

HEAD: Names = {
    "CustomizationID": f"{_CONTEXT}/GuidelineSpecifiedDocumentContextParameter/ID",
    "ProfileID": f"{_CONTEXT}/BusinessProcessSpecifiedDocumentContextParameter/ID",
    "ID": f"{_DOCUMENT}/ID",
    "IssueDate": f"{_DOCUMENT}/IssueDateTime/DateTimeString",
    "DueDate": f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
    "DocumentCurrencyCode": f"{_SETTLEMENT}/InvoiceCurrencyCode",
    "TaxCurrencyCode": f"{_SETTLEMENT}/TaxCurrencyCode",
    "BuyerReference": f"{_AGREEMENT}/BuyerReference",
    "InvoicePeriod/StartDate": f"{_SETTLEMENT}/BillingSpecifiedPeriod/StartDateTime/DateTimeString",
    "InvoicePeriod/EndDate": f"{_SETTLEMENT}/BillingSpecifiedPeriod/EndDateTime/DateTimeString",
    "Delivery/ActualDeliveryDate": f"{_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",
    "Delivery/DeliveryLocation/Address/Country/IdentificationCode": f"{_DELIVERY}/ShipToTradeParty/PostalTradeAddress/CountryID",
    "PaymentTerms/Note": f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description",
}
PARTY: Names = {
    "PartyIdentification/ID": "ID|GlobalID",
    "PartyName/Name": "SpecifiedLegalOrganization/TradingBusinessName",
    "PostalAddress/": "PostalTradeAddress",
    "PostalAddress/Country/IdentificationCode": "PostalTradeAddress/CountryID",
    "PartyLegalEntity/RegistrationName": "Name",
    "PartyLegalEntity/CompanyID": "SpecifiedLegalOrganization/ID",
}
REPRESENTATIVE = PARTY | {"PartyName/Name": "Name"}
TAX: Names = {
    "ID": "CategoryCode",
    "Percent": "RateApplicablePercent",
    "TaxExemptionReasonCode": "ExemptionReasonCode",
    "TaxExemptionReason": "ExemptionReason",
    "TaxScheme/ID": "TypeCode",
}
ADJUSTMENT: Names = {
    "ChargeIndicator": "ChargeIndicator/Indicator",
    "AllowanceChargeReasonCode": "ReasonCode",
    "AllowanceChargeReason": "Reason",
    "MultiplierFactorNumeric": "CalculationPercent",
    "Amount": "ActualAmount",
    "BaseAmount": "BasisAmount",
}
TOTALS: Names = {
    "LineExtensionAmount": "LineTotalAmount",
    "TaxExclusiveAmount": "TaxBasisTotalAmount",
    "TaxInclusiveAmount": "GrandTotalAmount",
    "AllowanceTotalAmount": "AllowanceTotalAmount",
    "ChargeTotalAmount": "ChargeTotalAmount",
    "PrepaidAmount": "TotalPrepaidAmount",
    "PayableRoundingAmount": "RoundingAmount",
    "PayableAmount": "DuePayableAmount",
}
LINE: Names = {
    "ID": "AssociatedDocumentLineDocument/LineID",
    "LineExtensionAmount": "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
    "InvoicePeriod/StartDate": "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod/StartDateTime/DateTimeString",
    "InvoicePeriod/EndDate": "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod/EndDateTime/DateTimeString",
    "Item/Name": "SpecifiedTradeProduct/Name",
    "Price/PriceAmount": "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
}
MEANS: Names = {
    "PaymentMeansCode": "TypeCode",
    "PayeeFinancialAccount/": "PayeePartyCreditorFinancialAccount",
    "PayeeFinancialAccount/ID": "PayeePartyCreditorFinancialAccount/IBANID|PayeePartyCreditorFinancialAccount/ProprietaryID",
}
CARRIED = re.compile(
    r"DAYBOOK-.*|BR-CO-(04|09|1[0-79]|2[1-4])|BR-CL-(01|01-CN|04|05|14|17|18)|BR-(0[1-9]|1[0-6]|2[1-9]|30|3[1-36-8]|4[1-68]|56)"
    r"|BR-(S|Z|E|AE|IC|G|O|AF|AG)-\d+"
)
"""The rules that say the same of both syntaxes, and for which everything they look at is taken over; the XSLT tells the rest."""
ADVICE = re.compile(r"DAYBOOK-.*|BR-CO-09")
"""What is asked of a profile too: one that is less, or more, than EN 16931 has other rules for its amounts."""


class AsUbl:
    """`root` is a UBL invoice or credit note; `place` tells where an element of it stands in the CII."""

    def __init__(self, cii: Element) -> None:
        self._from: dict[Element, Element] = {}
        credit = (_text(cii, f"{_DOCUMENT}/TypeCode") or "") in CREDIT_TYPES
        kind = "CreditNote" if credit else "Invoice"
        self.root = etree.Element(f"{{urn:oasis:names:specification:ubl:schema:xsd:{kind}-2}}{kind}")
        self._from[self.root] = cii
        self._take(self.root, cii, HEAD | {f"{kind}TypeCode": f"{_DOCUMENT}/TypeCode"})
        self._parties(cii)
        settlement = _first(cii, _SETTLEMENT)
        if settlement is not None:
            self._settlement(settlement)
        for line in _all(cii, f"{_DEAL}/IncludedSupplyChainTradeLineItem"):
            if _text(line, "AssociatedDocumentLineDocument/LineStatusReasonCode") not in _NOT_COUNTED:
                self._line(line, f"{kind}Line/", "CreditedQuantity" if credit else "InvoicedQuantity")

    def place(self, element: Element) -> str:
        """The element it came from, or the nearest around it that came from one."""
        return place(next(self._from[one] for one in (element, *element.iterancestors()) if one in self._from))

    def _parties(self, cii: Element) -> None:
        for name, short in (("AccountingSupplierParty/Party/", "SellerTradeParty"), ("AccountingCustomerParty/Party/", "BuyerTradeParty")):
            for each in _all(cii, f"{_AGREEMENT}/{short}"):
                self._party(self._made(self.root, name, each), each, PARTY)
        for each in _all(cii, f"{_AGREEMENT}/SellerTaxRepresentativeTradeParty"):
            self._party(self._made(self.root, "TaxRepresentativeParty/", each), each, REPRESENTATIVE)

    def _party(self, made: Element, party: Element, names: Names) -> None:
        self._take(made, party, names)
        for number in _all(party, "SpecifiedTaxRegistration/ID"):
            scheme = self._made(made, "PartyTaxScheme/", number)
            self._made(scheme, "CompanyID", number).text = number.text
            self._made(scheme, "TaxScheme/ID", number).text = "VAT" if number.get("schemeID") == "VA" else "TAX"

    def _settlement(self, settlement: Element) -> None:
        for each in _all(settlement, "SpecifiedTradeSettlementPaymentMeans"):
            means = self._made(self.root, "PaymentMeans/", each)
            self._take(means, settlement, {"PaymentID": "PaymentReference"})
            self._take(means, each, MEANS)
        for each in _all(settlement, "SpecifiedTradeAllowanceCharge"):
            self._adjustment(self.root, each)
        self._taxes(settlement)
        for each in _all(settlement, _SUMS):
            self._take(self._made(self.root, "LegalMonetaryTotal/", each), each, TOTALS)

    def _taxes(self, settlement: Element) -> None:
        """The breakdown hangs on the total in the currency of the invoice; a total in another currency has none."""
        currency, taxes = _text(settlement, "InvoiceCurrencyCode"), _all(settlement, "ApplicableTradeTax")
        amounts = _all(settlement, f"{_SUMS}/TaxTotalAmount")
        own = [one for one in amounts if one.get("currencyID") in {currency, None}]
        if own or taxes:
            total = self._made(self.root, "TaxTotal/", own[0] if own else settlement)
            self._amounts(total, own, currency)
            for each in taxes:
                subtotal = self._made(total, "TaxSubtotal/", each)
                self._take(subtotal, each, {"TaxableAmount": "BasisAmount", "TaxAmount": "CalculatedAmount"})
                self._take(self._made(subtotal, "TaxCategory/", each), each, TAX)
        for each in amounts:
            if each not in own:
                self._amounts(self._made(self.root, "TaxTotal/", each), [each], currency)

    def _amounts(self, total: Element, amounts: Iterable[Element], currency: str | None) -> None:
        for each in amounts:
            made = self._made(total, "TaxAmount", each)
            made.text = each.text
            made.set("currencyID", each.get("currencyID") or currency or "")

    def _adjustment(self, parent: Element, each: Element) -> None:
        made = self._made(parent, "AllowanceCharge/", each)
        self._take(made, each, ADJUSTMENT)
        for tax in _all(each, "CategoryTradeTax"):
            self._take(self._made(made, "TaxCategory/", tax), tax, TAX)

    def _line(self, line: Element, name: str, quantity: str) -> None:
        made = self._made(self.root, name, line)
        self._take(made, line, LINE | {quantity: "SpecifiedLineTradeDelivery/BilledQuantity"})
        for each in _all(line, "SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge"):
            self._adjustment(made, each)
        for tax in _all(line, "SpecifiedLineTradeSettlement/ApplicableTradeTax"):
            self._take(self._made(made, "Item/ClassifiedTaxCategory/", tax), tax, TAX)
        for gross in _all(line, "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/ChargeAmount"):
            self._made(made, "Price/AllowanceCharge/BaseAmount", gross).text = gross.text

    def _take(self, made: Element, source: Element, names: Mapping[str, str]) -> None:
        """What stands at these paths, with its attributes."""
        for name, alternatives in names.items():
            for short in alternatives.split("|"):
                for one in _all(source, short):
                    copy = self._made(made, name, one)
                    copy.text = _written(one)
                    for attribute in ("unitCode", "schemeID"):
                        if value := one.get(attribute):
                            copy.set(attribute, value)

    def _made(self, parent: Element, short: str, source: Element) -> Element:
        """A new element at a path; what leads there is used again, except the last part."""
        *before, last = path(short).split("/{")
        here = parent
        for index, part in enumerate(before):
            tag = part if index == 0 else "{" + part
            found = here.find(tag)
            here = found if found is not None else etree.SubElement(here, tag)
        tag = last if not before else "{" + last
        made = etree.SubElement(here, tag)
        self._from[made] = source
        return made


def _written(element: Element) -> str | None:
    """A day as UBL writes it, anything else as it stands."""
    day = _DAY.fullmatch(element.text.strip()) if element.text and element.get("format") == "102" else None
    return "-".join(day.groups()) if day else element.text


def _all(element: Element, short: str) -> list[Element]:
    return element.findall("/".join(f"{{*}}{name}" for name in short.split("/")))


def _first(element: Element, short: str) -> Element | None:
    return next(iter(_all(element, short)), None)


def _text(element: Element, short: str) -> str | None:
    found = _first(element, short)
    return found.text.strip() if found is not None and found.text else None
