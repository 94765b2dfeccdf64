"""`daybook run`: everything an office needs in one go."""

from __future__ import annotations

import socket
from contextlib import nullcontext
from datetime import date

from domain.kernel import Refused
from web.commands import demo, first_start
from web.database import embedded_server
from web.output import tell
from web.settings import Settings
from web.supervisor import Supervisor
from web.wiring import open_cell


def run(settings: Settings, *, demo_office: bool) -> int:
    """Start the database, the worker and the web process, and look after them until Ctrl-C."""
    _port_must_be_free(settings)
    server = None if settings.database_url else embedded_server(settings)
    with server or nullcontext():
        dsn = server.dsn if server else settings.database_url
        cell = open_cell(settings, dsn, threads=2, workshop_size=0)
        try:
            if not demo_office and not first_start.is_open(cell.bench):
                raise Refused("Er is nog geen kantoor. Maak er een met `daybook init`, of start het demokantoor met `daybook run --demo`.")
            supervisor = Supervisor(settings, dsn)

            def before_serving() -> None:
                if demo_office and not first_start.is_open(cell.bench):
                    demo.seed(cell, lambda: supervisor.stopping, date.today())  # noqa: DTZ011 - the day on the operator's wall

            def when_serving() -> None:
                tell(f"\nDaybook staat klaar op {settings.address}")
                if demo_office:
                    tell("\n".join(demo.accounts()))
                tell("Stoppen: Ctrl-C")

            try:
                supervisor.run(before_serving, when_serving)
            except demo.Stopped:
                tell("Gestopt voor het demokantoor klaar was.")
        finally:
            cell.close()
    return 0


def _port_must_be_free(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Refused("Poort {port} is bezet: draait Daybook al? Kies een andere met DAYBOOK_PORT.", port=settings.port) from error
