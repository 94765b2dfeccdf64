"""The frame of a dossier's pages in the office, with what is waiting behind its tabs and how fresh its books are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec

from application.event_log import NotFoundError
from projections.worklist import WorklistCounts
from web.frames import office_frame

if TYPE_CHECKING:
    from projections.directory import DossierCard
    from web.pages import Frame
    from web.visiting import Visitor
    from web.wiring import Cell


class DossierPage(NamedTuple):
    """What every page of a dossier starts from. `package` is the accounting package's name as people read it."""

    frame: Frame
    card: DossierCard
    counts: WorklistCounts
    package: str


def dossier_page(cell: Cell, visitor: Visitor, dossier: UUID, tab: str) -> DossierPage:
    """Raises `NotFoundError` for who does not reach the dossier."""
    frame = office_frame(cell, visitor, "clients", dossier, tab)
    card = cell.models.directory.dossier(dossier)
    if card is None:
        raise NotFoundError(f"dossier {dossier}")
    counts = cell.models.worklist.counts([dossier])[dossier]
    shown = {"worklist": counts.purchase + counts.sales + counts.misc, "proposals": counts.sent}
    menu = tuple(
        msgspec.structs.replace(item, count=shown[key]) if (key := item.href.rpartition("/")[2]) in shown else item
        for item in frame.dossier_menu
        if not item.href.startswith("/portal/")  # a button at the end of the bar
    )
    return DossierPage(msgspec.structs.replace(frame, dossier_menu=menu), card, counts, card.package.capitalize())
