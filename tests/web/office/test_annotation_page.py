import re
from html import unescape

import pytest
from msgspec import UNSET, structs

from application import enrichment_settings, worklist
from application.accounting_package import Dimension, DimensionValue
from domain.booking_proposal import ProposalCorrected, Stage, proposal_of
from domain.counterparty import Counterparty
from web.office.annotation_form import TypedLine, shown
from world import ubl


@pytest.fixture
def bart(work):
    return work.world.browser("bart")


def page_of(work, number):
    return f"/office/proposals/{work.ids[number]}"


def form_of(work, number, **changes):
    """What the screen would send, with something else typed."""
    typed = structs.asdict(structs.replace(shown(work.state(number)), **changes))
    lines = typed.pop("lines")
    columns = {f"line_{name}": [getattr(line, name) for line in lines] for name in TypedLine.__struct_fields__ if name != "dimensions"}
    analytic = {code for line in lines for code in line.dimensions}
    columns |= {f"line_dimension.{code}": [line.dimensions.get(code, "") for line in lines] for code in analytic}
    return {**typed, **columns, "version": str(work.version(number)), "then": "next"}


def save(work, browser, number, then="next", **changes):
    work.world.settle()
    data = form_of(work, number, **changes) | {"then": then}
    answer = browser.post(page_of(work, number), data=data, follow_redirects=False)
    work.world.settle()
    return answer


def value(page, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1))


def note(page):
    return [unescape(re.sub(r"<[^>]+>", "", found)).strip() for found in re.findall(r'role="alert">(.*?)</div>', page.text, re.DOTALL)]


def last_correction(work, number):
    stream = work.world.bench.log.stream(work.ids[number])
    event = next(
        moment.event for moment in reversed(stream) if isinstance(moment.event, ProposalCorrected) and moment.event.counterparty is UNSET
    )
    return {name: value for name, value in structs.asdict(event).items() if value is not UNSET}


def test_the_screen_shows_what_the_proposal_says(work, bart):
    page = bart.get(page_of(work, 0))
    assert value(page, "invoice_number") == work.state(0).invoice_number
    assert "elektronische factuur" in page.text.lower()


def test_saving_checks_and_goes_to_the_next_that_is_open(work, bart):
    answer = save(work, bart, 0)
    assert work.state(0).stage == Stage.CHECKED
    following = answer.headers["location"].rpartition("/")[2]
    assert following in {str(one) for one in work.ids[1:]}
    assert "is nagekeken" in bart.get(answer.headers["location"]).text


def test_after_the_last_one_comes_the_list(work, bart):
    for number in range(3):
        save(work, bart, number)
    assert save(work, bart, 3).headers["location"] == work.worklist


def test_saving_and_going_back_leads_to_the_list(work, bart):
    assert save(work, bart, 0, then="back").headers["location"] == work.worklist


def test_only_what_changed_is_recorded(work, bart):
    save(work, bart, 0, invoice_number="F-2026-77")
    assert last_correction(work, 0) == {"invoice_number": "F-2026-77"}


def test_a_missing_field_comes_back_with_everything_that_was_typed(work, bart):
    answer = save(work, bart, 0, invoice_number="", payment_reference="pallets terug")
    assert answer.status_code == 409
    assert value(answer, "payment_reference") == "pallets terug"
    assert note(answer) == ["Niet bewaard: Nog in te vullen: factuurnummer."]
    assert re.search(r'class="fld c3 id is-missing"><label for="invoice_number"', answer.text)
    assert work.state(0).stage == Stage.OPEN


def test_a_field_that_cannot_be_read_comes_back_as_it_was_typed(work, bart):
    answer = save(work, bart, 0, invoice_date="overmorgen")
    assert answer.status_code == 400
    assert value(answer, "invoice_date") == "overmorgen"
    assert "“overmorgen” is geen datum" in unescape(answer.text)


def test_lines_that_do_not_add_up_are_not_checked(work, bart):
    lines = (structs.replace(shown(work.state(0)).lines[0], base="1,00"),)
    answer = save(work, bart, 0, lines=lines)
    assert answer.status_code == 409
    assert "meer of minder dan het totaal" in note(answer)[0]


def test_a_colleague_who_was_faster_is_named_and_nothing_typed_is_lost(work, bart):
    version = work.version(0)
    worklist.correct(work.world.bench, work.world.actor("dora"), work.ids[0], ProposalCorrected(invoice_number="van Dora"))
    work.world.settle()
    data = form_of(work, 0, invoice_number="van Bart") | {"version": str(version)}
    answer = bart.post(page_of(work, 0), data=data, follow_redirects=False)
    assert answer.status_code == 409
    assert "Dora Willems was je voor." in answer.text
    assert value(answer, "invoice_number") == "van Bart"
    assert work.state(0).invoice_number == "van Dora"
    again = bart.post(page_of(work, 0), data=data | {"version": value(answer, "version")}, follow_redirects=False)
    assert (again.status_code, work.state(0).invoice_number) == (303, "van Bart")


def test_a_new_party_becomes_a_counterparty_and_is_offered_from_then_on(work, bart):
    save(work, bart, 0, party="Molens Van Nu", party_vat="")
    party = work.world.bench.log.load(Counterparty, work.state(0).counterparty).state
    assert party.party_name == "Molens Van Nu"
    assert "Molens Van Nu" in bart.get(f"{page_of(work, 1)}/parties?q=nu").text


def test_who_types_only_a_number_is_offered_a_new_party_with_the_name_that_was_read(work, bart):
    offered = bart.get(f"{page_of(work, 1)}/parties?q=0403.019.261").text
    name = re.search(r'id="party-new" data-value="" data-text="([^"]*)"', offered)[1]
    assert unescape(name) == work.state(1).party_name
    assert 'data-vat="BE 0403.019.261" data-vat-typed="1"' in offered
    assert 'data-text="Iemand Anders"' in bart.get(f"{page_of(work, 1)}/parties?q=Iemand Anders").text


def test_a_party_found_by_its_account_number_shows_it(work, bart):
    save(work, bart, 0, party="Molens Van Nu", party_vat="", party_iban="BE68 5390 0754 7034")
    assert "BE68 5390 0754 7034" in bart.get(f"{page_of(work, 1)}/parties?q=be68 5390").text


def test_saving_before_going_back_leads_to_the_one_before(work, bart):
    before = [re.search(r'href="([^"]*)" data-action="previous"', bart.get(page_of(work, number)).text) for number in range(len(work.ids))]
    number = next(number for number, found in enumerate(before) if found)
    assert save(work, bart, number, then="previous").headers["Location"] == before[number][1]


def test_a_known_counterparty_is_chosen_by_its_id(work, bart):
    save(work, bart, 0, party="Molens Van Nu", party_vat="")
    known = work.state(0).counterparty
    save(work, bart, 1, counterparty=str(known), party="wat er ook stond")
    assert (work.state(1).counterparty, work.state(1).party_name) == (known, "Molens Van Nu")


def test_another_account_number_is_pointed_out_until_it_is_confirmed(work, bart):
    save(work, bart, 0, party="Molens Van Nu", party_vat="", party_iban="BE68 5390 0754 7034")
    known = {"counterparty": str(work.state(0).counterparty), "party_iban": "BE71 0961 2345 6769"}
    save(work, bart, 1, **known)
    assert "Ander rekeningnummer dan gekend: BE68 5390 0754 7034" in bart.get(page_of(work, 1)).text
    data = form_of(work, 1) | {"confirm_iban": "1"}
    bart.post(page_of(work, 1), data=data, follow_redirects=False)
    assert "Ander rekeningnummer" not in bart.get(page_of(work, 1)).text


def test_holding_keeps_what_was_changed(work, bart):
    data = form_of(work, 0, invoice_number="F-9") | {"then": "hold", "hold_reason": "wacht op antwoord"}
    bart.post(page_of(work, 0), data=data, follow_redirects=False)
    state = work.state(0)
    assert (state.stage, state.reason, state.invoice_number) == (Stage.HELD, "wacht op antwoord", "F-9")


def test_accounts_are_found_by_code_and_by_name(work, bart):
    assert "600000" in bart.get(f"{page_of(work, 0)}/accounts?q=6000").text
    assert "grondstoffen" in bart.get(f"{page_of(work, 0)}/accounts?q=grondst").text.lower()


def test_what_was_sent_is_shown_and_can_no_longer_be_changed(work, bart):
    work.act(bart, "check", 0)
    work.act(bart, "send", 0)
    page = bart.get(page_of(work, 0)).text
    assert f"Verzonden als CFAAN {work.state(0).number}" in page
    assert "Bewaren en volgende" not in page
    answer = save(work, bart, 0, invoice_number="anders")
    assert answer.status_code == 409


def test_the_same_invoice_again_is_pointed_out_with_a_link(work, bart):
    twin = work.world.deliver(ubl(0), name="nog eens.xml")
    work.world.settle()
    work.world.submit(twin)
    work.world.settle()
    page = bart.get(f"/office/proposals/{proposal_of(twin)}").text
    assert "zelfde nummer, datum en bedrag" in page
    assert f'href="/office/proposals/{work.ids[0]}"' in page


def test_deleting_goes_to_the_next(work, bart):
    answer = bart.post(f"{page_of(work, 0)}/delete", data={"reason": "reclame"}, follow_redirects=False)
    assert work.state(0).stage == Stage.DELETED
    assert answer.headers["location"].rpartition("/")[2] in {str(one) for one in work.ids[1:]}


def read_lines(work, browser, number, **changes):
    return browser.post(f"{page_of(work, number)}/lines", data=form_of(work, number, **changes) | {"then": "lines"})


def test_reading_the_lines_puts_them_among_what_was_typed_and_saves_nothing(work, bart):
    before = work.version(0)
    page = read_lines(work, bart, 0, invoice_number="F-2026-78")

    assert page.status_code == 200
    assert "data-unsaved" in page.text
    assert value(page, "invoice_number") == "F-2026-78"
    assert page.text.count('name="line_remark" value=""') == 1, "every line says what was bought; the empty one is the template's"
    assert work.version(0) == before


def test_lines_that_differ_from_the_total_are_refused_with_amounts_as_people_write_them(work, bart):
    page = read_lines(work, bart, 0, total="9.999,00", base="9.000,00", vat="999,00")

    assert page.status_code == 409
    assert note(page) == ["De lijnen van deze e-factuur zijn samen niet gelijk aan haar btw-tabel. Er is niets ingevuld."]
    assert value(page, "total") == "9.999,00"


def test_ticking_that_lines_are_always_read_is_remembered_at_the_counterparty_and_undone_by_unticking(work, bart):
    def tick(number, **ticked):
        data = form_of(work, number) | {"line_by_line_shown": "1", **ticked}
        bart.post(page_of(work, number), data=data, follow_redirects=False)
        work.world.settle()
        return work.world.bench.log.load(Counterparty, work.state(number).counterparty).state.line_by_line

    assert tick(0, line_by_line="1")
    assert not tick(0)


def test_the_star_tells_the_weakest_part_in_words_too(work, bart):
    state = work.state(0)
    [title] = re.findall(r'class="star [^"]*" title="([^"]*zwakste[^"]*)"', bart.get(page_of(work, 0)).text)

    assert state.weakest == "account"
    assert unescape(title) == f"{round(state.certainty * 100)} % zekerheid · zwakste punt: de grootboekrekening"


SHOPS = Dimension(code="VEST", name="Vestiging", mandatory=True, values=(DimensionValue(code="GENT", name="Winkel Gent"),))


def test_dimensions_and_private_parts_are_asked_only_where_the_dossier_has_them(work, bart):
    world = work.world
    plain = bart.get(page_of(work, 0)).text
    assert "line_dimension." not in plain
    assert "line_private" not in plain

    ledger = world.bench.packages["sandbox"]
    ledger.set_dimension("claes", SHOPS)
    world.bench.mirror.replace(world.bakery, ledger.synchronise("claes"), world.bench.log.recorder.safe_head())
    enrichment_settings.set_private_account(world.bench, world.actor("dora"), world.bakery, "416000")
    asked = bart.get(page_of(work, 0)).text
    assert re.search(r'name="line_dimension.VEST" aria-required="true" aria-invalid="true"', asked)
    assert "rekening 416000" in asked

    refused = save(work, bart, 0)
    assert note(refused) == ["Niet bewaard: Het boekhoudpakket vraagt op elke lijn: Vestiging."]
    lines = tuple(structs.replace(line, dimensions={"VEST": "GENT"}, private="10 %") for line in shown(work.state(0)).lines)
    assert save(work, bart, 0, lines=lines).status_code == 303
    assert [(line.dimensions, line.private.value) for line in work.state(0).lines] == [({"VEST": "GENT"}, 10)] * len(lines)


def test_a_payment_reference_with_wrong_check_digits_is_pointed_out_at_its_field(work, bart):
    worklist.correct(work.world.bench, work.world.actor("bart"), work.ids[0], ProposalCorrected(payment_reference="+++123/4567/89012+++"))
    work.world.settle()
    page = bart.get(page_of(work, 0)).text
    assert re.search(r'id="payment_reference-remark">.*?De controlecijfers van de mededeling kloppen niet', page)
