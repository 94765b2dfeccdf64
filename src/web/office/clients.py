"""The clients of the office: where work is waiting, and opening a new dossier (FEATURES G1, H)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from application import dossiers
from application.permissions import Action, extent
from domain.booking_period import BookingPeriod, parse_booking_period
from domain.kernel import Refused
from projections.worklist import Tab
from web import formats
from web.answers import Answers
from web.forms import Form
from web.frames import office_frame
from web.listing import PAGE, Listing
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

PACKAGE = "sandbox"
"""The package a new dossier is kept in: the only one linked so far."""


@get("/office/clients", sync_to_thread=True)
def clients_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
) -> Response[Any]:
    """The dossiers this employee reaches; a search that finds a single one goes there."""
    fresh = answers.caught_up(visitor, cell.models.directory, cell.models.worklist)
    frame = office_frame(cell, visitor, "clients")
    listing = Listing.of(request, "/office/clients")
    values = _values(cell, visitor, listing)
    if listing.q and len(values["cards"]) == 1:
        return answers.redirect(visitor, f"/office/dossiers/{values['cards'][0].id}/worklist")
    return answers.page(visitor, "office/clients.html", frame, updating=not fresh, typed={}, refusal=None, **values)


@post("/office/clients", sync_to_thread=True)
def open_dossier(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    form: NamedDependency[Form],
) -> Response[Any]:
    """A new dossier, with its books from a first period on up to this year; refused, the form comes back as it was."""
    frame = office_frame(cell, visitor, "clients")
    cell.bench.authority.require_office(visitor.actor, Action.OPEN_DOSSIERS)
    typed = {name: form.text(name) for name in ("name", "vat_number", "first_period")}
    try:
        dossier = _open(cell, visitor, typed)
    except Refused as refusal:
        values = _values(cell, visitor, Listing.of(request, "/office/clients"))
        return answers.page(visitor, "office/clients.html", frame, status=409, typed=typed, refusal=refusal, **values)
    position = dossiers.request_synchronisation(cell.bench, visitor.actor, dossier)
    toast = _("Dossier {name} is toegevoegd.")
    to = f"/office/dossiers/{dossier}/settings"
    return answers.redirect(visitor, to, position=position, toast=toast, name=typed["name"])


def _open(cell: Cell, visitor: Visitor, typed: dict[str, str]) -> UUID:
    first = parse_booking_period(typed["first_period"])
    dossier = dossiers.open_dossier(
        cell.bench,
        visitor.actor,
        name=typed["name"],
        vat_number=typed["vat_number"],
        package=PACKAGE,
        package_code="".join(sign for sign in typed["vat_number"] if sign.isdecimal()),
        first_period=str(first),
    )
    year = BookingPeriod(first.year + 1, first.month)
    today = cell.bench.now()
    while (year.year, year.month) <= (today.year, today.month):
        dossiers.open_book_year(cell.bench, visitor.actor, dossier, str(year))
        year = BookingPeriod(year.year + 1, year.month)
    return dossier


def _values(cell: Cell, visitor: Visitor, listing: Listing) -> dict[str, Any]:
    profile = visitor.profile.value if visitor.profile else ""
    cards, total = cell.models.directory.office_dossiers(visitor.actor.user, profile, text=listing.q, limit=PAGE, offset=listing.offset)
    may = {action for action in (Action.OPEN_DOSSIERS, Action.OPEN_PORTAL) if visitor.profile and extent(visitor.profile, action)}
    return {
        "listing": listing,
        "cards": cards,
        "total": total,
        "counts": cell.models.worklist.counts([card.id for card in cards]),
        "late": _late(cell, [card.id for card in cards]),
        "people": cell.models.directory.names({card.manager for card in cards}),
        "may_open": Action.OPEN_DOSSIERS in may,
        "may_open_portal": Action.OPEN_PORTAL in may,
        "this_year": f"01/{cell.bench.now():%Y}",
    }


def _late(cell: Cell, dossiers: Sequence[UUID]) -> dict[UUID, Breach]:
    """What should have been processed before today, of all tabs together."""
    found = cell.models.worklist.late(dossiers, formats.today(cell.bench.now()))
    return {
        one: Breach(
            sum(late.rows for late in tabs.values()),
            min((late.oldest for late in tabs.values() if late.oldest), default=None),
            max(tabs, key=lambda tab: tabs[tab].rows),
        )
        for one, tabs in found.items()
    }


class Breach(NamedTuple):
    """How many documents of a dossier are late, since which day, and the tab that has most of them."""

    rows: int
    oldest: date | None
    tab: Tab


ROUTES = (clients_page, open_dossier)
