"""What is done to a selection of a mailbox, what the message about it says, and how it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from application import mailboxes
from application.mailboxes import Outcome, each
from application.permissions import Action
from domain.document import Mailbox
from projections.mailbox import Box
from web.errors import BadInput
from web.translations import _, explained, translate, translate_count

if TYPE_CHECKING:
    from web.listing import Listing
    from web.visiting import Visitor
    from web.wiring import Cell

AT_ONCE = 500
"""Handled documents sent by one press; the rest by the next."""
UNDO_AT_ONCE = 100
"""Documents an undo can name in its address."""


class Act(NamedTuple):
    """Something to do with a selection: the sentences that tell it was done, and the act that undoes it (empty: none)."""

    one: str
    many: str
    undo: str = ""


_SENT = Act(_("{n} document is verzonden naar je accountant"), _("{n} documenten zijn verzonden naar je accountant"))
_MOVED = Act(_("{n} document is verplaatst"), _("{n} documenten zijn verplaatst"))
ACTS = {
    "handled": Act(_("{n} document is behandeld"), _("{n} documenten zijn behandeld"), "unhandled"),
    "unhandled": Act(_("{n} document is niet meer behandeld"), _("{n} documenten zijn niet meer behandeld"), "handled"),
    "delete": Act(_("{n} document is verwijderd"), _("{n} documenten zijn verwijderd"), "restore"),
    "restore": Act(_("{n} document is teruggezet"), _("{n} documenten zijn teruggezet")),
    "submit": _SENT,
    "submit_handled": _SENT,
} | {f"move_{mailbox}": _MOVED for mailbox in Mailbox}


def perform(cell: Cell, visitor: Visitor, dossier: UUID, do: str, ids: Sequence[UUID]) -> Outcome:
    """Do it; what is refused for one document does not stop the others. An act that does not exist is a `BadInput`."""
    bench, actor = cell.bench, visitor.actor
    bench.authority.require(actor, Action.SUBMIT if do.startswith("submit") else Action.EDIT_DOCUMENTS, dossier)
    match do:
        case "handled" | "unhandled":
            return each(ids, lambda one: mailboxes.mark_handled(bench, actor, one, handled=do == "handled"))
        case "delete":
            return each(ids, lambda one: mailboxes.delete(bench, actor, one))
        case "restore":
            return each(ids, lambda one: mailboxes.restore(bench, actor, one))
        case "submit" | "submit_handled":
            return mailboxes.submit(bench, actor, ids)
        case _ if do in ACTS:
            return each(ids, lambda one: mailboxes.move(bench, actor, one, Mailbox(do.removeprefix("move_"))))
    raise BadInput("do", _("Deze keuze bestaat niet."))


def all_handled(cell: Cell, dossier: UUID, box: Box) -> list[UUID]:
    """The documents that «verzenden» takes in a box: all that are handled."""
    rows, _total, _sum = cell.models.mailbox.page(dossier, box, handled=True, sort="delivered", limit=AT_ONCE)
    return [row.document for row in rows]


def told(visitor: Visitor, do: str, outcome: Outcome) -> str:
    """What was done and what was refused, in the person's language."""
    act, language = ACTS[do], visitor.language
    parts = [translate_count(act.one, act.many, len(outcome.done), language)] if outcome.done else []
    if len(outcome.refused) == 1:
        parts.append(explained(next(iter(outcome.refused.values())), language))
    elif outcome.refused:
        parts.append(translate_count(_("{n} geweigerd"), _("{n} geweigerd"), len(outcome.refused), language))
    return " · ".join(parts) or translate(_("Er is niets gewijzigd."), language)


def undo_address(listing: Listing, do: str, outcome: Outcome) -> str:
    """Where to POST to take it back; empty when that cannot be done in one go."""
    back = f"move_{listing.tab}" if do.startswith("move_") and listing.tab in set(Mailbox) else ACTS[do].undo
    if not back or not 0 < len(outcome.done) <= UNDO_AT_ONCE:
        return ""
    asked = urlencode([("do", back), *(("id", str(one)) for one in outcome.done)])
    return f"{listing.path}/undo?{'&'.join(filter(None, (listing.query, asked)))}"
