"""The demo office is filled by the real use-cases and jobs, and a filling that was broken off goes on where it was."""

import pytest

from application.event_log import Moment
from domain.document import DocumentReceived
from domain.dossier import DossierOpened
from domain.user import UserRegistered
from web.commands import demo, demo_office
from web.commands.prepare import prepare
from web.security.door import Door
from web.settings import Settings
from web.wiring import open_cell
from web.worker import make_jobs, make_runner
from world import QUICK

DOSSIERS, EACH = 2, 3
"""So many dossiers, and invoices in each of their mailboxes."""


@pytest.fixture
def settings(database, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "DOSSIERS", demo.DOSSIERS[:DOSSIERS])
    monkeypatch.setattr(demo, "Door", lambda cell: Door(cell, QUICK))
    for name in ("MANY", "FEW", "SOLD"):
        monkeypatch.setattr(demo, name, EACH)
    return Settings(data=tmp_path / "data", database_url=database)


@pytest.fixture
def working(settings, workshop):
    """A worker beside the start, as `daybook run` has it."""
    cell = open_cell(settings, settings.database_url, threads=6, workshop_size=0)
    cell = cell._replace(bench=cell.bench._replace(workshop=workshop))
    runner = make_runner(cell)
    runner.start()
    with make_jobs(cell, settings):
        yield cell
    runner.close()
    cell.close()


def happened(cell, kind) -> list[Moment]:
    return list(cell.bench.log.read(0, limit=10_000, names=[kind.name]).events)


def test_a_filling_that_was_broken_off_goes_on_and_ends_whole(settings, working, capsys):
    for after in (6, 15):
        looks = iter(range(after))
        prepare(settings, settings.database_url, lambda left=looks: next(left, None) is None, demo=True)
        assert "volgende start gaat verder" in capsys.readouterr().out
        assert not demo_office.is_complete(working.bench)
    accounts = prepare(settings, settings.database_url, lambda: False, demo=True)
    assert len(accounts) == 10
    assert demo_office.is_complete(working.bench)
    assert len(happened(working, UserRegistered)) == len(demo.EVERYONE)
    assert len(happened(working, DossierOpened)) == DOSSIERS
    assert len(happened(working, DocumentReceived)) == DOSSIERS * 2 * EACH
    capsys.readouterr()
    assert prepare(settings, settings.database_url, lambda: False, demo=True) == accounts
    assert capsys.readouterr().out == ""
