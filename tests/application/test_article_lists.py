"""The article list in a real office: it books the lines of the next electronic invoice, and only who may keep it does."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from msgspec import structs

from adapters.demo.goods_suppliers import GOODS_SUPPLIERS
from adapters.demo.invoice import DemoInvoice, DemoLine
from adapters.demo.peppol import render_ubl
from adapters.demo.world import DOSSIERS
from application import article_lists
from application.accounting_package import Dimension, DimensionValue
from application.enrichment.articles import article_choice
from application.event_log import NotFoundError
from application.permissions import Forbidden
from domain.article_list import ArticleRule
from domain.booking_proposal import Why, proposal_of
from domain.document import FoundLine
from domain.kernel import Refused
from invoices import proposal

DAY = date(date.today().year, 1, 5)  # noqa: DTZ011 - the world's book year is the wall clock's
[BAKERY] = [one for one in DOSSIERS if one.id == "claes"]
MOLENS = GOODS_SUPPLIERS[0].party
RULE = ArticleRule(supplier_vat=MOLENS.vat_number, words="broodzakken", account="612400")


def put(world, person="bart", rule=RULE, **where):
    return article_lists.put_article(world.bench, world.actor(person), world.bakery, None, rule, **where)


def proposed(world, number):
    lines = (
        DemoLine(description="Tarwebloem", quantity=Decimal(10), unit_price=Decimal(20), rate=Decimal(6)),
        DemoLine(description="Broodzakken bedrukt", quantity=Decimal(2), unit_price=Decimal("15.50"), rate=Decimal(21)),
    )
    invoice = DemoInvoice(
        seller=MOLENS, buyer=BAKERY.sells.party, number=str(number), issue_date=DAY, due_date=None, lines=lines, account="600000"
    )
    document = world.deliver(render_ubl(invoice), name=f"{number}.xml")
    world.submit(document)
    world.settle()
    return proposal(world, proposal_of(document))


def test_a_listed_article_books_its_line_and_says_so_while_the_others_are_booked_as_always(world):
    put(world)
    state = proposed(world, 1)

    assert [(line.account, line.base) for line in state.lines] == [("600000", Decimal("200.00")), ("612400", Decimal("31.00"))]
    assert state.why["account.1"] == Why(code="account.article", values={"article": "broodzakken"})
    assert sum(line.total for line in state.lines) == state.total


def test_what_the_dossier_says_goes_before_what_the_office_says(world):
    put(world, "dora", structs.replace(RULE, account="606000"), office=True)
    for_all = proposed(world, 2)
    put(world)
    own = proposed(world, 3)

    assert [state.lines[1].account for state in (for_all, own)] == ["606000", "612400"]


def test_only_who_keeps_the_dossier_keeps_its_list_and_only_an_admin_that_of_the_office(world):
    for person, wrong in (("anna", Forbidden), ("ed", Forbidden), ("chris", NotFoundError)):
        with pytest.raises(wrong):
            put(world, person)
        with pytest.raises(wrong):
            article_lists.drop_article(world.bench, world.actor(person), world.bakery, uuid4())
    with pytest.raises(Forbidden):
        put(world, "bart", office=True)
    assert put(world, "dora", office=True)
    assert put(world, "bart")


def test_an_account_the_dossier_does_not_have_is_refused(world):
    proposed(world, 4)
    with pytest.raises(Refused, match="bestaat niet in dit dossier"):
        put(world, rule=structs.replace(RULE, account="999998"))


def test_the_most_particular_rule_of_a_line_counts():
    line = FoundLine(name="Broodzakken bedrukt", article="P-100", base=Decimal(31), rate=Decimal(21))
    by_rate = structs.replace(RULE, words="", rate=Decimal(21), account="1")
    by_words, by_number = structs.replace(RULE, account="2"), structs.replace(RULE, words="", article="p-100", account="3")
    other = structs.replace(RULE, words="broodzak", account="4")

    assert [
        choice.account for choice in (article_choice(line, rules) for rules in ([by_rate], [by_rate, by_words], [by_words, by_number]))
    ] == [
        "1",
        "2",
        "3",
    ]
    assert article_choice(line, [other, structs.replace(by_words, rate=Decimal(6))]) is None


def test_an_article_may_carry_the_dimension_its_lines_are_booked_on(world):
    ledger = world.bench.packages["sandbox"]
    ledger.set_dimension("claes", Dimension(code="VEST", name="Vestiging", values=(DimensionValue(code="GENT", name="Gent"),)))
    world.bench.mirror.replace(world.bakery, ledger.synchronise("claes"), world.bench.log.recorder.safe_head())
    with pytest.raises(Refused, match="PARIJS"):
        put(world, rule=structs.replace(RULE, dimensions={"VEST": "PARIJS"}))
    put(world, rule=structs.replace(RULE, dimensions={"VEST": "GENT"}))
    assert [(line.account, line.dimensions) for line in proposed(world, 9).lines] == [("600000", {}), ("612400", {"VEST": "GENT"})]
