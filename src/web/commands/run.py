"""`daybook run`: everything an office needs in one go."""

from __future__ import annotations

import socket
import time
from contextlib import nullcontext

from domain.kernel import Refused
from web.database import embedded_server
from web.output import tell
from web.settings import Settings
from web.supervisor import Supervisor


def run(settings: Settings, *, demo_office: bool) -> int:
    """Start the database, the worker and the web process, and look after them until Ctrl-C."""
    began = time.monotonic()
    _port_must_be_free(settings)
    server = None if settings.database_url else embedded_server(settings)
    with server or nullcontext():
        dsn = server.dsn if server else settings.database_url
        with Supervisor(settings, dsn) as supervisor:
            from web.commands.prepare import prepare  # noqa: PLC0415 - much to load, while web and worker do the same

            accounts = prepare(settings, dsn, lambda: supervisor.stopping, demo=demo_office)
            if supervisor.await_serving():
                seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
                tell("\n".join([f"Daybook staat klaar op {settings.address} (na {seconds} s).", *accounts, "Stoppen: Ctrl-C"]))
            supervisor.watch(server)
    tell("Gestopt.")
    return 0


def _port_must_be_free(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Refused("Poort {port} is bezet: draait Daybook al? Kies een andere met DAYBOOK_PORT.", port=settings.port) from error
