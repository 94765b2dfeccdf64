"""ISO Schematron as an XSLT stylesheet that reports in SVRL: what the rules of Peppol and CEN use of it.

A pattern becomes a mode, each of its rules a template of it: the first rule that fits a node is the one that is applied, as the standard
wants. Abstract rules and patterns are filled in first.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"
SVRL = "http://purl.oclc.org/dsdl/svrl"
BINDINGS = frozenset({"xslt", "xslt2", "xslt3", "xpath2", "xpath3"})
VERSION = "2.0"
BELOW = "@*|*"
"""Where rules look: elements and attributes."""


class NoSchematron(Exception):
    """It is not ISO Schematron, or uses a part of it that we do not have."""


def stylesheet(schema: Element) -> Element:
    """The stylesheet of a schema. Raises `NoSchematron`; whether its expressions are right only the processor can tell."""
    if schema.tag != _sch("schema"):
        raise NoSchematron("Dit is geen ISO Schematron.")
    if schema.get("queryBinding", "xslt") not in BINDINGS:
        raise NoSchematron(f"De taal {schema.get('queryBinding')} kennen we niet.")
    if schema.find(f".//{_sch('include')}") is not None:
        raise NoSchematron("Het bestand haalt andere bestanden binnen (include): gebruik de versie waarin alles samen staat.")
    made = etree.Element(_xsl("stylesheet"), nsmap=_namespaces(schema), version=VERSION)
    _declarations(schema, made)
    patterns = list(_patterns(schema))
    _start(made, len(patterns))
    for number, pattern in enumerate(patterns):
        _mode(made, pattern, f"pattern-{number}", _abstract_rules(schema))
    return made


def _namespaces(schema: Element) -> dict[str, str]:
    written = {prefix: uri for prefix, uri in schema.nsmap.items() if prefix}
    declared = {one.get("prefix", ""): one.get("uri", "") for one in schema.iterfind(_sch("ns"))}
    return written | declared | {"xsl": XSL, "svrl": SVRL}


def _declarations(schema: Element, made: Element) -> None:
    """Variables of the whole document, and functions and keys, which are XSLT already."""
    for one in schema.iter(_sch("let")):
        parent = one.getparent()
        if parent is not None and parent.tag in {_sch("schema"), _sch("pattern")} and parent.get("abstract") != "true":
            made.append(_variable(one))
    made.extend(deepcopy(one) for one in schema if isinstance(one.tag, str) and one.tag.startswith(f"{{{XSL}}}"))


def _variable(let: Element) -> Element:
    made = etree.Element(_xsl("variable"), name=let.get("name", ""))
    if let.get("value") is not None:
        made.set("select", let.get("value", ""))
    else:
        made.extend(deepcopy(one) for one in let)
    return made


def _patterns(schema: Element) -> Iterator[Element]:
    """All that are to be run, with the abstract ones filled in by those that are made of them."""
    abstract = {one.get("id", ""): one for one in schema.iterfind(_sch("pattern")) if one.get("abstract") == "true"}
    for pattern in schema.iterfind(_sch("pattern")):
        if pattern.get("abstract") == "true":
            continue
        model = pattern.get("is-a")
        if model is None:
            yield pattern
        elif model in abstract:
            yield _filled(abstract[model], {one.get("name", ""): one.get("value", "") for one in pattern.iterfind(_sch("param"))})
        else:
            raise NoSchematron(f"Het patroon {model} bestaat niet.")


def _filled(pattern: Element, values: Mapping[str, str]) -> Element:
    """A copy with `$name` replaced by what was given for it, in every attribute."""
    names = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    made = deepcopy(pattern)
    if names:
        for element in made.iter(etree.Element):
            for attribute, value in element.items():
                element.set(attribute, re.sub(rf"\$({names})(?![\w-])", lambda found: values[found[1]], value))
    return made


def _abstract_rules(schema: Element) -> dict[str, Element]:
    return {one.get("id", ""): one for one in schema.iter(_sch("rule")) if one.get("abstract") == "true"}


def _start(made: Element, patterns: int) -> None:
    output = etree.SubElement(_template(made, "/"), f"{{{SVRL}}}schematron-output")
    for number in range(patterns):
        etree.SubElement(output, _xsl("apply-templates"), select="/", mode=f"pattern-{number}")


def _mode(made: Element, pattern: Element, mode: str, abstract: Mapping[str, Element]) -> None:
    """The rules of a pattern; what none of them fits is passed by, down to the leaves."""
    rules = [one for one in pattern.iterfind(_sch("rule")) if one.get("abstract") != "true"]
    for number, rule in enumerate(rules):
        template = _template(made, rule.get("context", ""), mode=mode, priority=str(len(rules) - number))
        for one in _parts(rule, abstract):
            template.append(_variable(one) if one.tag == _sch("let") else _assertion(one))
        etree.SubElement(template, _xsl("apply-templates"), select=BELOW, mode=mode)
    rest = _template(made, BELOW, mode=mode, priority="-1")
    etree.SubElement(rest, _xsl("apply-templates"), select=BELOW, mode=mode)


def _parts(rule: Element, abstract: Mapping[str, Element]) -> Iterator[Element]:
    """Variables and assertions of a rule, those of the rules it extends in their place."""
    for one in rule.iterchildren(_sch("let"), _sch("assert"), _sch("report"), _sch("extends")):
        if one.tag != _sch("extends"):
            yield one
        elif one.get("rule") in abstract:
            yield from _parts(abstract[one.get("rule", "")], abstract)
        else:
            raise NoSchematron(f"De regel {one.get('rule')} bestaat niet.")


def _assertion(one: Element) -> Element:
    """An assertion that does not hold, or a report that does."""
    is_report = one.tag == _sch("report")
    made = etree.Element(_xsl("if"), test=one.get("test", "") if is_report else f"not({one.get('test', '')})")
    broken = etree.SubElement(made, f"{{{SVRL}}}{'successful-report' if is_report else 'failed-assert'}")
    for name in ("id", "flag", "role"):
        if value := one.get(name):
            broken.set(name, value.replace("{", "{{").replace("}", "}}"))
    location = etree.SubElement(broken, _xsl("attribute"), name="location")
    etree.SubElement(location, _xsl("value-of"), select="path()")
    _words(one, etree.SubElement(broken, f"{{{SVRL}}}text"))
    return made


def _words(one: Element, text: Element) -> None:
    """What the assertion says, with the values it names."""
    _text(text, one.text)
    for part in one:
        if part.tag == _sch("value-of"):
            etree.SubElement(text, _xsl("value-of"), select=part.get("select", "."))
        elif part.tag == _sch("name"):
            etree.SubElement(text, _xsl("value-of"), select=f"name({part.get('path', '.')})")
        elif isinstance(part.tag, str):
            _words(part, text)
        _text(text, part.tail)


def _text(parent: Element, words: str | None) -> None:
    if words:
        etree.SubElement(parent, _xsl("text")).text = words


def _template(made: Element, match: str, **attributes: str) -> Element:
    template = etree.SubElement(made, _xsl("template"), match=match)
    for name, value in attributes.items():
        template.set(name, value)
    return template


def _sch(name: str) -> str:
    return f"{{{SCH}}}{name}"


def _xsl(name: str) -> str:
    return f"{{{XSL}}}{name}"
