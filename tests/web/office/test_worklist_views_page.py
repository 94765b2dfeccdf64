"""Views of the worklist: kept by one person, for every dossier he reaches."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest


@pytest.fixture
def bart(work):
    return work.world.browser("bart")


def save(browser, work, shown, **fields):
    """Keep what the list shows; the address of the view."""
    answer = browser.post(f"{work.worklist}/views?{shown}", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def names(page):
    return re.findall(r'<span class="ell">([^<]+)</span>', re.search(r'<nav class="vlist".*?</nav>', page.text, re.DOTALL).group())


def view_in(address):
    return parse_qs(urlsplit(address).query)["view"][0]


def test_a_view_keeps_filters_sort_columns_and_length(work, bart):
    address = save(bart, work, "quick=unchecked&sort=-total&hide=vat,pages&size=25", view_name="Te doen")
    kept = parse_qs(urlsplit(address).query)
    assert {name: kept[name] for name in ("quick", "sort", "hide", "size")} == {
        "quick": ["unchecked"],
        "sort": ["-total"],
        "hide": ["vat,pages"],
        "size": ["25"],
    }
    page = bart.get(work.worklist)
    assert names(page) == ["Te doen"]
    assert "Btw %</a>" in page.text


def test_the_usual_view_opens_and_everything_is_one_step_away(work, bart):
    address = save(bart, work, "quick=zero", view_name="Nul")
    bart.post(f"{work.worklist}/views/{view_in(address)}", data={"do": "usual"}, follow_redirects=False)
    opened = bart.get(work.worklist, follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, address)
    assert str(work.ids[0]) in bart.get(f"{work.worklist}?view=-").text


def test_a_view_is_the_persons_own(work, bart):
    address = save(bart, work, "quick=zero", view_name="Nul")
    dora = work.world.browser("dora")
    assert "vlist" not in dora.get(work.worklist).text
    dora.post(f"{work.worklist}/views/{view_in(address)}", data={"do": "drop"}, follow_redirects=False)
    assert names(bart.get(work.worklist)) == ["Nul"]


def test_a_view_that_was_changed_says_so_and_is_brought_up_to_date(work, bart):
    address = save(bart, work, "quick=zero", view_name="Nul")
    assert "Bijwerken" not in bart.get(address).text
    changed = address.replace("quick=zero", "quick=double")
    assert "Bijwerken" in bart.get(changed).text
    save(bart, work, urlsplit(changed).query, view=view_in(address))
    assert "Bijwerken" not in bart.get(changed).text


def test_a_dropped_view_comes_back_when_undone(work, bart):
    address = save(bart, work, "", view_name="Nul")
    bart.post(f"{work.worklist}/views/{view_in(address)}", data={"do": "drop"}, follow_redirects=False)
    page = bart.get(f"{work.worklist}?view=-").text
    undo = re.search(r'action="([^"]+do=restore[^"]*)"', page).group(1).replace("&amp;", "&")
    bart.post(undo, follow_redirects=False)
    assert names(bart.get(work.worklist)) == ["Nul"]


def test_a_name_that_is_taken_is_refused_in_the_list(work, bart):
    save(bart, work, "quick=zero", view_name="Nul")
    answer = bart.post(f"{work.worklist}/views?quick=double", data={"view_name": "nul"})
    assert "Je hebt al een weergave “nul”." in answer.text
    assert names(answer) == ["Nul"]
