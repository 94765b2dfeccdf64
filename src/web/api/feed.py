"""The event feed for one person: the public events of the dossiers in which he may read it, as CloudEvents in log order."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from application.event_log import NotFoundError
from application.permissions import Action, Actor, Forbidden, extent
from projections.public_events import PublicEvent
from web.api.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from web.visiting import Visitor
    from web.wiring import Cell


class CloudEvent(msgspec.Struct, frozen=True, kw_only=True, rename={"content_type": "datacontenttype"}):
    """CloudEvents 1.0 in JSON. `dossier` and `position` are extension attributes; `id` is stable for ever, `position` only grows."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    dossier: UUID
    position: int
    data: dict[str, Any]
    content_type: str = "application/json"
    specversion: str = "1.0"


class FeedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some events in order, and the position up to which these are all."""

    events: list[CloudEvent]
    upto: int


class Feed:
    """What one reader may read. Whether he may is asked of the log for every dossier that appears."""

    def __init__(self, cell: Cell, visitor: Visitor) -> None:
        self._cell, self._visitor = cell, visitor
        self._source = f"{cell.settings.address}/api/v1/dossiers"

    def require(self) -> None:
        """Raise `Forbidden` for who reads no feed at all: neither by his profile at the office nor as a client's administrator.

        Raises `NotFoundError` for who may no longer sign in.
        """
        actor = self._visitor.actor
        if actor.scopes is not None and Action.READ_FEED not in actor.scopes:
            raise Forbidden
        profile = self._cell.bench.authority.user(actor.user).profile
        if profile is not None and extent(profile, Action.READ_FEED) and actor.dossiers is None:
            return
        if not any(self._may(actor, dossier) for dossier in self._reach() or ()):
            raise Forbidden

    def after(self, position: int, limit: int) -> FeedPage:
        """The next events, at most `limit`. A page may hold fewer while there is more: go on from `upto`."""
        found, upto = self._cell.models.public_events.after(position, self._reach(), limit)
        allowed = {dossier for dossier in {one.dossier for one in found} if self._may(self._visitor.actor, dossier)}
        return FeedPage(events=list(self._told(one for one in found if one.dossier in allowed)), upto=upto)

    def _reach(self) -> list[UUID] | None:
        return reach_of(self._cell, self._visitor)

    def _may(self, actor: Actor, dossier: UUID) -> bool:
        try:
            self._cell.bench.authority.require(actor, Action.READ_FEED, dossier)
        except (Forbidden, NotFoundError):
            return False
        return True

    def _told(self, events: Iterable[PublicEvent]) -> Iterable[CloudEvent]:
        for one in events:
            yield CloudEvent(
                id=one.id,
                source=f"{self._source}/{one.dossier}",
                type=one.type,
                subject=one.subject,
                time=one.at,
                dossier=one.dossier,
                position=one.position,
                data=one.data,
            )
