"""The web process: granian in this process, one event loop, and the threads the handlers work in."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading

from granian.constants import Interfaces
from granian.server.embed import Server

from adapters.inspection.protocol import Limits
from web.app import create_app, end_streams
from web.database import database_of
from web.logs import configure_logs
from web.parent import OWNER_ONLY, end_with_parent
from web.settings import Settings, read_settings
from web.wiring import Cell, open_cell

PATIENCE = 2.0
"""Seconds that requests in hand get when the process has to stop; streams are ended at once."""

DRAWING = Limits(cpu=5, wall=5.0)
"""What a thumbnail may cost: whoever asked for it waits, and so do the ones after him."""

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    os.umask(OWNER_ONLY)
    configure_logs()
    end_with_parent()
    settings = read_settings()
    if not settings.address.startswith("https://") and settings.secure_cookies:
        log.warning("the address %s is neither HTTPS nor this machine: browsers will refuse our cookies", settings.address)
    with database_of(settings) as dsn:
        cell = open_cell(settings, dsn, threads=settings.web_threads, workshop_size=1, limits=DRAWING)
        try:
            asyncio.run(_serve(cell, settings))
        finally:
            cell.close()


async def _serve(cell: Cell, settings: Settings) -> None:
    app = create_app(cell)
    server = Server(app, address=settings.host, port=settings.port, interface=Interfaces.ASGI, log_enabled=False)
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    log.info("serving on %s", settings.address)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait([serving, asyncio.create_task(stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
    _cut_off_later()
    await end_streams(app)  # granian waits for every request, and a stream never ends by itself
    server.stop()  # type: ignore[no-untyped-call]  # granian gives no types here
    await serving


def _cut_off_later() -> None:
    """Whatever holds on longer than `PATIENCE` is cut off: what was acknowledged is durable already."""
    end = threading.Timer(PATIENCE, os._exit, (0,))
    end.daemon = True
    end.start()


if __name__ == "__main__":
    main()
