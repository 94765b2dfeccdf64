"""What may stand in an article list, and that two rules never contradict each other."""

from decimal import Decimal
from uuid import uuid4

import pytest
from msgspec import structs

from domain.article_list import ArticleList, ArticleListed, ArticleRule, ArticleUnlisted
from domain.kernel import Refused

ONE, TWO = uuid4(), uuid4()
BAGS = ArticleRule(supplier_vat="BE0403019261", article="P-100", account="606000", vat_code="AH6")


def folded(*events):
    state = ArticleList()
    for event in events:
        state = ArticleList.evolve(state, event)
    return state


def listed(rule=ONE, **changes):
    return ArticleListed(rule=rule, **structs.asdict(structs.replace(BAGS, **changes)))


def test_a_rule_is_listed_once_with_its_number_written_as_numbers_are():
    [event] = ArticleList().put(ONE, structs.replace(BAGS, supplier_vat="BE 0403.019.261"))

    assert event == listed()
    assert folded(event).put(ONE, BAGS) == []


def test_the_same_rule_listed_again_is_a_change():
    assert folded(listed(), *folded(listed()).put(ONE, structs.replace(BAGS, account="600000"))).rules[ONE].account == "600000"


def test_two_rules_for_the_same_article_are_refused_however_it_is_written():
    with pytest.raises(Refused, match="er al een lijn"):
        folded(listed()).put(TWO, structs.replace(BAGS, article="p-100", account="600000"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"supplier_vat": "BE0403019262"}, "btw-nummer klopt niet"),
        ({"article": ""}, "Vul een artikelnummer"),
        ({"account": ""}, "Kies een rekening"),
        ({"words": "x" * 101}, "hoogstens 100 tekens"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(changes, sentence):
    with pytest.raises(Refused, match=sentence):
        ArticleList().put(ONE, structs.replace(BAGS, **changes))


def test_a_rate_alone_is_something_to_look_for():
    assert ArticleList().put(ONE, structs.replace(BAGS, article="", rate=Decimal(6)))


def test_a_dropped_rule_is_gone_and_comes_back_as_it_was():
    gone = folded(listed(), ArticleUnlisted(rule=ONE))

    assert gone.rules == {}
    assert folded(listed(), ArticleUnlisted(rule=ONE), *gone.restore(ONE)).rules == {ONE: BAGS}
    assert gone.drop(ONE) == []
