"""A submitted document becomes another type, or moves to another dossier: it ends here and begins anew there (FEATURES J2)."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from application import page_cutting
from application.event_log import NotFoundError
from application.mailboxes import visible_document
from application.permissions import Action
from domain.booking_proposal import proposal_of
from domain.document import Document, Mailbox
from domain.kernel import Refused
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.history import MAILBOXES
from web.office.frame import dossier_page
from web.translations import _, explained
from web.visiting import Visitor
from web.wiring import Cell

SHOWN = 20
"""Dossiers offered at once; a part of the name or number narrows them."""


@get("/office/documents/{document:uuid}/elsewhere", sync_to_thread=True)
def elsewhere_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[str]:
    """The other types, and the dossiers it may move to."""
    state = _submitted(cell, visitor, document)
    page = dossier_page(cell, visitor, state.dossier, "worklist")
    may_move = Action.TRANSFER in cell.bench.authority.allowed(visitor.actor, state.dossier)
    found, _total = cell.models.directory.office_dossiers(visitor.actor.user, str(visitor.profile), text=q, limit=SHOWN + 1)
    return answers.page(
        visitor,
        "office/elsewhere.html",
        page.frame,
        card=page.card,
        package=page.package,
        document=document,
        state=state,
        types=[(one.value, label) for one, label in MAILBOXES.items() if one != state.mailbox],
        dossiers=[one for one in found if one.id != state.dossier][:SHOWN] if may_move else [],
        may_move=may_move,
        q=q,
        back=_back(state, document),
    )


@post("/office/documents/{document:uuid}/elsewhere", sync_to_thread=True)
def begin_elsewhere(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Begin it anew as the chosen type or in the chosen dossier, and back to the list it left."""
    state = _submitted(cell, visitor, document)
    dossier, mailbox = form.id("dossier"), form.text("type")
    if not dossier and mailbox not in set(Mailbox):
        raise BadInput("type", _("Deze keuze bestaat niet."))
    wanted = Mailbox(mailbox) if mailbox and not dossier else None
    try:
        made = page_cutting.begin_again(cell.bench, visitor.actor, document, dossier=dossier, mailbox=wanted)
    except Refused as refusal:
        told = explained(refusal, visitor.language)
        return answers.redirect(visitor, f"/office/documents/{document}/elsewhere", toast=told, problem=True)
    undo = f"/office/dossiers/{state.dossier}/cut/undo?document={document}"
    list_ = f"/office/dossiers/{state.dossier}/worklist?tab={state.mailbox}"
    toast = _("Het document is verplaatst naar het andere dossier.") if dossier else _("Het type is gewijzigd.")
    return answers.redirect(visitor, list_, position=made.position, toast=toast, undo=undo)


ROUTES = (elsewhere_page, begin_elsewhere)


def _submitted(cell: Cell, visitor: Visitor, document: UUID) -> Document:
    if visitor.profile is None:
        raise NotFoundError("office")
    state = visible_document(cell.bench, visitor.actor, document, Action.EDIT_PROPOSALS)
    if not state.submitted or state.erased:
        raise NotFoundError(f"document {document}")
    return state


def _back(state: Document, document: UUID) -> str:
    """Where it is booked; a miscellaneous document is only in its list."""
    misc = f"/office/dossiers/{state.dossier}/worklist?tab=misc"
    return misc if state.mailbox == Mailbox.MISC else f"/office/proposals/{proposal_of(document)}"
