import re

import pytest

from application.permissions import Action
from domain.kernel import Refused
from web.security.api_tokens import scope_actions
from web.security.door import Door
from web.security.journal import Entry
from world import address

EVENTS = "/api/v1/events"


def test_a_token_is_shown_once_and_only_its_digest_is_kept(world):
    token = Door(world.cell).create_token(address("anna"), ["documents"], "scanner")
    assert re.fullmatch(r"dbk_[\w-]{43}", token)
    with world.cell.database.transaction() as db:
        assert token not in str(db.execute("SELECT t::text FROM api_tokens t").fetchall())


def test_a_token_acts_as_its_owner(world):
    assert world.browser().get(EVENTS, headers=world.token("anna")).status_code == 200


def test_without_a_token_the_door_stays_closed(world):
    answer = world.browser().get(EVENTS)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert world.browser().get(EVENTS, headers={"Authorization": "Bearer dbk_invented"}).status_code == 401


def test_a_cookie_is_no_token(world):
    assert world.browser("anna").get(EVENTS).status_code == 401


def test_a_token_reaches_no_further_than_its_scopes(world):
    assert world.browser().get(EVENTS, headers=world.token("anna", "documents")).status_code == 403
    assert world.browser().get(EVENTS, headers=world.token("anna", "feed")).status_code == 200


def test_a_token_ends_with_its_term(world):
    headers = world.token("anna", days=30)
    browser = world.browser()
    assert browser.get(EVENTS, headers=headers).status_code == 200
    with world.cell.database.transaction() as db:
        db.execute("UPDATE api_tokens SET expires_at = now()")
    assert browser.get(EVENTS, headers=headers).status_code == 401


def test_a_revoked_token_opens_nothing(world):
    headers, browser, door = world.token("anna"), world.browser(), Door(world.cell)
    [token] = door.tokens.of(world.user("anna"))
    door.revoke_token(token.id)
    assert browser.get(EVENTS, headers=headers).status_code == 401


def test_making_first_using_and_revoking_are_written_down_once(world):
    headers, browser, door = world.token("anna"), world.browser(), Door(world.cell)
    for _ in range(3):
        browser.get(EVENTS, headers=headers)
    [token] = door.tokens.of(world.user("anna"))
    door.revoke_token(token.id)
    with pytest.raises(Refused, match="geen open toegangssleutel"):
        door.revoke_token(token.id)
    with world.cell.database.transaction() as db:
        kinds = [row[0] for row in db.execute("SELECT kind FROM security_journal WHERE kind LIKE 'token%' ORDER BY id")]
    assert kinds == [Entry.TOKEN_MADE, Entry.TOKEN_FIRST_USED, Entry.TOKEN_REVOKED]


def test_a_scope_is_a_group_or_an_action(world):
    assert scope_actions(["documents", "submit"]) == {Action.DELIVER, Action.SEE_MAILBOXES, Action.SUBMIT}
    with pytest.raises(Refused, match="geen recht"):
        Door(world.cell).create_token(address("anna"), ["everything"], "scanner")


def test_there_is_no_token_for_nobody(world):
    with pytest.raises(Refused, match="geen gebruiker"):
        Door(world.cell).create_token("niemand@voorbeeld.be", [], "scanner")
