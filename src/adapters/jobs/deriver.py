"""Follows the log and opens the jobs its events ask for; rows and position commit together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from application.following import Overtaken
from application.jobs import JOBS_OPENED, JobKind, job_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from application.cell_database import CellDatabase
    from application.event_log import Moment, Slice
    from domain.kernel import Event

_MOVE = "UPDATE job_deriver_position SET position = %s WHERE position = %s"
# The jobs are derived again if a power loss takes them back together with the position: the commit need not wait for the disk.
_RELAXED = "SET LOCAL synchronous_commit = off"
_OPEN = """
INSERT INTO open_jobs (id, kind, subject, cause, position, correlation)
SELECT * FROM unnest(%b::uuid[], %b::text[], %b::uuid[], %b::text[], %b::bigint[], %b::uuid[])
ON CONFLICT (id) DO NOTHING
"""


class JobDeriver:
    """The follower that turns events into open jobs."""

    name = "jobs"

    def __init__(self, database: CellDatabase, kinds: Sequence[JobKind]) -> None:
        self._database = database
        self._kinds: dict[type[Event], list[JobKind]] = defaultdict(list)
        for kind in kinds:
            for event in kind.triggers:
                self._kinds[event].append(kind)

    @property
    def events(self) -> tuple[type[Event], ...]:
        """All triggers."""
        return tuple(self._kinds)

    def position(self) -> int:
        """Up to where jobs have been derived."""
        with self._database.transaction() as db:
            row = db.execute("SELECT position FROM job_deriver_position").fetchone()
        return int(row[0]) if row else 0

    def take(self, after: int, piece: Slice) -> None:
        """Open the jobs of this stretch and wake the dispatchers."""
        wanted = [(kind, moment) for moment in piece.events for kind in self._kinds[type(moment.event)] if kind.wanted(moment)]
        with self._database.transaction() as db:
            db.execute(_RELAXED)
            if db.execute(_MOVE, (piece.upto, after)).rowcount == 0:
                raise Overtaken(self.name)
            if wanted:
                db.execute(_OPEN, _columns(wanted))
                db.execute(f"NOTIFY {JOBS_OPENED}")


def _columns(wanted: Sequence[tuple[JobKind, Moment]]) -> tuple[list[object], ...]:
    rows = [
        (job_id(kind.name, moment.id), kind.name, kind.subject(moment), moment.id, moment.position, moment.context.correlation)
        for kind, moment in wanted
    ]
    return tuple(list(column) for column in zip(*rows, strict=True))
