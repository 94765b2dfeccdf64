"""The document of a proposal in a window of its own, beside the fields on another screen (FEATURES J1)."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.worklist import visible_proposal
from domain.document import Document
from web.answers import Answers
from web.office.annotation_page import shown_beside
from web.office.frame import dossier_page
from web.visiting import Visitor
from web.wiring import Cell


@get("/office/proposals/{proposal:uuid}/window", sync_to_thread=True)
def annotation_window(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    proposal: FromPath[UUID],
) -> Response[str]:
    """The pages alone; which words are lit on them is told by the tab that opened it."""
    state = visible_proposal(cell.bench, visitor.actor, proposal)
    document = cell.bench.log.load(Document, state.document).state
    page = dossier_page(cell, visitor, state.dossier, "worklist")
    shown = shown_beside(state.document, document)
    return answers.page(visitor, "office/annotation_window.html", page.frame, document=document, shown=shown)


ROUTES = (annotation_window,)
