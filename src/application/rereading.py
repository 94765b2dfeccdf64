"""Having documents read again: after a technical failure, or once recognition reads better than it did (FEATURES I3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from application.mailboxes import Outcome, each
from application.permissions import Action, Actor
from domain.booking_proposal import ON_ITS_WAY, BookingProposal, Stage, proposal_of
from domain.document import Document, Progress
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.workbench import Workbench


def recognise_again(bench: Workbench, actor: Actor, documents: Sequence[UUID]) -> Outcome:
    """Ask for another reading of a selection; jobs do it, and propose anew what nobody corrected.

    Refused for what somebody checked, what was sent and what was deleted: a person stands for those as they are.
    """
    return each(documents, lambda one: _ask(bench, actor, one))


def _ask(bench: Workbench, actor: Actor, document: UUID) -> int:
    bench.authority.require(actor, Action.EDIT_PROPOSALS, bench.log.load(Document, document).state.dossier)
    proposal = bench.log.find(BookingProposal, proposal_of(document))
    if proposal is not None:
        _must_be_open(proposal.state.stage)
    return bench.log.decide(Document, document, Document.request_recognition, context=actor.context)


def _must_be_open(stage: Stage) -> None:
    if stage in ON_ITS_WAY:
        raise Refused("Dit voorstel is al verzonden.")
    match stage:
        case Stage.CHECKED:
            raise Refused("Dit voorstel is nagekeken. Zet het eerst terug op niet nagekeken.")
        case Stage.REFUSED:
            raise Refused("Dit voorstel werd geweigerd en heeft al een nummer: pas het zelf aan.")
        case Stage.DELETED:
            raise Refused("Dit voorstel is verwijderd.")


def worth_reading_again(bench: Workbench, documents: Iterable[UUID], engine: str | None) -> Iterator[UUID]:
    """Those of these documents on which recognition broke down, whole or on a page; and those read by an older engine, if one is given."""
    for document in documents:
        state = bench.log.load(Document, document).state
        failed = state.progress == Progress.FAILED
        older = engine is not None and state.recognition is not None and generation(state.recognition.engine) < generation(engine)
        partly = state.recognition is not None and bool(state.recognition.failed)
        if (failed or partly or older) and not state.erased:
            yield document


def generation(engine: str) -> int:
    """The number of an engine: 2 for `daybook-2`. An engine without one is older than all."""
    found = re.search(r"(\d+)$", engine)
    return int(found[1]) if found else 0
