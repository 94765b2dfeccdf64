"""The history of a document, for who works with it in the office."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.event_log import NotFoundError
from application.mailboxes import visible_document
from application.permissions import Action
from domain.booking_proposal import proposal_of
from web.answers import Answers
from web.history import history_values, position_on
from web.office.frame import dossier_page
from web.visiting import Visitor
from web.wiring import Cell


@get("/office/documents/{document:uuid}/history", sync_to_thread=True)
def history_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    document: FromPath[UUID],
    at: FromQuery[int | None] = None,
    on: FromQuery[str] = "",
    quick: FromQuery[str] = "",
) -> Response[str]:
    """Timeline and state; `at` is the position of an event, `on` a moment as typed."""
    if visitor.profile is None:
        raise NotFoundError("office")
    state = visible_document(cell.bench, visitor.actor, document, Action.SEE_HISTORY)
    allowed = cell.bench.authority.allowed(visitor.actor, state.dossier)
    if not state.submitted and Action.SEE_MAILBOXES not in allowed:
        raise NotFoundError(f"document {document}")
    page = dossier_page(cell, visitor, state.dossier, "worklist")
    chosen = position_on(cell, document, on) if on else at
    return answers.page(
        visitor,
        "office/history.html",
        page.frame,
        card=page.card,
        package=page.package,
        document=state,
        row=cell.models.worklist.find(proposal_of(document)),
        here=f"/office/documents/{document}/history",
        may_open_portal=Action.OPEN_PORTAL in allowed,
        **history_values(cell, document, visitor.language, at=chosen, quick=quick),
    )


ROUTES = (history_page,)
