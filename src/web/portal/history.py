"""Everything that happened to a document, for the client who works with it (FEATURES B9, O1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.permissions import Action
from web.answers import Answers
from web.frames import portal_frame
from web.history import history_values, position_on
from web.portal.preview import seen_here
from web.portal.states import badge_of
from web.visiting import Visitor
from web.wiring import Cell


@get("/portal/{dossier:uuid}/documents/{document:uuid}/history", sync_to_thread=True)
def history_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    document: FromPath[UUID],
    at: FromQuery[int | None] = None,
    on: FromQuery[str] = "",
    quick: FromQuery[str] = "",
) -> Response[str]:
    """Timeline and state; `at` is the position of an event, `on` a moment as typed."""
    cell.bench.authority.require(visitor.actor, Action.SEE_HISTORY, dossier)
    state = seen_here(cell, visitor, dossier, document)
    row = cell.models.mailbox.find(document)
    return answers.page(
        visitor,
        "portal/history.html",
        portal_frame(cell, visitor, dossier, "archive" if request.query_params.get("from") == "archive" else "mailboxes"),
        document=state,
        row=row,
        badge=badge_of(row) if row else None,
        here=f"/portal/{dossier}/documents/{document}/history",
        back=f"/portal/{dossier}/documents/{document}",
        **history_values(cell, document, visitor.language, at=position_on(cell, document, on) if on else at, quick=quick, for_client=True),
    )


ROUTES = (history_page,)
