"""What a program goes through: its dossiers, and the documents of one, page by page."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from application import mailboxes
from world import ubl

BAKERY = "/api/v1/dossiers/0999041206/documents"


@pytest.fixture
def filled(world):
    """Four invoices: one booked as far as the worklist, one deleted, two in their mailboxes; the last is Ed's."""
    first, second = world.deliver(ubl(0), name="een.xml"), world.deliver(ubl(1), name="twee.xml")
    world.deliver(ubl(2), name="drie.xml", by="ed")
    world.settle()
    world.submit(first)
    mailboxes.delete(world.bench, world.actor("anna"), second)
    world.settle()
    return world


def ask(world, address, *, who="anna", scopes=(), dossiers=(), **params):
    return world.browser().get(address, params=params or None, headers=world.token(who, *scopes, dossiers=dossiers))


def names(answer):
    return [one["file_name"] for one in answer.json()["documents"]]


def test_a_client_finds_his_documents_latest_first_and_not_what_he_deleted(filled):
    assert names(ask(filled, BAKERY)) == ["drie.xml", "een.xml"]


def test_a_list_tells_the_status_that_the_document_itself_tells(filled):
    for one in ask(filled, BAKERY).json()["documents"]:
        alone = ask(filled, one["url"]).json()
        assert {name: one[name] for name in ("status", "mailbox", "channel", "received_at")} == {
            name: alone[name] for name in ("status", "mailbox", "channel", "received_at")
        }
    assert [one["status"] for one in ask(filled, BAKERY).json()["documents"]] == ["recognised", "open"]


def test_who_only_delivers_finds_what_he_delivered(filled):
    assert names(ask(filled, BAKERY, who="ed")) == ["drie.xml"]


@pytest.mark.parametrize(("who", "status"), [("chris", 404), ("ivo", 403)])
def test_whose_it_is_not_gets_nothing(world, who, status):
    assert ask(world, BAKERY, who=who).status_code == status


def test_pages_follow_each_other_until_all_was_seen(filled):
    first = ask(filled, BAKERY, limit=1)
    assert first.headers["link"] == f'<{first.json()["next"]}>; rel="next"'
    second = ask(filled, first.json()["next"])
    assert names(first) + names(second) == ["drie.xml", "een.xml"]
    assert second.json()["next"] is None
    assert "link" not in second.headers


def test_a_search_goes_on_with_what_was_asked(filled):
    found = ask(filled, BAKERY, q=".xml", mailbox="purchase", limit=1)
    assert "q=.xml" in found.json()["next"]
    assert "mailbox=purchase" in found.json()["next"]


def test_a_document_is_found_by_part_of_its_name_and_by_when_it_came(filled):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert names(ask(filled, BAKERY, q="DRIE")) == ["drie.xml"]
    assert names(ask(filled, BAKERY, mailbox="sales")) == []
    assert names(ask(filled, BAKERY, received_since=tomorrow)) == []
    assert names(ask(filled, BAKERY, received_before=tomorrow)) == ["drie.xml", "een.xml"]


@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "bm9uZSBub25l"])
def test_a_cursor_of_somebody_else_is_told(filled, cursor):
    answer = ask(filled, BAKERY, cursor=cursor)
    assert (answer.status_code, answer.json()["field"]) == (400, "cursor")


def test_everybody_sees_the_dossiers_he_comes_into(world):
    world.settle()
    seen = {who: [one["name"] for one in ask(world, "/api/v1/dossiers", who=who).json()["dossiers"]] for who in ("anna", "chris", "dora")}
    assert seen == {"anna": ["Bakkerij Claes BV"], "chris": ["Garage Maes BV"], "dora": ["Bakkerij Claes BV", "Garage Maes BV"]}


def test_dossiers_come_in_pages_too(world):
    world.settle()
    first = ask(world, "/api/v1/dossiers", who="dora", limit=1).json()
    assert [one["name"] for one in ask(world, first["next"], who="dora").json()["dossiers"]] == ["Garage Maes BV"]


def test_for_a_token_of_one_dossier_the_others_do_not_exist(filled):
    only = [filled.garage]
    assert ask(filled, BAKERY, who="dora", dossiers=only).status_code == 404
    assert ask(filled, ask(filled, BAKERY).json()["documents"][0]["url"], who="dora", dossiers=only).status_code == 404
    assert [one["name"] for one in ask(filled, "/api/v1/dossiers", who="dora", dossiers=only).json()["dossiers"]] == ["Garage Maes BV"]
    told = {one["dossier"] for one in ask(filled, "/api/v1/events", who="dora", dossiers=only).json()}
    assert told == {str(filled.garage)}


def test_a_token_gains_nothing_by_a_dossier_its_owner_does_not_come_into(filled):
    assert ask(filled, BAKERY, who="chris", dossiers=[filled.bakery]).status_code == 404
    assert ask(filled, "/api/v1/dossiers", who="chris", dossiers=[filled.bakery]).json()["dossiers"] == []


def test_who_asks_too_often_is_told_how_long_to_wait(world):
    world.cell = world.cell._replace(settings=msgspec.structs.replace(world.cell.settings, api_requests_per_minute=2))
    token = world.token("anna")
    answers = [world.browser().get("/api/v1/dossiers", headers=token) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-remaining"] == "1"
    wait = answers[2].headers["retry-after"]
    assert wait in answers[2].json()["detail"]
    assert world.browser().get("/api/v1/dossiers", headers=world.token("dora")).status_code == 200
