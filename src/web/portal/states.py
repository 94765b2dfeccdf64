"""What a client is told about a document: one badge for where it is, from arrival to the books."""

from __future__ import annotations

from domain.booking_proposal import Stage
from domain.document import Progress
from projections.mailbox import MailboxRow
from web import badges
from web.badges import Badge
from web.translations import _

WITH_ACCOUNTANT = Badge("run", "progress", _("Bij je accountant"))
LOOKED_AT = Badge("ok", "checks", _("Nagekeken"))
KEPT_BACK = Badge("hold", "player-pause", _("Even wachten"))
UNUSABLE = Badge("bad", "file-x", _("Kan niet geopend worden"))
NOT_READ = Badge("none is-dash", "eye-off", _("Niet herkend"))

_STAGES = {
    Stage.OPEN: WITH_ACCOUNTANT,
    Stage.HELD: KEPT_BACK,
    Stage.CHECKED: LOOKED_AT,
    Stage.NUMBERED: badges.UNDERWAY,
    Stage.REFUSED: WITH_ACCOUNTANT,
    Stage.ACCEPTED: badges.BOOKED,
    Stage.CONFIRMED: badges.BOOKED,
    Stage.DELETED: badges.DELETED,
}


def badge_of(row: MailboxRow) -> Badge:
    """The badge of a document in a mailbox or in processing."""
    if row.deleted:
        return badges.DELETED
    if row.progress == Progress.UNUSABLE:
        return UNUSABLE
    if row.stage:
        return _STAGES[Stage(row.stage)]
    if row.submitted_at is not None:
        return badges.IN_PROCESSING
    if row.progress in (Progress.ARRIVED, Progress.INSPECTED):
        return badges.BEING_RECOGNISED
    if row.progress == Progress.FAILED:
        return badges.UNREADABLE
    return badges.RECEIVED if row.total is not None else NOT_READ
