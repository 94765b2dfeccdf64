"""The operator's commands on an installation of his own: what they do, what they say, and their exit status."""

import re
import shlex

import psycopg
import pytest
from litestar.testing import TestClient

from adapters.demo.peppol import render_ubl
from ecb_files import as_xml
from invoices import bought
from web.app import create_app
from web.cli import main
from web.commands.manage import cell_of
from web.settings import read_settings
from web.worker import make_runner
from world import Browser, World

INIT = "init --office 'Kantoor Peeters' --first-name Dora --last-name Peeters --email dora@peeters.be"
DOSSIER = "dossier --name 'Bakkerij Claes BV' --vat 0999.041.206 --first-period 01/2026 --admin dora@peeters.be"
ANNA = "user --first-name Anna --last-name Claes --email anna@claes.be --profile administrator --dossier 0999041206"


@pytest.fixture
def daybook(monkeypatch, tmp_path, database, capsys):
    """Type a command; gives its exit status and what it said."""
    monkeypatch.setenv("DAYBOOK_DATABASE_URL", database)
    monkeypatch.setenv("DAYBOOK_DATA", str(tmp_path / "data"))

    def run(typed):
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(typed))
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return run


@pytest.fixture
def in_world(daybook, monkeypatch, cell):
    """The same for the installation of the test's world."""
    monkeypatch.setenv("DAYBOOK_DATABASE_URL", cell.database.dsn)
    monkeypatch.setenv("DAYBOOK_DATA", str(cell.settings.data))
    return daybook


def test_init_makes_an_empty_office_whose_first_administrator_chooses_a_password_by_a_link(daybook):
    code, said = daybook(INIT)
    assert code == 0
    link = re.search(r"http://127.0.0.1:8000(/welcome/\S+)", said)[1]
    with cell_of(read_settings()) as cell, make_runner(cell) as runner, Browser(create_app(cell)) as browser:
        runner.catch_up()
        assert "dora@peeters.be" in browser.get(link).text
        chosen = browser.post(link, data={"password": "een lange wandeling", "again": "een lange wandeling"}, follow_redirects=False)
        assert chosen.status_code == 303
        assert browser.get(link).status_code == 404
        assert cell.bench.log.read(0).events[0].event.name == "office.opened"


def test_an_office_is_opened_once(daybook):
    assert daybook(INIT)[0] == 0
    assert daybook(INIT) == (1, "Deze installatie heeft al een kantoor.\n")


def test_a_client_gets_a_dossier_a_user_and_a_token(daybook):
    daybook(INIT)
    assert daybook(DOSSIER) == (0, "Dossier Bakkerij Claes BV (0999041206) is geopend.\n")
    assert "/welcome/" in daybook(ANNA)[1]
    code, token = daybook("token create --user anna@claes.be --scope documents")
    assert code == 0
    with cell_of(read_settings()) as cell, TestClient(create_app(cell)) as program:
        headers = {"Authorization": f"Bearer {token.strip()}", "Idempotency-Key": "1", "X-File-Name": "factuur.xml"}
        where = "/api/v1/dossiers/0999041206/mailboxes/purchase/documents"
        assert program.post(where, content=render_ubl(bought(1)[0]), headers=headers).status_code == 201


def test_tokens_are_listed_and_one_is_revoked_for_good(daybook):
    daybook(INIT)
    daybook("token create --user dora@peeters.be --scope documents --name scanner")
    listed = daybook("token list --user dora@peeters.be")[1]
    token_id = re.fullmatch(r"(\S{36})  scanner  documents  nog niet gebruikt\n", listed)[1]
    assert daybook(f"token revoke {token_id}") == (0, "De toegangssleutel is ingetrokken.\n")
    assert "ingetrokken" in daybook("token list --user dora@peeters.be")[1]
    assert daybook(f"token revoke {token_id}") == (1, "Er is geen open toegangssleutel met dit id.\n")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("dossier --name X --vat 0999041207 --first-period 01/2026 --admin dora@peeters.be", "ondernemingsnummer"),
        ("dossier --name X --vat 0999041206 --first-period 13/2026 --admin dora@peeters.be", "13/2026"),
        ("dossier --name X --vat 0999041206 --first-period 01/2026 --admin x@y.be", "x@y.be"),
        ("user --first-name A --last-name B --email a@b.be --profile boss", "boss"),
        ("user --first-name A --last-name B --email a@b.be --profile administrator", "--dossier"),
        ("user --first-name A --last-name B --email a@b.be --profile administrator --dossier 0999041206", "0999041206"),
        ("token create --user nobody@nowhere.be", "gebruiker"),
        ("token create --user dora@peeters.be --scope everything", "everything"),
        ("rebuild nothing", "Kies uit: directory"),
        ("history no-id", "no-id"),
        ("history 00000000-0000-0000-0000-000000000000", "bestaat niet"),
        ("restore /nowhere", "/nowhere"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(daybook, typed, reason):
    daybook(INIT)
    code, said = daybook(typed)
    assert code == 1
    assert reason in said
    assert len(said.splitlines()) == 1


def test_status_says_how_far_everything_is(in_world, world):
    world.deliver(render_ubl(bought(1)[0]), name="factuur.xml")
    assert "achter" in in_world("status")[1]
    world.settle()
    code, said = in_world("status")
    assert code == 0
    assert re.search(r"^mailbox +\d+  actueel$", said, re.MULTILINE)
    assert said.splitlines()[-1] == "Taken: 0 wachten, 0 bezig, 0 mislukt"


def test_a_rebuilt_read_model_serves_after_the_worker_has_filled_it(in_world, world):
    serving = "SELECT generation FROM read_model_generations WHERE model = 'mailbox' AND state = 'serving'"
    with world.cell.database.transaction() as db:
        before = db.execute(serving).fetchone()[0]
    assert in_world("rebuild mailbox")[0] == 0
    world.settle()
    with world.cell.database.transaction() as db:
        assert db.execute(serving).fetchone()[0] == before + 1


def test_verify_passes_over_an_untouched_log(in_world, world):
    world.deliver(render_ubl(bought(1)[0]), name="factuur.xml")
    code, said = in_world("verify")
    assert code == 0
    assert said.splitlines()[0] == "Het logboek is ongeschonden."


def test_verify_names_the_position_of_an_event_that_was_changed_in_the_database(in_world, world):
    world.deliver(render_ubl(bought(1)[0]), name="factuur.xml")
    assert in_world("verify")[0] == 0
    with psycopg.connect(world.cell.database.dsn) as superuser:
        position = superuser.execute("SELECT max(position) FROM daybook.events WHERE name = 'document.received'").fetchone()[0]
        superuser.execute("UPDATE daybook.events SET via = 'cli' WHERE position = %s", (position,))
    code, said = in_world("verify")
    assert code == 1
    assert f"Positie {position} klopt niet" in said


def test_a_document_s_history_is_told_in_plain_words(in_world, world: World):
    document = world.deliver(render_ubl(bought(1)[0]), name="factuur.xml")
    world.submit(document)
    world.settle()
    code, said = in_world(f"history {document}")
    assert code == 0
    assert "Anna Claes" in said


def test_a_setting_that_cannot_be_read_is_named(daybook, monkeypatch):
    monkeypatch.setenv("DAYBOOK_PORT", "eighty")
    code, said = daybook("status")
    assert code == 2
    assert said == "DAYBOOK_PORT: “eighty” kan hier niet.\n"


def test_a_database_that_is_away_is_told_in_a_sentence(daybook, monkeypatch):
    monkeypatch.setenv("DAYBOOK_DATABASE_URL", "postgresql://daybook@localhost:1/daybook")
    code, said = daybook("status")
    assert code == 1
    assert said.startswith("De databank is niet bereikbaar")


def test_the_key_of_another_installation_is_refused(daybook, monkeypatch, tmp_path):
    daybook(INIT)
    monkeypatch.setenv("DAYBOOK_KEY_FILE", str(tmp_path / "other" / "installation.key"))
    code, said = daybook("status")
    assert code == 1
    assert "sleutel" in said


def test_commands_of_the_office_itself_need_an_office(daybook):
    assert daybook(DOSSIER)[0] == 1


def test_exchange_rates_are_brought_in_from_a_file(in_world, tmp_path):
    file = tmp_path / "eurofxref-hist-90d.xml"
    file.write_bytes(as_xml())
    assert in_world(f"rates import {file}") == (0, "3 dagen met nieuwe koersen; het bestand gaat tot 10/03/2026.\n")
    assert in_world(f"rates import {file}")[1].startswith("0 dagen")
    file.write_bytes(b"iets anders")
    assert in_world(f"rates import {file}") == (1, "In dit bestand staan geen wisselkoersen van de ECB.\n")
    assert in_world(f"rates import {tmp_path}/nergens")[0] == 1


def test_exchange_rates_are_fetched_only_from_an_address_that_was_set_and_lies_outside(in_world, monkeypatch):
    assert in_world("rates fetch") == (1, "Zet eerst DAYBOOK_RATES_URL op het adres van het bestand van de ECB.\n")
    monkeypatch.setenv("DAYBOOK_RATES_URL", "https://127.0.0.1/eurofxref-hist-90d.xml")
    code, said = in_world("rates fetch")
    assert (code, "is not an address outside this network" in said) == (1, True)
