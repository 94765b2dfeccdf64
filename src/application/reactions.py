"""Whenever this happens, that is decided too: events that follow from events, appended exactly once.

What a reaction appends and the position it has reached commit together. Unlike a read model it is never replayed: a new one begins at the
log's head of that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from eventsourcing.persistence import IntegrityError, Tracking

from application.event_log import Change, ConflictError, Context, EventLog, Moment, Slice, Via
from application.following import Overtaken
from domain.kernel import Event

_ATTEMPTS = 5
_SAVE_EVERY = 500
"""Positions a reaction may pass without an event of its own before that is written down; a restart reads them again for nothing."""


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """A rule. `decide` loads what it needs and returns the changes (none: nothing follows); it is asked again when somebody was faster.

    `from_start`: a new reaction deals with everything already in the log.
    """

    name: str
    events: tuple[type[Event], ...]
    decide: Callable[[Moment, EventLog], Sequence[Change]]
    from_start: bool = False


class ReactionFollower:
    """One reaction as a follower of the log. An event it fails on is tried until it passes; the others wait, this reaction's only."""

    def __init__(self, reaction: Reaction, log: EventLog) -> None:
        self.reaction, self._log = reaction, log
        self._saved = 0

    @property
    def name(self) -> str:
        """As its position is stored."""
        return f"reaction/{self.reaction.name}"

    @property
    def events(self) -> tuple[type[Event], ...]:
        """Those it reacts to."""
        return self.reaction.events

    def position(self) -> int:
        """Where it stands; where it begins when it is new."""
        found = self._log.recorder.max_tracking_id(self.name)
        if found is None:
            found = 0 if self.reaction.from_start else self._log.recorder.safe_head()
            self._track(found)
        self._saved = found
        return found

    def take(self, after: int, piece: Slice) -> None:
        """React to each event in turn."""
        for moment in piece.events:
            self._react(moment)
        if piece.events or piece.upto - self._saved >= _SAVE_EVERY or after < self._saved:
            self._track(piece.upto)

    def _react(self, moment: Moment) -> None:
        context = Context(by=None, via=Via.JOB, correlation=moment.context.correlation, causation=moment.id)
        for _ in range(_ATTEMPTS):
            changes = [change for change in self.reaction.decide(moment, self._log) if change.events]
            if not changes:
                return
            try:
                self._log.append(*changes, context=context, tracking=Tracking(self.name, moment.position))
            except IntegrityError:
                if (self._log.recorder.max_tracking_id(self.name) or 0) >= moment.position:
                    raise Overtaken(self.name) from None
            else:
                self._saved = moment.position
                return
        raise ConflictError(changes[0].stream, None)

    def _track(self, position: int) -> None:
        try:
            self._log.recorder.insert_tracking(Tracking(self.name, position))
        except IntegrityError:
            if (self._log.recorder.max_tracking_id(self.name) or 0) > position:
                raise Overtaken(self.name) from None
        self._saved = position
