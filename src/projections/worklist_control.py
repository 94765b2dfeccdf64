"""What a row of the worklist knows about quality control (FEATURES N5), and the questions about it over all dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from application.event_log import Moment
from domain.quality_control import ControlPassed, ControlRemarked, PickedForControl
from projections.worklist_help import HelpedRow

CONTROL_EVENTS = (PickedForControl, ControlPassed, ControlRemarked)
CONTROL_COLUMNS = """,
    checked_by uuid, control text NOT NULL, control_of uuid, control_by uuid, control_remark text NOT NULL, control_at timestamptz
"""
CONTROL_INDEX = "CREATE INDEX worklist_control ON worklist (control, dossier, control_at) WHERE control <> '' AND place <> '';"
_BY = "by "


class ControlledRow(HelpedRow, frozen=True, kw_only=True):
    """`checked_by` checked it last; `control` is waiting, passed, remarked or empty (not drawn); `control_of` is whose work it is."""

    checked_by: UUID | None = None
    control: str = ""
    control_of: UUID | None = None
    control_by: UUID | None = None
    control_remark: str = ""
    control_at: datetime | None = None


def control_changes(moment: Moment) -> dict[str, Any]:
    """What an event of the control's stream changes in the row."""
    told: dict[str, Any] = {"control_at": moment.at}
    match moment.event:
        case PickedForControl(employee=employee):
            return told | {"control": "waiting", "control_of": employee}
        case ControlPassed():
            return told | {"control": "passed", "control_by": moment.context.by, "control_remark": ""}
        case ControlRemarked(remark=remark):
            return told | {"control": "remarked", "control_by": moment.context.by, "control_remark": remark}
    return {}


def control_places(row: ControlledRow) -> Iterator[str]:
    """Where the row counts in the figures about employees."""
    if row.checked_by:
        yield f"{_BY}{row.checked_by}/checked"
    if row.control and row.control_of:
        yield f"{_BY}{row.control_of}/{row.control}"


class Figures(NamedTuple):
    """Of one employee: proposals he checked last, drawn and still waiting, found right, remarked on."""

    checked: int = 0
    waiting: int = 0
    passed: int = 0
    remarked: int = 0

    @property
    def controlled(self) -> int:
        """What a colleague has looked at."""
        return self.passed + self.remarked


ASK_FIGURES = f"""
SELECT substr(place, {len(_BY) + 1}, 36)::uuid, substr(place, {len(_BY) + 38}), sum(count)::bigint
FROM tallies WHERE place >= '{_BY}' AND place < '{_BY}g' GROUP BY 1, 2
"""
"""A person's id follows, and none of its digits comes after f."""
_REACH = "place <> '' AND (%(reach)s::uuid[] IS NULL OR dossier = ANY (%(reach)s))"
COUNT_CONTROL = f"SELECT count(*) FROM worklist WHERE control = 'waiting' AND {_REACH} AND control_of <> %(user)s"
_GROUPS = {
    "": "control = 'waiting' AND control_of <> %(user)s",
    "mine": "control = 'remarked' AND control_of = %(user)s",
    "done": "control IN ('passed', 'remarked') AND control_of <> %(user)s",
}


def listed(group: str) -> tuple[str, str]:
    """Rows to control, own rows with a remark, or what was controlled, the longest waiting (or latest done) first: source and order."""
    order = "control_at, id" if not group else "control_at DESC, id"
    return f"worklist w WHERE {_GROUPS.get(group, _GROUPS[''])} AND {_REACH} ORDER BY {order} LIMIT 500", order
