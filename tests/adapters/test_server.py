import psycopg
import pytest
from psycopg import sql

from adapters.postgres import server
from adapters.postgres.place import PostgresUnusable
from adapters.postgres.server import check_server


@pytest.fixture
def bare(postgres):
    """Makes a database without our extensions, as an administrator might have prepared it."""
    made = []

    def make(options):
        name = f"bare_{len(made)}"
        with psycopg.connect(postgres.admin_dsn, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 " + options).format(sql.Identifier(name)))
        made.append(name)
        return postgres.dsn.replace("/daybook?", f"/{name}?")

    yield make
    with psycopg.connect(postgres.admin_dsn, autocommit=True) as admin:
        for name in made:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_extensions_are_created_where_that_is_allowed(bare):
    dsn = bare("OWNER daybook")
    check_server(dsn)
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT unaccent('é'), similarity('abc', 'abd') > 0").fetchone() == ("e", True)


def test_where_it_is_not_allowed_the_sentence_says_who_should_do_what(bare):
    with pytest.raises(PostgresUnusable, match="Laat een beheerder CREATE EXTENSION btree_gin uitvoeren"):
        check_server(bare(""))


def test_extensions_the_administrator_made_are_enough(bare):
    dsn = bare("")
    with psycopg.connect(dsn.replace("daybook@", "postgres@"), autocommit=True) as admin:
        for name in server.EXTENSIONS:
            admin.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(name)))
    check_server(dsn)


def test_an_extension_the_server_lacks_is_named(database, monkeypatch):
    monkeypatch.setattr(server, "EXTENSIONS", ("no_such_extension",))
    with pytest.raises(PostgresUnusable, match="no_such_extension is niet geïnstalleerd"):
        check_server(database)


def test_an_old_server_is_refused(database, monkeypatch):
    monkeypatch.setattr(server, "LEAST_VERSION", 99)
    with pytest.raises(PostgresUnusable, match="PostgreSQL 18 is te oud: Daybook heeft versie 99"):
        check_server(database)


def test_a_database_that_is_not_utf8_is_refused(bare):
    with pytest.raises(PostgresUnusable, match="bewaart tekst als SQL_ASCII"):
        check_server(bare("OWNER daybook ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"))


def test_a_server_that_is_not_there_is_reported_as_such(tmp_path):
    with pytest.raises(PostgresUnusable, match="niet bereikbaar"):
        check_server(f"postgresql://daybook@/daybook?host={tmp_path}")
