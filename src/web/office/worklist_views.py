"""Keeping, using and changing views of the worklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import worklist_views as kept
from application.event_log import NotFoundError
from application.permissions import Action
from domain.kernel import Refused
from web.answers import Answers
from web.forms import Form
from web.office.layout import laid_out
from web.office.worklist_filter import FILTERS, NOTHING_HIDDEN, WorklistListing, listing_of
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from domain.worklist_views import WorklistViews

NO_VIEW = "-"
"""What the address says when the list is wanted without any view, also without the usual one."""


class Shown(NamedTuple):
    """A view in the menu."""

    id: UUID
    view_name: str
    href: str
    current: bool
    usual: bool


class Menu(NamedTuple):
    """The views of a person, and how the list stands to the one it shows. `everything` is the address without any."""

    views: list[Shown]
    current: Shown | None
    changed: bool
    everything: str


def menu_of(cell: Cell, visitor: Visitor, listing: WorklistListing) -> Menu:
    """What the menu of views shows."""
    views = kept.views_of(cell.bench, visitor.actor)
    shown = [
        Shown(id_, one.view_name, _address(listing.path, one.shows, id_), listing.view == str(id_), views.usual == id_)
        for id_, one in views.views.items()
    ]
    current = next((one for one in shown if one.current), None)
    changed = current is not None and views.views[current.id].shows != shows(listing)
    return Menu(shown, current, changed, f"{listing.path}?view={NO_VIEW}" if views.usual else listing.path)


def usual_address(cell: Cell, visitor: Visitor, request: Request[Any, Any, Any], path: str) -> str:
    """Where a worklist opens when the address asks for nothing: in the person's usual view. Empty: right there."""
    if request.query_params:
        return ""
    views: WorklistViews = kept.views_of(cell.bench, visitor.actor)
    return _address(path, views.views[views.usual].shows, views.usual) if views.usual in views.views else ""


def shows(listing: WorklistListing) -> str:
    """What a view of this list keeps."""
    names = ("tab", *FILTERS, "sort")
    chosen = {name: value for name in names if (value := getattr(listing, name))}
    return urlencode(chosen | {"size": listing.length, "hide": listing.hide or listing.kept_hide or NOTHING_HIDDEN})


@post("/office/dossiers/{dossier:uuid}/worklist/views", sync_to_thread=True)
def save(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Keep what the list shows: under a name as a new view, or in the view that is named by `view`."""
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    listing = laid_out(listing_of(request, dossier), request)
    view = form.id("view") or cell.bench.new_id()
    known = kept.views_of(cell.bench, visitor.actor).views.get(view)
    view_name = form.text("view_name") or (known.view_name if known else "")
    try:
        position = kept.save_view(cell.bench, visitor.actor, view, view_name, shows(listing))
    except Refused as refusal:
        return answers.redirect(visitor, listing.href, toast=refusal.sentence, problem=True, **refusal.values)
    to = _address(listing.path, shows(listing), view)
    return answers.redirect(visitor, to, position=position, toast=_("De weergave is bewaard."))


@post("/office/dossiers/{dossier:uuid}/worklist/views/{view:uuid}", sync_to_thread=True)
def change(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    view: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """What `do` says: rename a view, make it the usual one or no longer, drop it, and undo that."""
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    bench, actor = cell.bench, visitor.actor
    acts: dict[str, tuple[Callable[[], int], str]] = {
        "rename": (lambda: kept.rename_view(bench, actor, view, form.text("view_name")), _("De weergave heeft een andere naam.")),
        "usual": (lambda: kept.choose_usual_view(bench, actor, view), _("Werklijsten openen voortaan in deze weergave.")),
        "not-usual": (lambda: kept.choose_usual_view(bench, actor, None), _("Werklijsten openen voortaan met alles.")),
        "drop": (lambda: kept.drop_view(bench, actor, view), _("De weergave is verwijderd.")),
        "restore": (lambda: kept.restore_view(bench, actor, view), _("Ongedaan gemaakt.")),
    }
    act = form.text("do") or request.query_params.get("do", "")
    if act not in acts:
        raise NotFoundError(act)
    perform, toast = acts[act]
    listing = listing_of(request, dossier)
    try:
        position = perform()
    except Refused as refusal:
        return answers.redirect(visitor, listing.href, toast=refusal.sentence, problem=True, **refusal.values)
    gone = msgspec.structs.replace(listing, view=NO_VIEW)
    undo = f"{listing.path}/views/{view}?do=restore&{gone.query}" if act == "drop" else ""
    return answers.redirect(visitor, gone.href if act == "drop" else listing.href, position=position, toast=toast, undo=undo)


def _address(path: str, shown: str, view: UUID | None) -> str:
    return f"{path}?{shown}&view={view}"


ROUTES = (save, change)
