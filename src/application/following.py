"""Following the log: what the loop in `projections.runner` asks of whoever wants to see every event once, in order."""

from __future__ import annotations

from typing import Protocol

from application.event_log import Moment, Slice
from domain.kernel import Event


class Overtaken(Exception):
    """The follower is not where its reader thinks it is: another process moved it on. Ask for its position again."""


class Follower(Protocol):
    """Something with a position of its own in the log."""

    @property
    def name(self) -> str:
        """Unique among all followers of the cell."""
        ...

    @property
    def events(self) -> tuple[type[Event], ...]:
        """The events it wants to see; none named: all."""
        ...

    def position(self) -> int:
        """Up to where it has seen the log."""
        ...

    def take(self, after: int, piece: Slice) -> None:
        """Deal with the next stretch, and remember in the same transaction that it was seen up to `piece.upto`.

        Raises `Overtaken`, having done nothing, when it no longer stands at `after`. Any other exception means it will be asked again.
        """
        ...


def wants(follower: Follower, moment: Moment) -> bool:
    """Whether this event is among those the follower wants to see."""
    return not follower.events or isinstance(moment.event, follower.events)
