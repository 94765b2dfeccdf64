"""Ways of booking become templates, and fill the lines of the next invoice."""

from datetime import date
from decimal import Decimal

import pytest
from invoices_read import around, invoice, line, past, rate
from msgspec import structs

from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.accounting_package import Dimension, DimensionValue
from application.enrichment.circumstances import Party
from application.enrichment.lines import booked
from application.enrichment.templates import filled, saved_lines, templates_of
from domain.private_share import PrivateShare

CODES = tuple(VAT_CODES.values())
FLOUR = line("600000", "AH6", 100, 6)


def lines_of(facts, *bookings):
    return booked(facts, around(past=bookings)).lines


def test_two_invoices_make_no_template_and_three_do():
    assert templates_of([past(FLOUR)] * 2, CODES, 3) == ()
    [only] = templates_of([past(FLOUR)] * 3, CODES, 3)
    assert (only.count, [one.account for one in only.lines]) == (3, ["600000"])


def test_the_office_says_after_how_many():
    assert len(templates_of([past(FLOUR)] * 2, CODES, 2)) == 1


def test_each_way_of_booking_has_a_template_of_its_own_the_most_used_first():
    other = past(line("606000", "AH21", 10, 2.1), day=date(2026, 4, 1))
    found = templates_of([other, past(FLOUR), past(FLOUR)], CODES, 3)
    assert [(one.lines[0].account, one.count) for one in found] == [("600000", 2), ("606000", 1)]


def test_lines_of_one_rate_are_divided_as_they_were():
    way = past(line("600000", "AH6", 75, 4.5), line("606000", "AH6", 25, 1.5))
    expected = (line("600000", "AH6", "25.00", "1.50"), line("606000", "AH6", "8.33", "0.50"))
    assert lines_of(invoice(rate(6, "33.33")), way, way, way) == expected


def test_a_division_that_changes_from_invoice_to_invoice_leaves_all_on_the_first_line():
    ways = [past(line("600000", "AH6", part, 0), line("606000", "AH6", 100 - part, 0)) for part in (20, 50, 80)]
    found = booked(invoice(rate(6, 100)), around(past=tuple(ways)))
    assert [one.base for one in found.lines] == [100, 0]
    assert found.confidence < 0.5


def test_lines_of_different_rates_take_the_amounts_of_their_rate():
    way = past(line("604000", "AH21", 10, 2.1), line("600000", "AH6", 100, 6))
    expected = (line("604000", "AH21", 20, "4.20"), line("600000", "AH6", 50, "3.00"))
    assert lines_of(invoice(rate(6, 50), rate(21, 20)), way, way, way) == expected


def test_a_template_for_other_rates_than_the_invoices_is_not_used():
    found = booked(invoice(rate(21, 100)), around(past=(past(FLOUR),) * 3))
    assert found.why["account"].code == "account.counterparty"


def test_a_total_alone_is_divided_by_a_template_of_one_rate():
    facts = invoice(total=Decimal(106), base=None, vat=None)
    assert lines_of(facts, *[past(FLOUR)] * 3) == (line("600000", "AH6", 100, 6),)


def test_an_electronic_invoice_that_reverses_the_vat_is_not_booked_by_a_template_that_does_not():
    facts = invoice(rate(0, 100, "AE"), electronic=True)
    [template] = templates_of([past(line("611000", "AD0", 100))] * 3, CODES, 3)
    assert filled(template, facts, CODES) is None


def test_vat_codes_the_dossier_no_longer_has_make_no_template():
    assert templates_of([past(line("600000", "OUD", 100))] * 3, CODES, 3) == ()


def test_templates_of_the_books_alone_say_so():
    found = booked(invoice(rate(6, 100)), around(past=(past(FLOUR, own=False),) * 3))
    assert found.why["account"].code == "account.package_template"
    assert found.why["account"].values["count"] == "3"


@pytest.mark.parametrize("count", [1, 2])
def test_the_partys_only_way_is_surer_than_one_of_several(count):
    other = past(line("606000", "AH6", 10, 0.6))
    several = booked(invoice(rate(6, 100)), around(past=(*[past(FLOUR)] * 3, *[other] * count)))
    only = booked(invoice(rate(6, 100)), around(past=(past(FLOUR),) * 3))
    assert several.lines[0].account == "600000"
    assert several.confidence < only.confidence


SHOPS = Dimension(code="VEST", name="Vestiging", values=(DimensionValue(code="L", name="Leuven"), DimensionValue(code="G", name="Gent")))


def on_shop(value, private=None):
    return past(structs.replace(FLOUR, dimensions={"VEST": value}, private=private))


@pytest.mark.parametrize(("values", "proposed"), [("LLL", {"VEST": "L"}), ("LLG", {"VEST": "L"}), ("LGL", {}), ("WWW", {})])
def test_a_template_proposes_the_dimension_of_the_last_two_invoices_if_the_package_still_has_it(values, proposed):
    found = booked(invoice(rate(6, 100)), around(past=tuple(map(on_shop, values)), dimensions=(SHOPS,)))
    assert [one.dimensions for one in found.lines] == [proposed]


@pytest.mark.parametrize(
    ("private", "proposed"),
    [
        (PrivateShare(value=Decimal(30)), PrivateShare(value=Decimal(30))),
        (PrivateShare(value=Decimal(30), percent=False), None),  # an amount is another one each time
    ],
)
def test_a_template_proposes_a_private_percentage(private, proposed):
    found = booked(invoice(rate(6, 100)), around(past=tuple(on_shop("L", private) for _ in range(3)), dimensions=(SHOPS,)))
    assert [one.private for one in found.lines] == [proposed]


def test_what_is_saved_as_a_template_keeps_dimension_and_private_percentage():
    third = PrivateShare(value=Decimal(30))
    [kept] = saved_lines([structs.replace(FLOUR, dimensions={"VEST": "L"}, private=third)], CODES)
    assert (kept.dimensions, kept.private, kept.share) == ({"VEST": "L"}, third, 1)


def test_an_invoice_without_a_template_takes_over_what_the_partys_last_one_had_on_that_account():
    party = Party(party_name="Molens", vat_number="BE0998110303", account="600000", vat_code="AH6")
    known = around(past=(on_shop("G", PrivateShare(value=Decimal(10))),), party=party, dimensions=(SHOPS,))
    [made] = booked(invoice(rate(6, 100)), known).lines
    assert (made.dimensions, made.private) == ({"VEST": "G"}, PrivateShare(value=Decimal(10)))


def test_what_the_buyer_owes_the_vat_of_is_not_proposed_in_part_private():
    party = Party(party_name="Molens", vat_number="BE0998110303", account="612300", vat_code="AD21MC")
    owed = past(structs.replace(line("612300", "AD21", 100, 21), private=PrivateShare(value=Decimal(10))))
    [made] = booked(invoice(rate(0, 100, "AE"), electronic=True), around(past=(owed,), party=party)).lines
    assert (made.vat_code, made.private) == ("AD21MC", None)
