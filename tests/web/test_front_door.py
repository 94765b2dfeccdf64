def test_who_signs_in_comes_to_his_place(world):
    assert world.browser("anna").get("/", follow_redirects=False).headers["location"] == "/portal"
    assert world.browser("bart").get("/", follow_redirects=False).headers["location"] == "/office"


def test_a_wrong_password_gets_the_form_again_with_one_sentence(world):
    browser = world.browser()
    answer = browser.sign_in("anna", "niet haar wachtwoord")
    assert answer.status_code == 401
    assert "horen niet bij elkaar" in answer.text
