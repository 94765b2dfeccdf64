"""An electronic invoice against the rules of its standard: what is kept of it, and where it is told."""

from html import unescape

import pytest

from application import erasure
from application.validating import Fault, faults_of
from domain.document import BrokenRule, Document
from domain.kernel import ERASED
from domain.validation import Code, Reason, validate
from projections.worklist_row import facts_of
from web import faults
from web.history import print_history
from world import pdf, ubl

WRONG_TOTAL = BrokenRule(
    rule="BR-CO-15", fatal=True, source="daybook", where="TaxInclusiveAmount", values={"said": "1234.00", "computed": "1234.56"}
)
NO_NAME = BrokenRule(rule="BR-25", fatal=True, source="daybook", where="InvoiceLine[2]")
LATE = BrokenRule(rule="DAYBOOK-DUE", source="daybook", where="DueDate", values={"code": "2026-02-01"})


def nameless(number=0):
    """An invoice without a number."""
    data = ubl(number).decode()
    head, _open, rest = data.partition("<cbc:ID>")
    return (head + rest.partition("</cbc:ID>")[2]).encode()


def state(world, document):
    return world.bench.log.load(Document, document).state


@pytest.fixture
def judged(world):
    document = world.deliver(nameless(), name="factuur.xml")
    world.submit(document)
    world.settle()
    return document


def test_an_electronic_invoice_is_held_against_the_rules_when_it_comes_in(world, judged):
    broken = state(world, judged).validation.broken
    assert ("BR-02", True) in {(one.rule, one.fatal) for one in broken}


def test_one_that_keeps_them_all_is_known_to_do_so(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.settle()
    assert state(world, document).validation.broken == ()


def test_paper_is_not_judged(world):
    paper = world.deliver(pdf())
    world.settle()
    assert state(world, paper).validation is None


def test_the_proposal_can_be_booked_and_asks_for_a_second_look(world, judged):
    [row] = world.models.worklist.page(world.bakery, "purchase")[0]
    assert row.document == judged
    found = validate(facts_of(row))
    assert Reason(Code.BREAKS_RULES, {"count": row.broken}) in found.reasons
    assert found.looks_twice


def test_both_screens_and_the_history_tell_it_in_words(world, judged):
    row = world.models.worklist.page(world.bakery, "purchase")[0][0]
    pages = [
        world.browser("bart").get(f"/office/proposals/{row.id}"),
        world.browser("anna").get(f"/portal/{world.bakery}/documents/{judged}"),
        world.browser("anna").get(f"/portal/{world.bakery}/documents/{judged}/history"),
    ]
    for page in pages:
        assert "BR-02" in page.text
        assert "ontbreekt of is onvolledig: het factuurnummer." in unescape(page.text)
    assert any("BR-02 (verplicht): " in line for line in print_history(world.cell, judged))


def test_of_an_erased_document_nothing_is_told_any_more(world, judged):
    erasure.erase(world.bench, world.actor("dora"), judged, "request")
    world.settle()
    told = "\n".join(print_history(world.cell, judged))
    assert "BR-02" not in told
    assert ERASED in told


def test_an_official_rule_is_told_in_its_own_words_once_for_all_its_places():
    one, other = (
        BrokenRule(
            rule="BR-CL-23", fatal=True, source="official", where=f"InvoiceLine[{number}]", values={"text": "Unit code MUST be coded"}
        )
        for number in (1, 2)
    )
    [fault] = faults_of([one, other])
    assert fault.places == ("InvoiceLine[1]", "InvoiceLine[2]")
    assert faults.text_of(fault, "nl").endswith("Unit code MUST be coded")


def test_a_rule_is_told_once_for_all_the_places_where_it_is_broken_and_what_is_forbidden_first():
    third = BrokenRule(rule="BR-25", fatal=True, source="daybook", where="InvoiceLine[3]")
    found = faults_of([LATE, third, WRONG_TOTAL, NO_NAME])
    assert [(one.rule, one.places) for one in found] == [
        ("BR-25", ("InvoiceLine[3]", "InvoiceLine[2]")),
        ("BR-CO-15", ("TaxInclusiveAmount",)),
        ("DAYBOOK-DUE", ("DueDate",)),
    ]


@pytest.mark.parametrize(
    ("broken", "language", "line"),
    [
        (WRONG_TOTAL, "nl", "BR-CO-15 (verplicht): Een bedrag klopt niet met zijn berekening: er staat 1.234,00, het moet 1.234,56 zijn."),
        (NO_NAME, "fr", "BR-25 (obligatoire): Une donnée obligatoire manque ou est incomplète : le nom d'un article."),
        (LATE, "en", "DAYBOOK-DUE (recommended): The due date 01/02/2026 is before the invoice date."),
        (BrokenRule(rule="XX-R-999", fatal=True, source="daybook"), "nl", "XX-R-999 (verplicht): XX-R-999"),
    ],
)
def test_a_fault_says_what_is_wrong_in_the_words_of_whoever_reads_it(broken, language, line):
    [fault] = faults_of([broken])
    assert isinstance(fault, Fault)
    assert faults.line_of(fault, language) == line
