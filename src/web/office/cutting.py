"""Cutting and joining submitted documents, from the worklist or where they are booked (FEATURES I5, J8)."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application.event_log import NotFoundError
from application.permissions import Action
from domain.document import Document
from web.answers import Answers
from web.cutting import chosen, cut_and_return, cutting_values, undo_and_return
from web.forms import Form
from web.office.frame import dossier_page
from web.visiting import Visitor
from web.wiring import Cell


@get("/office/dossiers/{dossier:uuid}/cut", sync_to_thread=True)
def cutting_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    document: FromQuery[list[UUID] | None] = None,
) -> Response[str]:
    """The pages of the chosen documents in a row."""
    ids = _here(cell, visitor, dossier, document or [])
    page = dossier_page(cell, visitor, dossier, "worklist")
    return answers.page(
        visitor,
        "office/cutting.html",
        page.frame,
        card=page.card,
        package=page.package,
        back=_back(cell, dossier, ids),
        **cutting_values(cell, visitor, ids),
    )


@post("/office/dossiers/{dossier:uuid}/cut", sync_to_thread=True)
def cut(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Make the new documents and show the worklist; when refused, the screen says why."""
    ids = _here(cell, visitor, dossier, form.ids("document"))
    return cut_and_return(cell, answers, visitor, form, ids, f"/office/dossiers/{dossier}/cut", _back(cell, dossier, ids))


@post("/office/dossiers/{dossier:uuid}/cut/undo", sync_to_thread=True)
def undo_cut(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    document: FromQuery[UUID | None] = None,
) -> Redirect:
    """Take the new documents away and put their sources back."""
    ids = _here(cell, visitor, dossier, [document] if document else [])
    return undo_and_return(cell, answers, visitor, ids, _back(cell, dossier, ids))


ROUTES = (cutting_page, cut, undo_cut)


def _here(cell: Cell, visitor: Visitor, dossier: UUID, ids: list[UUID]) -> list[UUID]:
    """The chosen documents, when this person edits those of the dossier."""
    if visitor.profile is None:
        raise NotFoundError("office")
    return chosen(cell, visitor, dossier, ids, Action.EDIT_PROPOSALS)


def _back(cell: Cell, dossier: UUID, ids: list[UUID]) -> str:
    tab = f"?tab={cell.bench.log.load(Document, ids[0]).state.mailbox}" if ids else ""
    return f"/office/dossiers/{dossier}/worklist{tab}"
