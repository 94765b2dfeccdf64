"""What a submitted file is, told by its first bytes: never by its name or by what the sender says it is.

These are the cheap checks at intake, in memory and without opening the file. The ones that open it come after (`adapters.inspection`).
"""

from __future__ import annotations

from enum import StrEnum
from xml.parsers import expat

import msgspec

from domain.kernel import Refused

PDF_HEADER_WITHIN = 1024
"""Bytes in which `%PDF-` must begin: mail gateways put things before it, and every reader accepts that."""
XML_START = 65_536
"""Bytes in which the root element of an XML file must begin."""


class MediaType(StrEnum):
    """The kinds of file Daybook takes in, named as they are served. XML is a UBL or CII invoice."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    TIFF = "image/tiff"
    XML = "application/xml"


class Opened(msgspec.Struct, frozen=True):
    """What opening a file told about it. `pages` counts from 1: a picture is one, a TIFF may be more, an XML file has none.

    `view` is a PDF that shows the same, for a kind of file that browsers do not show.
    """

    pages: int
    view: bytes | None = None


PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG_START = b"\xff\xd8\xff"
TIFF_STARTS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"heif", b"mif1", b"msf1"})
XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")
ROOT_NAME_SHOWN = 60

INVOICE_ROOTS = frozenset(
    {
        "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2 Invoice",
        "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2 CreditNote",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100 CrossIndustryInvoice",
        "urn:ferd:CrossIndustryDocument:invoice:1p0 CrossIndustryDocument",
        "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader StandardBusinessDocument",
    }
)
"""Namespace and name of the root element of UBL 2 and CII invoices (also the first generation of ZUGFeRD), and of the envelope the
Peppol network puts around them."""


def sniff(data: bytes, name: str, max_bytes: int) -> MediaType:
    """The type of a file of at most `max_bytes` as submitted under `name`, or `Refused` with the reason and what to do about it."""
    if not data:
        raise Refused("Niet toegevoegd: het bestand is leeg. Kijk na of het goed bewaard is en probeer opnieuw.")
    if len(data) > max_bytes:
        raise Refused(
            "Niet toegevoegd: het bestand is groter dan {limit} MB. Splits of verklein het en probeer opnieuw.",
            limit=max_bytes // 1_000_000,
        )
    if data.startswith(PNG_START):
        return MediaType.PNG
    if data.startswith(JPEG_START):
        return MediaType.JPEG
    if data.startswith(TIFF_STARTS):
        return MediaType.TIFF
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return MediaType.HEIC
    if data.lstrip(b" \t\r\n")[:4].startswith(XML_STARTS) or data.startswith(XML_STARTS):
        return _invoice(xml_root(data))
    if b"%PDF-" in data[: PDF_HEADER_WITHIN + 5]:
        return MediaType.PDF
    raise Refused(
        "Niet toegevoegd: “{name}” is geen PDF, JPEG, PNG, HEIC, TIFF of UBL-factuur. Bewaar het in een van die vormen en probeer opnieuw.",
        name=name,
    )


def xml_root(data: bytes) -> str:
    """Namespace and name of the root element, separated by a space (only the name without namespace).

    Refuses what is not well formed up to there, and every document type declaration: entities and outside files come in through it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []

    def root_begins(name: str, _attributes: dict[str, str]) -> None:
        found.append(name)
        parser.StartElementHandler = None

    def doctype_begins(*_declaration: object) -> None:
        raise Refused("Niet toegevoegd: het XML-bestand bevat een DTD en dat is niet toegelaten. Vraag een gewone UBL-factuur.")

    parser.StartElementHandler = root_begins
    parser.StartDoctypeDeclHandler = doctype_begins
    try:
        parser.Parse(data[:XML_START], False)
    except (expat.ExpatError, LookupError, ValueError):  # an encoding nobody knows, or one that expat cannot use
        if not found:
            raise Refused("Niet toegevoegd: het XML-bestand is beschadigd. Vraag het opnieuw aan de afzender.") from None
    if not found:
        raise Refused("Niet toegevoegd: het XML-bestand is beschadigd. Vraag het opnieuw aan de afzender.")
    return found[0]


def _invoice(root: str) -> MediaType:
    if root not in INVOICE_ROOTS:
        raise Refused(
            "Niet toegevoegd: dit XML-bestand is geen UBL- of CII-factuur maar “{root}”. Voeg de factuur zelf toe.",
            root=root.rpartition(" ")[2][:ROOT_NAME_SHOWN],
        )
    return MediaType.XML
