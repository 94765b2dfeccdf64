"""What a stylesheet of rules reports (SVRL, the report language of ISO Schematron) as our findings."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from adapters.validation.tree import place
from application.validation.findings import Finding, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
BROKEN = frozenset({f"{_SVRL}failed-assert", f"{_SVRL}successful-report"})
ADVICE = frozenset({"warning", "warn", "information", "info"})
"""Flags and roles of rules that only advise."""
PROFILE = "PROFILE"
"""The rule of what has no id: Factur-X says so of elements that a profile does not use. It breaks no rule of EN 16931."""
MOST_OF_ONE = 20
LONGEST = 500
"""Characters of a rule's own words."""
_STEP = re.compile(r"/(?:Q\{[^}]*\}|\*:|[\w.-]+:)?([\w.-]+|\*)(?:\[[^\]\d][^\]]*\])?(?:\[(\d+)\])?")
_NAMED = re.compile(r"local-name\(\)\s*=\s*['\"]([\w.-]+)['\"]")
_MARK = re.compile(r"^\s*\[([\w.-]+)\]\s*[-:–]?\s*")


def findings(report: str, root: Element) -> Iterator[Finding]:
    """Every rule that a document breaks, and where in it. The id before its words is the standard's, where a file has one of its own."""
    told: Counter[str] = Counter()
    for broken in etree.fromstring(report.encode()).iter(etree.Element) if report else ():
        if broken.tag not in BROKEN:
            continue
        said = broken.find(f"{_SVRL}text")
        text = " ".join("".join(said.itertext()).split()) if said is not None else ""
        mark = _MARK.match(text)
        rule = mark[1] if mark else broken.get("id", PROFILE)
        told[rule] += 1
        if told[rule] <= MOST_OF_ONE:
            yield Finding(
                rule=rule,
                severity=Severity.WARNING if rule == PROFILE else _severity(broken),
                source=Source.OFFICIAL,
                where=_place(root, broken.get("location", "")),
                values={"text": _MARK.sub("", text)[:LONGEST]},
            )


def _severity(broken: Element) -> Severity:
    said = {(broken.get(name) or "").lower() for name in ("flag", "role")}
    return Severity.WARNING if said & ADVICE else Severity.FATAL


def _place(root: Element, location: str) -> str:
    """An XPath of the report as the place a person can find."""
    here, below = root, list(_STEP.finditer(location))[1:]
    for step in below:
        named = _NAMED.search(step[0])
        name = named[1] if named else step[1]
        same = here.findall(f"{{*}}{name}")
        number = int(step[2] or 1)
        if number > len(same):
            break  # an attribute, or a text
        here = same[number - 1]
    return place(here)
