import json
import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from application import worklist
from domain.booking_proposal import ProposalCorrected, Stage, proposal_of
from domain.document import Mailbox
from domain.mandatory import missing_fields
from web.office.reasons import FIELDS
from world import ubl


def toast(answer):
    return json.loads(answer.headers["HX-Trigger"])["toast"]


def numbers_shown(page):
    return re.findall(r'<tr data-id="([0-9a-f-]{36})"', page.text)


@pytest.fixture
def bart(work):
    return work.world.browser("bart")


def test_every_proposal_is_a_row_with_its_state(work, bart):
    page = bart.get(work.worklist)
    assert set(numbers_shown(page)) == {str(one) for one in work.ids}
    assert page.text.count("OK – nieuw") >= 4


def test_checking_a_selection_tells_how_many_and_can_be_undone(work, bart):
    told = toast(work.act(bart, "check", 0, 1))
    assert told["text"] == "2 voorstellen zijn nagekeken"
    assert work.state(0).stage == Stage.CHECKED
    answer = bart.post(told["undo"], follow_redirects=False)
    assert (answer.status_code, work.state(0).stage) == (303, Stage.OPEN)


def test_undoing_a_hold_gives_back_what_was_checked(work, bart):
    work.act(bart, "check", 0)
    told = toast(work.act(bart, "hold", 0, 1, hold_reason="klant belt terug"))
    assert work.state(0).reason == "klant belt terug"
    bart.post(told["undo"], follow_redirects=False)
    assert [work.state(number).stage for number in (0, 1)] == [Stage.CHECKED, Stage.OPEN]


def test_what_is_refused_says_why_in_its_own_row(work, bart):
    worklist.correct(work.world.bench, work.world.actor("bart"), work.ids[0], spoilt())
    answer = work.act(bart, "check", 0, 1)
    assert toast(answer)["text"].startswith("1 voorstel is nagekeken · 1 geweigerd: Nog in te vullen: factuurnummer")
    row, why = re.search(
        rf'id="row-{work.ids[0]}".*?</tr>\s*<tr class="is-why" data-refusal="row-{work.ids[0]}">(.*?)</tr>', answer.text, re.DOTALL
    ).group(0, 1)
    assert "NOK" in row
    assert "Nog in te vullen: factuurnummer" in why


def test_sending_all_that_is_checked_numbers_them_and_leaves_the_rest(work, bart):
    work.act(bart, "check", 0, 1)
    answer = work.act(bart, "send_checked")
    assert toast(answer)["text"] == "2 voorstellen zijn verzonden"
    assert {str(work.ids[0]), str(work.ids[1])}.isdisjoint(numbers_shown(bart.get(work.worklist)))
    sent = bart.get(f"/office/dossiers/{work.world.bakery}/proposals").text
    assert work.state(0).number in sent
    assert "Geboekt" in sent


def test_only_what_is_checked_is_sent(work, bart):
    assert "geweigerd" in toast(work.act(bart, "send", 2))["text"]
    assert work.state(2).number is None


def test_the_period_of_a_row_is_changed_in_the_list(work, bart):
    work.act(bart, "edit", 0, period="2026-01")
    assert work.state(0).period == "2026-01"


def test_several_rows_get_another_period_and_undoing_gives_each_its_own_back_and_the_check(work, bart):
    own = work.state(0).period
    work.act(bart, "edit", 1, period="2026-02")
    work.act(bart, "check", 0)
    told = toast(work.act(bart, "edit", 0, 1, period="2026-01"))
    assert told["text"] == "2 voorstellen zijn gewijzigd"
    assert [(work.state(number).period, work.state(number).stage) for number in (0, 1)] == [("2026-01", Stage.OPEN)] * 2
    bart.post(told["undo"], follow_redirects=False)
    assert [(work.state(number).period, work.state(number).stage) for number in (0, 1)] == [
        (own, Stage.CHECKED),
        ("2026-02", Stage.OPEN),
    ]


def test_a_journal_of_another_kind_is_refused_in_the_row_which_keeps_its_own(work, bart):
    answer = work.act(bart, "edit", 0, journal="VERK")
    assert "niet voor deze soort facturen" in re.search(rf'data-refusal="row-{work.ids[0]}">(.*?)</tr>', answer.text, re.DOTALL).group(1)
    assert work.state(0).journal == "CFAAN"


def test_changing_nothing_is_refused(work, bart):
    assert work.act(bart, "edit", 0).status_code == 409


def test_filters_combine_and_each_can_be_taken_away(work, bart):
    total = work.state(0).total
    wanted = f"quick=unchecked&period={work.state(0).period}&source=UBL&amount_from={total}&amount_to={total}&date_from=01/01/2026"
    address = f"{work.worklist}?{wanted}"
    page = bart.get(address).text
    assert str(work.ids[0]) in page
    pills = re.findall(r'<a href="([^"]+)" class="db-q is-on">([^<]+)<i class="ti ti-x', page)
    assert next(words.strip() for _href, words in pills) == "Niet nagekeken"
    assert len(pills) == 6
    without = parse_qs(urlsplit(pills[4][0].replace("&amp;", "&")).query)
    assert "amount_from" not in without
    assert without["quick"] == ["unchecked"]
    assert "Niets gevonden met deze filter" in bart.get(address.replace("source=UBL", "source=AIR")).text


def test_a_filter_that_cannot_be_read_says_so_and_does_not_count(work, bart):
    page = bart.get(f"{work.worklist}?date_from=gisteren").text
    assert "Dit is geen datum" in page
    assert len(numbers_shown(bart.get(work.worklist))) == len(re.findall(r'<tr data-id="', page))


def test_columns_and_length_are_chosen_and_remembered(work, bart):
    chosen = "&".join(f"show={name}" for name in ("date", "party", "total"))
    bart.get(f"{work.worklist}?columns=1&size=25&{chosen}")
    page = bart.get(work.worklist).text
    heads = re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]+)', page)
    assert [head.strip() for head in heads] == ["Factuurdatum", "Factuurnr.", "Tegenpartij", "Totaal (€)", "Validatie"]
    assert '<option value="25" selected>' in page


def test_when_all_is_checked_the_list_says_so_and_offers_to_send(work, bart):
    work.act(bart, "check", 0, 1, 2)
    assert "allgood" not in bart.get(work.worklist).text
    work.act(bart, "check", 3)
    page = bart.get(work.worklist).text
    assert "Alle 4 aankoopfacturen zijn nagekeken." in page
    assert page.count('value="send_checked"') == 1


def test_deleting_asks_for_a_reason_and_removes_the_row(work, bart):
    told = toast(work.act(bart, "delete", 3, delete_reason="dubbel"))
    assert told == {"text": "1 voorstel is verwijderd", "undo": ""}
    assert work.state(3).stage == Stage.DELETED


def test_filters_stay_in_the_address_of_everything_the_page_does(work, bart):
    page = bart.get(f"{work.worklist}?quick=unchecked&q=a&sort=total").text
    action = re.search(r'<form class="db-tool is-bulk"[^>]*action="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert parse_qs(urlsplit(action).query) == {"quick": ["unchecked"], "q": ["a"], "sort": ["total"]}


def test_a_filter_without_result_names_itself_and_offers_to_clear(work, bart):
    page = bart.get(f"{work.worklist}?q=bestaatniet").text
    assert "Niets gevonden met deze filter" in page
    assert "“bestaatniet”" in page


def test_what_is_not_proposed_yet_is_shown_as_being_recognised(work, bart):
    document = work.world.deliver(ubl(5), name="nieuw.xml")
    work.world.submit(document)
    work.world._runner.catch_up()
    page = bart.get(work.worklist).text
    assert "nieuw.xml" in page
    assert "Wordt herkend" in page


@pytest.mark.usefixtures("misc")
def test_a_miscellaneous_document_is_processed(work, bart):
    page = bart.get(f"{work.worklist}?tab=misc").text
    assert "brief.xml" in page
    row = re.findall(r'<tr data-id="([0-9a-f-]{36})"', page)
    answer = bart.post(f"{work.worklist}/selection?tab=misc", data={"do": "process", "id": row}, headers={"HX-Request": "true"})
    assert toast(answer)["text"] == "1 document is verwerkt"
    work.world.settle()
    assert "brief.xml" not in bart.get(f"{work.worklist}?tab=misc").text


def test_rows_of_another_dossier_do_not_exist_here(work):
    world = work.world
    document = world.deliver(ubl(1), by="chris", dossier=world.garage, mailbox=Mailbox.PURCHASE)
    world.settle()
    world.submit(document, by="chris")
    world.settle()
    answer = world.browser("dora").post(f"{work.worklist}/selection", data={"do": "check", "id": str(proposal_of(document))})
    assert answer.status_code == 404


def test_support_works_in_the_worklist_and_nowhere_else(work):
    staf = work.world.browser("staf")
    assert toast(work.act(staf, "check", 0))["text"] == "1 voorstel is nagekeken"
    page = staf.get(work.worklist).text
    assert "Klantenportaal" not in page
    assert "/settings" not in page
    assert staf.get(f"/office/dossiers/{work.world.bakery}/settings").status_code == 403
    assert staf.get("/office/health").status_code == 403


def test_without_scripts_the_selection_is_a_plain_form(work, bart):
    answer = bart.post(f"{work.worklist}/selection", data={"do": "check", "id": str(work.ids[0])}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, work.worklist)


def test_every_mandatory_field_can_be_named_in_any_language():
    nothing = missing_fields(
        party=False, invoice_number="", invoice_date=None, period=None, journal="", total=None, rate=False, accounts=(), vat_codes=()
    )
    assert set(nothing) == set(FIELDS)


def spoilt():
    return ProposalCorrected(invoice_number="", total=Decimal(1))


@pytest.mark.parametrize("query", ["period=x", "period=a%1bb", "q=%1b", "page=" + "9" * 5000])
def test_an_address_nobody_would_write_breaks_no_worklist(work, world, query):
    assert world.browser("bart").get(f"{work.worklist}?{query}").status_code == 200


def test_reading_again_is_an_act_on_a_selection(work, bart):
    work.act(bart, "check", 1)
    told = toast(work.act(bart, "recognise", 0, 1))["text"]
    assert told.startswith("1 document wordt opnieuw herkend · 1 geweigerd: Dit voorstel is nagekeken")
    page = bart.get(work.worklist).text
    assert re.search(rf'id="row-{work.ids[0]}"[^>]*data-can="[^"]*recognise', page)
    assert not re.search(rf'id="row-{work.ids[1]}"[^>]*data-can="[^"]*recognise', page)


def test_reading_one_again_goes_back_to_its_screen(work, bart):
    answer = bart.post(f"/office/proposals/{work.ids[0]}/recognise", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/office/proposals/{work.ids[0]}")
