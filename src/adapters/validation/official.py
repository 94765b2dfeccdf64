"""The official rules, run by the XSLT processor in a limited worker (ADR 0013)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from adapters.validation.electronic import electronic
from adapters.validation.rule_files import RuleFile, of_folder, packaged, self_contained
from adapters.validation.saxon import XsltError, saxon
from adapters.validation.svrl import findings
from application.validation.checking import unchecked
from application.validation.findings import Finding
from application.validation.rule_sets import RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.validation.electronic import Electronic


class _Loaded:
    files: tuple[RuleFile, ...] = ()


def load(data: bytes, folder: str = "", *, packaged_too: bool = True) -> int:
    """Read the files of all rules, for good: afterwards this process may open nothing. How many there are."""
    del data
    _Loaded.files = (*(packaged() if packaged_too else ()), *(of_folder(Path(folder)) if folder else ()))
    return len(_Loaded.files)


def validate(data: bytes) -> list[Finding]:
    """What the official rules for this document find. Raises `Unreadable` for what is no electronic invoice."""
    document = electronic(data)
    return [one for file in _Loaded.files if file.fits(document) for one in _by(file, document)]


def rule_sets(data: bytes) -> list[RuleSet]:
    """All rules that are there: for the health page. Those an operator brought are tried."""
    del data
    return [
        RuleSet(
            name=one.name,
            packaged=one.packaged,
            syntax=one.syntax or "",
            wanted=one.wanted,
            version=one.version,
            fault=one.fault or ("" if one.packaged else _fault(one)),
        )
        for one in _Loaded.files
    ]


def _by(file: RuleFile, document: Electronic) -> Iterator[Finding]:
    compiled = _compiled(file)
    if isinstance(compiled, XsltError):
        return  # said on the health page; no fault of this document
    try:
        report = saxon().transformed(compiled, etree.tostring(document.root, encoding="unicode"))
        yield from findings(report, document.root)
    except (XsltError, etree.XMLSyntaxError) as fault:
        yield unchecked(file.name, str(fault))


def _fault(file: RuleFile) -> str:
    compiled = _compiled(file)
    return str(compiled) if isinstance(compiled, XsltError) else ""


@cache
def _compiled(file: RuleFile) -> Any:
    """The stylesheet, or why it is none: a broken file is tried once."""
    try:
        return saxon().compiled(self_contained(file))
    except XsltError as fault:
        return fault
