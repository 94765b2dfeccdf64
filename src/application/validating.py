"""Holding an electronic invoice against the rules of its standard when it comes in, and what is told of the rules it breaks (FEATURES A11).

What breaks a rule can be booked: the findings stand beside the invoice, they keep nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from application.jobs import Later
from application.validation.checking import check
from application.validation.findings import Severity, Source, said_of
from domain.document import BrokenRule, Document, DocumentValidated
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.jobs import Job
    from application.validation.findings import Finding
    from application.workbench import Workbench

RULES = "daybook-2"
"""Version of the rules: raised when the same invoice would be judged otherwise."""
BUSY = 2.0
"""Seconds after which an invoice asks again whether it is its turn."""
LONGEST = 500
"""Signs of a value that are kept: a file may hold anything."""


def validate_document(bench: Workbench, job: Job) -> None:
    """Keep what the rules say, when the one process that judges is free. A file without an invoice in XML is not judged."""
    state = bench.log.load(Document, job.subject).state
    if state.erased:
        return
    if bench.rules.busy:
        raise Later(BUSY)
    try:
        found = check(bench.rules, bench.objects.get(state.sha256))
    except Refused:
        return
    validated = DocumentValidated(rules=RULES, broken=tuple(map(_broken, found)))
    bench.log.decide(Document, job.subject, lambda now: now.validate(validated), context=job.context)


def _broken(one: Finding) -> BrokenRule:
    values = {name: value[:LONGEST] for name, value in one.values.items()}
    return BrokenRule(
        rule=one.rule, fatal=one.severity == Severity.FATAL, source=one.source.value, where=one.where[:LONGEST], values=values
    )


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One broken rule as it is told: a marked sentence with its values, and the places where it is broken."""

    rule: str
    fatal: bool
    sentence: str
    values: dict[str, str]
    places: tuple[str, ...] = ()


def faults_of(broken: Iterable[BrokenRule]) -> list[Fault]:
    """Each broken rule once for what it says, what the standard forbids first."""
    told = [
        (one, *said_of(one.rule, Source(one.source), one.where, one.values))
        for one in sorted(broken, key=lambda one: (not one.fatal, one.rule, sorted(one.values.items())))
    ]
    faults = []
    for (rule, fatal, sentence, values), same in groupby(told, key=lambda one: (one[0].rule, one[0].fatal, one[1], one[2])):
        places = tuple(dict.fromkeys(one.where for one, _sentence, _values in same if one.where))
        faults.append(Fault(rule=rule, fatal=fatal, sentence=sentence, values=values, places=places))
    return faults
