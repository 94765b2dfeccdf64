"""A sample of what an employee checks is offered to a colleague for control (FEATURES N5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change
from application.offices import office_of, office_stream
from application.permissions import Action, Actor
from domain.office import Office
from domain.quality_control import ControlHoldSwitched, PickedForControl, QualityControl, control_of, is_drawn, set_share

if TYPE_CHECKING:
    from application.workbench import Workbench


def set_control_share(bench: Workbench, actor: Actor, employee: UUID | None, percent: int | None) -> int:
    """How many percent of what an employee checks is controlled; employee None: of everybody else, percent None: as everybody else."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    stream = office_stream(bench)
    return bench.log.decide(
        Office, stream, lambda office: set_share(office.control_shares, office.control_share, employee, percent), context=actor.context
    )


def switch_control_hold(bench: Workbench, actor: Actor, *, on: bool) -> int:
    """Whether what was drawn is sent only once it was controlled."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)

    def decision(office: Office) -> list[ControlHoldSwitched]:
        return [] if office.control_holds is on else [ControlHoldSwitched(on=on)]

    return bench.log.decide(Office, office_stream(bench), decision, context=actor.context)


def accept_control(bench: Workbench, actor: Actor, document: UUID) -> int:
    """It was booked well."""
    _let_in(bench, actor, document)
    return bench.log.decide(QualityControl, control_of(document), lambda state: state.accept(actor.user), context=actor.context)


def remark_on_control(bench: Workbench, actor: Actor, document: UUID, text: str) -> int:
    """Something about it could be better."""
    _let_in(bench, actor, document)
    return bench.log.decide(QualityControl, control_of(document), lambda state: state.remark_on(actor.user, text), context=actor.context)


def draw(bench: Workbench, employee: UUID, dossier: UUID, document: UUID) -> list[Change]:
    """What goes with checking: the pick, when this document of this employee falls in the sample and was not drawn before.

    The draw is a keyed digest: nobody can foretell it, and trying again does not change it.
    """
    office = office_of(bench)
    percent = office.control_shares.get(employee, office.control_share)
    if not percent:
        return []
    number = bench.claims.stream("control", str(document), str(employee)).int >> 96
    stream = control_of(document)
    if not is_drawn(number, percent) or bench.log.find(QualityControl, stream):
        return []
    return [Change(stream=stream, version=0, events=[PickedForControl(dossier=dossier, document=document, employee=employee)])]


def waits_for_control(bench: Workbench, document: UUID) -> bool:
    """Whether it was drawn and nobody has looked yet."""
    found = bench.log.find(QualityControl, control_of(document))
    return found is not None and found.state.passed is None


def _let_in(bench: Workbench, actor: Actor, document: UUID) -> None:
    control = bench.log.load(QualityControl, control_of(document)).state
    bench.authority.require(actor, Action.EDIT_PROPOSALS, control.dossier)
