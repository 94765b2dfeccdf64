"""An electronic invoice checked by everything there is: the schema, our own rules, the official rules; each rule told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.ports import TaskFailed
from application.validation.findings import UNCHECKED, Finding, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.ports import Workshop

OWN = "adapters.validation.checking:validate"
OFFICIAL = "adapters.validation.official:validate"


def check(rules: Workshop, data: bytes) -> tuple[Finding, ...]:
    """What is wrong with the invoice in an XML file or a PDF.

    Never fails on a document: what breaks down on it is a finding of its own. Raises `Refused` for what is no electronic invoice.
    """
    return merged(_by(rules, OWN, data), _by(rules, OFFICIAL, data))


def _by(rules: Workshop, task: str, data: bytes) -> Sequence[Finding]:
    try:
        found: Sequence[Finding] = rules.run(task, data)
    except TaskFailed as fault:
        return [unchecked("" if task == OWN else "EN 16931", str(fault))]
    return found


def merged(own: Iterable[Finding], official: Iterable[Finding]) -> tuple[Finding, ...]:
    """Both; of a rule that both have broken ours is told, which names the amounts."""
    ours = tuple(own)
    told = {one.rule for one in ours}
    return (*ours, *(one for one in official if one.rule not in told and not _in_family(one.rule, told)))


def _in_family(rule: str, told: set[str]) -> bool:
    """`BR-DEC-12` of the standard is one of our `BR-DEC`."""
    return rule.rpartition("-")[0] in told


def unchecked(by: str, reason: str) -> Finding:
    """That the rules of a file (or our own) could not be applied to this document, and why."""
    return Finding(
        rule=UNCHECKED,
        severity=Severity.WARNING,
        source=Source.OFFICIAL if by else Source.OWN,
        values={"rules": by or "Daybook", "reason": reason.strip().splitlines()[-1][:300] if reason.strip() else ""},
    )
