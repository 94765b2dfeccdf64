"""An answer that goes on: server-sent events, until the browser leaves, the permission ends or the process stops."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from anyio import create_task_group
from litestar import Request, Response
from litestar.response.base import ASGIResponse

if TYPE_CHECKING:
    from anyio.abc import TaskGroup
    from litestar.types import Receive, Scope, Send

HEARTBEAT = b": \n\n"
"""A comment: proxies do not take the silence for the end, and a browser that has left is noticed."""
HEARTBEAT_SECONDS = 15.0
"""How long a stream may be silent."""
LOOK_EVERY = 10.0
"""Seconds after which a stream makes sure again that its reader may still listen, whether there is news or not."""


class Watch:
    """Tells by the clock when it is time to make sure again; made when the reader has just been admitted."""

    def __init__(self) -> None:
        self._looked = time.monotonic()

    def due(self) -> bool:
        """Whether it is time; if so, the reader is taken to be looked at now."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return False
        self._looked = now
        return True


def event(data: bytes, *, name: str = "", position: int | None = None) -> bytes:
    """One event; `data` is one line."""
    head = (f"event: {name}\n" if name else "") + (f"id: {position}\n" if position is not None else "")
    return head.encode() + b"data: " + data + b"\n\n"


class EventStream(Response[None]):
    """Sends what `pieces` yields, as it comes."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        super().__init__(None, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self._pieces = pieces

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **_: Any) -> ASGIResponse:  # noqa: ARG002 - Litestar's signature
        """The answer to send."""
        return _Streaming(self._pieces, self.headers)


class _Streaming(ASGIResponse):
    """Litestar's own streaming answer waits for the browser to leave even when everything has been sent; this one ends by itself."""

    _should_set_content_length = False

    def __init__(self, pieces: AsyncIterator[bytes], headers: dict[str, Any]) -> None:
        super().__init__(headers=headers, media_type="text/event-stream")
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        await self.start_response(send)
        async with create_task_group() as tasks:
            tasks.start_soon(self._send, send, tasks)
            while (await receive())["type"] != "http.disconnect":
                pass
            tasks.cancel_scope.cancel()

    async def _send(self, send: Send, tasks: TaskGroup) -> None:
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        tasks.cancel_scope.cancel()
