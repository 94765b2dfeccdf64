"""A world behind a real address: requests of a real browser are passed on to the application in this process."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from world import World

NOT_PASSED_ON = {"host", "connection", "content-length", "accept-encoding", "origin", "referer"}
STREAMS = "/live"
"""Answered with «no more»: nobody waits for it in these tests."""


class Passing(BaseHTTPRequestHandler):
    """Passes everything on; what the application says of itself (its own address) is put in place of the one asked."""

    protocol_version = "HTTP/1.1"
    world: World

    def do_GET(self) -> None:
        if self.path == STREAMS:
            self._answer(204, {}, b"")
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON}
        if "Origin" in self.headers:
            headers["Origin"] = Passing.world.cell.settings.address
        client = Passing.world.browser()
        got = client.request(self.command, self.path, content=body, headers=headers, follow_redirects=False)
        self._answer(got.status_code, {name: value for name, value in got.headers.multi_items() if name != "content-length"}, got.content)

    do_POST = do_GET  # noqa: N815 - the name the standard library asks for

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(world: World) -> Iterator[str]:
    """The address of the world."""
    Passing.world = world
    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
