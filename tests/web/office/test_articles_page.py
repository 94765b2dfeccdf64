"""The screen of the article list."""

import re

from application import article_lists


def page(world, person="bart", **query):
    return world.browser(person).get(f"/office/dossiers/{world.bakery}/articles", params=query)


def send(world, to="", person="bart", **fields):
    return world.browser(person).post(f"/office/dossiers/{world.bakery}/articles{to}", data=fields, follow_redirects=False)


def rules(world):
    return article_lists.list_of(world.bench, world.bakery).rules


GOOD = {"supplier": "Molens · BE 0403.019.261", "words": "broodzakken", "rate": "6", "account": "606000 Verpakkingen", "vat_code": ""}


def test_what_is_added_is_listed_found_changed_dropped_and_brought_back(world):
    world.settle()
    assert "nog leeg" in page(world).text
    assert send(world, **GOOD).status_code == 303
    [rule] = rules(world)
    assert "broodzakken" in page(world, q="606000").text
    assert "Niets gevonden" in page(world, q="iets anders").text
    assert 'value="broodzakken"' in page(world, rule=str(rule)).text
    send(world, rule=str(rule), **GOOD | {"words": "taartdozen"})
    assert [one.words for one in rules(world).values()] == ["taartdozen"]
    send(world, "/drop", rule=str(rule))
    assert rules(world) == {}
    world.browser("bart").post(f"/office/dossiers/{world.bakery}/articles/restore?rule={rule}")
    assert [one.words for one in rules(world).values()] == ["taartdozen"]


def test_what_is_refused_comes_back_as_it_was_typed(world):
    world.settle()
    answer = send(world, **GOOD | {"supplier": "BE 0403.019.262"})

    assert answer.status_code == 409
    assert "btw-nummer klopt niet" in re.sub(r"<[^>]+>", "", answer.text)
    assert 'value="BE 0403.019.262"' in answer.text
    assert rules(world) == {}
