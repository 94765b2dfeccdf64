"""The one screen where documents are cut and joined (FEATURES B5, B6, I5, J8): its values, and what it asks for.

The portal and the office each have a route around it. The browser sends a `page` for each page that is kept, in order, as
`part/document/page/turn`, and a `name` for each part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar.response import Redirect

from application import page_cutting
from application.event_log import NotFoundError
from application.permissions import Action
from application.processing import shown_object
from domain.document import Document
from domain.document_parts import Part, TakenPage
from domain.kernel import Refused
from web.errors import BadInput
from web.translations import _, explained, translate_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from application.page_cutting import Made
    from web.answers import Answers
    from web.forms import Form
    from web.visiting import Visitor
    from web.wiring import Cell

MADE = (_("{n} nieuw document gemaakt"), _("{n} nieuwe documenten gemaakt"))


def cutting_values(cell: Cell, visitor: Visitor, ids: Sequence[UUID]) -> dict[str, Any]:
    """What the screen shows: every page of every document in a row, or why there is nothing to cut."""
    try:
        loaded = page_cutting.cuttable(cell.bench, visitor.actor, ids)
    except Refused as refusal:
        return {"documents": [], "sheets": [], "problem": explained(refusal, visitor.language)}
    sheets = [
        {"document": one.id, "page": page, "src": f"/documents/{one.id}/{_picture(shown_object(one.state)[1], page)}"}
        for one in loaded
        for page in range(1, (one.state.pages or 0) + 1)
    ]
    return {"documents": [(one.id, one.state) for one in loaded], "sheets": sheets, "problem": ""}


def _picture(media_type: str, page: int) -> str:
    return "shown" if media_type.startswith("image/") else f"thumbnail?page={page}"


def cut_as_asked(cell: Cell, visitor: Visitor, form: Form, ids: Sequence[UUID]) -> Made:
    """Do what the form says with these documents."""
    names = form.texts("name")
    pages: list[list[TakenPage]] = [[] for _name in names]
    try:
        for one in form.texts("page"):
            part, document, page, turn = one.split("/")
            pages[int(part)].append(TakenPage(document=UUID(document), page=int(page), turn=int(turn)))
    except (ValueError, IndexError) as wrong:
        raise BadInput("page", _("Deze keuze bestaat niet.")) from wrong
    parts = [Part(file_name=_pdf(name), pages=tuple(taken)) for name, taken in zip(names, pages, strict=True)]
    return page_cutting.cut(cell.bench, visitor.actor, ids, parts, keep=form.text("source") == "keep")


def _pdf(name: str) -> str:
    return name if not name or name.lower().endswith(".pdf") else f"{name}.pdf"


def chosen(cell: Cell, visitor: Visitor, dossier: UUID, ids: list[UUID], action: Action) -> list[UUID]:
    """The chosen documents, when this person may do this in the dossier and they are its own."""
    cell.bench.authority.require(visitor.actor, action, dossier)
    if any(cell.bench.log.load(Document, one).state.dossier != dossier for one in ids):
        raise NotFoundError("document")
    return ids


def cut_and_return(cell: Cell, answers: Answers, visitor: Visitor, form: Form, ids: Sequence[UUID], screen: str, back: str) -> Redirect:
    """Make the new documents and show the list at `back`; when refused, the `screen` says why."""
    try:
        made = cut_as_asked(cell, visitor, form, ids)
    except Refused as refusal:
        again = f"{screen}?{urlencode([('document', str(one)) for one in ids])}"
        return answers.redirect(visitor, again, toast=explained(refusal, visitor.language), problem=True)
    toast = translate_count(*MADE, len(made.documents), visitor.language)
    return answers.redirect(visitor, back, position=made.position, toast=toast, undo=f"{screen}/undo?document={ids[0]}")


def undo_and_return(cell: Cell, answers: Answers, visitor: Visitor, ids: Sequence[UUID], back: str) -> Redirect:
    """Take the new documents away, put their sources back and show the list at `back`."""
    if not ids:
        raise BadInput("document", _("Deze keuze bestaat niet."))
    try:
        position = page_cutting.undo(cell.bench, visitor.actor, ids[0])
    except Refused as refusal:
        return answers.redirect(visitor, back, toast=explained(refusal, visitor.language), problem=True)
    return answers.redirect(visitor, back, position=position, toast=_("Ongedaan gemaakt."))
