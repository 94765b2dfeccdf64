"""The routes of the office, and its first page."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Redirect

from application.event_log import NotFoundError
from web.office import (
    annotation,
    annotation_known,
    annotation_rate,
    annotation_window,
    articles,
    asking,
    clients,
    controlling,
    cutting,
    elsewhere,
    enrichment_settings,
    helping,
    history,
    misc,
    numbers,
    office_settings,
    people,
    present,
    proposals,
    rates,
    settings,
    synchronisation,
    upkeep,
    worklist,
    worklist_views,
)
from web.visiting import Visitor


@get("/office", sync_to_thread=False)
def first_screen(visitor: NamedDependency[Visitor]) -> Redirect:
    """The list of clients. The office does not exist for who does not work there."""
    if visitor.profile is None:
        raise NotFoundError("office")
    return Redirect("/office/clients", status_code=303)


ROUTES = (
    first_screen,
    *clients.ROUTES,
    *worklist.ROUTES,
    *worklist_views.ROUTES,
    *cutting.ROUTES,
    *elsewhere.ROUTES,
    *annotation.ROUTES,
    *annotation_known.ROUTES,
    *annotation_rate.ROUTES,
    *annotation_window.ROUTES,
    *present.ROUTES,
    *helping.ROUTES,
    *controlling.ROUTES,
    *asking.ROUTES,
    *proposals.ROUTES,
    *numbers.ROUTES,
    *misc.ROUTES,
    *synchronisation.ROUTES,
    *settings.ROUTES,
    *enrichment_settings.ROUTES,
    *articles.ROUTES,
    *people.ROUTES,
    *office_settings.ROUTES,
    *rates.ROUTES,
    *upkeep.ROUTES,
    *history.ROUTES,
)
