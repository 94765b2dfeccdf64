import re
from uuid import uuid4

import pytest
from litestar import get
from litestar.params import FromQuery

from application.event_log import ConflictError, NotFoundError
from application.permissions import Forbidden
from domain.kernel import Refused
from projections.read_model import BeingRebuilt
from web.errors import BadInput
from web.forms import Form

PARTIAL = {"HX-Request": "true"}
PROGRAM = {"Accept": "application/json"}


@pytest.fixture
def failing(world):
    """What a route of the application answers when it raises something."""

    def ask(error, headers=None, who="anna"):
        @get("/failing", sync_to_thread=True)
        def fail() -> None:
            raise error

        world.app.register(fail)
        return world.browser(who).get("/failing", headers=headers or {}, follow_redirects=False)

    return ask


def sentence(answer):
    return re.search(r"data-sentence>([^<]*)<", answer.text)[1]


def test_a_refusal_is_told_in_the_persons_own_language(failing):
    answer = failing(Refused("Er is geen document met nummer {number}.", number=7))
    assert (answer.status_code, sentence(answer)) == (409, "Er is geen document met nummer 7.")


def test_a_conflict_names_who_was_faster(failing, world):
    answer = failing(ConflictError(uuid4(), world.user("bart")))
    assert answer.status_code == 409
    assert sentence(answer).startswith("Bart Peeters was je voor")


def test_a_conflict_with_the_machine_names_nobody(failing):
    answer = failing(ConflictError(uuid4(), None))
    assert answer.status_code == 409
    assert "Een collega wijzigde dit" in answer.text


def test_what_is_not_there_is_404(failing):
    assert failing(NotFoundError("document")).status_code == 404


def test_what_a_profile_does_not_allow_is_403(failing):
    answer = failing(Forbidden())
    assert (answer.status_code, sentence(answer)) == (403, "Je profiel laat dit niet toe.")


def test_what_is_being_rebuilt_says_how_far_and_when_to_come_back(failing):
    answer = failing(BeingRebuilt("mailbox", 0.42))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "42 % is klaar" in answer.text


def test_a_field_that_cannot_be_read_is_named(failing):
    answer = failing(BadInput("total", "Dit is geen bedrag."), PROGRAM)
    assert answer.status_code == 400
    assert answer.json() == {
        "type": "about:blank",
        "title": "Er klopt iets niet in wat je instuurde.",
        "status": 400,
        "detail": "Dit is geen bedrag.",
        "field": "total",
    }


def test_a_fault_of_ours_is_reassuring_and_has_a_code_that_is_in_the_log(failing, caplog):
    answer = failing(RuntimeError("the internals"))
    assert answer.status_code == 500
    assert "Je documenten staan veilig" in answer.text
    assert "the internals" not in answer.text
    code = re.search(r"Foutcode ([0-9a-f]{8})", answer.text)[1]
    assert code in caplog.text


def test_a_partial_request_gets_the_sentence_for_a_toast_and_is_not_sent_elsewhere(failing, world):
    answer = failing(Refused("Dit is al verzonden."), PARTIAL)
    assert (answer.status_code, sentence(answer)) == (409, "Dit is al verzonden.")
    expired = world.browser().get("/portal", headers=PARTIAL, follow_redirects=False)
    assert (expired.status_code, sentence(expired)) == (401, "Meld je opnieuw aan. Wat je bewaard had, staat er nog.")


def test_a_program_gets_problem_json(world):
    answer = world.browser().get(f"/api/v1/documents/{uuid4()}", headers=world.token("anna"))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "Dit bestaat niet, of niet meer."


def test_an_address_that_does_not_exist_is_a_page_of_ours_too(world):
    answer = world.browser().get("/nergens")
    assert answer.status_code == 404
    assert "Niet gevonden" in answer.text
    assert world.browser().get("/api/v1/nergens").headers["content-type"] == "application/problem+json"


def test_a_query_that_cannot_be_read_names_its_field(world):
    answer = world.browser().get("/api/v1/events?limit=many", headers=world.token("dora"))
    assert (answer.status_code, answer.json()["field"]) == (400, "limit")
    assert world.browser().get("/api/v1/events?limit=1001", headers=world.token("dora")).json()["field"] == "limit"


def test_the_errors_of_a_query_parameter_of_a_page_are_shown_as_a_page(world):
    @get("/counted", sync_to_thread=False)
    def counted(n: FromQuery[int]) -> str:
        return str(n)

    world.app.register(counted)
    answer = world.browser().get("/counted?n=x")
    assert (answer.status_code, sentence(answer)) == (400, "Het veld “n” klopt niet.")


def test_a_form_that_is_too_large_is_refused(world):
    browser = world.browser()
    browser.get("/sign-in")
    answer = browser.post("/sign-in", data={"email": "y" * 1_100_000, "password": "x"})
    assert answer.status_code == 413


def test_a_form_reads_what_people_type():
    form = Form({"total": [" 1.234,56 "], "day": ["31/12/2026"], "iso": ["2026-12-31"], "id": [str(uuid4()), str(uuid4())], "empty": [""]})
    assert str(form.amount("total")) == "1234.56"
    assert form.date("day") == form.date("iso")
    assert len(form.ids()) == 2
    assert form.date("empty") is form.amount("missing") is form.id("missing") is None


@pytest.mark.parametrize("ask", [lambda form: form.amount("x"), lambda form: form.date("x"), lambda form: form.ids("x")])
def test_a_form_names_the_field_it_cannot_read(ask):
    with pytest.raises(BadInput) as wrong:
        ask(Form({"x": ["iets anders"]}))
    assert wrong.value.field == "x"
