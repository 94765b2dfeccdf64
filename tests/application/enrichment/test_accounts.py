"""Which source tells the account: each in its order, the suspense account last."""

from decimal import Decimal

import msgspec
import pytest
from invoices_read import SUSPENSE, around, invoice, line, past, rate

from application.enrichment.circumstances import OfficeHabit, Party
from application.enrichment.lines import booked
from domain.dossier import Kind

MEEL = invoice(rate(6, 100), texts=("Tarwebloem T55",))
KNOWN = Party(party_name="Molens", vat_number="BE0998110303", account="604000", vat_code="AH6")
HABIT = OfficeHabit(account="601000", vat_code="AH6", dossiers=4)
THRICE = tuple(past(line("602000", "AH6", 50, 3)) for _ in range(3))


def source(facts, circumstances):
    found = booked(facts, circumstances)
    return found.lines[0].account, found.why["account"].code


def test_a_template_goes_before_what_the_counterparty_does():
    assert source(MEEL, around(party=KNOWN, past=THRICE, office_habits=(HABIT,))) == ("602000", "account.template")


def test_what_the_counterparty_does_goes_before_what_the_office_does():
    assert source(MEEL, around(party=KNOWN, office_habits=(HABIT,))) == ("604000", "account.counterparty")


def test_the_last_booking_in_the_books_is_what_a_counterparty_without_own_bookings_does():
    assert source(MEEL, around(past=THRICE[:1], office_habits=(HABIT,))) == ("602000", "account.counterparty")


def test_what_the_office_does_goes_before_words():
    assert source(MEEL, around(office_habits=(HABIT,))) == ("601000", "account.office")


def test_what_the_office_does_is_less_sure_than_words_and_what_the_dossier_does():
    chances = [booked(MEEL, one).confidence for one in (around(office_habits=(HABIT,)), around(), around(party=KNOWN), around(past=THRICE))]
    assert chances == sorted(chances)
    assert len(set(chances)) == 4


def test_an_account_of_the_office_that_the_chart_lacks_becomes_the_one_below_its_root():
    habit = msgspec.structs.replace(HABIT, account="612399")
    assert source(MEEL, around(office_habits=(habit,)))[0] == "612000"


def test_an_account_of_the_office_whose_root_the_chart_lacks_is_no_suggestion():
    habit = msgspec.structs.replace(HABIT, account="599999")
    assert source(MEEL, around(office_habits=(habit,)))[1] == "account.chart"


def test_words_on_the_invoice_go_before_nothing():
    assert source(MEEL, around()) == ("600000", "account.chart")
    assert source(invoice(rate(21, 10)), around()) == (SUSPENSE, "account.suspense")


def test_sales_without_history_go_to_the_usual_account():
    facts = invoice(rate(21, 100), kind=Kind.SALES)
    assert source(facts, around(Kind.SALES)) == ("700000", "account.sales")


def test_the_vat_code_of_the_office_is_taken_only_when_the_rate_allows():
    habit = OfficeHabit(account="604000", vat_code="AH6", dossiers=2)
    assert booked(invoice(rate(6, 100)), around(office_habits=(habit,))).lines[0].vat_code == "AH6"
    assert booked(invoice(rate(21, 100)), around(office_habits=(habit,))).lines[0].vat_code == "AH21"


@pytest.mark.parametrize(("account", "code"), [("614300", "AD21-0"), ("614400", "AD21-0"), ("614000", "AD21")])
def test_vat_that_may_not_be_deducted_gets_the_code_that_says_so(account, code):
    known = around(party=Party(account=account), deductible={"6143": Decimal(0), "6144": Decimal(0)})
    assert booked(invoice(rate(21, 100)), known).lines[0].vat_code == code


def test_the_longest_beginning_of_an_account_says_how_much_is_deductible():
    known = around(party=Party(account="612300"), deductible={"61": Decimal(85), "6123": Decimal(50)})
    assert booked(invoice(rate(21, 100)), known).lines[0].vat_code == "AD21-50"


def test_a_share_the_package_has_no_code_for_is_left_to_a_person():
    known = around(party=Party(account="612300"), deductible={"6123": Decimal(70)})
    assert booked(invoice(rate(21, 100)), known).lines[0].vat_code == ""
