"""When an invoice is due: as printed, by printed terms, by the party's usual terms, else by the dossier's (FEATURES K4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from application.enrichment.circumstances import Circumstances, PastBooking
from application.enrichment.facts import Facts
from domain.booking_proposal import Why

_LOOKED_AT = 5
"""Invoices back that say what is usual."""
_USUAL = 2
"""So many of them must agree."""


def due_date(facts: Facts, around: Circumstances) -> tuple[date | None, Why | None]:
    """The due date and where it comes from. A credit note is due when it says so, not otherwise."""
    if facts.due_date is not None:
        return facts.due_date, Why(code="due_date.terms" if facts.terms else "due_date.printed")
    if facts.invoice_date is None or facts.credit_note:
        return None, None
    usual, terms = usual_days(around.past), around.dossier.payment_days
    if usual is not None:
        return facts.invoice_date + timedelta(days=usual), Why(code="due_date.counterparty", values={"days": str(usual)})
    if terms is not None:
        return facts.invoice_date + timedelta(days=terms), Why(code="due_date.dossier", values={"days": str(terms)})
    return None, None


def usual_days(past: Iterable[PastBooking]) -> int | None:
    """Days between invoice date and due date of most of the last invoices."""
    days = [one.due_days for one in past if one.due_days is not None][:_LOOKED_AT]
    [(most, times)] = Counter(days).most_common(1) or [(0, 0)]
    return most if times >= _USUAL and times * 2 > len(days) else None
