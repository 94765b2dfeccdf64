import pytest

from application.people import SYSTEM
from domain.user import User
from web.security.door import Door
from web.security.journal import Entry
from web.security.secrets import digest
from world import PASSWORD, address


def session_cookie(browser):
    return browser.cookies.get("daybook")


def journal(world):
    with world.cell.database.transaction() as db:
        return [(Entry(kind), user) for kind, user in db.execute('SELECT kind, "user" FROM security_journal ORDER BY id').fetchall()]


def whole_journal(world):
    with world.cell.database.transaction() as db:
        return str(db.execute("SELECT j::text FROM security_journal j").fetchall())


def test_signing_in_gives_a_new_session_whatever_cookie_the_browser_came_with(world):
    browser = world.browser()
    browser.get("/sign-in")
    headers = {"Cookie": f"daybook=planted; daybook-guest={browser.cookies['daybook-guest']}"}
    answer = browser.post("/sign-in", data={"email": address("anna"), "password": PASSWORD}, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.cookies["daybook"] != "planted"


def test_signing_in_again_ends_the_session_before(world):
    browser = world.browser("anna")
    before = session_cookie(browser)
    browser.post("/sign-in", data={"email": address("bart"), "password": PASSWORD}, follow_redirects=False)
    assert session_cookie(browser) != before
    stolen = world.browser()
    stolen.cookies.set("daybook", before, domain="testserver.local", path="/")
    assert stolen.get("/portal", follow_redirects=False).headers["location"].startswith("/sign-in")


def test_only_a_digest_of_the_cookie_is_stored(world):
    browser = world.browser("anna")
    with world.cell.database.transaction() as db:
        [row] = db.execute('SELECT token_hash, s::text FROM sessions s WHERE "user" = %s', (world.user("anna"),)).fetchall()
    assert row[0] == digest(session_cookie(browser))
    assert session_cookie(browser) not in row[1]


def test_a_session_ends_when_nothing_happens_in_it(world):
    browser = world.browser("anna")
    with world.cell.database.transaction() as db:
        db.execute("UPDATE sessions SET seen_at = now() - interval '121 minutes'")
    assert browser.get("/portal", follow_redirects=False).headers["location"].startswith("/sign-in")


def test_a_session_ends_after_its_day_however_busy_it_was(world):
    browser = world.browser("anna")
    with world.cell.database.transaction() as db:
        db.execute("UPDATE sessions SET opened_at = now() - interval '12 hours 1 minute'")
    assert browser.get("/portal", follow_redirects=False).headers["location"].startswith("/sign-in")


def test_after_signing_out_the_cookie_opens_nothing(world):
    browser = world.browser("anna")
    kept = session_cookie(browser)
    browser.post("/sign-out")
    again = world.browser()
    again.cookies.set("daybook", kept, domain="testserver.local", path="/")
    assert again.get("/portal", follow_redirects=False).status_code == 303
    assert journal(world)[-1] == (Entry.SIGNED_OUT, world.user("anna"))


def test_who_was_deactivated_is_out_at_once_and_stays_out(world):
    browser = world.browser("ed")
    world.bench.log.decide(User, world.user("ed"), User.deactivate, context=SYSTEM)
    assert browser.get("/portal", follow_redirects=False).headers["location"].startswith("/sign-in")
    assert world.browser().sign_in("ed").status_code == 401


def test_after_signing_in_the_page_that_was_asked_for_comes(world):
    browser = world.browser()
    asked = browser.get(f"/portal/{world.bakery}/mailboxes?tab=sales", follow_redirects=False)
    form = browser.get(asked.headers["location"])
    to = form.text.partition('method="post" action="')[2].partition('"')[0]
    answer = browser.post(to, data={"email": address("anna"), "password": PASSWORD}, follow_redirects=False)
    assert answer.headers["location"] == f"/portal/{world.bakery}/mailboxes?tab=sales"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(world, elsewhere):
    browser = world.browser()
    browser.get("/sign-in")
    answer = browser.post(
        "/sign-in", params={"to": elsewhere}, data={"email": address("anna"), "password": PASSWORD}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_a_stranger_and_a_wrong_password_get_the_same_answer(world):
    unknown = world.browser()
    unknown.get("/sign-in")
    nobody = unknown.post("/sign-in", data={"email": "niemand@voorbeeld.be", "password": PASSWORD})
    wrong = world.browser().sign_in("anna", "iets helemaal anders")
    assert nobody.status_code == wrong.status_code == 401

    def neutral(answer):
        return [line for line in answer.text.splitlines() if "csrf" not in line and "e-mail" not in line.lower()]

    assert neutral(nobody) == neutral(wrong)


def test_a_guesser_has_to_wait_and_the_right_password_does_not_help_him(world):
    browser = world.browser()
    for _ in range(5):
        assert browser.sign_in("anna", "geraden").status_code == 401
    held_up = browser.sign_in("anna", PASSWORD)
    assert held_up.status_code == 429
    assert int(held_up.headers["retry-after"]) >= 1
    assert "pogingen" in held_up.text
    assert journal(world)[-1] == (Entry.SIGN_IN_HELD_UP, None)


def test_every_further_failure_doubles_the_wait(world):
    browser = world.browser()
    waits = []
    for _ in range(5):
        browser.sign_in("anna", "geraden")
    for _ in range(4):
        waits.append(int(browser.sign_in("anna", "geraden").headers["retry-after"]))
        with world.cell.database.transaction() as db:
            db.execute("UPDATE sign_in_attempts SET last_at = last_at - make_interval(secs => %s)", (waits[-1],))
        assert browser.sign_in("anna", "geraden").status_code == 401
    assert waits == [1, 2, 4, 8]


def test_an_account_that_does_not_exist_is_held_up_just_the_same(world):
    browser = world.browser()
    browser.get("/sign-in")
    statuses = [browser.post("/sign-in", data={"email": "niemand@voorbeeld.be", "password": "geraden"}).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_one_address_that_tries_many_accounts_has_to_wait_too(world):
    browser = world.browser()
    browser.get("/sign-in")
    statuses = [
        browser.post("/sign-in", data={"email": f"{number}@voorbeeld.be", "password": "geraden"}).status_code for number in range(21)
    ]
    assert statuses == [401] * 20 + [429]


def test_a_success_clears_the_failures_before_it(world):
    browser = world.browser()
    for _ in range(4):
        browser.sign_in("anna", "geraden")
    assert browser.sign_in("anna").status_code == 303
    browser.post("/sign-out")
    statuses = [browser.sign_in("anna", "geraden").status_code for _ in range(5)]
    assert statuses == [401] * 5


def test_the_journal_knows_people_by_id_and_never_by_the_address_they_typed(world):
    world.browser("anna")
    world.browser().sign_in("bart", "geraden")
    assert journal(world) == [(Entry.SIGNED_IN, world.user("anna")), (Entry.SIGN_IN_FAILED, None)]
    assert "voorbeeld.be" not in whole_journal(world)


def test_an_invitation_lets_its_owner_choose_a_password_once(world):
    other = world.browser("ed")
    path = Door(world.cell).invite(world.user("ed"))
    browser = world.browser()
    assert browser.get(path).status_code == 200
    chosen = {"password": "een heel nieuwe zin", "again": "een heel nieuwe zin"}
    assert browser.post(path, data=chosen, follow_redirects=False).headers["location"] == "/"
    assert browser.get("/portal").status_code == 200
    assert other.get("/portal", follow_redirects=False).headers["location"].startswith("/sign-in"), "sessions of before are ended"
    assert world.browser().get(path).status_code == 404
    assert world.browser().sign_in("ed", "een heel nieuwe zin").status_code == 303


def test_an_invitation_that_is_too_old_does_not_exist(world):
    path = Door(world.cell).invite(world.user("ed"))
    with world.cell.database.transaction() as db:
        db.execute("UPDATE welcome_links SET expires_at = now()")
    assert world.browser().get(path).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("kort", "kort", "minstens 12 tekens"),
        ("een lange zin", "een andere zin", "niet gelijk"),
        ("ed@voorbeeld.be!", "ed@voorbeeld.be!", "geen goed wachtwoord"),
    ],
)
def test_a_poor_password_is_refused_and_the_invitation_stays_good(world, password, again, sentence):
    path = Door(world.cell).invite(world.user("ed"))
    browser = world.browser()
    browser.get(path)
    assert sentence in browser.post(path, data={"password": password, "again": again}).text
    assert browser.get(path).status_code == 200
