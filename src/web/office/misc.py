"""Miscellaneous documents that an employee still takes out to keep them elsewhere (FEATURES I8)."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import misc_documents
from application.event_log import NotFoundError
from application.history import TYPES
from application.permissions import Action
from domain.document import Document
from web.answers import Answers
from web.forms import Form
from web.office.frame import dossier_page
from web.translations import _, translate_count
from web.visiting import Visitor
from web.wiring import Cell

SHOWN = 500
_FETCHED = (_("{n} document is opgehaald"), _("{n} documenten zijn opgehaald"))


@get("/office/dossiers/{dossier:uuid}/to-download", sync_to_thread=True)
def to_download_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]
) -> Response[str]:
    """The list."""
    fresh = answers.caught_up(visitor, cell.models.archive)
    page = dossier_page(cell, visitor, dossier, "worklist")
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    rows = cell.models.archive.to_download(dossier, limit=SHOWN)
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    return answers.page(
        visitor,
        "office/to_download.html",
        page.frame,
        updating=not fresh,
        card=page.card,
        package=page.package,
        rows=rows,
        types=TYPES,
        names=cell.models.directory.names({row.processed_by for row in rows}),
        may_edit=Action.EDIT_PROPOSALS in allowed,
        may_open_portal=Action.OPEN_PORTAL in allowed,
    )


@post("/office/dossiers/{dossier:uuid}/to-download", sync_to_thread=True)
def mark_fetched(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """These were taken out."""
    cell.bench.authority.require(visitor.actor, Action.EDIT_PROPOSALS, dossier)
    ids = form.ids()
    if any(cell.bench.log.load(Document, one).state.dossier != dossier for one in ids):
        raise NotFoundError("document")
    outcome = misc_documents.fetched(cell.bench, visitor.actor, ids)
    toast = translate_count(*_FETCHED, len(outcome.done), visitor.language)
    return answers.redirect(visitor, f"/office/dossiers/{dossier}/to-download", position=outcome.position, toast=toast)


ROUTES = (to_download_page, mark_fetched)
