import re

import pytest

from world import PASSWORD, address

NEW = {"first_name": "Nele", "last_name": "Jacobs", "email": "nele@voorbeeld.be", "profile": "employee"}


@pytest.fixture
def dora(world):
    return world.browser("dora")


def test_a_new_employee_chooses_a_password_by_a_link_that_is_shown_once(world, dora):
    page = dora.post("/office/people", data=NEW).text
    link = re.search(r'value="http://[^"/]+(/welcome/[^"]+)"', page)[1]
    world.settle()
    again = dora.get("/office/people").text
    assert "nele@voorbeeld.be" in again
    assert "/welcome/" not in again
    nele = world.browser()
    nele.get(link)
    chosen = nele.post(link, data={"password": PASSWORD, "again": PASSWORD}, follow_redirects=False)
    assert chosen.status_code == 303
    assert nele.get("/office/clients").status_code == 200


def test_an_address_in_use_is_refused_and_the_form_comes_back(dora):
    answer = dora.post("/office/people", data=NEW | {"email": address("bart")})
    assert answer.status_code == 409
    assert "al een gebruiker" in answer.text
    assert 'value="Nele"' in answer.text


def test_an_account_that_is_closed_is_out_at_once_and_in_again_when_reopened(world, dora):
    bart = world.browser("bart")
    dora.post(f"/office/people/{world.user('bart')}/deactivate")
    assert bart.get("/office/clients", follow_redirects=False).status_code == 303
    assert world.browser().sign_in("bart").status_code == 401
    dora.post(f"/office/people/{world.user('bart')}/reactivate")
    assert world.browser().sign_in("bart").status_code == 303


def test_an_administrator_does_not_close_his_own_account_nor_that_of_a_client(world, dora):
    assert dora.post(f"/office/people/{world.user('dora')}/deactivate").status_code == 409
    assert dora.post(f"/office/people/{world.user('anna')}/deactivate").status_code == 404


def test_an_employee_with_another_profile_may_at_once_do_what_it_allows(world, dora):
    bart = world.browser("bart")
    assert bart.get("/office/people").status_code == 403
    dora.post(f"/office/people/{world.user('bart')}/profile", data={"profile": "admin"})
    world.settle()
    assert '<option value="admin" selected>' in dora.get("/office/people").text
    assert bart.get("/office/people").status_code == 200


def test_an_administrator_keeps_his_own_profile_and_gives_no_client_one(world, dora):
    assert dora.post(f"/office/people/{world.user('dora')}/profile", data={"profile": "employee"}).status_code == 409
    assert dora.post(f"/office/people/{world.user('anna')}/profile", data={"profile": "admin"}).status_code == 404


def test_a_profile_that_does_not_exist_is_refused(world, dora):
    answer = dora.post(f"/office/people/{world.user('bart')}/profile", data={"profile": "king"})
    assert answer.status_code == 400
