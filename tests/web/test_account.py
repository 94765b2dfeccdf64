from world import PASSWORD

NEW = "een nog langere wandeling"


def change(browser, current=PASSWORD, password=NEW, again=NEW):
    return browser.post("/account/password", data={"current": current, "password": password, "again": again}, follow_redirects=False)


def test_the_language_one_chooses_is_the_language_of_the_next_page(world):
    anna = world.browser("anna")
    page = anna.post("/account/language", data={"language": "fr"})
    assert '<html lang="fr-BE">' in page.text
    assert world.bench.authority.user(world.user("anna")).language == "fr"


def test_a_language_we_do_not_speak_is_refused(world):
    assert world.browser("anna").post("/account/language", data={"language": "la"}).status_code == 409


def test_another_password_opens_the_door_and_the_old_one_no_more(world):
    anna = world.browser("anna")
    assert change(anna).status_code == 303
    assert world.browser().sign_in("anna", PASSWORD).status_code == 401
    assert world.browser().sign_in("anna", NEW).status_code == 303


def test_who_changes_his_password_stays_here_and_is_signed_out_everywhere_else(world):
    anna, elsewhere = world.browser("anna"), world.browser("anna")
    change(anna)
    assert anna.get("/account").status_code == 200
    assert elsewhere.get("/account", follow_redirects=False).status_code == 303


def test_nobody_changes_a_password_without_knowing_it(world):
    anna = world.browser("anna")
    answer = change(anna, current="niet het hare")
    assert answer.status_code == 409
    assert "Je huidige wachtwoord klopt niet" in answer.text
    assert world.browser().sign_in("anna", PASSWORD).status_code == 303


def test_a_password_typed_in_two_ways_and_a_short_one_are_refused(world):
    anna = world.browser("anna")
    assert "niet gelijk" in change(anna, again="anders").text
    assert "minstens 12" in change(anna, password="kort", again="kort").text  # noqa: S106 - the refused one


def test_other_browsers_are_counted_and_can_be_signed_out(world):
    anna, elsewhere = world.browser("anna"), world.browser("anna")
    assert "nog in 1 andere browser" in anna.get("/account").text
    anna.post("/account/sign-out-elsewhere")
    assert "nergens anders" in anna.get("/account").text
    assert elsewhere.get("/account", follow_redirects=False).status_code == 303


def test_an_employee_finds_his_settings_in_the_office(world):
    assert "is-officeui" in world.browser("bart").get("/account").text
