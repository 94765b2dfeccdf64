"""The electronic invoice to be checked: as it is, or as a PDF carries it; and by which standard it was made."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from adapters.ubl.factur_x import embedded
from adapters.ubl.xml import ATTACHMENTS, LARGE, parse, text
from adapters.unreadable import Unreadable
from adapters.validation.tree import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PDF = b"%PDF-"
HEAD = 1024
"""Bytes in which a PDF must begin."""
LEFT_OUT = "AA=="
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


class Syntax(StrEnum):
    """The two of EN 16931, and the first ZUGFeRD, which came before it."""

    UBL = "UBL"
    CII = "CII"
    ZUGFERD_1 = "ZUGFeRD 1"


SYNTAXES = {
    "Invoice": Syntax.UBL,
    "CreditNote": Syntax.UBL,
    "CrossIndustryInvoice": Syntax.CII,
    "CrossIndustryDocument": Syntax.ZUGFERD_1,
}
"""Name of the root → syntax."""
CUSTOMIZATION = {
    Syntax.UBL: f"{{{_UBL}}}CustomizationID",
    Syntax.CII: "{*}ExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID",
    Syntax.ZUGFERD_1: "{*}SpecifiedExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID",
}
PROFILES = ("minimum", "basicwl", "basic", "extended")
COMPLETE = "en16931"
"""The profile of Factur-X that is EN 16931 itself; what names none (such as XRechnung) is measured by it."""


class Electronic(NamedTuple):
    """Its root, its syntax, and which specification it says it follows (BT-24)."""

    root: Element
    syntax: Syntax
    customization: str

    @property
    def profile(self) -> str:
        """Of Factur-X."""
        return next((one for one in PROFILES if one in self.customization.lower()), COMPLETE)


def electronic(data: bytes) -> Electronic:
    """The invoice in these bytes. Raises `Unreadable` when there is none."""
    xml = _inside(data) if PDF in data[:HEAD] else data
    root = parse(xml)
    if len(xml) > LARGE:
        _fill_attachments(root)
    syntax = SYNTAXES.get(local(root))
    if syntax is None:
        raise Unreadable("Dit XML-bestand is geen e-factuur (UBL of CII) maar “{root}”.", root=local(root))
    return Electronic(root, syntax, text(root, CUSTOMIZATION[syntax]) or "")


def _fill_attachments(root: Element) -> None:
    """What was left out to parse a large document is no empty element."""
    for element in root.iter(*(f"{{*}}{name}" for name in ATTACHMENTS)):
        element.text = element.text or LEFT_OUT


def _inside(data: bytes) -> bytes:
    found = embedded(data)
    if found is None:
        raise Unreadable("Deze PDF bevat geen e-factuur.")
    return found.invoice.data
