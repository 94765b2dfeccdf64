"""A question about an invoice goes from the annotation screen to the client's portal, and his answer back."""

import re

import pytest

from application import asking
from domain.booking_proposal import proposal_of
from world import ubl

TEXT = "Was dit <b>privé</b>?"


@pytest.fixture
def asked(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.submit(document)
    world.settle()
    asking.ask_client(world.bench, world.actor("bart"), document, TEXT)
    world.settle()
    return document


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_client_is_told_on_his_first_screen_and_answers_at_the_document(world, asked):
    anna, address = world.browser("anna"), f"/portal/{world.bakery}/documents/{asked}"
    first = anna.get(f"/portal/{world.bakery}/mailboxes").text
    assert "Je accountant wacht op je antwoord over 1 document" in first
    assert f'href="{address}?tab=processing"' in first
    page = anna.get(address).text
    assert "Was dit &lt;b&gt;privé&lt;/b&gt;?" in page
    answer = anna.post(f"{address}/answer", data={"number": "1", "answer": "Voor de zaak"}, follow_redirects=False)
    assert answer.status_code == 303
    world.settle()
    assert "wacht op je antwoord" not in anna.get(f"/portal/{world.bakery}/mailboxes").text
    assert 'name="answer"' not in anna.get(address).text


def test_the_office_reads_the_answer_where_it_books_and_closes_it_there(world, asked):
    asking.answer_question(world.bench, world.actor("anna"), asked, 1, "Voor de zaak")
    world.settle()
    bart, address = world.browser("bart"), f"/office/proposals/{proposal_of(asked)}"
    listed = bart.get(f"/office/dossiers/{world.bakery}/worklist?quick=answered").text
    assert len(re.findall(r'<tr data-id="', listed)) == 1
    assert "De klant heeft geantwoord" in listed
    assert "Antwoord van Anna Claes: Voor de zaak" in text_of(bart.get(address).text)
    closed = bart.post(f"/office/documents/{asked}/question", data={"do": "close"}, follow_redirects=False)
    assert closed.headers["location"] == address
    world.settle()
    assert "Voor de zaak" not in bart.get(address).text


def test_the_row_of_the_client_has_a_mark_while_a_question_waits(world, asked):
    listed = world.browser("anna").get(f"/portal/{world.bakery}/mailboxes?tab=processing").text
    row = listed[listed.index(f'data-id="{asked}"') :]
    assert re.search(r"<span class=\"lbl is-warn\">.*? Vraag</span>", row)


@pytest.mark.parametrize("who", ["ivo", "ed"])
def test_who_does_not_process_documents_does_not_read_the_question(world, asked, who):
    browser = world.browser(who)
    for address in (f"/portal/{world.bakery}/mailboxes", f"/portal/{world.bakery}/documents/{asked}"):
        assert "privé" not in browser.get(address).text
        assert "wacht op je antwoord" not in browser.get(address).text


def test_a_number_that_is_none_is_told(world, asked):
    address = f"/portal/{world.bakery}/documents/{asked}/answer"
    assert world.browser("anna").post(address, data={"number": "x", "answer": "ja"}, follow_redirects=False).status_code == 400
