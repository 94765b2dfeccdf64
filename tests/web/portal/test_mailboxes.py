import re

import pytest

from domain.document import Mailbox, Progress
from world import ubl


def shown(page):
    """The documents in the list, in order."""
    return re.findall(r'<tr id="r-([0-9a-f-]{36})"', page.text)


def row(page, document):
    return re.search(rf'<tr id="r-{document}".*?</tr>', page.text, re.DOTALL).group()


def tile(page, name):
    """The count on a tile."""
    return int(re.search(rf'\?tab={name}" class="tile.*?<span class="n">(\d+)</span>', page.text, re.DOTALL).group(1))


def test_the_list_shows_what_was_read_and_how_far_each_document_is(post, anna):
    page = anna.get(f"{post.portal}/mailboxes")
    assert set(shown(page)) == {str(one) for one in (*post.anna, post.ed, post.broken)}
    assert "Ontvangen" in row(page, post.anna[0])
    assert tile(page, "purchase") == 5


def test_a_file_that_cannot_be_opened_says_why_in_its_own_row(post, anna):
    page = anna.get(f"{post.portal}/mailboxes")
    assert post.state(post.broken).progress == Progress.UNUSABLE
    assert f'id="w-{post.broken}"' in page.text
    assert post.state(post.broken).reason in page.text


def test_a_document_that_is_being_read_has_skeletons_where_its_data_will_stand(post, anna, world):
    new = world.deliver(ubl(4), name="pas binnen.xml")
    world._runner.catch_up()
    line = row(anna.get(f"{post.portal}/mailboxes"), new)
    assert "Wordt herkend" in line
    assert 'class="sk ' in line


def test_the_same_bytes_again_are_flagged_as_a_twin(post, anna, world):
    again = world.deliver(ubl(0), name="nog eens.xml")
    world.settle()
    page = anna.get(f"{post.portal}/mailboxes")
    assert "Dubbel" in row(page, again)
    assert "Dubbel" not in row(page, post.anna[0])


def test_ed_sees_only_what_he_delivered_and_nothing_to_do_with_it(post, world):
    page = world.browser("ed").get(f"{post.portal}/mailboxes")
    assert shown(page) == [str(post.ed)]
    assert tile(page, "purchase") == 1
    assert 'name="id"' not in page.text


def test_who_processes_documents_sees_everybodys(post, world):
    for who in ("gust", "hilde", "fien"):
        assert len(shown(world.browser(who).get(f"{post.portal}/mailboxes"))) == 5


def test_chris_is_told_that_the_bakery_does_not_exist(post, world):
    assert world.browser("chris").get(f"{post.portal}/mailboxes").status_code == 404


def test_ivo_who_gets_feedback_only_lands_on_the_archive_and_is_told_that_mailboxes_are_not_his(post, world):
    ivo = world.browser("ivo")
    assert ivo.get(post.portal, follow_redirects=False).headers["location"] == f"{post.portal}/archive"
    refused = ivo.get(f"{post.portal}/mailboxes")
    assert refused.status_code == 403
    assert "Je profiel laat dit niet toe." in refused.text


def test_staf_of_support_has_no_business_in_a_portal(post, world):
    assert world.browser("staf").get(post.portal).status_code == 403


def test_marking_as_handled_moves_the_counts_and_can_be_undone(post, anna, told):
    answer = post.act(anna, "handled", *post.anna[:2])
    assert told(answer)["text"] == "2 documenten zijn behandeld"
    assert tile(anna.get(f"{post.portal}/mailboxes"), "to_send") == 2
    anna.post(told(answer)["undo"], follow_redirects=False)
    assert not any(post.state(one).handled for one in post.anna)


def test_what_is_deleted_comes_back_with_undo_and_its_event_stays(post, anna, told, world):
    answer = post.act(anna, "delete", post.anna[0])
    assert str(post.anna[0]) not in shown(anna.get(f"{post.portal}/mailboxes"))
    anna.post(told(answer)["undo"], follow_redirects=False)
    world.settle()
    assert str(post.anna[0]) in shown(anna.get(f"{post.portal}/mailboxes"))
    assert [moment.event.name for moment in world.bench.log.stream(post.anna[0])][-2:] == ["document.deleted", "document.restored"]


def test_moving_to_another_mailbox_is_undone_by_moving_back(post, anna, told):
    answer = post.act(anna, "move_sales", post.anna[0], query="?tab=purchase")
    assert post.state(post.anna[0]).mailbox == Mailbox.SALES
    anna.post(told(answer)["undo"], follow_redirects=False)
    assert post.state(post.anna[0]).mailbox == Mailbox.PURCHASE


def test_one_refusal_in_the_middle_does_not_stop_the_others(post, anna, told):
    answer = post.act(anna, "submit", post.anna[0], post.broken, post.anna[1])
    assert [post.state(one).submitted for one in (post.anna[0], post.broken, post.anna[1])] == [True, False, True]
    assert told(answer)["text"].startswith("2 documenten zijn verzonden naar je accountant · Dit document kan niet geopend worden")
    why = re.search(rf'id="w-{post.broken}".*?</tr>', answer.text, re.DOTALL).group()
    assert "Verwijder het en lever het opnieuw aan." in why
    assert 'role="alert"' in why


def test_sending_what_is_handled_sends_that_of_this_box_and_no_other(post, anna, world):
    sale = world.deliver(ubl(5), mailbox=Mailbox.SALES, name="verkoop.xml")
    world.settle()
    post.act(anna, "handled", post.anna[0], sale)
    post.act(anna, "submit_handled", query="?tab=purchase")
    assert [post.state(one).submitted for one in (*post.anna, sale)] == [True, False, False, False]
    assert tile(anna.get(f"{post.portal}/mailboxes"), "to_send") == 1
    post.act(anna, "submit_handled", query="?tab=to_send")
    assert post.state(sale).submitted


def test_ed_cannot_send_delete_or_mark(post, world):
    ed = world.browser("ed")
    for do in ("submit", "submit_handled", "delete", "handled", "move_sales"):
        assert post.act(ed, do, post.ed).status_code == 403
    assert post.state(post.ed).submitted is False


def test_chris_cannot_touch_a_document_by_naming_it_in_his_own_dossier(post, world):
    chris = world.browser("chris")
    data = {"do": "delete", "id": str(post.anna[0])}
    assert chris.post(f"/portal/{world.garage}/mailboxes/selection", data=data).status_code == 404
    assert post.state(post.anna[0]).deleted is False


def test_sent_documents_stand_in_processing_until_they_are_booked(post, anna):
    post.act(anna, "submit", post.anna[0])
    page = anna.get(f"{post.portal}/mailboxes?tab=processing")
    assert shown(page) == [str(post.anna[0])]
    assert "Bij je accountant" in row(page, post.anna[0])


def test_the_list_is_searched_by_name_party_and_amount_as_people_write_them(post, anna):
    line = row(anna.get(f"{post.portal}/mailboxes"), post.anna[1])
    party = re.search(r'row-link" href="[^"]+">([^<]+)</a>', line).group(1)
    amount = re.search(r'class="strong[^>]*>([\d.,]+)<', line).group(1)
    for wanted in ("factuur 1", party, amount):
        assert str(post.anna[1]) in shown(anna.get(f"{post.portal}/mailboxes", params={"q": wanted}))
    assert shown(anna.get(f"{post.portal}/mailboxes", params={"q": "van ed"})) == [str(post.ed)]


def test_the_head_of_a_column_sorts_up_and_then_down(post, anna):
    up = shown(anna.get(f"{post.portal}/mailboxes?sort=name"))
    down = shown(anna.get(f"{post.portal}/mailboxes?sort=-name"))
    assert up == down[::-1]
    assert 'aria-sort="ascending"' in anna.get(f"{post.portal}/mailboxes?sort=name").text


def test_a_filter_without_result_names_the_filter_and_offers_to_clear_it(post, anna):
    page = anna.get(f"{post.portal}/mailboxes?q=graankorel&quick=unhandled")
    assert "Niets gevonden met deze filter" in page.text
    assert "graankorel" in page.text


def test_an_empty_box_says_what_it_is_for(post, anna):
    assert "Deze postbus is leeg" in anna.get(f"{post.portal}/mailboxes?tab=misc").text
    assert "Niets om te verzenden" in anna.get(f"{post.portal}/mailboxes?tab=to_send").text


def test_a_batch_with_a_bad_file_loses_nothing_else(post, anna, world):
    answers = [post.upload(anna, data, name) for data, name in ((ubl(6), "een.xml"), (b"", "leeg.pdf"), (ubl(7), "twee.xml"))]
    world.settle()
    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert "leeg" in answers[1].json()["detail"]
    assert tile(anna.get(f"{post.portal}/mailboxes"), "purchase") == 7


def test_a_photo_is_remembered_as_one(post, anna, world):
    answer = anna.post(
        f"{post.portal}/mailboxes/purchase/documents?channel=photo",
        files={"file": ("foto.xml", ubl(6))},
        headers={"Idempotency-Key": "p"},
    )
    world.settle()
    assert str(post.state(answer.json()["id"]).channel) == "photo"


@pytest.mark.parametrize("address", ["mailboxes/undo?do=restore&id=rubbish", "mailboxes/undo?do=restore&id=%00"])
def test_an_undo_of_rubbish_is_a_mistake_of_the_browser(post, anna, address):
    assert anna.post(f"{post.portal}/{address}", follow_redirects=False).status_code == 400


@pytest.mark.parametrize("query", ["q=a%00b", "period=a%00b", "page=99999999999999999999", f"page={'9' * 5000}", "page=%C2%B2"])
def test_an_address_nobody_would_write_breaks_nothing(post, anna, query):
    assert anna.get(f"{post.portal}/mailboxes?{query}").status_code in (200, 400)
