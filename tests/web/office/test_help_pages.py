import json
import re

import pytest
from msgspec import structs

from domain.booking_proposal import Stage
from web.office.annotation_form import TypedLine, shown


@pytest.fixture
def bart(work):
    return work.world.browser("bart")


def menu_count(page):
    found = re.search(r'href="/office/help"[^>]*>Hulp(?:<span class="db-count">(\d+)</span>)?', page)
    return int(found.group(1) or 0)


def notice(page):
    found = re.search(r'<div class="db-note sm is-help.*?</b>(.*?)</div>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found.group(0)) if found else ""


def test_a_selection_can_be_asked_about_and_that_can_be_undone(work, bart):
    told = json.loads(work.act(bart, "help", 0, 1, help_reason="Welke rekening?").headers["HX-Trigger"])["toast"]
    assert told["text"] == "Hulp gevraagd voor 2 documenten"
    dora = work.world.browser("dora")
    assert menu_count(dora.get("/office/clients").text) == 2
    bart.post(told["undo"], follow_redirects=False)
    work.world.settle()
    assert menu_count(dora.get("/office/clients").text) == 0


def test_the_colleague_reads_the_question_where_the_invoice_is_booked_and_answers_there(work, bart):
    work.act(bart, "help", 0, help_reason="Welke rekening?", colleague=str(work.world.user("dora")))
    dora, address = work.world.browser("dora"), f"/office/proposals/{work.ids[0]}"
    assert "Bart Peeters vraagt jou om hulp: Welke rekening?" in " ".join(notice(dora.get(address).text).split())
    assert "Welke rekening?" in dora.get("/office/help").text
    answer = dora.post(f"/office/documents/{work.documents[0]}/help", data={"do": "answer", "answer": "613000"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    work.world.settle()
    assert menu_count(dora.get("/office/clients").text) == 0
    assert menu_count(bart.get("/office/clients").text) == 1
    assert "Antwoord van Dora Willems: 613000" in " ".join(re.sub(r"<[^>]+>|\s+", " ", bart.get(address).text).split())


def test_saving_with_a_question_goes_on_to_the_next(work, bart):
    typed = structs.asdict(shown(work.state(0)))
    lines = {f"line_{name}": [line[name] for line in map(structs.asdict, typed["lines"])] for name in TypedLine.__struct_fields__}
    data = typed | lines | {"version": str(work.version(0)), "then": "help", "help_reason": "Privé of zaak?"}
    del data["lines"]
    answer = bart.post(f"/office/proposals/{work.ids[0]}", data=data, follow_redirects=False)
    assert answer.status_code == 303, re.findall(r'role="alert">.*', answer.text)
    assert re.search(r"/office/proposals/[0-9a-f-]{36}$", answer.headers["location"])
    assert work.state(0).stage == Stage.OPEN
    work.world.settle()
    assert work.world.models.worklist.find(work.ids[0]).help_question == "Privé of zaak?"


def test_the_list_shows_who_asked_what(work, bart):
    work.act(bart, "help", 2, help_reason="Welke <b>btw</b>?")
    shown = work.world.browser("dora").get(f"{work.worklist}?quick=help").text
    assert len(re.findall(r'<tr data-id="', shown)) == 1
    assert "Hulp gevraagd door Bart Peeters: Welke &lt;b&gt;btw&lt;/b&gt;?" in shown
