import re

from application import mailboxes
from world import pdf, ubl


def test_the_amount_and_the_due_date_come_before_everything_else(post, anna, world):
    document = world.deliver(pdf(8), name="brood.pdf")
    world.settle()
    page = anna.get(post.preview(document)).text
    assert page.index('class="bigamt"') < page.index("Herkende gegevens")
    assert f'data-document="/documents/{document}/shown"' in page
    assert "data-box=" in page


def test_an_electronic_invoice_without_picture_is_told_in_words(post, anna):
    page = anna.get(post.preview(post.anna[0])).text
    assert "Deze e-factuur bevat geen beeld" in page
    assert "Maatstaf" in page


def test_a_file_that_cannot_be_opened_is_explained_and_offered_to_be_deleted(post, anna):
    page = anna.get(post.preview(post.broken)).text
    assert "Dit bestand kan niet geopend worden" in page
    assert 'value="delete"' in page
    assert 'value="submit"' not in page


def test_previous_and_next_follow_the_list_as_it_was_sorted_and_filtered(post, anna):
    query = "tab=purchase&q=factuur&sort=name"
    page = anna.get(f"{post.preview(post.anna[1])}?{query}").text
    before, after = (
        re.search(rf'href="[^"]*documents/([0-9a-f-]+)[^"]*" data-action="{key}"', page).group(1) for key in ("previous", "next")
    )
    assert (before, after) == (str(post.anna[0]), str(post.anna[2]))
    assert "2 van 3" in page


def test_handled_goes_on_to_the_next_document_of_the_list(post, anna, world):
    query = "tab=purchase&q=factuur&sort=name"
    answer = anna.post(f"{post.preview(post.anna[0])}/act?{query}", data={"do": "handled", "then_next": "1"}, follow_redirects=False)
    world.settle()
    assert f"/documents/{post.anna[1]}?" in answer.headers["location"]
    assert post.state(post.anna[0]).handled


def test_without_that_wish_it_stays(post, anna):
    answer = anna.post(f"{post.preview(post.anna[0])}/act?sort=name", data={"do": "handled"}, follow_redirects=False)
    assert f"/documents/{post.anna[0]}?" in answer.headers["location"]


def test_after_the_last_document_one_is_back_in_the_list(post, anna, world):
    answer = anna.post(f"{post.preview(post.broken)}/act?q=kapot", data={"do": "delete"}, follow_redirects=False)
    world.settle()
    assert answer.headers["location"] == f"{post.portal}/mailboxes?q=kapot"
    assert "1 document is verwijderd" in anna.get(answer.headers["location"]).text


def test_a_refusal_is_told_on_the_document_itself(post, anna):
    answer = anna.post(f"{post.preview(post.broken)}/act", data={"do": "submit"}, follow_redirects=False)
    page = anna.get(answer.headers["location"]).text
    assert "Dit document kan niet geopend worden en dus niet verzonden" in page


def test_a_new_name_is_shown_and_an_empty_one_refused(post, anna, world):
    anna.post(f"{post.preview(post.anna[0])}/name", data={"file_name": "Bloem maart"}, follow_redirects=False)
    world.settle()
    assert "<title>Bloem maart" in anna.get(post.preview(post.anna[0])).text
    answer = anna.post(f"{post.preview(post.anna[0])}/name", data={"file_name": " "}, follow_redirects=False)
    assert "Geef het document een naam." in anna.get(answer.headers["location"]).text


def test_a_twin_leads_to_the_first_unless_that_is_not_ones_own(post, anna, world):
    again = world.deliver(ubl(0), by="ed", name="nog eens.xml")
    world.settle()
    assert post.preview(post.anna[0]) in anna.get(post.preview(again)).text
    assert str(post.anna[0]) not in world.browser("ed").get(post.preview(again)).text


def test_ed_opens_what_he_delivered_and_by_no_address_anything_else(post, world):
    ed = world.browser("ed")
    assert ed.get(post.preview(post.ed)).status_code == 200
    for address in (post.preview(post.anna[0]), f"/documents/{post.anna[0]}/original", f"/documents/{post.anna[0]}/words"):
        assert ed.get(address).status_code == 404


def test_a_document_is_not_shown_under_another_dossier(post, world):
    assert world.browser("dora").get(f"/portal/{world.garage}/documents/{post.anna[0]}").status_code == 404


def test_ivo_opens_a_document_from_the_day_it_is_booked(booked, post, world):
    ivo = world.browser("ivo")
    for address in (post.preview(post.anna[1]), f"/documents/{post.anna[1]}/original", f"/documents/{post.anna[1]}/shown"):
        assert ivo.get(address).status_code == 404
    assert ivo.get(f"/documents/{booked}/original").status_code == 200
    page = ivo.get(f"{post.preview(booked)}?from=archive").text
    assert "Geboekt in je boekhouding." in page
    assert "Historiek" not in page


def test_who_only_processes_documents_is_not_told_about_the_books(booked, post, world):
    assert "Geboekt als" not in world.browser("gust").get(post.preview(booked)).text
    assert "Geboekt als" in world.browser("anna").get(post.preview(booked)).text


def test_the_history_tells_who_did_what_to_who_may_see_it(post, anna, world):
    mailboxes.mark_handled(world.bench, world.actor("anna"), post.anna[0], handled=True)
    world.settle()
    page = anna.get(f"{post.preview(post.anna[0])}/history").text
    assert "<b>Anna Claes</b> zette het document op behandeld" in page
    assert world.browser("ed").get(f"{post.preview(post.ed)}/history").status_code == 403
    assert world.browser("ivo").get(f"{post.preview(post.anna[0])}/history").status_code == 403
