"""The browser's one event stream: which areas of which dossiers changed, so that what is on the screen can be fetched again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency

from application.event_log import NotFoundError
from web.newsroom import Change, Newsroom
from web.security.door import Door
from web.streams import HEARTBEAT, HEARTBEAT_SECONDS, EventStream, Watch, event
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from collections.abc import Container


@get("/live")
async def live(
    cell: NamedDependency[Cell], door: NamedDependency[Door], newsroom: NamedDependency[Newsroom], visitor: NamedDependency[Visitor]
) -> EventStream:
    """`event: changed` with {"area": "mailbox:<dossier>", "dossier": …}, and the same once with the bare area."""
    return EventStream(_news(cell, door, newsroom, visitor))


ROUTES = (live,)


async def _news(cell: Cell, door: Door, newsroom: Newsroom, visitor: Visitor) -> AsyncIterator[bytes]:
    """Until the session ends. Watching does not keep a session alive."""
    subscription, watch = newsroom.subscribe(), Watch()
    try:
        yield HEARTBEAT
        reach = await sync_to_thread(_reach, cell, door, visitor)
        while reach is not None and not newsroom.closing:
            changes = await subscription.next(HEARTBEAT_SECONDS)
            for piece in _told(changes, reach, visitor):
                yield piece
            if not changes:
                yield HEARTBEAT
            if watch.due():
                reach = await sync_to_thread(_reach, cell, door, visitor)
    finally:
        newsroom.unsubscribe(subscription)


class Everything:
    """All dossiers, also those still to come."""

    def __contains__(self, _: object) -> bool:
        return True


def _reach(cell: Cell, door: Door, visitor: Visitor) -> Container[UUID] | None:
    """The dossiers the person has a place in; None when he is no longer signed in."""
    if visitor.session is None or not door.sessions.lives(visitor.session.key):
        return None
    try:
        person = cell.bench.authority.user(visitor.actor.user)
    except NotFoundError:
        return None
    reach = cell.models.directory.reach(visitor.actor.user, person.profile)
    return Everything() if reach is None else frozenset(reach)


def _told(changes: frozenset[Change], reach: Container[UUID], visitor: Visitor) -> list[bytes]:
    areas: list[dict[str, str | None]] = []
    for change in changes:
        if change.dossier is None:
            if visitor.profile is not None:
                areas.append({"area": change.area, "dossier": None})
        elif change.dossier in reach:
            areas.append({"area": f"{change.area}:{change.dossier}", "dossier": str(change.dossier)})
            areas.append({"area": change.area, "dossier": None})
    unique = {one["area"]: one for one in areas}
    return [event(msgspec.json.encode(one), name="changed") for one in unique.values()]
