"""What the Peppol network asks besides: identification of the document, addresses, notes, periods, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from adapters.validation import codes
from adapters.validation.own import Broken, rule
from adapters.validation.tree import Invoice, every, find, local, text
from domain.vat_number import enterprise_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SELF_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0"
PROFILE = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:(?:billing|selfbilling):(\d{2}):1\.0")
PLAIN = "01"
"""The process in which an invoice is sent alone."""
PROJECT, ORDERED = "50", "130"
"""Type codes of documents that are referred to: a project, the object an invoice is about."""
CORRECTIONS = frozenset({"326", "384"})
DIRECT_DEBIT = frozenset({"49", "59"})
GERMANY = "DE"


def _country(party: Element | None) -> str:
    return text(party, "PostalAddress/Country/IdentificationCode").upper()


def _both_german(invoice: Invoice) -> bool:
    return _country(invoice.seller) == GERMANY == _country(invoice.buyer)


@rule("PEPPOL-EN16931-R001")
def business_process(invoice: Invoice) -> Broken:
    """The document says in which process it is sent; an empty element is told as such."""
    if find(invoice.root, "ProfileID") is None:
        yield invoice.root


@rule("PEPPOL-EN16931-R002")
def one_note(invoice: Invoice) -> Broken:
    """One note on the whole document; Germans may have more among themselves."""
    notes = every(invoice.root, "Note")
    if len(notes) > 1 and not _both_german(invoice):
        yield notes[1]


@rule("PEPPOL-EN16931-R003")
def buyer_can_find_his_order(invoice: Invoice) -> Broken:
    """Something by which the buyer's own people know what it is about."""
    if not text(invoice.root, "BuyerReference") and not text(invoice.root, "OrderReference/ID"):
        yield invoice.root


@rule("PEPPOL-EN16931-R004")
def specification(invoice: Invoice) -> Broken:
    """The document says that it keeps these rules."""
    if not text(invoice.root, "CustomizationID").startswith((CUSTOMIZATION, SELF_BILLING)):
        yield invoice.root


@rule("PEPPOL-EN16931-R005")
def another_currency_for_the_tax_office(invoice: Invoice) -> Broken:
    """A currency for the tax office is given only when it is another one."""
    if text(invoice.root, "TaxCurrencyCode") and text(invoice.root, "TaxCurrencyCode") == invoice.currency:
        yield invoice.root


@rule("PEPPOL-EN16931-R007")
def profile(invoice: Invoice) -> Broken:
    """The process is one of the network's."""
    if not PROFILE.fullmatch(text(invoice.root, "ProfileID")):
        yield invoice.root


@rule("PEPPOL-EN16931-R008")
def nothing_empty(invoice: Invoice) -> Broken:
    """What has nothing to say is left out."""
    yield from (one for one in invoice.descendants if len(one) == 0 and not (one.text or "").strip() and one is not invoice.root)


for _name, _short in (("PEPPOL-EN16931-R010", "AccountingCustomerParty/"), ("PEPPOL-EN16931-R020", "AccountingSupplierParty/")):

    def _without_address(invoice: Invoice, short: str = _short) -> Broken:
        yield from (one for one in every(invoice.root, short) if find(one, "Party/EndpointID") is None)

    rule(_name)(_without_address)


@rule("PEPPOL-EN16931-R051")
def one_currency(invoice: Invoice) -> Broken:
    """Every amount is in the currency of the document, but for the VAT in the tax office's."""
    tax_currency = text(invoice.root, "TaxCurrencyCode")
    for one in invoice.descendants:
        said = one.get("currencyID")
        if said is None or said == invoice.currency:
            continue
        if not (local(one) == "TaxAmount" and said == tax_currency):
            yield one


@rule("PEPPOL-EN16931-R053")
def one_breakdown(invoice: Invoice) -> Broken:
    """One total of VAT has a breakdown."""
    totals = every(invoice.root, "TaxTotal/")
    if sum(find(one, "TaxSubtotal/") is not None for one in totals) != 1:
        yield totals[0] if totals else invoice.root


@rule("PEPPOL-EN16931-R054")
def one_total_in_the_tax_currency(invoice: Invoice) -> Broken:
    """One total of VAT without breakdown for the tax office's currency, else none."""
    totals = every(invoice.root, "TaxTotal/")
    wanted = 1 if find(invoice.root, "TaxCurrencyCode") is not None else 0
    if sum(find(one, "TaxSubtotal/") is None for one in totals) != wanted:
        yield totals[0] if totals else invoice.root


@rule("PEPPOL-EN16931-R061")
def mandate_of_a_direct_debit(invoice: Invoice) -> Broken:
    """Who collects says by which mandate."""
    for means in every(invoice.root, "PaymentMeans/"):
        if text(means, "PaymentMeansCode") in DIRECT_DEBIT and not text(means, "PaymentMandate/ID"):
            yield means


@rule("PEPPOL-EN16931-R080")
def one_project(invoice: Invoice) -> Broken:
    """At most one project."""
    projects = [one for one in every(invoice.root, "AdditionalDocumentReference/") if text(one, "DocumentTypeCode") == PROJECT]
    yield from projects[1:]


@rule("PEPPOL-EN16931-R100")
def one_object_of_a_line(invoice: Invoice) -> Broken:
    """At most one thing that a line is about."""
    for line in invoice.lines:
        yield from every(line, "DocumentReference/")[1:]


@rule("PEPPOL-EN16931-R101")
def object_of_a_line(invoice: Invoice) -> Broken:
    """A line refers to nothing but what it is about."""
    for line in invoice.lines:
        yield from (one for one in every(line, "DocumentReference/") if text(one, "DocumentTypeCode") != ORDERED)


for _name, _which in (("PEPPOL-EN16931-R110", "StartDate"), ("PEPPOL-EN16931-R111", "EndDate")):

    def _outside_the_period(invoice: Invoice, which: str = _which) -> Broken:
        whole = text(invoice.root, f"InvoicePeriod/{which}")
        for line in invoice.lines:
            own = text(line, f"InvoicePeriod/{which}")
            if whole and own and (own < whole if which == "StartDate" else own > whole):
                yield line

    rule(_name)(_outside_the_period)


def _is_profile(invoice: Invoice, kind: str) -> bool:
    return f":{kind}:" in text(invoice.root, "ProfileID")


def _is_plain(invoice: Invoice) -> bool:
    """Whether it is sent in the process of an invoice alone, or names none."""
    number = PROFILE.fullmatch(text(invoice.root, "ProfileID"))
    return number is None or number[1] == PLAIN


@rule("PEPPOL-EN16931-P0100")
def kind_of_invoice(invoice: Invoice) -> Broken:
    """The kinds of invoice the network carries."""
    if not invoice.is_credit_note and invoice.type_code and _is_plain(invoice):
        known = codes.SELF_BILLED_INVOICES if _is_profile(invoice, "selfbilling") else codes.PEPPOL_INVOICES
        if invoice.type_code not in known:
            yield invoice.root, {"code": invoice.type_code}


@rule("PEPPOL-EN16931-P0101")
def kind_of_credit_note(invoice: Invoice) -> Broken:
    """The kinds of credit note the network carries."""
    if invoice.is_credit_note and invoice.type_code and _is_plain(invoice):
        known = codes.SELF_BILLED_CREDIT_NOTES if _is_profile(invoice, "selfbilling") else codes.PEPPOL_CREDIT_NOTES
        if invoice.type_code not in known:
            yield invoice.root, {"code": invoice.type_code}


@rule("PEPPOL-EN16931-P0112")
def correction_among_germans(invoice: Invoice) -> Broken:
    """A partial or corrected invoice is for Germany only."""
    if invoice.type_code in CORRECTIONS and not _both_german(invoice):
        yield invoice.root, {"code": invoice.type_code}


REASONS = {
    "P0104": ("VATEX-EU-G", "G"),
    "P0105": ("VATEX-EU-O", "O"),
    "P0106": ("VATEX-EU-IC", "K"),
    "P0107": ("VATEX-EU-AE", "AE"),
    "P0108": ("VATEX-EU-D", "E"),
    "P0109": ("VATEX-EU-F", "E"),
    "P0110": ("VATEX-EU-I", "E"),
    "P0111": ("VATEX-EU-J", "E"),
}
"""Which category goes with a reason for an exemption."""

for _name, (_reason, _category) in REASONS.items():

    def _with_another_category(invoice: Invoice, reason: str = _reason, category: str = _category) -> Broken:
        for each in invoice.named("TaxCategory", "ClassifiedTaxCategory"):
            if text(each, "TaxExemptionReasonCode").upper() == reason and text(each, "ID") != category:
                yield each, {"code": reason, "category": category}

    rule(f"PEPPOL-EN16931-{_name}")(_with_another_category)


@rule("PEPPOL-EN16931-F001")
def dates(invoice: Invoice) -> Broken:
    """Dates are written `yyyy-mm-dd`, and exist."""
    for one in invoice.named("IssueDate", "DueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate", "PaymentDueDate"):
        if not _is_date(text(one)):
            yield one, {"code": text(one)}


def _is_date(written: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII) is not None and date.fromisoformat(written) is not None
    except ValueError:
        return False


for _name, _of, _known in (
    (
        "CL001",
        lambda invoice: [(one, one.get("mimeCode") or "") for one in invoice.named("EmbeddedDocumentBinaryObject")],
        codes.MIME_TYPES,
    ),
    ("CL007", lambda invoice: [(one, code) for one in invoice.descendants if (code := one.get("currencyID"))], None),
    ("CL008", lambda invoice: [(one, one.get("schemeID") or "") for one in invoice.named("EndpointID")], codes.ADDRESS_SCHEMES),
):

    def _of_a_list(
        invoice: Invoice,
        of: Callable[[Invoice], list[tuple[Element, str]]] = _of,
        known: frozenset[str] | None = _known,
    ) -> Broken:
        yield from ((one, {"code": code}) for one, code in of(invoice) if code not in (codes.currencies() if known is None else known))

    rule(f"PEPPOL-EN16931-{_name}")(_of_a_list)


@rule("PEPPOL-EN16931-CL002")
def reason_of_a_discount(invoice: Invoice) -> Broken:
    """From the network's own list."""
    for each in invoice.named("AllowanceCharge"):
        code = text(each, "AllowanceChargeReasonCode")
        if code and text(each, "ChargeIndicator") == "false" and code not in codes.DISCOUNT_REASONS:
            yield each, {"code": code}


# Check digits of the numbers under which parties are found on the network.


def _luhn(digits: str) -> bool:
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0  # noqa: PLR2004 - two digits are added together


def _mod11(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(sign) * weight for sign, weight in zip(digits, weights, strict=False)) % 11


def _gln(value: str) -> bool:
    weights = (int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(reversed(value)))
    return value.isdigit() and sum(weights) % 10 == 0


def _norwegian(value: str) -> bool:
    return bool(re.fullmatch(r"\d{9}", value)) and _mod11(value, (3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0


def _danish(value: str) -> bool:
    return bool(re.fullmatch(r"DK\d{8}|\d{8}", value))


def _belgian(value: str) -> bool:
    return bool(re.fullmatch(r"\d{10}", value)) and enterprise_number(value) is not None


def _italian_company(value: str) -> bool:
    return bool(re.fullmatch(r"IT\d{11}|\d{11}", value)) and _luhn(value.removeprefix("IT"))


def _italian_person(value: str) -> bool:
    return bool(re.fullmatch(r"\d{11}|[A-Za-z]{6}\d{2}[A-Za-z]\d{2}[A-Za-z]\d{3}[A-Za-z]", value))


def _swedish(value: str) -> bool:
    return bool(re.fullmatch(r"\d{10}", value)) and _luhn(value)


def _australian(value: str) -> bool:
    weights = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    if not re.fullmatch(r"\d{11}", value):
        return False
    first = str(int(value[0]) - 1)
    return first != "-1" and sum(int(sign) * weight for sign, weight in zip(first + value[1:], weights, strict=True)) % 89 == 0


NUMBERS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "PEPPOL-COMMON-R040": ("0088", _gln),
    "PEPPOL-COMMON-R041": ("0192", _norwegian),
    "PEPPOL-COMMON-R042": ("0184", _danish),
    "PEPPOL-COMMON-R043": ("0208", _belgian),
    "PEPPOL-COMMON-R044": ("0201", lambda value: bool(re.fullmatch(r"[A-Za-z0-9]{6}", value))),
    "PEPPOL-COMMON-R045": ("0210", _italian_person),
    "PEPPOL-COMMON-R047": ("0211", _italian_company),
    "PEPPOL-COMMON-R049": ("0007", _swedish),
    "PEPPOL-COMMON-R050": ("0151", _australian),
    "DAYBOOK-BE-01": ("9925", lambda value: value.upper().startswith("BE") and enterprise_number(value) is not None),
}
"""Rule → scheme, and whether a number under it can exist."""

for _name, (_scheme, _can_exist) in NUMBERS.items():

    def _numbers(invoice: Invoice, scheme: str = _scheme, can_exist: Callable[[str], bool] = _can_exist) -> Broken:
        for one in invoice.descendants:
            if one.get("schemeID") == scheme and local(one) in {"EndpointID", "ID", "CompanyID"} and not can_exist(text(one)):
                yield one, {"code": text(one)}

    rule(_name)(_numbers)
