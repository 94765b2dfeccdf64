"""Lines add up to the total, or there is one on the suspense account."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some
from invoices_read import SUSPENSE, around, dossier, invoice, line, past, rate

from application.enrichment.circumstances import OfficeHabit, Party
from application.enrichment.lines import booked
from domain.document import FoundRate
from domain.dossier import Kind

AMOUNTS = some.decimals(min_value=Decimal("-99999.99"), max_value=Decimal("99999.99"), places=2)
RATES = some.lists(
    some.builds(
        FoundRate,
        rate=some.sampled_from([Decimal(one) for one in (0, 6, 12, 21)]),
        base=AMOUNTS,
        vat=AMOUNTS,
        category=some.sampled_from(["S", "Z", "E", "AE", "K", "G", "O"]),
    ),
    max_size=4,
)
KNOWLEDGE = some.sampled_from(
    [
        around(),
        around(dossier=dossier(vat_number=None)),
        around(party=Party(account="604000", vat_code="AH6", vat_number="NL001234567B01")),
        around(office_habits=(OfficeHabit(account="612000", vat_code="AD21", dossiers=1),)),
        around(past=tuple(past(line("600000", "AH6", 70, 4.2), line("606000", "AH6", 30, 1.8)) for _ in range(3))),
        around(past=tuple(past(line("600000", "AH6", 10 + n, 0), line("606000", "AD21", 30 - n, 0)) for n in range(3))),
    ]
)


@given(
    rates=RATES, total=some.none() | AMOUNTS, base=some.none() | AMOUNTS, vat=some.none() | AMOUNTS, known=KNOWLEDGE, agree=some.booleans()
)
def test_the_lines_are_the_total_or_one_suspense_line(rates, total, base, vat, known, agree):
    if agree and rates:
        total = sum((abs(one.base) + abs(one.vat) for one in rates), Decimal(0))
    found = booked(invoice(rates=tuple(rates), total=total, base=base, vat=vat), known)
    if total is None:
        return
    assert sum((one.total for one in found.lines), Decimal(0)) == abs(total)
    assert found.why["account"].code != "account.unbalanced" or [one.account for one in found.lines] == [SUSPENSE]


def test_cents_of_rounding_go_to_the_vat_of_the_largest_line():
    facts = invoice(rate(6, 10), rate(21, 100), total=Decimal("131.62"))
    assert [one.vat for one in booked(facts, around()).lines] == [Decimal("0.60"), Decimal("21.02")]


def test_a_breakdown_that_is_not_the_total_becomes_one_line_with_the_totals_amounts():
    facts = invoice(rate(6, 10), rate(21, 100), total=Decimal(150), base=Decimal(130), vat=Decimal(20))
    assert booked(facts, around()).lines == (line(SUSPENSE, "", 130, 20),)


def test_a_total_alone_leaves_the_vat_code_to_a_person():
    facts = invoice(total=Decimal(121), base=None, vat=None, texts=("diesel",))
    assert booked(facts, around()).lines == (line("612300", "", 121),)


def test_in_a_dossier_without_vat_number_all_vat_is_part_of_the_cost():
    found = booked(invoice(rate(21, 100), rate(6, 50)), around(dossier=dossier(vat_number=None)))
    assert [(one.vat_code, one.base, one.vat) for one in found.lines] == [("AGEEN", Decimal(121), 0), ("AGEEN", Decimal(53), 0)]


def test_a_dossier_without_vat_number_sells_without_vat():
    found = booked(invoice(rate(0, 100), kind=Kind.SALES), around(Kind.SALES, dossier=dossier(vat_number=None)))
    assert [one.vat_code for one in found.lines] == ["VGEEN"]


def test_what_a_dossier_without_vat_number_would_owe_itself_is_left_to_a_person():
    found = booked(invoice(rate(0, 100, "AE")), around(dossier=dossier(vat_number=None)))
    assert [one.vat_code for one in found.lines] == [""]


def test_the_rate_of_totals_is_one_that_existed_on_the_day():
    facts = invoice(total=Decimal("120.50"), base=Decimal(100), vat=Decimal("20.50"), rates=())
    assert facts.breakdown[0].rate == -1
    old = invoice(total=Decimal("120.50"), base=Decimal(100), vat=Decimal("20.50"), rates=(), invoice_date=date(1995, 5, 5))
    assert old.breakdown[0].rate == Decimal("20.5")


def test_a_rate_that_lodging_no_longer_has_is_a_doubt():
    night = invoice(rate(6, 100), texts=("2 overnachtingen",))
    assert booked(night, around()).why["vat_code"].code == "vat_code.lodging"
    assert booked(invoice(rate(12, 100), texts=night.texts), around()).why["vat_code"].code == "vat_code.invoice"
