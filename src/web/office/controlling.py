"""Quality control (FEATURES N5): what was drawn from the work of colleagues, the verdicts, and what came of it by employee."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application import quality_control
from application.offices import office_of
from application.permissions import Action, extent
from domain.booking_proposal import proposal_of
from projections.worklist_control import Figures
from web import badges
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import office_frame
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

ADDRESS = "/office/control"
BADGES = {"waiting": badges.TO_CONTROL, "passed": badges.CONTROL_PASSED, "remarked": badges.CONTROL_REMARKED}
QUICK = {"": _("Te controleren"), "mine": _("Opmerkingen op mijn werk"), "done": _("Gecontroleerd")}
"""Quick filter → name, in order."""


@get(ADDRESS, sync_to_thread=True)
def control_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], quick: FromQuery[str] = ""
) -> Response[str]:
    """What waits for this employee, never what he checked himself; admins see the figures of everybody."""
    fresh = answers.caught_up(visitor, cell.models.worklist)
    frame = office_frame(cell, visitor, "control")
    cell.bench.authority.require_office(visitor.actor, Action.EDIT_PROPOSALS)
    me, models = visitor.actor.user, cell.models
    reach = models.directory.office_reach(me, visitor.profile)
    groups = {key: models.worklist.controls(me, reach, key) for key in QUICK}
    chosen = quick if quick in QUICK else ""
    rows = groups[chosen]
    sees_all = visitor.profile is not None and extent(visitor.profile, Action.OFFICE_SETTINGS) is not None
    return answers.page(
        visitor,
        "office/control.html",
        frame,
        updating=not fresh,
        rows=rows,
        quick=[(key, label, len(groups[key])) for key, label in QUICK.items()],
        chosen=chosen,
        badges=BADGES,
        me=me,
        people=models.directory.names({one for row in rows for one in (row.control_of, row.control_by)}),
        dossiers={one: card.dossier_name for one in {row.dossier for row in rows} if (card := models.directory.dossier(one))},
        figures=_figures(cell) if sees_all else None,
    )


@post("/office/documents/{document:uuid}/control", sync_to_thread=True)
def act_on_control(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """The verdict: in order, or a remark."""
    bench, actor = cell.bench, visitor.actor
    match form.text("do"):
        case "accept":
            position = quality_control.accept_control(bench, actor, document)
            toast = _("Gecontroleerd: in orde.")
        case "remark":
            position = quality_control.remark_on_control(bench, actor, document, form.text("remark"))
            toast = _("Je opmerking is bewaard.")
        case _:
            raise BadInput("do", _("Deze keuze bestaat niet."))
    answers.wrote(visitor, position, cell.models.worklist)
    to = ADDRESS if form.text("from") == "list" else f"/office/proposals/{proposal_of(document)}"
    return answers.redirect(visitor, to, position=position, toast=toast)


def _figures(cell: Cell) -> list[tuple[str, int, Figures]]:
    """By employee: his name, how many percent is controlled, and what was."""
    office, found = office_of(cell.bench), cell.models.worklist.control_figures()
    return [
        (one.full_name, office.control_shares.get(one.id, office.control_share), found.get(one.id, Figures()))
        for one in cell.models.directory.everybody()
        if one.profile and (one.active or one.id in found)
    ]


ROUTES: tuple[Any, ...] = (control_page, act_on_control)
