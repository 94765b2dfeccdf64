"""Code lists an invoice takes its codes from. The long ones (units, classifications) are left to the XSLT of the standard.

Countries and currencies are those of CLDR; the other lists are short and stand here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from adapters.validation.own import Broken, rule
from adapters.validation.tree import Invoice, every, local, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INVOICES = frozenset(
    "71 80 82 84 102 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456 457 471 472 473 "
    "500 501 502 503 527 553 575 623 633 751 780 817 870 875 876 877 935".split()
)
CREDIT_NOTES = frozenset("81 83 261 262 296 308 381 396 420 458 502 503 532".split())
"""UNTDID 1001, as EN 16931 restricts it."""
PEPPOL_INVOICES = frozenset("71 80 82 84 102 218 219 331 326 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877".split())
PEPPOL_CREDIT_NOTES = frozenset("381 396 81 83 532".split())
SELF_BILLED_INVOICES, SELF_BILLED_CREDIT_NOTES = frozenset({"389", "527"}), frozenset({"261"})
PAYMENT_MEANS = frozenset(map(str, (*range(1, 71), 74, 75, 76, 77, 78, *range(91, 99)))) | {"ZZZ"}
"""UNTDID 4461."""
CATEGORY_CODES = frozenset("AE L M E S Z G O K B".split())
TAX_POINTS = frozenset({"3", "35", "432"})
DISCOUNT_REASONS = frozenset("41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105".split())
"""UNTDID 5189."""
REASON_CODE = re.compile(r"[A-Z]{2,3}\d?|[A-Z]\d{1,2}|ZZZ")
"""UNTDID 7161 has hundreds of these."""
UNIT_CODE = re.compile(r"[A-Z0-9]{2,3}")
MIME_TYPES = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)
ADDRESS_SCHEMES = frozenset(
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 "
    "0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 "
    "0230 0235 0240 0244 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 "
    "9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959".split()
)
"""Electronic address schemes (EAS)."""
FIRST_OF_ICD, LAST_OF_ICD = 2, 250
EXEMPTION = re.compile(r"VATEX-(?:EU|FR)-[A-Z0-9-]+", re.IGNORECASE)


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
"""Territories of the Unicode project that are none of ISO 3166-1."""


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1, with the codes the standard adds (Northern Ireland, Kosovo)."""
    known = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in known if re.fullmatch(r"[A-Z]{2}", code)) - _NO_COUNTRIES | {"1A", "XI", "XK"}


@cache
def currencies() -> frozenset[str]:
    """ISO 4217."""
    return frozenset(Locale("en").currencies)


def _coded(name: str, of: Callable[[Invoice], list[Element]], known: Callable[[str], bool]) -> None:
    """Register the rule that every one of these elements has a code of its list."""

    def check(invoice: Invoice) -> Broken:
        yield from ((one, {"code": text(one)}) for one in of(invoice) if not known(text(one)))

    rule(name)(check)


def _attribute(name: str, attribute: str, of: Callable[[Invoice], list[Element]], known: Callable[[str], bool]) -> None:
    def check(invoice: Invoice) -> Broken:
        yield from ((one, {"code": code}) for one in of(invoice) if (code := one.get(attribute)) is not None and not known(code))

    rule(name)(check)


def _is_icd(code: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", code)) and FIRST_OF_ICD <= int(code) <= LAST_OF_ICD


def _at(*shorts: str) -> Callable[[Invoice], list[Element]]:
    return lambda invoice: [one for short in shorts for one in every(invoice.root, short)]


def _in_lines(short: str) -> Callable[[Invoice], list[Element]]:
    return lambda invoice: [one for line in invoice.lines for one in every(line, short)]


_PARTIES = ("AccountingSupplierParty/Party/", "AccountingCustomerParty/Party/")

_coded("BR-CL-01", _at("InvoiceTypeCode"), INVOICES.__contains__)
_coded("BR-CL-01-CN", _at("CreditNoteTypeCode"), CREDIT_NOTES.__contains__)
_coded("BR-CL-04", _at("DocumentCurrencyCode"), lambda code: code in currencies())
_coded("BR-CL-05", _at("TaxCurrencyCode"), lambda code: code in currencies())
_attribute(
    "BR-CL-03",
    "currencyID",
    lambda invoice: [one for one in invoice.descendants if one.get("currencyID")],
    lambda code: code in currencies(),
)
_coded("BR-CL-06", _at("InvoicePeriod/DescriptionCode"), TAX_POINTS.__contains__)
_coded(
    "BR-CL-14",
    lambda invoice: [one for one in invoice.named("IdentificationCode") if not _of_origin(one)],
    lambda code: code in countries(),
)
_coded("BR-CL-15", _in_lines("Item/OriginCountry/IdentificationCode"), lambda code: code in countries())
_coded("BR-CL-16", _at("PaymentMeans/PaymentMeansCode"), PAYMENT_MEANS.__contains__)
_coded("BR-CL-17", _at("TaxTotal/TaxSubtotal/TaxCategory/ID", "AllowanceCharge/TaxCategory/ID"), CATEGORY_CODES.__contains__)
_coded(
    "BR-CL-18",
    lambda invoice: [one for each in invoice.named("ClassifiedTaxCategory") for one in every(each, "ID")],
    CATEGORY_CODES.__contains__,
)
_attribute("BR-CL-21", "schemeID", _in_lines("Item/StandardItemIdentification/ID"), _is_icd)
_attribute(
    "BR-CL-23",
    "unitCode",
    lambda invoice: list(invoice.named("InvoicedQuantity", "CreditedQuantity", "BaseQuantity")),
    lambda code: UNIT_CODE.fullmatch(code) is not None,
)
_attribute("BR-CL-24", "mimeCode", lambda invoice: list(invoice.named("EmbeddedDocumentBinaryObject")), MIME_TYPES.__contains__)
_attribute("BR-CL-25", "schemeID", lambda invoice: list(invoice.named("EndpointID")), ADDRESS_SCHEMES.__contains__)
_attribute("BR-CL-11", "schemeID", _at(*(f"{party}PartyLegalEntity/CompanyID" for party in _PARTIES)), _is_icd)
_attribute(
    "BR-CL-10", "schemeID", _at(*(f"{party}PartyIdentification/ID" for party in _PARTIES)), lambda code: code == "SEPA" or _is_icd(code)
)
_coded("BR-CL-22", lambda invoice: list(invoice.named("TaxExemptionReasonCode")), lambda code: EXEMPTION.fullmatch(code) is not None)


def _of_origin(country: Element) -> bool:
    parent = country.getparent()
    return parent is not None and local(parent) == "OriginCountry"


for _name, _charges, _known in (
    ("BR-CL-19", False, DISCOUNT_REASONS.__contains__),
    ("BR-CL-20", True, lambda code: REASON_CODE.fullmatch(code) is not None),
):

    def _reasons(invoice: Invoice, known: Callable[[str], bool] = _known, *, charges: bool = _charges) -> Broken:
        for each in invoice.named("AllowanceCharge"):
            code = text(each, "AllowanceChargeReasonCode")
            if code and (text(each, "ChargeIndicator") == "true") is charges and not known(code):
                yield each, {"code": code}

    rule(_name)(_reasons)
