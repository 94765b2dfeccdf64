"""Work outside the database that an event asks for: recognise, push to the package, send a mail.

A job is a row derived from the log, so no message can be lost with a broker. It runs at least once: a handler must be harmless when it
runs again, which its job's id (the same for the same event, always) is there to help with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid5

import msgspec

from application.event_log import Context, Moment, Via
from domain.kernel import Event

JOBS_OPENED = "daybook_jobs"
"""The channel on which dispatchers are woken."""

_NAMESPACE = UUID("6f2c2a0e-0f51-4f0b-9a52-53d7f0a4c3b1")


class JobState(StrEnum):
    """Open (waiting or running), done, or failed for good until somebody retries it."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"


class JobKind(msgspec.Struct, frozen=True, kw_only=True):
    """A sort of work and the events that ask for it. `wanted` decides per event.

    After an error it is tried again in `first_wait` seconds, then twice as long each time up to `longest_wait`; at the `attempts`-th error
    it has failed.
    """

    name: str
    triggers: tuple[type[Event], ...]
    wanted: Callable[[Moment], bool] = lambda _: True
    subject: Callable[[Moment], UUID] = lambda moment: moment.stream
    attempts: int = 8
    first_wait: float = 2.0
    longest_wait: float = 900.0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work in hand. `cause` is the event's id, `attempt` counts from 1."""

    id: UUID
    kind: str
    subject: UUID
    cause: str
    position: int
    correlation: UUID | None
    attempt: int

    @property
    def context(self) -> Context:
        """Whose act it is what the job appends: the system's, following from the event."""
        return Context(by=None, via=Via.JOB, correlation=self.correlation, causation=self.cause)


Handler = Callable[[Job], None]
"""Does the work. Raise `Later` when it is too early, anything else when it went wrong."""


class Later(Exception):
    """Not yet: look again in so many seconds. Does not count as an error."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class JobRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A job as the task list shows it. `error` is the last one, `next_try` when an open one is due."""

    id: UUID
    kind: str
    subject: UUID
    cause: str
    position: int
    state: JobState
    attempts: int
    next_try: datetime
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class JobCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many jobs wait, run and have failed, and since when the oldest one that is due has been waiting."""

    waiting: int
    running: int
    failed: int
    oldest_due: datetime | None


class Jobs(Protocol):
    """The task list, for screens and the command line."""

    def failed(self) -> Sequence[JobRecord]:
        """Jobs that have failed for good, latest first."""
        ...

    def of(self, subject: UUID) -> Sequence[JobRecord]:
        """All jobs about one thing, oldest first."""
        ...

    def retry(self, job: UUID) -> bool:
        """Have a failed job tried again, from its first attempt. False when it has not failed."""
        ...

    def counts(self) -> JobCounts:
        """For the health page."""
        ...


def job_id(kind: str, cause: str) -> UUID:
    """The same for the same kind and event, however often it is derived."""
    return uuid5(_NAMESPACE, f"{kind}/{cause}")
