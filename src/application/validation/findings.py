"""What validation finds in an electronic invoice."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from application.validation.sentences import SENTENCES, Rule, rule_of

OFFICIAL = Rule("official")
"""What is said of the official rules: they bring their own words."""
UNCHECKED = "UNCHECKED"
"""The rule of a finding that says what could not be checked."""


class Severity(StrEnum):
    """`fatal`: the standard forbids it, `warning`: it is advised against. Neither keeps a document from being booked."""

    FATAL = "fatal"
    WARNING = "warning"


class Source(StrEnum):
    """Who found it: the XML schema of the standard, our own rules, or the official ones."""

    SCHEMA = "xsd"
    OWN = "daybook"
    OFFICIAL = "official"


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule that an invoice breaks, and where. `values` are what the sentence speaks of."""

    rule: str
    severity: Severity
    source: Source
    where: str = ""
    values: dict[str, str] = {}

    @property
    def sentence(self) -> str:
        """In Dutch; a rule whose finding names no amount or code says only what it is about."""
        sentence, values = said_of(self.rule, self.source, self.where, self.values)
        return sentence.format(**values)


def said_of(rule: str, source: Source, where: str, values: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The marked sentence of a finding and the values it names."""
    known = OFFICIAL if source == Source.OFFICIAL and rule != UNCHECKED else rule_of(rule)
    if known is None:
        return "{rule}", {"rule": rule}
    sentence = SENTENCES[known.sentence]
    all_ = {"term": where, "code": "", "said": "?", "computed": "?"} | known.values | values
    return sentence, {name: value for name, value in all_.items() if f"{{{name}}}" in sentence}
