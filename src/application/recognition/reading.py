"""What recognition works on and what it yields (FEATURES K2)."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page in points (1/72 inch), origin at the top left of the page as displayed: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


class Word(msgspec.Struct, frozen=True, array_like=True):
    """One word of a page. `confidence` is 1.0 for text that was in the file, the engine's own (0–1) for OCR."""

    text: str
    box: Box
    confidence: float = 1.0


class Page(msgspec.Struct, frozen=True):
    """The words of one page in reading order, and the size of the page in points. `number` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]


A4_WIDTH = 595.0
"""Points: a picture that does not say how large it is on paper is taken to be a page of this width."""


class Kind(StrEnum):
    """How a document could be read."""

    UBL = "ubl"
    CII = "cii"
    FACTUR_X = "factur-x"
    TEXT_PDF = "text-pdf"
    SCAN = "scan"


FIELD_NAMES = (
    "issuer_name",
    "issuer_vat",
    "invoice_number",
    "issue_date",
    "due_date",
    "currency",
    "total_incl",
    "total_excl",
    "vat",
    "iban",
    "payment_reference",
    "type_code",
    "buyer_name",
    "buyer_vat",
)
"""The fields, in the order they are shown. The buyer's are what tells a sales invoice from a purchase."""


XML_FIELD_NAMES = (*FIELD_NAMES, "amount_due", "payment_terms", "buyer_reference")
"""What an electronic invoice tells besides: what is still to be paid when that is not the total, and two texts people wrote."""


class FieldReading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field as read. Dates are ISO, amounts decimal strings (credit notes positive: `type_code` tells), VAT numbers and IBANs compact.

    `confidence` 0–1. `page` and `box` say where it was seen (absent for values that are only in XML); `source` says how: `ubl`, `cii`,
    `label`, `checksum`, `arithmetic`, `letterhead`, …
    """

    value: str
    confidence: float
    source: str
    page: int | None = None
    box: Box | None = None


class VatRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the VAT breakdown: rate in percent, base and VAT as decimal strings.

    `category` is the one of UBL and EN 16931: S, Z, E, AE, K, G or O; `exemption` the code of the reason why there is no VAT (VATEX-EU-IC).
    """

    rate: str
    base: str
    vat: str
    category: str = "S"
    exemption: str = ""


class ReadLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an electronic invoice, or a discount or charge on the whole of it (`adjustment`; a discount has a negative base).

    `base` is the net amount, `rate` a percentage; these and `quantity` are decimal strings, with the sign of the totals, and empty when
    the document does not say. The bases of all lines make up the total without VAT. `article` is the seller's number, `standard_id` a GTIN
    or the like, `unit` a UN/ECE code, `cost` what the buyer asked to have put with it (his cost centre or account).
    """

    name: str = ""
    description: str = ""
    article: str = ""
    standard_id: str = ""
    quantity: str = ""
    unit: str = ""
    base: str = ""
    rate: str = ""
    category: str = ""
    cost: str = ""
    adjustment: bool = False


class ReadWarning(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something a person should know before believing what was read; it never stands in the way of a booking.

    `code` is one of `warnings.SENTENCES`, `values` what its sentence speaks of (a field by its name, amounts and dates as in `fields`).
    """

    code: str
    values: dict[str, str] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything recognition found in one document."""

    kind: Kind
    fields: dict[str, FieldReading] = {}
    vat_rates: tuple[VatRate, ...] = ()
    line_texts: tuple[str, ...] = ()
    """Descriptions of the invoice lines where they are known: enrichment looks for keywords in them."""
    lines: tuple[ReadLine, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()


class ReadDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that opening a document once gives: what it says, and its pages.

    `inside` is the PDF that came inside an XML: what a person looks at, and whose pages these are then. `ocr` is the engine that read the
    scanned pages, `unread` the numbers of those it was not asked to read because there were too many, `failed` of those it broke down on.
    """

    reading: Reading
    pages: tuple[Page, ...] = ()
    inside: bytes | None = None
    ocr: str = ""
    unread: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
