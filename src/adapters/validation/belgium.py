"""What is particular to Belgium, and the check digits no standard asks for: our own advice, always warnings."""

from __future__ import annotations

import re
from decimal import Decimal

from adapters.validation.codes import countries
from adapters.validation.own import Broken, rule
from adapters.validation.presence import vat_schemes
from adapters.validation.tree import Invoice, every, number, text
from domain.eu_vat_formats import EU_VAT_FORMATS
from domain.iban import parse_iban
from domain.structured_communication import parse_structured_communication
from domain.vat_number import parse_vat_number

RATES = frozenset(map(Decimal, (0, 6, 12, 21)))
CHECKED = frozenset(EU_VAT_FORMATS) | {"BE"}
_COMMUNICATION = re.compile(r"[+*]{3}[\d/\s]{12,20}[+*]{3}")


@rule("BR-CO-09")
def country_before_a_vat_number(invoice: Invoice) -> Broken:
    """A VAT number begins with the country it is of."""
    for party in (invoice.seller, invoice.buyer, *every(invoice.root, "TaxRepresentativeParty/")):
        for scheme in vat_schemes(party):
            for one in every(scheme, "CompanyID"):
                if text(one)[:2].upper() not in countries() | {"EL"}:
                    yield one, {"code": text(one)}


@rule("DAYBOOK-VAT")
def vat_number_can_exist(invoice: Invoice) -> Broken:
    """The check digits of a VAT number of the Union."""
    for party in (invoice.seller, invoice.buyer):
        for scheme in vat_schemes(party):
            for one in every(scheme, "CompanyID"):
                if text(one)[:2].upper() in CHECKED and parse_vat_number(text(one)) is None:
                    yield one, {"code": text(one)}


@rule("DAYBOOK-IBAN")
def account_can_exist(invoice: Invoice) -> Broken:
    """The check digits of an IBAN."""
    for one in every(invoice.root, "PaymentMeans/PayeeFinancialAccount/ID"):
        if re.match(r"[A-Z]{2}\d\d", text(one)) and parse_iban(text(one)) is None:
            yield one, {"code": text(one)}


@rule("DAYBOOK-BE-02")
def communication_can_exist(invoice: Invoice) -> Broken:
    """The check digits of a structured communication."""
    for one in every(invoice.root, "PaymentMeans/PaymentID"):
        if _COMMUNICATION.fullmatch(text(one)) and parse_structured_communication(text(one)) is None:
            yield one, {"code": text(one)}


@rule("DAYBOOK-BE-03")
def belgian_rate(invoice: Invoice) -> Broken:
    """A Belgian seller with a Belgian buyer charges a Belgian rate."""
    belgian = all(text(party, "PostalAddress/Country/IdentificationCode") == "BE" for party in (invoice.seller, invoice.buyer))
    for subtotal in invoice.subtotals if belgian else ():
        rate = number(subtotal, "TaxCategory/Percent")
        if text(subtotal, "TaxCategory/ID") == "S" and rate is not None and rate not in RATES:
            yield subtotal, {"code": str(rate)}


@rule("DAYBOOK-DUE")
def due_after_issue(invoice: Invoice) -> Broken:
    """Nothing is due before it was issued."""
    issued, due = text(invoice.root, "IssueDate"), text(invoice.root, "DueDate") or text(invoice.root, "PaymentMeans/PaymentDueDate")
    if issued and due and due < issued and re.fullmatch(r"\d{4}-\d\d-\d\d", due):
        yield invoice.root, {"code": due}
