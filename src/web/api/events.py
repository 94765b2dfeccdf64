"""The feed's two doors: pages to fetch, and a stream to listen to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, QueryParameter

from application.event_log import NotFoundError
from application.permissions import Forbidden
from web.api.feed import CloudEvent, Feed
from web.errors import BadInput
from web.newsroom import Newsroom
from web.security.door import Door
from web.streams import HEARTBEAT, HEARTBEAT_SECONDS, EventStream, Watch, event
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

BATCH = "application/cloudevents-batch+json"
MOST = 1000

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many events at most.")]
After = Annotated[int, QueryParameter(ge=0, description="The position after which to read; 0 is the beginning.")]


@get(
    "/events",
    sync_to_thread=True,
    tags=["feed"],
    operation_id="readFeed",
    responses={200: ResponseSpec(list[CloudEvent], media_type=BATCH, description="Events in log order, of the dossiers you may read.")},
)
def read_feed(cell: NamedDependency[Cell], visitor: NamedDependency[Visitor], after: After = 0, limit: Limit = 100) -> Response[bytes]:
    """The next events after a position.

    The header `X-Next-Position` says where to go on, also when the page is empty; `Link` has the whole address (rel="next").
    """
    feed = Feed(cell, visitor)
    feed.require()
    page = feed.after(after, limit)
    following = f"/api/v1/events?after={page.upto}&limit={limit}"
    headers = {"X-Next-Position": str(page.upto), "Link": f'<{following}>; rel="next"'}
    return Response(msgspec.json.encode(page.events), media_type=BATCH, headers=headers)


@get(
    "/events/stream",
    tags=["feed"],
    operation_id="streamFeed",
    responses={200: ResponseSpec(str, media_type="text/event-stream", description="One server-sent event for each CloudEvent.")},
)
async def stream_feed(
    request: Request[Any, Any, Any],
    cell: NamedDependency[Cell],
    door: NamedDependency[Door],
    newsroom: NamedDependency[Newsroom],
    visitor: NamedDependency[Visitor],
    after: After = 0,
    last_event_id: Annotated[str, HeaderParameter(name="Last-Event-ID", description="Where the stream broke off; wins from `after`.")] = "",
) -> EventStream:
    """The same events as they happen.

    `id` is the position: a client that comes back with it as `Last-Event-ID` misses nothing and gets nothing twice.
    """
    try:
        position = int(last_event_id or after)
    except ValueError as wrong:
        raise BadInput("Last-Event-ID", _("Dit is geen positie van de feed.")) from wrong
    feed = Feed(cell, visitor)
    await sync_to_thread(feed.require)
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    return EventStream(_events(feed, newsroom, door, token, position))


ROUTES = (read_feed, stream_feed)


async def _events(feed: Feed, newsroom: Newsroom, door: Door, token: str, position: int) -> AsyncIterator[bytes]:
    """From a position on, until the reader leaves, may read no more or the process stops."""
    subscription, watch = newsroom.subscribe(), Watch()
    try:
        yield HEARTBEAT
        while not newsroom.closing and not (watch.due() and not await sync_to_thread(_may_listen, feed, door, token)):
            page = await sync_to_thread(feed.after, position, MOST)
            for one in page.events:
                yield event(msgspec.json.encode(one), position=one.position)
            more, position = page.upto > position and bool(page.events), page.upto
            if not more and not await subscription.next(HEARTBEAT_SECONDS):
                yield HEARTBEAT
    finally:
        newsroom.unsubscribe(subscription)


def _may_listen(feed: Feed, door: Door, token: str) -> bool:
    """Whether the token still opens the feed."""
    if door.tokens.find(token) is None:
        return False
    try:
        feed.require()
    except (Forbidden, NotFoundError):
        return False
    return True
