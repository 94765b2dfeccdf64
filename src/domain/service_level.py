"""Within how many working days the office promises to process what a client submits (FEATURES N4).

What was submitted keeps the day that was promised then: a change of the setting counts for what comes after it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.kernel import Event, Refused
from domain.working_days import working_days_after

if TYPE_CHECKING:
    from collections.abc import Sequence

TERMS = range(61)
"""Working days; 0: nothing is promised."""


class OfficeTermSet(Event, frozen=True, kw_only=True):
    """So many working days in every dossier that has no term of its own; 0: no promise."""

    name = "office.term_set"
    days: int


class DossierTermSet(Event, frozen=True, kw_only=True):
    """So many working days in this dossier; 0: no promise; None: as the office has it."""

    name = "dossier.term_set"
    days: int | None = None


def office_term(current: int, days: int) -> Sequence[Event]:
    """The term of the office becomes this."""
    _check(days)
    return [] if days == current else [OfficeTermSet(days=days)]


def dossier_term(current: int | None, days: int | None) -> Sequence[Event]:
    """The term of a dossier becomes this."""
    if days is not None:
        _check(days)
    return [] if days == current else [DossierTermSet(days=days)]


def promised(submitted: date, office_days: int, own_days: int | None) -> date | None:
    """The last day on which what was submitted on a day is processed in time; None: nothing is promised."""
    days = office_days if own_days is None else own_days
    return working_days_after(submitted, days) if days else None


def _check(days: int) -> None:
    if days not in TERMS:
        raise Refused("Kies een aantal werkdagen tussen {first} en {last}.", first=TERMS[0], last=TERMS[-1])
