"""The mail process: receives by SMTP. It opens nothing: a message is stored and acknowledged, and a job of the worker unpacks it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import ssl

from adapters.smtp_receiver import Receiver, Reception
from application.incoming_mail import receive_mail
from application.mail_addresses import Destination, destination
from web.database import database_of
from web.logs import configure_logs
from web.parent import OWNER_ONLY, end_with_parent
from web.settings import Settings, read_settings
from web.wiring import Cell, open_cell

THREADS = 6
ENCODED = 1.4
"""How much larger a file is inside a message."""

log = logging.getLogger(__name__)


def main() -> None:
    """Receive until SIGTERM or SIGINT."""
    os.umask(OWNER_ONLY)
    configure_logs()
    end_with_parent()
    settings = read_settings()
    if not settings.mail_port or not settings.mail_domain:
        raise SystemExit("Mail ontvangen vraagt DAYBOOK_MAIL_PORT en DAYBOOK_MAIL_DOMAIN.")
    with database_of(settings) as dsn:
        cell = open_cell(settings, dsn, threads=THREADS, workshop_size=0)
        try:
            asyncio.run(_receive(cell, settings))
        finally:
            cell.close()


def receiver(cell: Cell, settings: Settings) -> Receiver[Destination]:
    """The receiver of this office's mail."""
    bench = cell.bench
    reception = Reception[Destination](
        find=lambda address: destination(bench, address, settings.mail_domain),
        keep=lambda sender, to, data: receive_mail(bench, sender, to, data),
    )
    largest = int(settings.largest_file * ENCODED)
    return Receiver(reception, host_name=settings.mail_domain, largest=largest, tls=_tls(settings))


async def _receive(cell: Cell, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    server = await loop.create_server(receiver(cell, settings).protocol, settings.mail_host, settings.mail_port)
    log.info("receiving mail for %s on port %s", settings.mail_domain, settings.mail_port)
    await stopping.wait()
    server.close()


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.mail_certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.mail_certificate, settings.mail_certificate_key)
    return context


if __name__ == "__main__":
    main()
