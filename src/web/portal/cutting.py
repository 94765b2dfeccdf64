"""Cutting and joining documents of a mailbox (FEATURES B5, B6)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application import page_cutting
from application.event_log import NotFoundError
from application.permissions import Action
from domain.document import Document
from domain.kernel import Refused
from web.answers import Answers
from web.cutting import cut_as_asked, cutting_values, told
from web.errors import BadInput
from web.forms import Form
from web.frames import portal_frame
from web.translations import _, explained
from web.visiting import Visitor
from web.wiring import Cell


@get("/portal/{dossier:uuid}/cut", sync_to_thread=True)
def cutting_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    document: FromQuery[list[UUID] | None] = None,
) -> Response[str]:
    """The pages of the chosen documents in a row."""
    ids = _here(cell, visitor, dossier, document or [])
    frame = portal_frame(cell, visitor, dossier, "mailboxes")
    return answers.page(visitor, "portal/cutting.html", frame, back=_back(cell, dossier, ids), **cutting_values(cell, visitor, ids))


@post("/portal/{dossier:uuid}/cut", sync_to_thread=True)
def cut(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Make the new documents and show them in their mailbox; when refused, the screen says why."""
    ids = _here(cell, visitor, dossier, form.ids("document"))
    back = _back(cell, dossier, ids)
    try:
        made = cut_as_asked(cell, visitor, form, ids)
    except Refused as refusal:
        again = f"{request.url.path}?{urlencode([('document', str(one)) for one in ids])}"
        return answers.redirect(visitor, again, toast=explained(refusal, visitor.language), problem=True)
    undo = f"/portal/{dossier}/cut/undo?document={ids[0]}"
    return answers.redirect(visitor, back, position=made.position, toast=told(visitor, made), undo=undo)


@post("/portal/{dossier:uuid}/cut/undo", sync_to_thread=True)
def undo_cut(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    document: FromQuery[UUID | None] = None,
) -> Redirect:
    """Take the new documents away and put their sources back."""
    ids = _here(cell, visitor, dossier, [document] if document else [])
    if document is None:
        raise BadInput("document", _("Deze keuze bestaat niet."))
    try:
        position = page_cutting.undo(cell.bench, visitor.actor, document)
    except Refused as refusal:
        return answers.redirect(visitor, _back(cell, dossier, ids), toast=explained(refusal, visitor.language), problem=True)
    return answers.redirect(visitor, _back(cell, dossier, ids), position=position, toast=_("Ongedaan gemaakt."))


ROUTES = (cutting_page, cut, undo_cut)


def _here(cell: Cell, visitor: Visitor, dossier: UUID, ids: list[UUID]) -> list[UUID]:
    """The chosen documents, when this person edits those of the dossier and they are its own."""
    cell.bench.authority.require(visitor.actor, Action.EDIT_DOCUMENTS, dossier)
    if any(cell.bench.log.load(Document, one).state.dossier != dossier for one in ids):
        raise NotFoundError("document")
    return ids


def _back(cell: Cell, dossier: UUID, ids: list[UUID]) -> str:
    tab = f"?tab={cell.bench.log.load(Document, ids[0]).state.mailbox}" if ids else ""
    return f"/portal/{dossier}/mailboxes{tab}"
