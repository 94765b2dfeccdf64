import os
from uuid import uuid4

import psycopg
import pytest
from till import EVENTS, TillOpened

from adapters.event_store import MIGRATIONS
from adapters.event_store.factory import PostgresFactory
from adapters.postgres.migrations import migrate
from application.event_log import Change, Context, EventLog, Via


@pytest.fixture
def cell(database):
    """The DSN of a database whose schema `cell` holds an empty log."""
    migrate(database, "cell", {"event_store": MIGRATIONS})
    return database


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
        log.factory.close()


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
