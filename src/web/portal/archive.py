"""The digital archive of a client (FEATURES E3): three tabs, filters kept in the address, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.history import TYPES
from application.permissions import Action
from domain.document import Mailbox
from web import badges
from web.answers import Answers
from web.badges import Badge
from web.frames import portal_frame
from web.listing import PAGE
from web.misc_types import misc_types
from web.portal.archive_filter import PERMANENT, ArchiveListing, given, pills
from web.portal.trail import Trail, trail, window
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from datetime import date

    from projections.archive import ArchiveLine

DEFAULT_SORT = "-date"
TABS = {
    Mailbox.PURCHASE: _("Aankoopfacturen"),
    Mailbox.SALES: _("Verkoopfacturen"),
    Mailbox.MISC: _("Diverse documenten"),
    PERMANENT: _("Permanent dossier"),
}
LABEL = _("Archief")


class Row(NamedTuple):
    """A line with what its cells say."""

    line: ArchiveLine
    badge: Badge | None
    late: bool


@get("/portal/{dossier:uuid}/archive", sync_to_thread=True)
def archive_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Response[str]:
    """A tab, filtered. What cannot be read in a filter is told beside it and does not count."""
    cell.bench.authority.require(visitor.actor, Action.SEE_ARCHIVE, dossier)
    fresh = answers.caught_up(visitor, cell.models.archive)
    listing = listing_of(request, dossier)
    wanted, wrong = given(listing)
    tab = _kind(listing)
    page = cell.models.archive.page(dossier, tab, wanted, sort=listing.sort or DEFAULT_SORT, limit=PAGE, offset=listing.offset)
    today = cell.bench.now().date()
    values: dict[str, Any] = {
        "dossier": dossier,
        "listing": listing,
        "tab": tab.value,
        "shown_tab": listing.tab or Mailbox.PURCHASE.value,
        "types": TYPES,
        "misc_types": misc_types(cell, visitor.language) if tab == Mailbox.MISC else [],
        "tabs": TABS,
        "rows": [_row(line, today) for line in page.lines],
        "page": page,
        "wrong": wrong,
        "pills": pills(listing, wrong, visitor.language),
        "journals": [one for one in cell.bench.mirror.journals(dossier) if one.kind == tab],
        "periods": [one.period for one in cell.bench.mirror.periods(dossier)][::-1],
        "default_sort": DEFAULT_SORT,
    }
    return answers.page(visitor, "portal/archive.html", portal_frame(cell, visitor, dossier, "archive"), updating=not fresh, **values)


ROUTES = (archive_page,)


def listing_of(request: Request[Any, Any, Any], dossier: UUID) -> ArchiveListing:
    """What the address asks for; an unknown tab is the first."""
    wanted = ArchiveListing.of(request, f"/portal/{dossier}/archive")
    return wanted if wanted.tab in {Mailbox.SALES.value, Mailbox.MISC.value, PERMANENT} else msgspec.structs.replace(wanted, tab="")


def trail_of(cell: Cell, request: Request[Any, Any, Any], dossier: UUID, document: UUID) -> Trail:
    """Where a document stands in the tab that the address asks for."""
    listing = listing_of(request, dossier)
    offset, limit = window(listing)
    tab = _kind(listing)
    page = cell.models.archive.page(dossier, tab, given(listing)[0], sort=listing.sort or DEFAULT_SORT, limit=limit, offset=offset)
    documents = [line.document for line in page.lines]
    return trail(listing, LABEL, f"/portal/{dossier}/documents", "from=archive", documents, page.total, document)


def _kind(listing: ArchiveListing) -> Mailbox:
    """What the documents of a tab are."""
    return Mailbox.MISC if listing.tab == PERMANENT else Mailbox(listing.tab or Mailbox.PURCHASE)


def _row(line: ArchiveLine, today: date) -> Row:
    due = None if line.credit_note else line.due_date
    return Row(line, badge_of(line.paid, due, today), late(line.paid, due, today))


def late(paid: str, due: date | None, today: date) -> bool:
    """Whether something should have been paid by now."""
    return paid in ("no", "partly") and due is not None and due < today


def badge_of(paid: str, due: date | None, today: date) -> Badge | None:
    """How far something is paid; None when that is not known."""
    return badges.OVERDUE if paid == "no" and late(paid, due, today) else PAID.get(paid)


PAID = {"yes": badges.PAID, "partly": badges.PARTLY_PAID, "no": badges.TO_PAY}
"""How far a booking is paid → its badge; unknown has none."""
