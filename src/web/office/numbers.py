"""The document numbers of a dossier: per journal and book year from which to which, and the void ones with who and why (FEATURES K7)."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.permissions import Action
from projections.document_numbers import VoidNumber
from web import formats
from web.answers import Answers
from web.office.frame import DossierPage, dossier_page
from web.translations import _, translate
from web.visiting import Visitor
from web.wiring import Cell

SHOWN = 500
MOST = 100_000
"""Void numbers of the file."""
COLUMNS = (_("Dagboek"), _("Boekjaar"), _("Nummer"), _("Gegeven op"), _("Gegeven door"), _("Vervallen op"), _("Door"), _("Waarom"))


@get("/office/dossiers/{dossier:uuid}/numbers", sync_to_thread=True)
def numbers_page(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]
) -> Response[str]:
    """The page."""
    fresh = answers.caught_up(visitor, cell.models.document_numbers)
    page = _page(cell, visitor, dossier)
    void = cell.models.document_numbers.void(dossier, limit=SHOWN)
    return answers.page(
        visitor,
        "office/numbers.html",
        page.frame,
        updating=not fresh,
        card=page.card,
        package=page.package,
        books=cell.models.document_numbers.books(dossier),
        void=void,
        shown=SHOWN,
        names=_names(cell, void),
        may_open_portal=Action.OPEN_PORTAL in cell.bench.authority.allowed(visitor.actor, dossier),
    )


@get("/office/dossiers/{dossier:uuid}/numbers/void.csv", sync_to_thread=True)
def void_file(cell: NamedDependency[Cell], visitor: NamedDependency[Visitor], dossier: FromPath[UUID]) -> Response[bytes]:
    """The void numbers, for a spreadsheet."""
    _page(cell, visitor, dossier)
    void = cell.models.document_numbers.void(dossier, limit=MOST)
    names, text = _names(cell, void), io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([translate(one, visitor.language) for one in COLUMNS])
    for one in void:
        given, gone = names.get(one.given_by, ""), names.get(one.voided_by, "")
        told = [one.number, formats.moment(one.given_at), given, formats.moment(one.voided_at), gone, one.reason]
        writer.writerow([formats.safe_cell(cell_) for cell_ in (one.journal, str(one.book_year), *told)])
    headers = {"Content-Disposition": 'attachment; filename="vervallen-nummers.csv"'}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


ROUTES = (numbers_page, void_file)


def _page(cell: Cell, visitor: Visitor, dossier: UUID) -> DossierPage:
    page = dossier_page(cell, visitor, dossier, "proposals")
    cell.bench.authority.require(visitor.actor, Action.SEE_WORKLIST, dossier)
    return page


def _names(cell: Cell, void: list[VoidNumber]) -> dict[Any, str]:
    return cell.models.directory.names({user for one in void for user in (one.given_by, one.voided_by)})
