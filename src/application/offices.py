"""The one office of the installation: what it has set for all its dossiers (FEATURES F5, J6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from application.permissions import Action, Actor
from domain.kernel import Event
from domain.office import Office

if TYPE_CHECKING:
    from application.workbench import Workbench

OFFICE_CLAIM = "office"


def office_stream(bench: Workbench) -> UUID:
    """The stream of the one office."""
    return bench.claims.stream(OFFICE_CLAIM)


def office_of(bench: Workbench) -> Office:
    """The office as it stands. Before it is opened, one with the usual settings."""
    found = bench.log.find(Office, office_stream(bench))
    return found.state if found else Office(office_name="", time_zone="Europe/Brussels")


def set_templates(bench: Workbench, actor: Actor, from_count: int) -> int:
    """After how many invoices booked the same way a template is made."""
    return _decide(bench, actor, lambda state: state.set_templates(from_count))


def set_deductible(bench: Workbench, actor: Actor, account: str, percent: Decimal | None) -> int:
    """How much of the VAT on accounts that begin so may be deducted."""
    return _decide(bench, actor, lambda state: state.set_deductible(account, percent))


def set_misc_type(bench: Workbench, actor: Actor, type_name: str, *, permanent: bool) -> int:
    """A type of miscellaneous document beside the usual ones."""
    return _decide(bench, actor, lambda state: state.set_misc_type(type_name, permanent=permanent))


def drop_misc_type(bench: Workbench, actor: Actor, type_name: str) -> int:
    """Offer it no longer."""
    return _decide(bench, actor, lambda state: state.drop_misc_type(type_name))


def _decide(bench: Workbench, actor: Actor, decision: Callable[[Office], Sequence[Event]]) -> int:
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    return bench.log.decide(Office, office_stream(bench), decision, context=actor.context)
