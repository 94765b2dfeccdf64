import os
from uuid import uuid4

import psycopg
import pytest
from till import EVENTS, TillOpened

from adapters.event_store import MIGRATIONS
from adapters.event_store.factory import PostgresFactory
from adapters.postgres.migrations import migrate
from application.event_log import Change, Context, EventLog, Via

END_OTHER_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def log_database(postgres):
    """One database for all tests of the log: making one takes longer than most of them."""
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as admin:
        admin.execute("CREATE DATABASE event_log_tests OWNER daybook")
        yield postgres.dsn.replace("/daybook?", "/event_log_tests?")
        admin.execute("DROP DATABASE event_log_tests WITH (FORCE)")


@pytest.fixture
def cell(log_database):
    """The DSN of a database whose schema `cell` holds an empty log."""
    migrate(log_database, "cell", {"event_store": MIGRATIONS})
    yield log_database
    with psycopg.connect(log_database, autocommit=True) as connection:
        connection.execute(END_OTHER_SESSIONS)
        connection.execute("DROP SCHEMA cell CASCADE")


@pytest.fixture
def installation_key():
    return os.urandom(32)


@pytest.fixture
def open_log(cell, installation_key):
    """Opens the log as another process of the same installation would."""
    opened = []

    def start(key=installation_key, **settings):
        log = EventLog(PostgresFactory(cell, "cell", key, **({"events": EVENTS} | settings)))
        opened.append(log)
        return log

    yield start
    for log in opened:
        log.close()


@pytest.fixture
def log(open_log):
    return open_log()


@pytest.fixture
def sql(cell):
    """Somebody with access to the database."""
    with psycopg.connect(cell, autocommit=True, options="-c search_path=cell,public -c timezone=UTC") as connection:
        yield connection


@pytest.fixture
def anna():
    return Context(by=uuid4(), via=Via.PORTAL)


@pytest.fixture
def bart():
    return Context(by=uuid4(), via=Via.OFFICE)


@pytest.fixture
def till(log, anna):
    """The stream of an opened till."""
    stream = uuid4()
    log.append(Change(stream=stream, version=0, events=[TillOpened(owner="Jan Peeters")]), context=anna)
    return stream
