"""Our own rules: each is a function that yields the places where an invoice breaks it. Registered by the id the standard gives the rule.

They are written from what the standards require (EN 16931-1, Peppol BIS Billing 3), not from the official artefacts, and report where
those would: `benchmarks/validation.py` measures the agreement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from adapters.validation.tree import Invoice, place
from application.validation.findings import Finding, Severity, Source
from application.validation.sentences import rule_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Broken = Iterator["Element | tuple[Element, dict[str, str]]"]
"""The elements at fault; with values where the sentence speaks of amounts."""
Check = Callable[[Invoice], Broken]

CHECKS: dict[str, Check] = {}
"""By the id of the rule, in the order of the modules."""
ADVICE: set[str] = set()
"""The rules that only advise."""
ALL = re.compile(".*")
MOST_OF_ONE = 20
"""Findings of one rule: an invoice of a thousand lines says the same thing a thousand times."""


def rule(name: str) -> Callable[[Check], Check]:
    """Register a check; its sentence must be known."""

    def register(check: Check) -> Check:
        known = rule_of(name)
        if name in CHECKS or known is None:
            raise ValueError(f"{name} is there already, or has no sentence")
        CHECKS[name] = check
        if known.advice:
            ADVICE.add(name)
        return check

    return register


def check(invoice: Invoice, which: re.Pattern[str] = ALL, where: Callable[[Element], str] = place) -> Iterator[Finding]:
    """Everything our rules find, of those whose id is of `which`; `where` tells a person where an element stands."""
    for name, run in CHECKS.items():
        if not which.fullmatch(name):
            continue
        for count, found in enumerate(run(invoice)):
            if count == MOST_OF_ONE:
                break
            element, values = found if isinstance(found, tuple) else (found, {})
            severity = Severity.WARNING if name in ADVICE else Severity.FATAL
            yield Finding(rule=name, severity=severity, source=Source.OWN, where=where(element), values=values)
