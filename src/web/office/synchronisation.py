"""The books as the mirror holds them: when they were last brought over, what changed then, and doing it again (FEATURES L3)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import dossiers
from application.event_log import Moment
from application.permissions import Action
from domain.synchronisation import DossierSynchronised, SynchronisationRequested, synchronisation_of
from web.answers import Answers
from web.office.frame import dossier_page
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

LATEST = 15
KINDS = {
    "accounts": _("Rekeningen"),
    "vat_codes": _("Btw-codes"),
    "journals": _("Dagboeken"),
    "periods": _("Boekperiodes"),
    "parties": _("Tegenpartijen"),
    "bookings": _("Boekingen"),
    "booking_lines": _("Boekingslijnen"),
    "open_items": _("Openstaande posten"),
    "balances": _("Saldi"),
}
"""Kind of record of the mirror → its name."""


class Synchronisation(msgspec.Struct, frozen=True, kw_only=True):
    """One synchronisation that happened: what it added, changed and removed, by kind of record."""

    moment: Moment
    changes: tuple[tuple[str, int, int, int], ...]


@get("/office/dossiers/{dossier:uuid}/synchronisation", sync_to_thread=True)
def synchronisation_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]
) -> Response[str]:
    """The page."""
    fresh = answers.caught_up(visitor, cell.models.directory)
    page = dossier_page(cell, visitor, dossier, "synchronisation")
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    stream = cell.bench.log.stream(synchronisation_of(dossier))
    done = [one for one in stream if isinstance(one.event, DossierSynchronised)]
    asked = [one for one in stream if isinstance(one.event, SynchronisationRequested)]
    mirror = cell.bench.mirror
    periods = mirror.periods(dossier)
    held = {
        "accounts": len(mirror.accounts(dossier)),
        "vat_codes": sum(len(mirror.vat_codes(dossier, kind)) for kind in ("purchase", "sales")),
        "journals": len(mirror.journals(dossier)),
        "periods": len(periods),
    }
    return answers.page(
        visitor,
        "office/synchronisation.html",
        page.frame,
        updating=not fresh,
        card=page.card,
        package=page.package,
        held=[(KINDS[kind], count) for kind, count in held.items()],
        open_periods=sum(one.open for one in periods),
        at=mirror.synchronised_at(dossier),
        history=[_shown(one) for one in done[::-1][:LATEST]],
        waiting=bool(asked and (not done or asked[-1].position > done[-1].position)),
        asked_by=cell.models.directory.names([asked[-1].context.by]) if asked else {},
        asked=asked[-1] if asked else None,
        kinds=KINDS,
        may_synchronise=Action.SYNCHRONISE in allowed,
        may_open_portal=Action.OPEN_PORTAL in allowed,
    )


@post("/office/dossiers/{dossier:uuid}/synchronisation", sync_to_thread=True)
def synchronise(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]
) -> Redirect:
    """Ask for it."""
    position = dossiers.request_synchronisation(cell.bench, visitor.actor, dossier)
    to = f"/office/dossiers/{dossier}/synchronisation"
    return answers.redirect(visitor, to, position=position, toast=_("De synchronisatie is gevraagd."))


def _shown(moment: Moment) -> Synchronisation:
    event = moment.event
    assert isinstance(event, DossierSynchronised)  # noqa: S101 - chosen by its type
    kinds: Sequence[str] = [kind for kind in KINDS if event.added.get(kind) or event.changed.get(kind) or event.removed.get(kind)]
    changes = tuple((kind, event.added.get(kind, 0), event.changed.get(kind, 0), event.removed.get(kind, 0)) for kind in kinds)
    return Synchronisation(moment=moment, changes=changes)


ROUTES = (synchronisation_page, synchronise)
