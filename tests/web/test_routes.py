"""Every route of the application has an expectation for everybody of the cast; one without fails."""

from uuid import uuid4

import pytest

from domain.booking_proposal import proposal_of
from world import pdf, ubl

CAST = ("nobody", "anna", "bart", "chris", "dora", "ed")

# What each of them gets, in the order of CAST. `ok`: let in (also when the empty form is then refused); `in`: sent to sign in.
EVERYBODY = "ok ok ok ok ok ok"
ANYBODY_SIGNED_IN = "in ok ok ok ok ok"
DOSSIER = "in ok ok 404 ok ok"
NOT_ED = "in ok ok 404 ok 403"
OWN_DOCUMENT = "in ok ok 404 ok 404"
OFFICE = "in 404 ok 404 ok 404"
OFFICE_POST = "401 404 ok 404 ok 404"
ADMIN = "in 404 403 404 ok 404"
EXPECTED = {
    "GET /": ANYBODY_SIGNED_IN,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": "401 401 401 401 401 401",
    "GET /welcome/{token}": "404 404 404 404 404 404",
    "POST /welcome/{token}": "404 404 404 404 404 404",
    "GET /health": EVERYBODY,
    "GET /live": ANYBODY_SIGNED_IN,
    "GET /static/{file_path}": EVERYBODY,
    "HEAD /static/{file_path}": EVERYBODY,
    "GET /documents/{document}/original": OWN_DOCUMENT,
    "GET /documents/{document}/shown": OWN_DOCUMENT,
    "GET /documents/{document}/words": OWN_DOCUMENT,
    "GET /documents/{document}/thumbnail": OWN_DOCUMENT,
    "GET /account": ANYBODY_SIGNED_IN,
    "POST /account/language": "401 ok ok ok ok ok",
    "POST /account/password": "401 ok ok ok ok ok",
    "POST /account/sign-out-elsewhere": "401 ok ok ok ok ok",
    "GET /portal": ANYBODY_SIGNED_IN,
    "GET /portal/{dossier}": DOSSIER,
    "GET /portal/{dossier}/mailboxes": DOSSIER,
    "POST /portal/{dossier}/mailboxes/{mailbox}/documents": "401 ok ok 404 ok ok",
    "POST /portal/{dossier}/mailboxes/selection": "401 ok ok 404 ok 403",
    "POST /portal/{dossier}/mailboxes/undo": "401 ok ok 404 ok 403",
    "GET /portal/{dossier}/documents/{document}": OWN_DOCUMENT,
    "POST /portal/{dossier}/documents/{document}/act": "401 ok ok 404 ok 404",
    "POST /portal/{dossier}/documents/{document}/answer": "401 ok ok 404 ok 404",
    "POST /portal/{dossier}/documents/{document}/name": "401 ok ok 404 ok 404",
    "GET /portal/{dossier}/documents/{document}/history": NOT_ED,
    "GET /portal/{dossier}/archive": NOT_ED,
    "GET /portal/{dossier}/cut": NOT_ED,
    "POST /portal/{dossier}/cut": "401 ok ok 404 ok 403",
    "POST /portal/{dossier}/cut/undo": "401 ok ok 404 ok 403",
    "GET /office": OFFICE,
    "GET /office/clients": OFFICE,
    "POST /office/clients": "401 404 403 404 ok 404",
    "GET /office/dossiers/{dossier}": OFFICE,
    "GET /office/dossiers/{dossier}/worklist": OFFICE,
    "POST /office/dossiers/{dossier}/worklist/selection": OFFICE_POST,
    "POST /office/dossiers/{dossier}/worklist/undo": OFFICE_POST,
    "POST /office/dossiers/{dossier}/worklist/views": OFFICE_POST,
    "POST /office/dossiers/{dossier}/worklist/views/{view}": OFFICE_POST,
    "GET /office/dossiers/{dossier}/proposals": OFFICE,
    "GET /office/dossiers/{dossier}/cut": OFFICE,
    "POST /office/dossiers/{dossier}/cut": OFFICE_POST,
    "POST /office/dossiers/{dossier}/cut/undo": OFFICE_POST,
    "GET /office/dossiers/{dossier}/synchronisation": OFFICE,
    "POST /office/dossiers/{dossier}/synchronisation": OFFICE_POST,
    "GET /office/dossiers/{dossier}/settings": OFFICE,
    "POST /office/dossiers/{dossier}/settings/journals": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/periods": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/vat-codes": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/enrichment": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/term": OFFICE_POST,
    "GET /office/dossiers/{dossier}/articles": OFFICE,
    "POST /office/dossiers/{dossier}/articles": OFFICE_POST,
    "POST /office/dossiers/{dossier}/articles/drop": OFFICE_POST,
    "POST /office/dossiers/{dossier}/articles/restore": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/people": OFFICE_POST,
    "POST /office/dossiers/{dossier}/settings/people/new": OFFICE_POST,
    "GET /office/documents/{document}/history": OFFICE,
    "GET /office/documents/{document}/elsewhere": OFFICE,
    "POST /office/documents/{document}/elsewhere": OFFICE_POST,
    "GET /office/proposals/{proposal}": OFFICE,
    "POST /office/proposals/{proposal}": OFFICE_POST,
    "POST /office/proposals/{proposal}/release": OFFICE_POST,
    "POST /office/proposals/{proposal}/here": OFFICE_POST,
    "POST /office/proposals/{proposal}/recognise": OFFICE_POST,
    "POST /office/proposals/{proposal}/lines": OFFICE_POST,
    "POST /office/proposals/{proposal}/part": OFFICE_POST,
    "POST /office/proposals/{proposal}/join": OFFICE_POST,
    "POST /office/proposals/{proposal}/delete": OFFICE_POST,
    "POST /office/proposals/{proposal}/resend": OFFICE_POST,
    "POST /office/dossiers/{dossier}/proposals/removal": OFFICE_POST,
    "GET /office/dossiers/{dossier}/numbers": OFFICE,
    "GET /office/dossiers/{dossier}/numbers/void.csv": OFFICE,
    "GET /office/proposals/{proposal}/parties": OFFICE,
    "GET /office/proposals/{proposal}/known": OFFICE,
    "POST /office/proposals/{proposal}/templates": OFFICE_POST,
    "GET /office/proposals/{proposal}/accounts": OFFICE,
    "GET /office/control": OFFICE,
    "POST /office/documents/{document}/control": OFFICE_POST,
    "POST /office/settings/control": "401 404 403 404 ok 404",
    "GET /office/help": OFFICE,
    "POST /office/documents/{document}/help": OFFICE_POST,
    "POST /office/documents/{document}/question": OFFICE_POST,
    "GET /office/settings": ADMIN,
    "POST /office/settings/misc-types": "401 404 403 404 ok 404",
    "GET /office/dossiers/{dossier}/to-download": OFFICE,
    "POST /office/dossiers/{dossier}/to-download": OFFICE_POST,
    "POST /office/settings/templates": "401 404 403 404 ok 404",
    "POST /office/settings/term": "401 404 403 404 ok 404",
    "POST /office/settings/deductible": "401 404 403 404 ok 404",
    "GET /office/proposals/{proposal}/rate": OFFICE,
    "GET /office/proposals/{proposal}/window": OFFICE,
    "GET /office/people": ADMIN,
    "POST /office/people": "401 404 403 404 ok 404",
    "POST /office/people/{user}/{do}": "401 404 403 404 404 404",
    "GET /office/rates": OFFICE,
    "POST /office/rates": "401 404 403 404 ok 404",
    "GET /office/tasks": OFFICE,
    "POST /office/tasks/{job}/retry": "401 404 404 404 404 404",
    "GET /office/health": ADMIN,
    "GET /office/health/rules": ADMIN,
    "POST /office/health/{model}/retry": "401 404 403 404 ok 404",
    "GET /api/v1/openapi.json": EVERYBODY,
    "POST /api/v1/dossiers/{enterprise_number}/mailboxes/{mailbox}/documents": "401 ok ok 404 ok ok",
    "GET /api/v1/documents/{document}": "401 ok ok 404 ok 404",
    "GET /api/v1/dossiers": "401 ok ok ok ok ok",
    "GET /api/v1/dossiers/{enterprise_number}/documents": "401 ok ok 404 ok ok",
    "GET /api/v1/events": "401 ok ok ok ok 403",
    "GET /api/v1/events/stream": "401 ok ok ok ok 403",
    "POST /sign-out": EVERYBODY,
}

FORMS = {"/portal/{dossier}/mailboxes/selection": {"do": "handled"}, "/office/dossiers/{dossier}/worklist/selection": {"do": "check"}}
QUERIES = {
    "/portal/{dossier}/mailboxes/undo": "?do=handled",
    "/office/dossiers/{dossier}/worklist/undo": "?do=check",
    "/office/dossiers/{dossier}/worklist/views/{view}": "?do=drop",
}
"""Where an empty form asks for nothing that exists."""


@pytest.fixture
def at_work(world):
    """A document of Anna's with its proposal; every stream has been told to end, so that one can be asked for as a page."""
    document = world.deliver(pdf(), by="anna")
    world.settle()
    world.submit(document)
    world.settle()
    world.browser()
    world.app.state.newsroom.close()
    return world, document


def routes(app):
    """Method and path of every route; OPTIONS only tells which methods there are."""
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]
        for handler in handlers:
            for method in getattr(handler, "http_methods", ["ASGI"]):
                if method != "OPTIONS":
                    yield f"{method} {route.path_format}"


def test_every_route_has_an_expectation_and_every_expectation_a_route(world):
    assert set(routes(world.app)) == set(EXPECTED)


def test_everybody_gets_what_is_his_and_nothing_else(at_work):
    world, document = at_work
    values = {
        "dossier": world.bakery,
        "document": document,
        "proposal": proposal_of(document),
        "job": uuid4(),
        "mailbox": "purchase",
        "model": "mailbox",
        "user": uuid4(),
        "view": uuid4(),
        "do": "deactivate",
        "enterprise_number": "0999041206",
        "token": "nothing",
        "file_path": "manifest.json",
    }
    wrong = []
    for place, who in enumerate(CAST):
        person = "" if who == "nobody" else who
        browser, token = world.browser(person), world.token(person) if person else {}
        browser.get("/sign-in")
        for route, all_expected in EXPECTED.items():
            expected, got = all_expected.split()[place], ask(browser, token, route, values)
            if got != expected:
                wrong.append(f"{who}: {route}: {got} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def ask(browser, token, route, values):
    method, path = route.split(" ")
    options = {"headers": {"Idempotency-Key": uuid4().hex} | (token if path.startswith("/api/") else {}), "follow_redirects": False}
    if path.endswith("{mailbox}/documents"):
        options["files"] = {"file": ("factuur.xml", ubl(1))}
    elif method == "POST":
        options["data"] = FORMS.get(path, {})
    send = browser.post if method == "POST" else lambda address, **more: browser.request(method, address, **more)
    answer = send(path.format(**values) + QUERIES.get(path, ""), **options)
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?"):
        return "in"
    return "ok" if answer.status_code in {200, 201, 303, 400, 409} else str(answer.status_code)
