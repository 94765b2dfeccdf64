"""The office's side of its questions to the client (FEATURES J2): asking beside the screen that saves, and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import asking
from domain.booking_proposal import proposal_of
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.office.helping import address_of
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell


@post("/office/documents/{document:uuid}/question", sync_to_thread=True)
def act_on_question(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Ask, or close what was asked; then back to where the document is worked on."""
    match form.text("do"):
        case "ask":
            position = asking.ask_client(cell.bench, visitor.actor, document, form.text("ask_reason"))
            toast = _("De klant ziet je vraag bij het document.")
        case "close":
            position = asking.close_questions(cell.bench, visitor.actor, document)
            toast = _("De vraag aan de klant is gesloten.")
        case _:
            raise BadInput("do", _("Deze keuze bestaat niet."))
    answers.wrote(visitor, position, cell.models.worklist)
    row = cell.models.worklist.find(proposal_of(document))
    return answers.redirect(visitor, address_of(row) if row else "/office/clients", position=position, toast=toast)


ROUTES: tuple[Any, ...] = (act_on_question,)
