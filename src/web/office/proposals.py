"""The booking proposals that were sent, and what became of them in the package (FEATURES I7, L2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import sending
from application.permissions import Action
from domain.booking_proposal import Stage
from projections.worklist import ListedProposal
from web import badges
from web.answers import Answers
from web.badges import Badge
from web.listing import PAGE, Listing
from web.office.frame import dossier_page
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

NUMBERED = Badge("run", "hash", _("Genummerd"))
SENDING = Badge("run", "send", _("Onderweg"))
HANDED_OVER = Badge("run", "package-import", _("Afgegeven"))
ACCEPTED = Badge("ok", "check", _("Aanvaard"))
STAGES: dict[str, tuple[Badge, str]] = {
    Stage.NUMBERED: (NUMBERED, _("Heeft zijn nummer en wacht op verzending.")),
    Stage.SENDING: (SENDING, _("Wordt nu aan het pakket gegeven.")),
    Stage.HANDED_OVER: (HANDED_OVER, _("Het pakket nam het aan en zegt nog niet of het geboekt is.")),
    Stage.ACCEPTED: (ACCEPTED, _("Het pakket boekte het. De bevestiging uit de boekhouding volgt.")),
    Stage.UNKNOWN: (badges.OUTCOME_UNKNOWN, _("Er kwam geen antwoord. De boekhouding wordt nagekeken.")),
    Stage.CONFIRMED: (badges.BOOKED, _("Teruggelezen uit de boekhouding.")),
}
"""Stage → how it is shown and what it means."""
NOT_FOUND = Badge("warn", "help-circle", _("Niet in het pakket"))
NOT_FOUND_MEANS = _("De boekhouding is nagekeken: de boeking staat er niet in. Je kunt ze opnieuw verzenden.")
QUICK = {"": _("Alles"), "underway": _("Onderweg"), "unknown": _("Antwoord onbekend"), "booked": _("Geboekt")}


@get("/office/dossiers/{dossier:uuid}/proposals", sync_to_thread=True)
def proposals_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Response[str]:
    """The list."""
    fresh = answers.caught_up(visitor, cell.models.worklist)
    page = dossier_page(cell, visitor, dossier, "proposals")
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    listing = Listing.of(request, f"/office/dossiers/{dossier}/proposals")
    rows, total, amount = cell.models.worklist.sent(
        dossier, quick=listing.quick, text=listing.q, period=listing.period, sort=listing.sort or "-sent", limit=PAGE, offset=listing.offset
    )
    return answers.page(
        visitor,
        "office/proposals.html",
        page.frame,
        updating=not fresh,
        card=page.card,
        package=page.package,
        listing=listing,
        lines=[(row, row.signed, *stage_of(row)) for row in rows],
        total=total,
        amount=amount,
        quick=QUICK,
        counts=cell.models.worklist.sent_counts(dossier),
        may_send=Action.SEND in allowed,
        may_open_portal=Action.OPEN_PORTAL in allowed,
    )


@post("/office/proposals/{proposal:uuid}/resend", sync_to_thread=True)
def resend(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], proposal: FromPath[UUID]
) -> Redirect:
    """A person decides to send again what the package, read back, does not hold."""
    position = sending.resend(cell.bench, visitor.actor, proposal)
    row = cell.models.worklist.find(proposal)
    to = f"/office/dossiers/{row.dossier}/proposals" if row else "/office/clients"
    return answers.redirect(visitor, to, position=position, toast=_("Het voorstel wordt opnieuw verzonden, met hetzelfde nummer."))


def stage_of(row: ListedProposal) -> tuple[Badge, str]:
    """How the stage of a sent proposal is shown, and the sentence that explains it."""
    if row.stage == Stage.UNKNOWN and row.not_found:
        return NOT_FOUND, NOT_FOUND_MEANS
    return STAGES[row.stage]


ROUTES = (proposals_page, resend)
