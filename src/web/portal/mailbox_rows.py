"""The rows of a mailbox as its list shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from application.permissions import Action
from domain.document import Mailbox, Progress
from projections.mailbox import Box, MailboxRow
from web.portal.states import CHANNELS, badge_of
from web.translations import _

if TYPE_CHECKING:
    from decimal import Decimal

    from web.badges import Badge


class Tile(NamedTuple):
    """A box at the top of the page."""

    label: str
    icon: str
    hint: str
    takes_files: bool


TILES = {
    Box.PURCHASE: Tile(_("Aankoop"), "shopping-cart", _("Sleep aankoopfacturen hierheen"), True),
    Box.SALES: Tile(_("Verkoop"), "receipt", _("Sleep verkoopfacturen hierheen"), True),
    Box.MISC: Tile(_("Divers"), "folder", _("Sleep andere documenten hierheen"), True),
    Box.TO_SEND: Tile(_("Te verzenden"), "send", _("Behandeld en klaar"), False),
    Box.PROCESSING: Tile(_("In verwerking"), "progress", _("Bij je accountant"), False),
}


class Line(NamedTuple):
    """A row with what its cells say: `by` is a person's name, or the channel's when nobody is known; `can` the acts it allows."""

    row: MailboxRow
    badge: Badge
    channel_icon: str
    by: str
    amount: Decimal | None
    reading: bool
    can: str


def line_of(row: MailboxRow, names: dict[UUID, str], allowed: frozenset[Action]) -> Line:
    """One row; `names` are those of the people who delivered."""
    channel = CHANNELS[row.channel]
    amount = -row.total if row.total is not None and row.credit_note else row.total
    return Line(
        row,
        badge_of(row),
        channel.icon,
        names.get(row.delivered_by, "") if row.delivered_by else channel.label,
        amount,
        row.progress in (Progress.ARRIVED, Progress.INSPECTED),
        " ".join(_possible(row, allowed)),
    )


def _possible(row: MailboxRow, allowed: frozenset[Action]) -> list[str]:
    if row.submitted_at is not None or row.deleted:
        return []
    acts = []
    if Action.EDIT_DOCUMENTS in allowed:
        acts = ["delete", "unhandled" if row.handled else "handled", *(f"move_{one}" for one in Mailbox if one != row.mailbox)]
    if Action.SUBMIT in allowed and row.progress != Progress.UNUSABLE:
        acts.append("submit")
    return acts
