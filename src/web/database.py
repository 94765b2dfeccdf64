"""Which database a command works with: the office's own PostgreSQL, the embedded server that is running, or one started for the while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from adapters.postgres.embedded import EmbeddedPostgres
from adapters.postgres.server import check_server
from web.output import tell
from web.settings import Settings


def embedded_server(settings: Settings) -> EmbeddedPostgres:
    """The embedded server of this installation's data folder."""
    settings.data.mkdir(parents=True, exist_ok=True)
    return EmbeddedPostgres(settings.data / "postgres", notify=tell)


@contextmanager
def database_of(settings: Settings) -> Iterator[str]:
    """The DSN, for as long as the command runs."""
    if settings.database_url:
        check_server(settings.database_url)
        yield settings.database_url
        return
    server = embedded_server(settings)
    if _answers(server.dsn):
        yield server.dsn
        return
    with server:
        yield server.dsn


def _answers(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True
