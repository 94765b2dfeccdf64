"""The application itself behind a real port, with the worker's part done beside it, for a real browser."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server

from web import browser_files
from web.app import end_streams
from world import PASSWORD, World, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"
DESK, LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """The address at which this world answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = threading.Event()
    stop: list[asyncio.Event] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        server = Server(world.app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
        loops.append(asyncio.get_running_loop())
        stop.append(asyncio.Event())
        serving = asyncio.create_task(server.serve())
        running.set()
        await stop[0].wait()
        await end_streams(world.app)
        server.stop()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert running.wait(10)
    here = f"http://127.0.0.1:{port}"
    _until_it_answers(here)
    yield here
    loops[0].call_soon_threadsafe(stop[0].set)
    thread.join(10)
    assert not thread.is_alive()


def _until_it_answers(here: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{here}/sign-in", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(here)


class Desk:
    """A browser tab in which somebody works in the bakery's portal."""

    def __init__(self, page: Page, here: str, world: World) -> None:
        self.page, self.here, self.world = page, here, world
        self.portal = f"{here}/portal/{world.bakery}"

    def sign_in(self, key: str) -> Desk:
        self.page.goto(f"{self.here}/sign-in")
        self.page.fill("#email", address(key))
        self.page.fill("#password", PASSWORD)
        self.page.get_by_role("button", name="Aanmelden").click()
        self.page.wait_for_url(f"{self.portal}/**")
        return self

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.portal}{path}")
        return self.page

    @contextmanager
    def worker(self) -> Iterator[None]:
        """Meanwhile documents are opened, read and shown."""
        done = threading.Event()

        def work() -> None:
            while not done.wait(0.1):
                self.world.settle()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def faults(self) -> list[str]:
        """What axe finds, and whether the page is wider than the window."""
        self.page.evaluate("document.fonts.ready")
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")
        faults = [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return [*faults, *([f"{wide} px too wide"] if wide > 0 else [])]


@pytest.fixture
def desk(page: Page, served: str, world: World) -> Desk:
    page.set_viewport_size(LAPTOP)
    return Desk(page, served, world)
