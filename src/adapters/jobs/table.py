"""The table of open jobs: leasing, running, finishing, failing, retrying. All moments are the database's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from application.jobs import JOBS_OPENED, Job, JobCounts, JobRecord, JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from application.cell_database import CellDatabase

_LEASE = """
UPDATE open_jobs SET leased_by = %(worker)s, lease = gen_random_uuid(), started = false,
       leased_until = now() + make_interval(secs => %(secs)s)
WHERE id IN (
    SELECT id FROM open_jobs
    WHERE state = 'open' AND next_try <= now() AND kind = ANY(%(kinds)s) AND coalesce(leased_until, '-infinity') <= now()
    ORDER BY next_try, position
    LIMIT greatest(0, %(room)s - (
        SELECT count(*) FROM open_jobs WHERE state = 'open' AND leased_by = %(worker)s AND NOT started AND leased_until > now()))
    FOR UPDATE SKIP LOCKED)
RETURNING id, lease
"""
_TAKE = """
UPDATE open_jobs SET leased_by = %s, lease = %s, started = true, attempts = attempts + 1, leased_until = now() + make_interval(secs => %s)
WHERE id = %s AND lease = %s AND state = 'open'
RETURNING id, kind, subject, cause, position, correlation, attempts
"""
_AGAIN = """
UPDATE open_jobs SET next_try = now() + make_interval(secs => %s), attempts = attempts - %s, error = coalesce(%s, error),
       leased_until = NULL, leased_by = NULL, lease = NULL, started = false
WHERE id = %s AND lease = %s AND state = 'open'
"""
_END = """
UPDATE open_jobs SET state = %s, error = coalesce(%s, error), finished_at = now(),
       leased_until = NULL, leased_by = NULL, lease = NULL, started = false
WHERE id = %s AND lease = %s AND state = 'open'
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE state = 'open' AND NOT running), count(*) FILTER (WHERE state = 'open' AND running),
       count(*) FILTER (WHERE state = 'failed'), min(next_try) FILTER (WHERE state = 'open' AND NOT running AND next_try <= now())
FROM (SELECT state, next_try, started AND leased_until > now() AS running FROM open_jobs WHERE state IN ('open', 'failed')) AS jobs
"""
_RECORDS = f"SELECT {', '.join(JobRecord.__struct_fields__)} FROM open_jobs "  # noqa: S608 - our own field names


class JobTable:
    """The open jobs of one cell, as worker process `worker` (random) handles them. `secs` are seconds."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database
        self.worker = uuid4()

    def lease(self, kinds: Sequence[str], room: int, secs: float) -> list[tuple[UUID, UUID]]:
        """Due jobs and their leases, as many as make `room` that this process has leased without having started them."""
        values = {"worker": self.worker, "secs": secs, "kinds": list(kinds), "room": room}
        with self._database.transaction() as db:
            return db.execute(_LEASE, values).fetchall()

    def take(self, job: UUID, lease: UUID, secs: float) -> tuple[Job, UUID] | None:
        """Start a leased job under a lease of its own; None when somebody else has it, or it is done."""
        own = uuid4()
        with self._database.transaction() as db:
            row = db.execute(_TAKE, (self.worker, own, secs, job, lease)).fetchone()
        if row is None:
            return None
        identity, kind, subject, cause, position, correlation, attempt = row
        found = Job(id=identity, kind=kind, subject=subject, cause=cause, position=position, correlation=correlation, attempt=attempt)
        return found, own

    def renew(self, leases: Sequence[UUID], secs: float) -> None:
        """Keep running jobs a while longer."""
        with self._database.transaction() as db:
            db.execute("UPDATE open_jobs SET leased_until = now() + make_interval(secs => %s) WHERE lease = ANY(%s)", (secs, list(leases)))

    def finish(self, job: UUID, lease: UUID) -> None:
        """The work is done. Without effect when the lease went to somebody else meanwhile; so with all that follow."""
        self._change(_END, (JobState.DONE, None, job, lease))

    def fail(self, job: UUID, lease: UUID, error: str) -> None:
        """It has failed for good."""
        self._change(_END, (JobState.FAILED, error, job, lease))

    def back_off(self, job: UUID, lease: UUID, secs: float, error: str) -> None:
        """It went wrong; try again in a while."""
        self._change(_AGAIN, (secs, 0, error, job, lease))

    def postpone(self, job: UUID, lease: UUID, secs: float) -> None:
        """It was too early; the attempt does not count."""
        self._change(_AGAIN, (secs, 1, None, job, lease))

    def release(self, jobs: Sequence[UUID] | None = None) -> None:
        """Give back what this process has leased and not started: these jobs, or all."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE open_jobs SET leased_until = NULL, leased_by = NULL, lease = NULL "
                "WHERE state = 'open' AND leased_by = %(worker)s AND NOT started AND (%(jobs)s::uuid[] IS NULL OR id = ANY(%(jobs)s))",
                {"worker": self.worker, "jobs": None if jobs is None else list(jobs)},
            )

    def failed(self) -> list[JobRecord]:
        """Jobs that have failed for good, latest first."""
        return self._records("WHERE state = 'failed' ORDER BY finished_at DESC", ())

    def of(self, subject: UUID) -> list[JobRecord]:
        """All jobs about one thing, oldest first."""
        return self._records("WHERE subject = %s ORDER BY position", (subject,))

    def retry(self, job: UUID) -> bool:
        """Have a failed job tried again, from its first attempt. False when it has not failed."""
        again = "UPDATE open_jobs SET state = 'open', attempts = 0, next_try = now(), finished_at = NULL WHERE id = %s AND state = 'failed'"
        with self._database.transaction() as db:
            opened = db.execute(again, (job,)).rowcount == 1
            db.execute(f"NOTIFY {JOBS_OPENED}")
        return opened

    def counts(self) -> JobCounts:
        """For the health page."""
        with self._database.transaction() as db:
            row = db.execute(_COUNTS).fetchone() or (0, 0, 0, None)
        return JobCounts(waiting=row[0], running=row[1], failed=row[2], oldest_due=row[3])

    def prune(self, days: float) -> None:
        """Forget jobs that were done so many days ago."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM open_jobs WHERE state = 'done' AND finished_at < now() - make_interval(secs => %s)", (days * 86400,))

    def _change(self, query: str, values: tuple[object, ...]) -> None:
        with self._database.transaction() as db:
            db.execute(query.encode(), values)

    def _records(self, where: str, values: tuple[object, ...]) -> list[JobRecord]:
        with self._database.transaction() as db:
            rows = db.execute((_RECORDS + where).encode(), values).fetchall()
        found = [dict(zip(JobRecord.__struct_fields__, row, strict=True)) for row in rows]
        return [JobRecord(**values | {"state": JobState(values["state"])}) for values in found]
