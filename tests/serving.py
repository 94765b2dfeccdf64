"""The application behind a real granian, in a thread: for streams and for real browsers."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from granian.constants import Interfaces
from granian.server.embed import Server

from web.app import end_streams

if TYPE_CHECKING:
    from litestar import Litestar

PATIENCE = 20


@contextmanager
def served(app: Litestar, port: int | None = None) -> Iterator[str]:
    """The address at which it answers, until the end of the block."""
    port = port or free_port()
    started, stop = threading.Event(), threading.Event()

    async def serve() -> None:
        server = Server(app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
        serving = asyncio.create_task(server.serve())
        started.set()
        while not stop.is_set() and not serving.done():  # noqa: ASYNC110 - told from another thread
            await asyncio.sleep(0.02)
        await end_streams(app)
        server.stop()  # type: ignore[no-untyped-call]  # granian gives no types here
        await serving

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="granian")
    thread.start()
    try:
        started.wait(PATIENCE)
        _await_answer(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        thread.join(PATIENCE)


def free_port() -> int:
    """One nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(port: int) -> None:
    for _ in range(PATIENCE * 50):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            threading.Event().wait(0.02)
        else:
            return
    raise TimeoutError(port)
