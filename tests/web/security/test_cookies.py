from http.cookies import SimpleCookie

import msgspec
import pytest
from litestar.testing import TestClient

from web.app import create_app
from web.security.secrets import csrf_of
from web.settings import Settings
from world import PASSWORD, QUICK, address


def served_at(world, public_url):
    """The same cell, reached by browsers at another address."""
    settings = msgspec.structs.replace(world.cell.settings, public_url=public_url)
    return create_app(world.cell._replace(settings=settings), hasher=QUICK)


def cookies_of(answer):
    return {name: morsel for line in answer.headers.get_list("set-cookie") for name, morsel in SimpleCookie(line).items()}


def test_on_this_machine_cookies_need_no_https_but_are_closed_to_scripts_and_other_sites(world):
    browser = world.browser()
    guest = cookies_of(browser.get("/sign-in"))["daybook-guest"]
    session = cookies_of(browser.sign_in("anna"))["daybook"]
    for cookie in (guest, session):
        assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"], cookie["secure"]) == (True, "lax", "/", "")
        assert not cookie["domain"]


def test_everywhere_else_they_travel_over_https_only_and_belong_to_this_host(world):
    with TestClient(served_at(world, "https://portaal.kantoor.be"), base_url="https://portaal.kantoor.be") as browser:
        guest = cookies_of(browser.get("/sign-in"))["__Host-daybook-guest"]
        assert guest["secure"]
        form = {"email": address("anna"), "password": PASSWORD, "_csrf_token": csrf_of(guest.value)}
        answer = browser.post("/sign-in", data=form, headers={"Origin": "https://portaal.kantoor.be"}, follow_redirects=False)
        session = cookies_of(answer)["__Host-daybook"]
        assert (session["secure"], session["httponly"], session["path"], session["domain"]) == (True, True, "/", "")
        assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("settings", "secure"),
    [
        ({}, False),
        ({"host": "localhost"}, False),
        ({"public_url": "https://portaal.kantoor.be"}, True),
        ({"public_url": "http://portaal.kantoor.be"}, True),
        ({"host": "192.0.2.7"}, True),
        ({"host": "::1"}, False),
    ],
)
def test_only_the_machine_itself_is_trusted_without_https(settings, secure):
    assert Settings(**settings).secure_cookies is secure
