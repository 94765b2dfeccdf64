"""The event log as the use-cases see it: load an aggregate, append its new events, read everything in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError, ProcessRecorder, Tracking

from domain.kernel import Aggregate, Event

A = TypeVar("A", bound=Aggregate)

DEFAULT_BATCH = 500


class Via(StrEnum):
    """The door an act came through."""

    PORTAL = "portal"
    OFFICE = "office"
    API = "api"
    MAIL = "mail"
    JOB = "job"
    CLI = "cli"


class Context(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who acts, through which door, and in which chain of causes. `by` is a user's id, or None for the system itself."""

    by: UUID | None
    via: Via
    correlation: UUID | None = None
    causation: str | None = None
    """The id of the event this follows from: `<stream>/<version>`."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event with its envelope. `at` (UTC) and `position` are given by the log when it is appended."""

    stream: UUID
    version: int
    event: Event
    context: Context
    at: datetime | None = None
    position: int = 0

    @property
    def id(self) -> str:
        """Stable across rebuilds: stream and version."""
        return f"{self.stream}/{self.version}"

    @property
    def originator_id(self) -> UUID:
        """The library's name for the stream."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The library's name for the version."""
        return self.version


class Moment(Recorded, frozen=True, kw_only=True, gc=False):
    """An event as read back: time and position are known."""

    at: datetime
    position: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """New events for one stream, decided on its state at `version` (0: the stream does not exist yet)."""

    stream: UUID
    version: int
    events: Sequence[Event]


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the log: the events asked for, and the position up to which nothing more can appear."""

    events: Sequence[Moment]
    upto: int


class Loaded(msgspec.Struct, Generic[A], frozen=True, kw_only=True):
    """An aggregate's state and the version it was folded to."""

    id: UUID
    state: A
    version: int

    def change(self, events: Sequence[Event]) -> Change:
        """The given new events of this aggregate, to append with others in one go."""
        return Change(stream=self.id, version=self.version, events=events)


class NotFoundError(Exception):
    """The stream does not exist, or is not this person's to see: the two are never told apart."""


class ConflictError(Exception):
    """Somebody else was faster, twice in a row. `by` is that person, when it was one."""

    def __init__(self, stream: UUID, by: UUID | None) -> None:
        super().__init__(f"{stream} was changed at the same time")
        self.stream = stream
        self.by = by


class LogRecorder(ProcessRecorder):
    """What this application asks of its recorder beyond the library's interface."""

    def safe_head(self) -> int:
        """The position up to which no event can appear any more."""
        raise NotImplementedError

    def announce(self) -> None:
        """Wake the readers soon; losing this costs them milliseconds."""


class EventLog(Application[UUID]):
    """Streams of events in one total order. Loads aggregates and appends decisions, all or nothing over several streams."""

    name = "daybook"
    env: ClassVar[dict[str, str]] = {}

    recorder: LogRecorder

    def __init__(self, factory: InfrastructureFactory[Any]) -> None:
        self._given_factory = factory
        super().__init__()

    def construct_factory(self, env: Any) -> InfrastructureFactory[Any]:  # noqa: ARG002 - the library's signature
        """The factory this log was given, instead of one named in the environment."""
        return self._given_factory

    def construct_recorder(self) -> LogRecorder:
        """A process recorder: reactions append and track in one transaction."""
        return cast("LogRecorder", self.factory.process_recorder())

    def stream(self, stream: UUID, *, upto: int | None = None) -> list[Moment]:
        """All events of one stream in order, or the first `upto` of them."""
        return [cast("Moment", recorded) for recorded in self.events.get(stream, lte=upto)]

    def find(self, kind: type[A], stream: UUID) -> Loaded[A] | None:
        """The aggregate folded from its stream, or None when it does not exist."""
        state: A | None = None
        version = 0
        for recorded in self.events.get(stream):
            moment = cast("Moment", recorded)
            state, version = kind.evolve(state, moment.event), moment.version
        return None if state is None else Loaded(id=stream, state=state, version=version)

    def load(self, kind: type[A], stream: UUID) -> Loaded[A]:
        """As `find`, raising `NotFoundError` when it does not exist."""
        loaded = self.find(kind, stream)
        if loaded is None:
            raise NotFoundError(f"{kind.__name__} {stream}")
        return loaded

    def append(self, *changes: Change, context: Context, tracking: Tracking | None = None) -> int:
        """Append to one or several streams in one transaction; return the last position, or 0 when there was nothing to append.

        Raises the library's `IntegrityError` when a stream has moved on since it was loaded, or when `tracking` was already recorded.
        """
        new = [
            Recorded(stream=change.stream, version=change.version + number, event=event, context=context)
            for change in changes
            for number, event in enumerate(change.events, start=1)
        ]
        if not new:
            if tracking is not None:
                self.recorder.insert_tracking(tracking)
            return 0
        recordings = self.events.put(new, tracking=tracking)
        self.recorder.announce()
        return recordings[-1].notification.id

    def decide(self, kind: type[A], stream: UUID, decision: Callable[[A], Sequence[Event]], *, context: Context) -> int:
        """Load, decide, append; when somebody was faster, once more on the new state.

        Returns the position, 0 when the decision changed nothing. Raises `NotFoundError`, `ConflictError` or what the decision raises.
        """

        def attempt() -> int:
            loaded = self.load(kind, stream)
            return self.append(loaded.change(decision(loaded.state)), context=context)

        return self.twice(attempt, stream)

    def twice(self, attempt: Callable[[], int], stream: UUID, *, times: int = 2) -> int:
        """Run a load-decide-append, again on a conflict, `times` in all; then raise `ConflictError` naming who last changed `stream`."""
        for _ in range(times - 1):
            try:
                return attempt()
            except IntegrityError:
                continue
        try:
            return attempt()
        except IntegrityError as conflict:
            last = self.stream(stream)[-1:]
            raise ConflictError(stream, last[0].context.by if last else None) from conflict

    def read(self, after: int, *, limit: int = DEFAULT_BATCH, names: Sequence[str] = (), upto: int | None = None) -> Slice:
        """The next events after a position in log order, at most `limit`, of the given names (none given: all).

        Everything returned is final: no event can later appear at or below `upto` of the slice.
        """
        head = self.recorder.safe_head()
        if upto is not None:
            head = min(head, upto)
        if head <= after:
            return Slice(events=(), upto=after)
        found = self.recorder.select_notifications(after, limit, stop=head, topics=names, inclusive_of_start=False)
        events = cast("list[Moment]", [self.mapper.to_domain_event(one) for one in found])
        return Slice(events=events, upto=events[-1].position if len(events) == limit else head)
