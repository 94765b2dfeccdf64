import pytest
from litestar.testing import TestClient

ELSEWHERE = {"Origin": "https://evil.example"}


def post(browser, url, **options):
    """Without the token our pages send along."""
    return TestClient.post(browser, url, **options)


def test_without_the_token_nothing_is_done(world):
    browser = world.browser("anna")
    assert post(browser, "/sign-out").status_code == 403
    assert browser.get("/portal").status_code == 200


def test_the_token_may_come_in_a_form_field(world):
    browser = world.browser("anna")
    assert post(browser, "/sign-out", data={"_csrf_token": browser.csrf}, follow_redirects=False).status_code == 303


def test_the_token_of_another_session_is_no_good(world):
    browser, other = world.browser("anna"), world.browser("bart")
    assert post(browser, "/sign-out", headers={"X-CSRFToken": other.csrf}).status_code == 403


def test_the_token_of_before_signing_in_is_no_good_afterwards(world):
    browser = world.browser()
    browser.get("/sign-in")
    before = browser.csrf
    browser.sign_in("anna")
    assert post(browser, "/sign-out", headers={"X-CSRFToken": before}).status_code == 403


def test_nobody_can_be_signed_in_from_another_site(world):
    browser = world.browser()
    browser.get("/sign-in")
    credentials = {"email": "anna@voorbeeld.be", "password": "een lange wandeling"}
    assert post(browser, "/sign-in", data=credentials).status_code == 403
    assert browser.post("/sign-in", data=credentials, headers=ELSEWHERE).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [ELSEWHERE, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_what_a_browser_says_comes_from_elsewhere_is_refused_even_with_the_token(world, headers):
    assert world.browser("anna").post("/sign-out", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://testserver.local"}, {"Origin": "http://127.0.0.1:8000"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_what_comes_from_a_page_of_ours_is_done(world, headers):
    assert world.browser("anna").post("/sign-out", headers=headers, follow_redirects=False).status_code == 303


def test_an_upload_without_the_header_is_refused_before_its_body_is_read(world):
    browser = world.browser("anna")
    files = {"file": ("a.pdf", b"%PDF-1.7 ..."), "_csrf_token": (None, browser.csrf)}
    assert post(browser, f"/portal/{world.bakery}/mailboxes/purchase/documents", files=files).status_code == 403


def test_the_refusal_says_what_to_do(world):
    answer = post(world.browser("anna"), "/sign-out")
    assert "Laad ze opnieuw" in answer.text
