"""What the office promises its clients: within how many working days their documents are processed (FEATURES N4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from application.offices import office_of, office_stream
from application.permissions import Action, Actor
from domain.dossier import Dossier
from domain.office import Office
from domain.service_level import dossier_term, office_term, promised

if TYPE_CHECKING:
    from application.workbench import Workbench


def set_office_term(bench: Workbench, actor: Actor, days: int) -> int:
    """For every dossier without a term of its own; 0: nothing is promised."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    stream = office_stream(bench)
    return bench.log.decide(Office, stream, lambda state: office_term(state.term, days), context=actor.context)


def set_dossier_term(bench: Workbench, actor: Actor, dossier: UUID, days: int | None) -> int:
    """For one dossier; None: as the office has it."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    return bench.log.decide(Dossier, dossier, lambda state: dossier_term(state.term, days), context=actor.context)


def process_by(bench: Workbench, dossier: UUID) -> date | None:
    """The last day, in the office's time zone, on which what is submitted now is processed in time."""
    office = office_of(bench)
    today = bench.now().astimezone(ZoneInfo(office.time_zone)).date()
    return promised(today, office.term, bench.log.load(Dossier, dossier).state.term)
