"""The three proofs that a reader who follows the log never overlooks an event (ADR 0002)."""

import time
from threading import Event as Signal
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from tickets import LOCK, TRANSACTION_ID, OverlookingRecorder, take_ticket
from till import CashPaidIn

from application.event_log import Change

DAWDLE = "PERFORM pg_sleep(random() * 0.002);"
APPEND = "SELECT append_event(%s, 1, 'till.cash_paid_in', %s, NULL, 'job', NULL, NULL)"
BODY = b'{"data":{"cents":1}}'


@pytest.fixture
def overlooking(log):
    """A reader of the same log with the wrong idea of what is final."""
    return OverlookingRecorder(log.factory.connections, lambda: None)


@pytest.fixture
def session(cell):
    """Opens a session that appends inside transactions of its own making."""
    opened = []

    def start():
        connection = psycopg.connect(cell, options="-c search_path=cell,public")
        opened.append(connection)
        return connection

    yield start
    for connection in opened:
        connection.close()


def read_while(log, recorder, commit, patience=0.5):
    """Whether a reader at the start of the log was done before `commit`, and the positions it got."""
    log.recorder = recorder
    got = []
    reader = Thread(target=lambda: got.append(log.read(0)))
    reader.start()
    reader.join(patience)
    early = not reader.is_alive()
    commit()
    reader.join()
    return early, [moment.position for moment in got[0].events]


def two_sessions(session, ticket):
    """A takes its ticket; B takes ticket and position 1; A takes position 2 and commits; B is still open."""
    a, b = session(), session()
    a.execute(f"SELECT {ticket}")
    b.execute(f"SELECT {ticket}")
    b.execute(APPEND, (uuid4(), BODY))
    a.execute(APPEND, (uuid4(), BODY))
    a.commit()
    return b


def test_a_reader_waits_for_a_lower_position_that_is_still_on_its_way(log, session):
    b = two_sessions(session, LOCK)
    early, seen = read_while(log, log.recorder, b.commit)
    assert not early
    assert seen == [1, 2]


def test_the_two_session_schedule_catches_a_reader_that_compares_transaction_ids(log, overlooking, session, sql):
    take_ticket(sql, TRANSACTION_ID)
    b = two_sessions(session, TRANSACTION_ID)
    early, seen = read_while(log, overlooking, b.commit, patience=10)
    assert early
    assert seen == [2]


def test_a_position_that_was_rolled_back_does_not_hold_the_reader_up(log, session):
    b = two_sessions(session, LOCK)
    _, seen = read_while(log, log.recorder, b.rollback)
    assert seen == [2]


@pytest.fixture
def elsewhere(postgres):
    """An open transaction in another database of the same server, with a transaction id and a lock of the same key."""
    with psycopg.connect(postgres.admin_dsn) as connection:
        connection.execute(f"SELECT {TRANSACTION_ID}")
        yield connection


def test_an_open_transaction_in_another_database_does_not_delay_readers(log, session, elsewhere, sql):
    (table,) = sql.execute("SELECT 'events'::regclass::oid::int").fetchone()
    elsewhere.execute("SELECT pg_advisory_xact_lock_shared(3203, %s)", (table,))
    with session() as writer:
        writer.execute(APPEND, (uuid4(), BODY))
    early, seen = read_while(log, log.recorder, lambda: None, patience=10)
    assert early
    assert seen == [1]


@pytest.mark.usefixtures("elsewhere")
def test_an_open_transaction_in_another_database_does_delay_a_reader_that_compares_transaction_ids(log, overlooking, session, elsewhere):
    with session() as writer:
        writer.execute(APPEND, (uuid4(), BODY))
    early, _ = read_while(log, overlooking, elsewhere.rollback)
    assert not early


def stress(log, recorder, context, writers, seconds):
    """Positions a tailing reader saw and all positions there are, after `writers` threads appended for some seconds."""
    log.recorder, done, seen = recorder, Signal(), []

    def write():
        while not done.is_set():
            log.append(Change(stream=uuid4(), version=0, events=[CashPaidIn(cents=1)]), context=context)

    def tail():
        after, last_round = 0, False
        while not last_round:
            last_round = done.is_set() and not any(thread.is_alive() for thread in threads)
            piece = log.read(after, limit=10_000)
            seen.extend(moment.position for moment in piece.events)
            after = piece.upto

    threads = [Thread(target=write) for _ in range(writers)]
    reader = Thread(target=tail)
    for thread in (*threads, reader):
        thread.start()
    time.sleep(seconds)
    done.set()
    for thread in (*threads, reader):
        thread.join()
    return seen


def positions(sql):
    return [position for (position,) in sql.execute("SELECT position FROM events ORDER BY position")]


@pytest.mark.parametrize("writers", [12, 4])
def test_a_tailing_reader_sees_everything_that_many_slow_writers_append(log, sql, anna, writers):
    take_ticket(sql, LOCK, DAWDLE)
    seen = stress(log, log.recorder, anna, writers, seconds=2)
    assert len(seen) > 100
    assert seen == positions(sql)


@pytest.mark.parametrize("writers", [12, 4])
def test_the_stress_catches_a_reader_that_compares_transaction_ids(log, overlooking, sql, anna, writers):
    take_ticket(sql, TRANSACTION_ID, DAWDLE)
    rounds = (len(stress(log, overlooking, anna, writers, seconds=0.5)) < len(positions(sql)) for _ in range(10))
    assert any(rounds)
