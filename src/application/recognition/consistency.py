"""Whether an electronic invoice agrees with itself: its sums, its rates, its dates. What does not is a warning."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from application.recognition.reading import Reading, ReadWarning, VatRate
from application.recognition.reading_warnings import warning

CENT = Decimal("0.01")
LEAST_SLACK = Decimal("0.02")
"""VAT may be rounded per rate, or per line by those who do it the old way: a cent a line."""
MOST_WARNINGS = 20
"""Of one document: after that it is clear that it is no good."""


def contradictions(reading: Reading) -> tuple[ReadWarning, ...]:
    """Everything in which the document contradicts itself."""
    found = [*_totals(reading), *_breakdown(reading), *_lines(reading), *_dates(reading)]
    return tuple(found[:MOST_WARNINGS])


def _amount(reading: Reading, name: str) -> Decimal | None:
    return Decimal(reading.fields[name].value) if name in reading.fields else None


def _totals(reading: Reading) -> Iterator[ReadWarning]:
    net, vat, total = (_amount(reading, name) for name in ("total_excl", "vat", "total_incl"))
    if net is not None and total is not None and abs(net + (vat or 0) - total) >= CENT:
        yield warning("total-differs", computed=net + (vat or 0), said=total)


def _breakdown(reading: Reading) -> Iterator[ReadWarning]:
    if not reading.vat_rates:
        return
    net, vat = _amount(reading, "total_excl"), _amount(reading, "vat")
    bases, taxes = (sum((Decimal(getattr(one, part)) for one in reading.vat_rates), Decimal(0)) for part in ("base", "vat"))
    if net is not None and abs(bases - net) >= CENT:
        yield warning("bases-differ", computed=bases, said=net)
    if vat is not None and abs(taxes - vat) >= CENT:
        yield warning("vat-differs", computed=taxes, said=vat)
    slack = max(LEAST_SLACK, CENT * len(reading.lines))
    for one in reading.vat_rates:
        yield from _rate(one, slack)


def _rate(one: VatRate, slack: Decimal) -> Iterator[ReadWarning]:
    computed = (Decimal(one.base) * Decimal(one.rate) / 100).quantize(CENT)
    if abs(computed - Decimal(one.vat)) > slack:
        yield warning("rate-differs", rate=one.rate, base=one.base, computed=computed, said=one.vat)


def _lines(reading: Reading) -> Iterator[ReadWarning]:
    net, bases = _amount(reading, "total_excl"), [line.base for line in reading.lines]
    itemised = any(not line.adjustment for line in reading.lines)  # a summary invoice has only its discounts
    if net is not None and itemised and all(bases):
        computed = sum(map(Decimal, bases), Decimal(0))
        if abs(computed - net) >= CENT:
            yield warning("lines-differ", computed=computed, said=net)


def _dates(reading: Reading) -> Iterator[ReadWarning]:
    issued, due = reading.fields.get("issue_date"), reading.fields.get("due_date")
    if issued and due and due.value < issued.value:
        yield warning("due-before-issue", due=due.value, issued=issued.value)
