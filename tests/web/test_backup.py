"""A back-up of an office at work, and what comes of it in an empty installation."""

import os
import threading
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from adapters.demo.peppol import render_ubl
from application.erasure import named_digests
from application.ports import ObjectDamaged
from domain.kernel import Refused
from installation import eventually
from invoices import bought, check
from projections.mailbox import Box
from rebuilt import assert_rebuilds_alike
from web.commands.backup import ProgramFailed, backup, restore
from web.commands.inspect import verify
from web.commands.manage import cell_of
from web.settings import Settings
from world import World


@pytest.fixture(autouse=True)
def server_programs(monkeypatch, postgres):
    """pg_dump and pg_restore of the server's version are on the PATH, as for an office with a server of its own."""
    monkeypatch.setenv("PATH", f"{postgres.binaries}:{os.environ['PATH']}")


@pytest.fixture
def office(world: World):
    """An office with documents in every stage, checked and sent among them, and its settings."""
    check(world, 3)
    world.deliver(render_ubl(bought(4)[3]), name="een.xml")
    world.settle()
    world.cell.chain.advance()
    world.cell.chain.anchor()
    return Settings(data=world.cell.settings.data, database_url=world.cell.database.dsn)


@pytest.fixture
def empty(database, tmp_path):
    """An installation to restore into."""
    return Settings(data=tmp_path / "restored", database_url=database)


@pytest.fixture
def saved(office, tmp_path) -> Path:
    backup(office, tmp_path / "backup")
    return tmp_path / "backup"


def rows(dsn, table):
    name = sql.Identifier(*table.split("."))
    with psycopg.connect(dsn) as connection:
        return connection.execute(sql.SQL("SELECT x::text FROM {} x ORDER BY 1").format(name)).fetchall()


def test_a_back_up_taken_while_the_office_works_comes_back_whole(world, office, empty, tmp_path):
    stop, delivered, more = threading.Event(), [], [render_ubl(one) for one in bought(20, seed=8)]

    def deliver():
        while not stop.is_set():
            delivered.append(world.deliver(more[len(delivered) % len(more)], name="nog een.xml"))

    writer = threading.Thread(target=deliver)
    writer.start()
    try:
        eventually(lambda: delivered)
        backup(office, tmp_path / "backup")
        during = len(delivered)
    finally:
        stop.set()
        writer.join()
    assert during > 1
    restore(empty, tmp_path / "backup")
    with cell_of(empty) as restored:
        log = restored.bench.log
        position = log.recorder.safe_head()
        assert position > 1
        assert log.read(0, limit=10_000).events == world.bench.log.read(0, limit=10_000, upto=position).events
        for sha256 in named_digests(log, position):
            assert restored.bench.objects.get(sha256) == world.bench.objects.get(sha256)


def test_everything_of_a_back_up_is_as_it_was(world, office, saved, empty, capsys):
    restore(empty, saved)
    tables = ("daybook.events", "daybook.event_chain", "daybook.stream_keys", "daybook.open_jobs", "daybook_sandbox.accounts")
    for table in tables:
        assert rows(empty.database_url, table) == rows(office.database_url, table), table
    with cell_of(empty) as restored:
        page = restored.models.mailbox.page(world.bakery, Box.PURCHASE)
        assert page == world.models.mailbox.page(world.bakery, Box.PURCHASE)
        assert page[0]
        assert_rebuilds_alike(restored.models, restored.bench.log)
    assert verify(empty) == 0
    assert "nog niet verankerd" not in capsys.readouterr().out


def test_an_existing_folder_is_never_overwritten(office, saved):
    with pytest.raises(Refused, match="bestaat al"):
        backup(office, saved)


def test_an_installation_in_use_is_not_restored_into(office, saved):
    with pytest.raises(Refused, match="niet leeg"):
        restore(office, saved)


def test_a_damaged_dump_is_refused(saved, empty):
    with (saved / "database.dump").open("r+b") as dump:
        dump.seek(2000)
        dump.write(b"damage")
    with pytest.raises(Refused, match="beschadigd"):
        restore(empty, saved)
    assert nothing_in(empty)


def test_a_back_up_without_one_of_its_objects_is_refused(saved, empty):
    next((saved / "objects").glob("??/*")).unlink()
    with pytest.raises(Refused, match="onvolledig"):
        restore(empty, saved)
    assert nothing_in(empty)


def test_a_back_up_with_a_damaged_object_is_refused(saved, empty):
    next((saved / "objects").glob("??/*")).write_bytes(b"something else")
    with pytest.raises(ObjectDamaged):
        restore(empty, saved)
    assert nothing_in(empty)


def test_an_unfinished_back_up_is_no_back_up(saved, empty):
    (saved / "backup.json").unlink()
    with pytest.raises(Refused, match="geen back-up"):
        restore(empty, saved)


def test_a_database_that_cannot_be_dumped_leaves_no_back_up(office, tmp_path, monkeypatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    with pytest.raises(ProgramFailed, match="no room"):
        backup(office, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def nothing_in(settings):
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute("SELECT to_regclass('daybook.events')").fetchone() == (None,) and not settings.data.exists()
