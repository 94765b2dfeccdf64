"""The routes of the portal, and its first page where a dossier is chosen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application.permissions import Forbidden
from web.answers import Answers
from web.frames import guest_frame, portal_frame
from web.portal import archive, cutting, history, mailboxes, preview
from web.visiting import Visitor
from web.wiring import Cell


@get("/portal", sync_to_thread=True)
def choose_dossier(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[Any]:
    """The dossiers of which the person is a client user; a single one opens at once."""
    cards = cell.models.directory.portal_dossiers(visitor.actor.user)
    if len(cards) == 1:
        return Redirect(f"/portal/{cards[0].id}", status_code=303)
    return answers.page(visitor, "portal/dossiers.html", guest_frame(cell, visitor), cards=cards, employee=visitor.profile is not None)


@get("/portal/{dossier:uuid}", sync_to_thread=True)
def first_screen(cell: NamedDependency[Cell], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]) -> Redirect:
    """To the first entry of the person's menu. An employee who has no business in a portal has no menu there."""
    menu = portal_frame(cell, visitor, dossier).menu
    if not menu:
        raise Forbidden
    return Redirect(menu[0].href, status_code=303)


ROUTES = (choose_dossier, first_screen, *mailboxes.ROUTES, *cutting.ROUTES, *preview.ROUTES, *archive.ROUTES, *history.ROUTES)
