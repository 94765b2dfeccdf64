"""The list of clients, settings, synchronisation, tasks and health."""

import re
from html import unescape
from uuid import UUID

import msgspec
import pytest

from application.validation.rule_sets import RULE_SETS, RuleSet
from domain.access import DossierAccess, access_of
from domain.dossier import Dossier
from domain.profiles import ClientProfile
from web.app import create_app
from world import QUICK, Browser


@pytest.fixture
def dora(world):
    world.settle()
    return world.browser("dora")


def settings_of(world):
    return f"/office/dossiers/{world.bakery}/settings"


def state_of(world):
    return world.bench.log.load(Dossier, world.bakery).state


def test_an_employee_sees_his_dossiers_and_an_administrator_all(world, dora):
    assert "Garage Maes" in dora.get("/office/clients").text
    bart = world.browser("bart").get("/office/clients").text
    assert "Bakkerij Claes" in bart
    assert "Garage Maes" not in bart


def test_a_search_with_one_result_goes_there(world, dora):
    answer = dora.get("/office/clients?q=bakkerij", follow_redirects=False)
    assert answer.headers["location"] == f"/office/dossiers/{world.bakery}/worklist"


def test_a_search_without_result_can_be_cleared(dora):
    assert "Filter wissen" in dora.get("/office/clients?q=niemand").text


def test_an_administrator_opens_a_dossier_with_its_book_years(world, dora):
    first = world.bench.now().year - 1
    data = {"name": "Bloemen Hilde", "vat_number": "BE 0998.110.303", "first_period": f"01/{first}"}
    answer = dora.post("/office/clients", data=data, follow_redirects=False)
    dossier = re.search(r"/office/dossiers/([0-9a-f-]+)/settings", answer.headers["location"]).group(1)
    world.settle()
    state = world.bench.log.load(Dossier, UUID(dossier)).state
    assert len(state.periods) == 24
    assert "Bloemen Hilde is toegevoegd" in dora.get(answer.headers["location"]).text


def test_a_wrong_enterprise_number_comes_back_with_what_was_typed(dora):
    answer = dora.post("/office/clients", data={"name": "Bloemen Hilde", "vat_number": "BE 1", "first_period": "01/2026"})
    assert answer.status_code == 409
    assert 'value="Bloemen Hilde"' in answer.text
    assert "geen geldig ondernemingsnummer" in answer.text


def test_an_employee_does_not_open_dossiers(world):
    bart = world.browser("bart")
    assert "Dossier toevoegen" not in bart.get("/office/clients").text
    assert bart.post("/office/clients", data={"name": "x"}).status_code == 403


def journals(world, **changes):
    typed = {f"alias.{code}": journal.alias for code, journal in state_of(world).journals.items()}
    typed |= {f"format.{code}": journal.number_format for code, journal in state_of(world).journals.items()}
    return typed | {f"active.{code}": "1" for code, journal in state_of(world).journals.items() if journal.active} | changes


def test_the_format_of_a_journal_is_changed(world, dora):
    dora.post(f"{settings_of(world)}/journals", data=journals(world, **{"format.CFAAN": "####yyyy"}))
    assert state_of(world).journals["CFAAN"].number_format == "####yyyy"


def test_a_format_that_cannot_be_is_refused_in_its_row(world, dora):
    answer = dora.post(f"{settings_of(world)}/journals", data=journals(world, **{"format.CFAAN": "abc"}))
    assert answer.status_code == 409
    assert 'value="abc"' in answer.text
    assert "ontbreekt het volgnummer" in answer.text


def test_a_period_is_closed_and_opened(world, dora):
    period = state_of(world).open_periods[0]
    dora.post(f"{settings_of(world)}/periods", data={"close": period})
    assert period not in state_of(world).open_periods
    dora.post(f"{settings_of(world)}/periods", data={"open": period})
    assert period in state_of(world).open_periods


def test_vat_codes_that_are_not_ticked_are_off(world, dora):
    known = {code.code for kind in ("purchase", "sales") for code in world.bench.mirror.vat_codes(world.bakery, kind)}
    off = min(known)
    dora.post(f"{settings_of(world)}/vat-codes", data={"code": sorted(known - {off})})
    assert state_of(world).vat_codes_off == {off}


def test_a_new_person_gets_a_link_that_works_once(world, dora):
    data = {"first_name": "Nele", "last_name": "Claes", "email": "nele@voorbeeld.be", "profile": "full_access"}
    page = dora.post(f"{settings_of(world)}/people/new", data=data).text
    path = re.search(r"/welcome/[\w-]+", page).group(0)
    chosen = {"password": "een heel lange zin", "again": "een heel lange zin"}
    nele = world.browser()
    nele.get(path)
    assert nele.post(path, data=chosen, follow_redirects=False).status_code == 303
    assert world.browser().get(path).status_code == 404


def test_somebody_who_has_an_account_needs_no_link(world, dora):
    data = {"first_name": "Chris", "last_name": "Maes", "email": "chris@voorbeeld.be", "profile": "document_delivery"}
    page = dora.post(f"{settings_of(world)}/people/new", data=data).text
    assert "/welcome/" not in page
    access = world.bench.log.load(DossierAccess, access_of(world.bakery)).state
    assert access.clients[world.user("chris")] == ClientProfile.DELIVERY


def test_access_is_withdrawn_but_not_from_the_last_administrator(world, dora):
    people = f"{settings_of(world)}/people"
    dora.post(people, data={"do": "withdraw", "user": str(world.user("gust"))})
    access = world.bench.log.load(DossierAccess, access_of(world.bakery)).state
    assert world.user("gust") not in access.clients
    answer = dora.post(people, data={"do": "withdraw", "user": str(world.user("anna"))})
    assert (answer.status_code, "minstens één beheerder" in unescape(answer.text)) == (409, True)


def test_an_employee_is_given_a_dossier_and_loses_it(world, dora):
    people = f"/office/dossiers/{world.garage}/settings/people"
    bart = world.browser("bart")
    dora.post(people, data={"do": "assign", "user": str(world.user("bart"))})
    assert bart.get(f"/office/dossiers/{world.garage}/worklist").status_code == 200
    dora.post(people, data={"do": "unassign", "user": str(world.user("bart"))})
    assert bart.get(f"/office/dossiers/{world.garage}/worklist").status_code == 404


def test_synchronising_is_asked_for_and_told_when_done(world, dora):
    address = f"/office/dossiers/{world.bakery}/synchronisation"
    page = dora.post(address).text
    assert "Synchronisatie bezig" in page
    world.settle()
    page = dora.get(address).text
    assert "Synchronisatie bezig" not in page
    assert "Bijgewerkt op" in page


def test_a_failed_task_is_listed_for_who_reaches_its_dossier_and_tried_again(world, dora):
    with world.cell.database.transaction() as db:
        db.execute(
            "INSERT INTO open_jobs (id, kind, subject, cause, position, state, attempts, next_try, error, finished_at) "
            "VALUES (gen_random_uuid(), 'synchronise', %s, 'x/1', 1, 'failed', 8, now(), 'pakket weg', now())",
            (world.garage,),
        )
    page = dora.get("/office/tasks").text
    assert "pakket weg" in page
    assert "pakket weg" not in world.browser("bart").get("/office/tasks").text
    [job] = world.cell.jobs.failed()
    assert world.browser("bart").post(f"/office/tasks/{job.id}/retry").status_code == 404
    dora.post(f"/office/tasks/{job.id}/retry")
    assert world.cell.jobs.failed() == []


def test_health_lists_the_official_rules_and_says_of_a_file_that_it_cannot_be_used(world):
    class Rules:
        def run(self, task, data):
            assert (task, data) == (RULE_SETS, b"")
            good = RuleSet(name="EN16931.xslt", packaged=True, syntax="UBL", wanted="*", version="1.3.16")
            return [good, RuleSet(name="own.sch", packaged=False, syntax="UBL", wanted="*", version="", fault="XPST0003 on line 7")]

    admin = Browser(create_app(world.cell._replace(bench=world.bench._replace(rules=Rules())), hasher=QUICK))
    admin.sign_in("dora")
    assert 'hx-get="/office/health/rules"' in admin.get("/office/health").text
    part = admin.get("/office/health/rules").text
    assert all(told in part for told in ("EN16931.xslt", "1.3.16", "own.sch", "XPST0003 on line 7", "Onbruikbaar"))


def test_health_says_that_the_rules_cannot_be_looked_at_now(dora):
    assert "kunnen nu niet bekeken worden" in dora.get("/office/health/rules").text


def test_health_tells_what_reads_scans_and_with_which_models(dora):
    page = dora.get("/office/health").text
    assert "PP-OCRv6_rec_small.onnx" in page
    assert "nl, fr, de, en" in page
    assert "Alles loopt" in page


def test_health_tells_why_scans_cannot_be_read(world, tmp_path):
    settings = msgspec.structs.replace(world.cell.settings, ocr_engine="tesseract", ocr_models=str(tmp_path))
    with Browser(create_app(world.cell._replace(settings=settings), hasher=QUICK)) as browser:
        browser.sign_in("dora")
        page = browser.get("/office/health").text
    assert f"Geen taalbestanden van Tesseract in {tmp_path}" in page
    assert "Alles loopt" not in page


def test_health_tells_how_far_every_model_is(dora):
    page = dora.get("/office/health").text
    assert "Alles loopt." in page
    assert "Tegenpartijen" in page


def test_what_a_model_skipped_is_tried_again_at_once_when_an_administrator_asks(world, dora):
    with world.cell.database.transaction() as db:
        db.execute(
            "INSERT INTO read_model_parked (model, generation, unit, streams, stream, version, position, error, next_try) "
            "SELECT 'mailbox', 1, id, ARRAY[id], id, 1, 1, 'ValueError: onverwacht', now() + interval '1 hour' FROM gen_random_uuid() id"
        )
    assert 'action="/office/health/mailbox/retry"' in dora.get("/office/health").text
    assert world.browser("bart").post("/office/health/mailbox/retry").status_code == 403
    assert dora.post("/office/health/nothing/retry").status_code == 404
    assert "opnieuw geprobeerd" in dora.post("/office/health/mailbox/retry").text
    with world.cell.database.transaction() as db:
        assert db.execute("SELECT next_try <= now() FROM read_model_parked").fetchall() == [(True,)]


def test_the_settings_say_who_validates_and_offer_no_choice_that_does_nothing(world, dora):
    page = dora.get(f"/office/dossiers/{world.bakery}/settings").text
    assert "Een medewerker kijkt alles na." in page
    assert "De klant kijkt zelf na" not in page


@pytest.mark.parametrize("first", ["01/9999", "01/1999", "01/0001"])
def test_books_of_another_century_are_refused_with_a_sentence(dora, first):
    answer = dora.post("/office/clients", data={"name": "Bloemen Hilde", "vat_number": "BE 0998.110.303", "first_period": first})
    assert answer.status_code == 409
    assert f"“{first}” is geen boekperiode." in answer.text


def test_control_characters_in_a_field_are_dropped(dora):
    answer = dora.post("/office/clients", data={"name": "Bloe\0\x1bmen", "vat_number": "BE 1", "first_period": "01/2026"})
    assert 'value="Bloemen"' in answer.text
