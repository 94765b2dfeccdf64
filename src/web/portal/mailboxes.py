"""The client's mailboxes (FEATURES B1, B2, B7, B8, B10): tiles, one list, and what can be done with a selection."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import mailboxes
from application.mailboxes import Outcome, each
from application.permissions import Action, Extent
from domain.document import Progress
from projections.mailbox import Box, MailboxRow
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import portal_frame
from web.listing import PAGE, Listing
from web.portal.states import badge_of
from web.translations import _, translate, translate_count
from web.visiting import Visitor
from web.wiring import Cell

TILES = {
    Box.PURCHASE: (_("Aankoop"), "shopping-cart", _("Sleep aankoopfacturen hierheen")),
    Box.SALES: (_("Verkoop"), "receipt", _("Sleep verkoopfacturen hierheen")),
    Box.MISC: (_("Divers"), "folder", _("Sleep andere documenten hierheen")),
    Box.TO_SEND: (_("Te verzenden"), "send", _("Behandeld en klaar")),
    Box.PROCESSING: (_("In verwerking"), "progress", _("Bij je accountant")),
}
"""Box → name, icon, one line."""

CHANNELS = {
    "upload": ("upload", _("Upload")),
    "api": ("plug-connected", _("API")),
    "mail": ("mail", _("E-mail")),
    "peppol": ("affiliate", _("Peppol")),
    "scan": ("scan", _("Scanner")),
    "photo": ("camera", _("Foto")),
    "dropbox": ("brand-dropbox", _("Dropbox")),
}
"""Channel → icon, name."""


class Act(NamedTuple):
    """Something done to a selection: the sentences that tell it, and what undoes it (empty: nothing)."""

    one: str
    many: str
    undo: str


ACTS = {
    "handled": Act(_("{n} document is behandeld"), _("{n} documenten zijn behandeld"), "unhandled"),
    "unhandled": Act(_("{n} document is niet meer behandeld"), _("{n} documenten zijn niet meer behandeld"), "handled"),
    "delete": Act(_("{n} document is verwijderd"), _("{n} documenten zijn verwijderd"), "restore"),
    "restore": Act(_("{n} document is teruggezet"), _("{n} documenten zijn teruggezet"), ""),
    "submit": Act(_("{n} document is verzonden naar je accountant"), _("{n} documenten zijn verzonden naar je accountant"), ""),
    "submit_handled": Act(_("{n} document is verzonden naar je accountant"), _("{n} documenten zijn verzonden naar je accountant"), ""),
}


class Line(NamedTuple):
    """A row as the list shows it."""

    row: MailboxRow
    badge: Any
    channel_icon: str
    channel: str
    by: str
    can: str


@get("/portal/{dossier:uuid}/mailboxes", sync_to_thread=True)
def mailbox_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Response[str]:
    """The tiles and the list of one box."""
    fresh = answers.caught_up(visitor, cell.models.mailbox)
    frame = portal_frame(cell, visitor, dossier, "mailboxes")
    values = _panel(cell, visitor, dossier, listing_of(request, dossier))
    return answers.page(visitor, "portal/mailboxes.html", frame, updating=not fresh, **values)


@post("/portal/{dossier:uuid}/mailboxes/selection", sync_to_thread=True)
def act_on_selection(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Do one thing to the selected documents; what is refused stays, and the first reason is told."""
    listing = listing_of(request, dossier)
    do = form.text("do")
    if do not in ACTS:
        raise BadInput("do", _("Deze keuze bestaat niet."))
    outcome = _perform(cell, visitor, dossier, do, form.ids())
    act, count = ACTS[do], len(outcome.done)
    told = translate_count(act.one, act.many, count, visitor.language) if count or not outcome.refused else ""
    reasons = [translate(one.sentence, visitor.language, **one.values) for one in outcome.refused.values()]
    undo_href = _undo_address(listing, act.undo, outcome) if act.undo and outcome.done else ""
    sentence = " · ".join(filter(None, [told, *dict.fromkeys(reasons)]))
    return answers.redirect(
        visitor, listing.href, position=outcome.position, toast="{told}", undo=undo_href, problem=bool(reasons), told=sentence
    )


@post("/portal/{dossier:uuid}/mailboxes/undo", sync_to_thread=True)
def undo(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Redirect:
    """Take back what was just done to a selection."""
    do = str(request.query_params.get("do", ""))
    if do not in ACTS:
        raise BadInput("do", _("Deze keuze bestaat niet."))
    ids = [UUID(one) for one in request.query_params.getall("id", [])]
    outcome = _perform(cell, visitor, dossier, do, ids)
    return answers.redirect(visitor, listing_of(request, dossier).href, position=outcome.position, toast=_("Ongedaan gemaakt."))


ROUTES = (mailbox_page, act_on_selection, undo)


def listing_of(request: Request[Any, Any, Any], dossier: UUID) -> Listing:
    """What the address asks for; `tab` is the box, empty for purchases."""
    wanted = Listing.of(request, f"/portal/{dossier}/mailboxes")
    known = wanted.tab in {box.value for box in Box} - {Box.PURCHASE.value}
    return wanted if known else msgspec.structs.replace(wanted, tab="")


def only_by(cell: Cell, visitor: Visitor, dossier: UUID) -> UUID | None:
    """Whose documents this person sees: his own when he only delivers, else everybody's. Refuses who may not see mailboxes."""
    extent = cell.bench.authority.require(visitor.actor, Action.SEE_MAILBOXES, dossier)
    return visitor.actor.user if extent == Extent.OWN else None


def _panel(cell: Cell, visitor: Visitor, dossier: UUID, listing: Listing) -> dict[str, Any]:
    own = only_by(cell, visitor, dossier)
    box = Box(listing.tab or Box.PURCHASE)
    model = cell.models.mailbox
    quick = {"unhandled": False, "handled": True}.get(listing.quick)
    rows, total, amount = model.page(
        dossier,
        box,
        only_by=own,
        text=listing.q,
        handled=quick,
        sort=listing.sort or "-delivered",
        limit=PAGE,
        offset=listing.offset,
    )
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    names = cell.models.directory.names({row.delivered_by for row in rows})
    counts = model.counts(dossier, own)
    return {
        "dossier": dossier,
        "listing": listing,
        "box": box.value,
        "tiles": [(one.value, *words, counts[one], one in _TAKES_FILES and Action.DELIVER in allowed) for one, words in TILES.items()],
        "tile": TILES[box],
        "takes_files": box in _TAKES_FILES and Action.DELIVER in allowed,
        "lines": [_line(row, names, allowed) for row in rows],
        "total": total,
        "amount": amount,
        "handled": counts[Box.TO_SEND],
        "may_edit": Action.EDIT_DOCUMENTS in allowed and box != Box.PROCESSING,
        "may_submit": Action.SUBMIT in allowed and box != Box.PROCESSING,
        "synchronised_at": card.synchronised_at if (card := cell.models.directory.dossier(dossier)) else None,
    }


_TAKES_FILES = frozenset({Box.PURCHASE, Box.SALES, Box.MISC})


def _line(row: MailboxRow, names: dict[UUID, str], allowed: frozenset[Action]) -> Line:
    icon, channel = CHANNELS[row.channel]
    can = []
    if row.submitted_at is None and Action.EDIT_DOCUMENTS in allowed:
        can += ["delete", "handled"]
    if row.submitted_at is None and Action.SUBMIT in allowed and row.progress != Progress.UNUSABLE:
        can.append("submit")
    by = names.get(row.delivered_by, "") if row.delivered_by else ""
    return Line(row, badge_of(row), icon, channel, by, " ".join(can))


def _perform(cell: Cell, visitor: Visitor, dossier: UUID, do: str, ids: list[UUID]) -> Outcome:
    bench, actor = cell.bench, visitor.actor
    match do:
        case "handled" | "unhandled":
            return each(ids, lambda one: mailboxes.mark_handled(bench, actor, one, handled=do == "handled"))
        case "delete":
            return each(ids, lambda one: mailboxes.delete(bench, actor, one))
        case "restore":
            return each(ids, lambda one: mailboxes.restore(bench, actor, one))
        case "submit_handled":
            rows, _count, _sum = cell.models.mailbox.page(dossier, Box.TO_SEND, limit=SUBMIT_AT_ONCE)
            return mailboxes.submit(bench, actor, [row.document for row in rows])
    return mailboxes.submit(bench, actor, ids)


SUBMIT_AT_ONCE = 500
"""Handled documents sent by one press; the rest by the next."""


def _undo_address(listing: Listing, do: str, outcome: Outcome) -> str:
    ids = "".join(f"&id={one}" for one in outcome.done)
    return f"{listing.path}/undo?{listing.query}&do={do}{ids}" if len(outcome.done) <= UNDO_AT_ONCE else ""


UNDO_AT_ONCE = 100
"""Documents an undo can name in its address."""
