"""The booking proposals that were sent, and what became of them in the package (FEATURES I7, L2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import sending
from application.event_log import NotFoundError
from application.mailboxes import Outcome
from application.permissions import Action
from domain.booking_proposal import BOOKED, Stage
from projections.worklist import ListedProposal
from web import badges
from web.answers import Answers
from web.badges import Badge
from web.forms import Form
from web.listing import PAGE, Listing
from web.office.frame import dossier_page
from web.translations import _, explained, translate, translate_count
from web.visiting import Visitor
from web.wiring import Cell

NUMBERED = Badge("run", "hash", _("Genummerd"))
SENDING = Badge("run", "send", _("Onderweg"))
HANDED_OVER = Badge("run", "package-import", _("Afgegeven"))
ACCEPTED = Badge("ok", "check", _("Aanvaard"))
REMOVING = Badge("run", "book-off", _("Wordt verwijderd"))
STAGES: dict[str, tuple[Badge, str]] = {
    Stage.NUMBERED: (NUMBERED, _("Heeft zijn nummer en wacht op verzending.")),
    Stage.SENDING: (SENDING, _("Wordt nu aan het pakket gegeven.")),
    Stage.HANDED_OVER: (HANDED_OVER, _("Het pakket nam het aan en zegt nog niet of het geboekt is.")),
    Stage.ACCEPTED: (ACCEPTED, _("Het pakket boekte het. De bevestiging uit de boekhouding volgt.")),
    Stage.UNKNOWN: (badges.OUTCOME_UNKNOWN, _("Er kwam geen antwoord. De boekhouding wordt nagekeken.")),
    Stage.CONFIRMED: (badges.BOOKED, _("Teruggelezen uit de boekhouding.")),
    Stage.REMOVING: (REMOVING, _("Aan het pakket is gevraagd de boeking te verwijderen. Daarna staat ze terug in de werklijst.")),
}
"""Stage → how it is shown and what it means."""
NOT_FOUND = Badge("warn", "help-circle", _("Niet in het pakket"))
NOT_FOUND_MEANS = _("De boekhouding is nagekeken: de boeking staat er niet in. Je kunt ze opnieuw verzenden.")
QUICK = {
    "": _("Alles"),
    "underway": _("Onderweg"),
    "unknown": _("Antwoord onbekend"),
    "booked": _("Geboekt"),
    "removing": _("Te verwijderen"),
}


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
        lines=[(row, row.signed, *stage_of(row), removable(row)) for row in rows],
        total=total,
        amount=amount,
        quick=QUICK,
        counts=cell.models.worklist.sent_counts(dossier),
        may_send=Action.SEND in allowed,
        may_open_portal=Action.OPEN_PORTAL in allowed,
    )


@post("/office/dossiers/{dossier:uuid}/proposals/removal", sync_to_thread=True)
def remove(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Ask the package to take the chosen bookings out of the books; what cannot be is told."""
    listing = Listing.of(request, f"/office/dossiers/{dossier}/proposals")
    cell.bench.authority.require(visitor.actor, Action.SEND, dossier)
    rows = [cell.models.worklist.find(one) for one in form.ids()]
    if any(row is None or row.dossier != dossier for row in rows):
        raise NotFoundError("proposal")
    outcome = sending.remove(cell.bench, visitor.actor, form.ids(), form.text("reason"))
    return answers.redirect(visitor, listing.href, position=outcome.position, toast=_told(outcome, visitor.language))


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


def removable(row: ListedProposal) -> bool:
    """Whether the package can be asked to remove it."""
    return (row.stage in BOOKED and row.stage != Stage.REMOVING) or (row.stage == Stage.UNKNOWN and row.not_found)


def _told(outcome: Outcome, language: str) -> str:
    sentence = translate_count(*_ASKED, len(outcome.done), language) if outcome.done else translate(_("Er is niets gewijzigd."), language)
    return " · ".join([sentence, *dict.fromkeys(explained(one, language) for one in outcome.refused.values())])


_ASKED = (_("Aan het pakket is gevraagd {n} boeking te verwijderen"), _("Aan het pakket is gevraagd {n} boekingen te verwijderen"))
ROUTES = (proposals_page, resend, remove)
