from litestar import get

from web.content_security import CONTENT_SECURITY_POLICY
from world import ubl


def everything(world):
    """An answer of every kind: page, redirect, error of each sort, file, interface for programs, health."""

    @get("/failing", sync_to_thread=False)
    def fail() -> None:
        raise RuntimeError

    world.app.register(fail)
    guest, anna = world.browser(), world.browser("anna")
    for browser, address in (
        (guest, "/sign-in"),
        (guest, "/"),
        (guest, "/nergens"),
        (guest, "/health"),
        (guest, "/static/manifest.json"),
        (guest, "/static/nothing.js"),
        (guest, "/api/v1/events"),
        (guest, "/api/v1/openapi.json"),
        (anna, f"/portal/{world.bakery}/mailboxes"),
        (anna, f"/portal/{world.garage}/mailboxes"),
        (anna, "/office"),
        (anna, "/failing"),
    ):
        yield address, browser.get(address, follow_redirects=False)
    yield "DELETE /sign-in", guest.delete("/sign-in")
    yield "POST without token", guest.post("/sign-in", headers={"X-CSRFToken": "wrong"})


def test_every_answer_carries_the_security_headers(world):
    for address, answer in everything(world):
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY, address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert answer.headers["x-frame-options"] == "SAMEORIGIN", address
        assert answer.headers["referrer-policy"] == "same-origin", address


def test_only_browser_files_may_be_kept_by_a_browser(world):
    for address, answer in everything(world):
        if address == "/static/manifest.json":
            assert "immutable" in answer.headers["cache-control"]
        else:
            assert answer.headers["cache-control"] == "no-store", address


def test_without_https_nothing_is_promised_about_it(world):
    assert "strict-transport-security" not in world.browser().get("/sign-in").headers


def test_a_document_runs_nothing_and_is_what_it_says(world):
    document = world.deliver(ubl(), name="factuur <b>.xml")
    answer = world.browser("anna").get(f"/documents/{document}/original")
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")
