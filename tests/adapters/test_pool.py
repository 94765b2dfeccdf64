import datetime as dt

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database


@pytest.fixture
def cell(database, tmp_path):
    (tmp_path / "0001_notes.sql").write_text("CREATE TABLE notes (text text, at timestamptz DEFAULT now())")
    migrate(database, "Kantoor 1", {"notes": tmp_path})
    with Database(database, "Kantoor 1", size=2) as pool:
        yield pool


def insert_and_fail(connection, text):
    connection.execute("INSERT INTO notes VALUES (%s)", (text,))
    raise ZeroDivisionError


def notes(cell):
    with cell.transaction() as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY at")]


def test_a_transaction_that_ends_well_is_stored(cell):
    with cell.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES ('kept')")
    assert notes(cell) == ["kept"]


def test_a_transaction_that_fails_stores_nothing(cell):
    with pytest.raises(ZeroDivisionError), cell.transaction() as connection:
        insert_and_fail(connection, "lost")
    assert notes(cell) == []


def test_with_autocommit_every_statement_stands_alone(cell):
    with pytest.raises(ZeroDivisionError), cell.autocommit() as connection:
        insert_and_fail(connection, "kept")
    assert notes(cell) == ["kept"]


def test_a_connection_comes_back_from_autocommit_as_it_was(cell):
    with cell.autocommit() as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO notes VALUES ('left open')")
    with pytest.raises(ZeroDivisionError), cell.transaction() as connection:
        insert_and_fail(connection, "lost")
    assert notes(cell) == []


def test_moments_are_in_utc(cell):
    with cell.transaction() as connection:
        assert connection.execute("SELECT now()").fetchone()[0].utcoffset() == dt.timedelta(0)


def test_extensions_are_within_reach_of_the_cell(cell):
    with cell.transaction() as connection:
        assert connection.execute("SELECT unaccent('Liège')").fetchone() == ("Liege",)


def test_a_statement_that_takes_too_long_is_ended(database):
    with (
        Database(database, "public", statement_timeout=0.05) as pool,
        pool.transaction() as connection,
        pytest.raises(psycopg.errors.QueryCanceled),
    ):
        connection.execute("SELECT pg_sleep(5)")


def test_no_more_connections_are_handed_out_than_agreed(database):
    with Database(database, "public", size=1) as pool, pool.transaction():
        pool._pool.timeout = 0.1
        with pytest.raises(PoolTimeout), pool.transaction():
            pass


def test_a_connection_that_died_is_replaced(cell, postgres):
    with cell.transaction() as connection:
        backend = connection.info.backend_pid
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
    assert notes(cell) == []
