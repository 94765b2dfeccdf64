"""What is done to a selection of the worklist, and what the message about it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from application import rereading, sending, worklist
from application.event_log import NotFoundError
from application.mailboxes import Outcome, each
from application.permissions import Action
from domain.booking_proposal import ProposalCorrected, Stage
from projections.worklist import Tab
from web.translations import _, explained, translate, translate_count

if TYPE_CHECKING:
    from litestar.datastructures import MultiDict

    from web.forms import Form
    from web.listing import Listing
    from web.visiting import Visitor
    from web.wiring import Cell

MOST = 2000
"""Proposals sent in one go."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do with some rows: `do` is its name; `reason` for holding and deleting; `value` a period or journal."""

    do: str
    ids: Sequence[UUID]
    reason: str = ""
    value: str = ""

    @classmethod
    def of(cls, form: Form, ids: Sequence[UUID]) -> Act:
        """As the form says it."""
        do = form.text("do")
        return cls(do=do, ids=ids, reason=form.text(f"{do}_reason"), value=form.text(do) if do in ("period", "journal") else "")


def ids_of(cell: Cell, dossier: UUID, form: Form, tab: Tab) -> list[UUID]:
    """The selected rows, or all that are checked when the form asks to send those."""
    if form.text("do") != "send_checked":
        return form.ids()
    rows, _total, _amount = cell.models.worklist.page(dossier, tab, quick="checked", sort="date", limit=MOST)
    return [row.id for row in rows]


def perform(cell: Cell, visitor: Visitor, dossier: UUID, act: Act) -> Outcome:
    """Do it. Rows of another dossier, and acts that do not exist, are told not to exist."""
    bench, actor = cell.bench, visitor.actor
    bench.authority.require(actor, Action.SEE_WORKLIST, dossier)
    rows = [cell.models.worklist.find(one) for one in act.ids]
    if any(row is None or row.dossier != dossier for row in rows):
        raise NotFoundError("proposal")
    documents = {row.id: row.document for row in rows if row}
    acts: dict[str, Callable[[], Outcome]] = {
        "check": lambda: worklist.check_all(bench, actor, act.ids),
        "uncheck": lambda: worklist.uncheck(bench, actor, act.ids),
        "hold": lambda: worklist.hold(bench, actor, act.ids, act.reason),
        "release": lambda: worklist.release(bench, actor, act.ids),
        "delete": lambda: each(act.ids, lambda one: worklist.delete(bench, actor, one, act.reason)),
        "recognise": lambda: _by_proposal(rereading.recognise_again(bench, actor, list(documents.values())), documents),
        "send": lambda: sending.send(bench, actor, act.ids),
        "send_checked": lambda: sending.send(bench, actor, act.ids),
        "process": lambda: each(act.ids, lambda one: worklist.process_misc(bench, actor, documents[one])),
        "period": lambda: each(act.ids, lambda one: worklist.correct(bench, actor, one, ProposalCorrected(period=act.value))),
        "journal": lambda: each(act.ids, lambda one: worklist.correct(bench, actor, one, ProposalCorrected(journal=act.value))),
    }
    if act.do not in acts:
        raise NotFoundError(act.do)
    return acts[act.do]()


def _by_proposal(outcome: Outcome, documents: Mapping[UUID, UUID]) -> Outcome:
    """An outcome by document, told by the rows' own ids."""
    rows = {document: proposal for proposal, document in documents.items()}
    refused = {rows[one]: refusal for one, refusal in outcome.refused.items()}
    return msgspec.structs.replace(outcome, done=tuple(rows[one] for one in outcome.done), refused=refused)


def checked_of(cell: Cell, act: Act) -> list[UUID]:
    """Those of the rows that were checked: what holding them takes away, and undoing it gives back."""
    rows = [cell.models.worklist.find(one) for one in act.ids] if act.do == "hold" else []
    return [row.id for row in rows if row and row.stage == Stage.CHECKED]


def undo(cell: Cell, visitor: Visitor, dossier: UUID, asked: MultiDict[str]) -> Outcome:
    """Take back an act: `do` is what undoes it, `id` the rows it was about, `again` those that were checked before."""
    try:
        ids, again = ([UUID(one) for one in asked.getall(name, [])] for name in ("id", "again"))
    except ValueError as wrong:
        raise NotFoundError("proposal") from wrong
    outcome = perform(cell, visitor, dossier, Act(do=asked.get("do", ""), ids=ids))
    if not again:
        return outcome
    checked = perform(cell, visitor, dossier, Act(do="check", ids=again))
    return Outcome(position=max(outcome.position, checked.position), done=outcome.done, refused=outcome.refused | checked.refused)


def told(visitor: Visitor, listing: Listing, act: Act, outcome: Outcome, checked: Sequence[UUID] = ()) -> tuple[str, str]:
    """The message about what was done, in the person's language, and the address that undoes it (empty: it cannot be undone)."""
    one, many = _SENTENCES[act.do]
    sentence = translate_count(one, many, len(outcome.done), visitor.language) if outcome.done else ""
    if outcome.refused:
        sentence += (" · " if sentence else "") + translate_count(*_NOT_DONE, len(outcome.refused), visitor.language)
        if len(outcome.refused) == 1:
            sentence += f": {explained(next(iter(outcome.refused.values())), visitor.language)}"
    back = _UNDO.get(act.do)
    if not back or not outcome.done:
        return sentence or translate(_("Er is niets gewijzigd."), visitor.language), ""
    again = [("again", str(one)) for one in checked if one in outcome.done]
    asked = urlencode([("do", back), *(("id", str(one)) for one in outcome.done), *again])
    return sentence, f"{listing.path}/undo?{'&'.join(filter(None, (listing.query, asked)))}"


_SENTENCES = {
    "check": (_("{n} voorstel is nagekeken"), _("{n} voorstellen zijn nagekeken")),
    "uncheck": (_("{n} voorstel is niet meer nagekeken"), _("{n} voorstellen zijn niet meer nagekeken")),
    "hold": (_("{n} voorstel staat on hold"), _("{n} voorstellen staan on hold")),
    "release": (_("{n} voorstel is vrijgegeven"), _("{n} voorstellen zijn vrijgegeven")),
    "delete": (_("{n} voorstel is verwijderd"), _("{n} voorstellen zijn verwijderd")),
    "recognise": (_("{n} document wordt opnieuw herkend"), _("{n} documenten worden opnieuw herkend")),
    "send": (_("{n} voorstel is verzonden"), _("{n} voorstellen zijn verzonden")),
    "send_checked": (_("{n} voorstel is verzonden"), _("{n} voorstellen zijn verzonden")),
    "process": (_("{n} document is verwerkt"), _("{n} documenten zijn verwerkt")),
    "period": (_("De boekperiode is gewijzigd"), _("De boekperiode is gewijzigd")),
    "journal": (_("Het dagboek is gewijzigd"), _("Het dagboek is gewijzigd")),
}
_NOT_DONE = (_("{n} geweigerd"), _("{n} geweigerd"))
_UNDO = {"check": "uncheck", "hold": "release", "release": "hold"}
