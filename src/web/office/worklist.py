"""The worklist of a dossier (FEATURES I1–I5, I8): three tabs, quick filters, and what can be done with a selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import structs

from application.permissions import Action
from domain.dossier import Dossier
from domain.kernel import Refused
from domain.validation import ValidationState
from projections.worklist import STATES, Tab
from web import formats
from web.answers import Answers
from web.forms import Form
from web.misc_types import misc_types
from web.office import selection
from web.office.frame import DossierPage, dossier_page
from web.office.layout import laid_out, remember
from web.office.worklist_filter import ALWAYS, COLUMNS, QUICK, SIZES, SOMETIMES, SOURCES, WorklistListing, given, listing_of, pills
from web.office.worklist_rows import BADGES, Names, line_of
from web.office.worklist_views import menu_of, usual_address
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from projections.directory import DossierCard, Person

OFFERED = 50
"""Dossiers to move to that are offered by name."""
DEFAULT_SORT = "-date"
TABS = {Tab.PURCHASE: _("Aankoopfacturen"), Tab.SALES: _("Verkoopfacturen"), Tab.MISC: _("Diverse documenten")}


@get("/office/dossiers/{dossier:uuid}", sync_to_thread=False)
def dossier_start(dossier: FromPath[UUID]) -> Redirect:
    """A dossier opens on its worklist."""
    return Redirect(f"/office/dossiers/{dossier}/worklist", status_code=303)


@get("/office/dossiers/{dossier:uuid}/worklist", sync_to_thread=True)
def worklist_page(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Response[Any]:
    """The list."""
    if to := usual_address(cell, visitor, request, f"/office/dossiers/{dossier}/worklist"):
        cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
        return Redirect(to, status_code=303)
    fresh = answers.caught_up(visitor, cell.models.worklist)
    page = dossier_page(cell, visitor, dossier, "worklist")
    listing = laid_out(listing_of(request, dossier), request)
    values = panel(cell, visitor, page, listing)
    answer = answers.page(visitor, "office/worklist.html", page.frame, updating=not fresh, **values)
    remember(answer, request, listing)
    return answer


@post("/office/dossiers/{dossier:uuid}/worklist/selection", sync_to_thread=True, status_code=200)
def act_on_selection(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Response[Any]:
    """Do one thing to the selected rows and show the list again: what was refused says why in its own row."""
    listing = laid_out(listing_of(request, dossier), request)
    act = selection.Act.of(form, selection.ids_of(cell, dossier, form, Tab(listing.tab or Tab.PURCHASE)))
    before = selection.before(cell, act)
    outcome = selection.perform(cell, visitor, dossier, act)
    answers.wrote(visitor, outcome.position, cell.models.worklist)
    toast, undo = selection.told(visitor, listing, act, outcome, before)
    if "hx-request" not in request.headers:
        return answers.redirect(visitor, listing.href, position=outcome.position, toast=toast, undo=undo)
    page = dossier_page(cell, visitor, dossier, "worklist")
    values = panel(cell, visitor, page, listing, outcome.refused)
    return answers.fragment(visitor, "office/worklist_panel.html", toast=toast, undo=undo, frame=page.frame, **values)


@post("/office/dossiers/{dossier:uuid}/worklist/undo", sync_to_thread=True)
def undo(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
) -> Redirect:
    """Take back what was just done to a selection."""
    outcome = selection.undo(cell, visitor, dossier, request.query_params)
    answers.wrote(visitor, outcome.position, cell.models.worklist)
    return answers.redirect(visitor, listing_of(request, dossier).href, position=outcome.position, toast=_("Ongedaan gemaakt."))


def panel(
    cell: Cell, visitor: Visitor, page: DossierPage, listing: WorklistListing, refused: Mapping[UUID, Refused] | None = None
) -> dict[str, Any]:
    """Everything the panel shows."""
    dossier = page.card.id
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    tab = Tab(listing.tab or Tab.PURCHASE)
    worklist = cell.models.worklist
    narrowed, wrong = given(listing)
    today = formats.today(cell.bench.now())
    rows, total, amount = worklist.page(
        dossier,
        tab,
        quick=listing.quick or "all",
        text=listing.q,
        period=listing.period,
        narrowed=structs.replace(narrowed, late_on=today) if listing.quick == "late" else narrowed,
        sort=listing.sort or ("-received" if tab == Tab.MISC else DEFAULT_SORT),
        limit=listing.length,
        offset=listing.offset,
    )
    names = Names.of(cell, dossier, rows)
    settings = cell.bench.log.load(Dossier, dossier).state
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    periods = sorted(settings.periods, reverse=True)
    return {
        "card": page.card,
        "package": page.package,
        "listing": structs.replace(listing, promised=any(row.sla_due for row in rows)),
        "tab": tab.value,
        "tabs": [(one.value, label, getattr(page.counts, one.value)) for one, label in TABS.items()],
        "quick": QUICK,
        "sometimes": SOMETIMES,
        "counts": structs.asdict(worklist.filter_counts(dossier, tab)) | {"late": worklist.late([dossier], today)[dossier][tab].rows},
        "today": today,
        "lines": [line_of(row, names, visitor.language) for row in rows],
        "total": total,
        "present": present_of(cell, dossier, visitor.actor.user),
        "amount": amount,
        "people": cell.models.directory.names({one for row in rows for one in (row.delivered_by, row.help_by, row.help_answered_by)}),
        "colleagues": cell.models.directory.colleagues(dossier, visitor.actor.user),
        "periods": periods,
        "wrong": wrong,
        "pills": pills(listing, wrong, periods, visitor.language),
        "states": [(state, BADGES[ValidationState(state)].label) for state in STATES],
        "sources": SOURCES,
        "all_columns": COLUMNS,
        "always": ALWAYS,
        "sizes": SIZES,
        "open_periods": settings.open_periods[::-1],
        "journals": [one for one in settings.journals.values() if one.active and one.kind == tab.value],
        "views": menu_of(cell, visitor, listing),
        "first": worklist.next_unchecked(dossier, tab) if tab != Tab.MISC else None,
        "sent": worklist.sent_counts(dossier),
        "misc_types": misc_types(cell, visitor.language) if tab == Tab.MISC else [],
        "progress": worklist.sending(dossier),
        "may_edit": Action.EDIT_PROPOSALS in allowed,
        "may_move": Action.TRANSFER in allowed,
        "other_dossiers": _others(cell, visitor, dossier) if Action.TRANSFER in allowed else [],
        "may_send": Action.SEND in allowed,
        "may_open_portal": Action.OPEN_PORTAL in allowed,
        "refused": refused or {},
        "default_sort": DEFAULT_SORT,
    }


def _others(cell: Cell, visitor: Visitor, dossier: UUID) -> list[DossierCard]:
    """The first dossiers of this employee that something may move to; others are found by their number."""
    found, _total = cell.models.directory.office_dossiers(visitor.actor.user, str(visitor.profile), limit=OFFERED)
    return [one for one in found if one.id != dossier]


def present_of(cell: Cell, dossier: UUID, but: UUID) -> dict[UUID, list[Person]]:
    """Proposal → who else has it open."""
    found = cell.presence.of_dossier(dossier, but)
    known = {person.id: person for person in cell.models.directory.people({user for users in found.values() for user in users})}
    return {proposal: [known[user] for user in users if user in known] for proposal, users in found.items()}


ROUTES = (dossier_start, worklist_page, act_on_selection, undo)
