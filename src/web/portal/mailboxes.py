"""The client's mailboxes (FEATURES B1, B2, B7, B8, B10): tiles, one list, and what can be done with a selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application.permissions import Action, Extent
from domain.kernel import Refused
from projections.mailbox import Box
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import portal_frame
from web.listing import PAGE, Listing
from web.portal.mailbox_acts import all_handled, perform, told, undo_address
from web.portal.mailbox_rows import TILES, line_of
from web.portal.trail import Trail, trail, window
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

DEFAULT_SORT = "-delivered"
QUICK = {"unhandled": False, "handled": True}


@get("/portal/{dossier:uuid}/mailboxes", sync_to_thread=True)
def mailbox_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Response[str]:
    """The tiles and the list of one box. Without a box in the address a phone shows the tiles only, a desk the purchases too."""
    fresh = answers.caught_up(visitor, cell.models.mailbox)
    frame = portal_frame(cell, visitor, dossier, "mailboxes")
    values = _panel(cell, visitor, dossier, listing_of(request, dossier))
    return answers.page(visitor, "portal/mailboxes.html", frame, updating=not fresh, **values)


@post("/portal/{dossier:uuid}/mailboxes/selection", sync_to_thread=True, status_code=200)
def act_on_selection(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Do one thing to the selected documents and show the list again: what was refused stays and says why in its own row."""
    listing = listing_of(request, dossier)
    do = form.text("do")
    ids = all_handled(cell, dossier, box_of(listing)) if do == "submit_handled" else form.ids()
    outcome = perform(cell, visitor, dossier, do, ids)
    toast, undo_href, problem = told(visitor, do, outcome), undo_address(listing, do, outcome), bool(outcome.refused)
    if "hx-request" not in request.headers:
        return answers.redirect(visitor, listing.href, position=outcome.position, toast=toast, undo=undo_href, problem=problem)
    answers.wrote(visitor, outcome.position, cell.models.mailbox)
    frame = portal_frame(cell, visitor, dossier, "mailboxes")
    values = _panel(cell, visitor, dossier, listing, outcome.refused)
    return answers.fragment(visitor, "portal/mailbox_parts.html", toast=toast, undo=undo_href, frame=frame, **values)


@post("/portal/{dossier:uuid}/mailboxes/undo", sync_to_thread=True)
def undo(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Redirect:
    """Take back what was just done to a selection."""
    try:
        ids = [UUID(one) for one in request.query_params.getall("id", [])]
    except ValueError as wrong:
        raise BadInput("id", _("Deze keuze bestaat niet.")) from wrong
    outcome = perform(cell, visitor, dossier, str(request.query_params.get("do", "")), ids)
    return answers.redirect(visitor, listing_of(request, dossier).href, position=outcome.position, toast=_("Ongedaan gemaakt."))


ROUTES = (mailbox_page, act_on_selection, undo)


def listing_of(request: Request[Any, Any, Any], dossier: UUID) -> Listing:
    """What the address asks for; `tab` is the box, empty for none in particular."""
    wanted = Listing.of(request, f"/portal/{dossier}/mailboxes")
    return wanted if wanted.tab in set(Box) else msgspec.structs.replace(wanted, tab="")


def box_of(listing: Listing) -> Box:
    """The box whose documents are listed."""
    return Box(listing.tab or Box.PURCHASE)


def only_by(cell: Cell, visitor: Visitor, dossier: UUID) -> UUID | None:
    """Whose documents this person sees: his own when he only delivers, else everybody's. Refuses who may not see mailboxes."""
    extent = cell.bench.authority.require(visitor.actor, Action.SEE_MAILBOXES, dossier)
    return visitor.actor.user if extent == Extent.OWN else None


def trail_of(cell: Cell, visitor: Visitor, request: Request[Any, Any, Any], dossier: UUID, document: UUID) -> Trail:
    """Where a document stands in the list that the address asks for."""
    listing = listing_of(request, dossier)
    offset, limit = window(listing)
    rows, total, _amount = cell.models.mailbox.page(
        dossier,
        box_of(listing),
        only_by=only_by(cell, visitor, dossier),
        text=listing.q,
        handled=QUICK.get(listing.quick),
        sort=listing.sort or DEFAULT_SORT,
        limit=limit,
        offset=offset,
    )
    documents = [row.document for row in rows]
    return trail(listing, TILES[box_of(listing)].label, f"/portal/{dossier}/documents", "", documents, total, document)


def _panel(cell: Cell, visitor: Visitor, dossier: UUID, listing: Listing, refused: Mapping[UUID, Refused] | None = None) -> dict[str, Any]:
    own = only_by(cell, visitor, dossier)
    box, model = box_of(listing), cell.models.mailbox
    rows, total, amount = model.page(
        dossier,
        box,
        only_by=own,
        text=listing.q,
        handled=QUICK.get(listing.quick),
        sort=listing.sort or DEFAULT_SORT,
        limit=PAGE,
        offset=listing.offset,
    )
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    names = cell.models.directory.names({row.delivered_by for row in rows})
    counts, unhandled = model.counts(dossier, own), model.unhandled(dossier, own)
    waiting = unhandled.get(box, 0)
    card = cell.models.directory.dossier(dossier)
    delivers, here = Action.DELIVER in allowed, box != Box.PROCESSING
    return {
        "dossier": dossier,
        "listing": listing,
        "box": box.value,
        "tile": TILES[box],
        "tiles": TILES,
        "counts": counts,
        "unhandled": unhandled,
        "lines": [line_of(row, names, allowed) for row in rows],
        "alike": model.alike(dossier, rows, own),
        "questions": model.asked(dossier, own) if Action.ANSWER_QUESTIONS in allowed else [],
        "may_answer": Action.ANSWER_QUESTIONS in allowed,
        "total": total,
        "amount": amount,
        "quick": {"": counts[box], "unhandled": waiting, "handled": counts[box] - waiting},
        "delivers": delivers,
        "upload": f"/portal/{dossier}/mailboxes/{box}/documents" if delivers and TILES[box].takes_files else "",
        "may_edit": Action.EDIT_DOCUMENTS in allowed and here,
        "may_submit": Action.SUBMIT in allowed and here,
        "may_see_history": Action.SEE_HISTORY in allowed,
        "synchronised_at": card.synchronised_at if card else None,
        "refused": refused or {},
        "default_sort": DEFAULT_SORT,
    }
