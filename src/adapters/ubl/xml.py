"""Parsing invoices in XML: strictly, without DTD, entities or network, and what all readers of them share."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from lxml import etree

from adapters.unreadable import Unreadable
from application.recognition.reading import XML_FIELD_NAMES, FieldReading, VatRate
from domain.iban import parse_iban
from domain.structured_communication import parse_creditor_reference, parse_structured_communication
from domain.vat_number import parse_vat_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

EXACT, MISTYPED = 1.0, 0.6
"""What XML says is certain, except an identifier whose check digits are wrong."""
CREDIT_TYPES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
"""UNTDID 1001: the documents whose amounts are owed the other way round."""


ATTACHMENTS = ("EmbeddedDocumentBinaryObject", "AttachmentBinaryObject")
"""The elements of UBL and CII that hold a file."""
LARGE = 5_000_000
"""Bytes: libxml2 refuses a text of 10 million, so a larger document is parsed without the content of its attachments."""
ATTACHED = re.compile(rb"(<(?:[\w.-]+:)?(?:" + "|".join(ATTACHMENTS).encode() + rb")\b[^>]*>)([^<]{1000,})")
"""An attachment's start tag and its content, for documents that are too large to parse with it."""
TOO_LARGE = Decimal(10) ** 13
"""No amount of an invoice reaches this, in whatever currency."""
LONGEST_NUMBER, MAGNITUDES = 30, range(-10, 13)
"""Characters of a quantity, and the powers of ten it may begin with."""
SMALLEST_STEP = Decimal("0.0001")
HIGHEST_RATE = 100
ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
"""XML Schema lets a date have a time zone."""
CURRENCY = re.compile(r"[A-Z]{3}")
LONGEST_NAME, LONGEST, LONGEST_CATEGORY, LONGEST_CODE, LONGEST_TERMS = 200, 100, 10, 30, 500
"""Characters of a name, of a number or any other value, of a VAT category, of another code, and of the terms of payment."""


def parse(data: bytes) -> Element:
    """The root of the document, or of the business document inside an SBDH envelope. Raises `Unreadable`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(ATTACHED.sub(rb"\1", data) if len(data) > LARGE else data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("Het XML-bestand is beschadigd: {reason}", reason=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("Het XML-bestand bevat een DTD en dat is niet toegelaten.")
    if etree.QName(root).localname == "StandardBusinessDocument" and len(root):
        return root[-1]
    return root


def text(element: Element | None, path: str) -> str | None:
    """The text at a path, trimmed; None when there is none."""
    found = element.findtext(path) if element is not None else None
    return found.strip() or None if found else None


def decimal(raw: str | None) -> Decimal | None:
    """A number as XML Schema writes it; None for one that no invoice can mean: 10^13 or more, or more than four decimals."""
    try:
        value = Decimal(raw.strip()) if raw and len(raw) <= LONGEST else None
    except InvalidOperation:
        return None
    if value is None or not value.is_finite() or abs(value) >= TOO_LARGE:
        return None
    exact = value.quantize(SMALLEST_STEP)
    return exact if exact == value else None


def number(raw: str | None) -> Decimal | None:
    """A quantity: as many decimals as a meter gives, within what a person could mean."""
    try:
        value = Decimal(raw.strip()) if raw and len(raw) <= LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and value.adjusted() in MAGNITUDES else None


def amount(value: Decimal | None) -> str | None:
    """As it is handed on: at least two decimals, more only where the document has them."""
    if value is None:
        return None
    return f"{value:.2f}" if value == value.quantize(Decimal("0.01")) else f"{value.normalize():f}"


def signed(value: Decimal | None, sign: int) -> Decimal | None:
    """The value, or its opposite for a `sign` of -1."""
    return value if value is None or sign == 1 else -value


def fields(source: str, values: dict[str, str | None]) -> dict[str, FieldReading]:
    """The readings of what is there and can be meant; identifiers are made compact and checked."""
    read = {}
    for name in XML_FIELD_NAMES:
        value = values.get(name)
        if value is not None and _possible(name, value):
            compact, proved = _checked(name, value)
            read[name] = FieldReading(value=compact, confidence=EXACT if proved else MISTYPED, source=source)
    return read


def vat_rate(
    rate: str | None, base: Decimal | None, vat: Decimal | None, category: str | None, exemption: str | None = None
) -> VatRate | None:
    """One line of the breakdown; a rate that is not said is 0 (categories without VAT)."""
    percent = decimal(rate) if rate else Decimal(0)
    if base is None or percent is None or not 0 <= percent <= HIGHEST_RATE:
        return None
    return VatRate(
        rate=f"{percent.normalize():f}",
        base=amount(base) or "0.00",
        vat=amount(vat or Decimal(0)) or "0.00",
        category=(category or "S")[:LONGEST_CATEGORY],
        exemption=(exemption or "")[:LONGEST_CODE],
    )


def _possible(name: str, value: str) -> bool:
    """Whether a value can be what the field holds: an ISO date, a currency of three letters, a text of a sensible length."""
    if name.endswith("_date"):
        found = ISO_DATE.fullmatch(value)
        return found is not None and _is_day(found[1])
    if name == "currency":
        return CURRENCY.fullmatch(value) is not None
    return len(value) <= (LONGEST_TERMS if name == "payment_terms" else LONGEST_NAME if name.endswith("_name") else LONGEST)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _checked(name: str, value: str) -> tuple[str, bool]:
    if name.endswith("_vat"):
        parsed = parse_vat_number(value)
        return parsed or re.sub(r"[\s.]", "", value).upper(), parsed is not None
    if name.endswith("_date"):
        return value[: len("yyyy-mm-dd")], True
    if name == "iban":
        parsed = parse_iban(value)
        return parsed or re.sub(r"\s", "", value).upper(), parsed is not None
    if name == "payment_reference":
        return parse_structured_communication(value) or parse_creditor_reference(value) or value, True
    return value, True
