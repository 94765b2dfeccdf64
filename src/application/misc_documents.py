"""What the office does with miscellaneous documents (FEATURES I8): say what they are, file them, take them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.mailboxes import Outcome, each
from application.offices import office_of
from application.permissions import Action, Actor
from domain.document import Document
from domain.kernel import Event, Refused
from domain.misc_types import BASE

if TYPE_CHECKING:
    from application.workbench import Workbench


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is filed: its type (empty: none is told), in the permanent file or not, still to be downloaded or not."""

    misc_type: str = ""
    permanent: bool = False
    to_download: bool = False


def process(bench: Workbench, actor: Actor, documents: Sequence[UUID], filing: Filing) -> Outcome:
    """Done with a selection."""
    if filing.misc_type and filing.misc_type not in BASE and filing.misc_type not in office_of(bench).misc_types:
        raise Refused("Dit type bestaat niet.")
    how = {"permanent": filing.permanent, "to_download": filing.to_download}
    return each(documents, lambda one: _edit(bench, actor, one, lambda state: state.process(filing.misc_type, **how)))


def undo_processing(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """Back into the worklist: undoes `process`."""
    return each(documents, lambda one: _edit(bench, actor, one, Document.undo_processing))


def fetched(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """They were downloaded: no longer to do."""
    return each(documents, lambda one: _edit(bench, actor, one, Document.fetch))


def _edit(bench: Workbench, actor: Actor, document: UUID, decision: Callable[[Document], Sequence[Event]]) -> int:
    bench.authority.require(actor, Action.EDIT_PROPOSALS, bench.log.load(Document, document).state.dossier)
    return bench.log.decide(Document, document, decision, context=actor.context)
