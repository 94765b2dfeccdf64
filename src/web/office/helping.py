"""Employees help each other (FEATURES N2): what waits for one of them, and the answers to a question about a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application import helping
from application.permissions import Action
from domain.booking_proposal import proposal_of
from projections.worklist import ListedProposal
from web import badges
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import office_frame
from web.office.selection import colleague_of
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

ADDRESS = "/office/help"
BADGES = {"asked": badges.HELP_ASKED, "answered": badges.HELP_ANSWERED}
QUICK = {"": _("Alles"), "mine": _("Aan mij gevraagd"), "answered": _("Mijn vragen, beantwoord"), "waiting": _("Mijn vragen, open")}
"""Quick filter → name, in order."""


@get(ADDRESS, sync_to_thread=True)
def help_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], quick: FromQuery[str] = ""
) -> Response[str]:
    """Questions to this employee and his own, over all his dossiers."""
    fresh = answers.caught_up(visitor, cell.models.worklist)
    frame = office_frame(cell, visitor, "help")
    cell.bench.authority.require_office(visitor.actor, Action.EDIT_PROPOSALS)
    me, models = visitor.actor.user, cell.models
    found = models.worklist.help_for(me, models.directory.office_reach(me, visitor.profile))
    groups = {key: [row for row in found if key in ("", _group(row, me))] for key in QUICK}
    chosen = quick if quick in QUICK else ""
    shown = groups[chosen]
    people = {one for row in shown for one in (row.help_by, row.help_from, row.help_answered_by)}
    return answers.page(
        visitor,
        "office/help.html",
        frame,
        updating=not fresh,
        rows=[(row, address_of(row)) for row in shown],
        quick=[(key, label, len(groups[key])) for key, label in QUICK.items()],
        chosen=chosen,
        badges=BADGES,
        me=me,
        people=models.directory.names(people),
        dossiers={one: card.dossier_name for one in {row.dossier for row in shown} if (card := models.directory.dossier(one))},
    )


@post("/office/documents/{document:uuid}/help", sync_to_thread=True)
def act_on_help(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Ask, answer or close; then back to where it was done."""
    bench, actor = cell.bench, visitor.actor
    match form.text("do"):
        case "ask":
            position = helping.ask_help(bench, actor, document, form.text("help_reason"), colleague_of(form.text("colleague")))
            toast = _("Je collega ziet je vraag.")
        case "answer":
            position = helping.answer_help(bench, actor, document, form.text("answer"))
            toast = _("Je antwoord is bewaard.")
        case "close":
            position = helping.close_help(bench, actor, document)
            toast = _("De vraag om hulp is gesloten.")
        case _:
            raise BadInput("do", _("Deze keuze bestaat niet."))
    answers.wrote(visitor, position, cell.models.worklist)
    row = cell.models.worklist.find(proposal_of(document))
    to = ADDRESS if form.text("from") == "list" or row is None else address_of(row)
    return answers.redirect(visitor, to, position=position, toast=toast)


def address_of(row: ListedProposal) -> str:
    """Where a row is worked on: the annotation screen, or the tab of miscellaneous documents."""
    return f"/office/proposals/{row.id}" if row.drafted_at else f"/office/dossiers/{row.dossier}/worklist?tab={row.kind}#row-{row.id}"


def _group(row: ListedProposal, me: UUID) -> str:
    if row.help_by != me:
        return "mine"
    return "answered" if row.help == "answered" else "waiting"


ROUTES: tuple[Any, ...] = (help_page, act_on_help)
