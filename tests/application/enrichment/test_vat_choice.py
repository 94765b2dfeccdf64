"""The table of VAT codes and return grids (belgium.md, c7), row by row: the code chosen fills these grids, on invoice and credit note."""

from datetime import date
from decimal import Decimal

import pytest
from invoices_read import rate
from msgspec import structs

from adapters.accounting.sandbox.vat_codes import VAT_CODES
from application.enrichment.vat_choice import Place, Situation, choose, deducts_too_much, place_of
from domain.dossier import Kind
from domain.vat_rates import existed, outdated, rates_on, standard_rate

GOODS, SERVICES, INVESTMENT, MATERIAL = "604000", "613200", "231000", "612400"
BE, EU, US, NOBODY = "BE0998110303", "NL001234567B01", "US123456", None


def chosen(kind, percent, category, account, party, **more):
    codes = [code for code in VAT_CODES.values() if code.kind == kind]
    situation = Situation(kind=kind, codes=codes, place=place_of(party), on=date(2026, 3, 5), **more)
    found = choose(rate(percent, 100, category), account, situation)
    return VAT_CODES[found] if found else None


def grids(code):
    """Base, due, deductible; then the same of a credit note."""
    return (
        (code.base_grids, code.payable_grids, code.deductible_grids),
        (code.credit_base_grids, code.credit_payable_grids, code.credit_deductible_grids),
    )


@pytest.mark.parametrize("percent", [21, 12, 6])
@pytest.mark.parametrize(("account", "base"), [(GOODS, "81"), (SERVICES, "82"), (INVESTMENT, "83")])
def test_a_purchase_with_vat(account, base, percent):
    code = chosen(Kind.PURCHASE, percent, "S", account, BE)
    assert code.rate == percent
    assert grids(code) == (((base,), (), ("59",)), ((f"-{base}", "85"), ("63",), ()))


@pytest.mark.parametrize(("account", "base"), [(GOODS, "81"), (SERVICES, "82"), (INVESTMENT, "83")])
def test_a_purchase_from_a_co_contractor(account, base):
    code = chosen(Kind.PURCHASE, 0, "AE", account, BE)
    assert (code.rate, code.code[2:]) == (21, "21MC")
    assert grids(code) == (((base, "87"), ("56",), ("59",)), ((f"-{base}", "-87", "85"), ("-56",), ("-59",)))


@pytest.mark.parametrize(("account", "base"), [(GOODS, "81"), (INVESTMENT, "83"), (MATERIAL, "82")])
def test_a_purchase_of_goods_in_the_union(account, base):
    code = chosen(Kind.PURCHASE, 0, "K", account, EU)
    assert grids(code) == (((base, "86"), ("55",), ("59",)), ((f"-{base}", "-86", "84"), ("-55",), ("-59",)))


@pytest.mark.parametrize("category", ["AE", "S", "Z"])
def test_a_service_from_the_union(category):
    code = chosen(Kind.PURCHASE, 0, category, SERVICES, EU)
    assert grids(code) == ((("82", "88"), ("55",), ("59",)), (("-82", "-88", "84"), ("-55",), ("-59",)))


def test_subcontracting_in_the_union_is_a_service():
    assert chosen(Kind.PURCHASE, 0, "AE", "603000", EU).base_grids == ("82", "88")


def test_an_exempt_service_of_the_union_is_not_reversed():
    assert not chosen(Kind.PURCHASE, 0, "E", SERVICES, EU).reverse_charge


def test_vat_of_another_member_state_has_no_belgian_code():
    assert chosen(Kind.PURCHASE, 19, "S", GOODS, "DE123456789") is None


@pytest.mark.parametrize(("account", "base"), [(GOODS, "81"), (INVESTMENT, "83")])
def test_an_import_with_the_vat_on_the_return(account, base):
    code = chosen(Kind.PURCHASE, 0, "G", account, US, import_licence=True)
    assert code.base_grids == (base, "87")
    assert (code.payable_grids, code.deductible_grids) == (("57",), ("59",))


def test_an_import_with_the_vat_paid_at_customs():
    code = chosen(Kind.PURCHASE, 0, "G", GOODS, US)
    assert (code.base_grids, code.payable_grids, code.deductible_grids) == (("81",), (), ())
    assert chosen(Kind.PURCHASE, 21, "S", GOODS, BE).deductible_grids == ("59",)  # the customs' own document


def test_a_service_from_outside_the_union():
    code = chosen(Kind.PURCHASE, 0, "S", SERVICES, US)
    assert (code.base_grids, code.payable_grids, code.deductible_grids) == (("82", "87"), ("56",), ("59",))
    assert code.code == "AD21IN"


@pytest.mark.parametrize("share", [0, 35, 50, 85])
def test_a_purchase_whose_vat_is_partly_deductible(share):
    code = chosen(Kind.PURCHASE, 21, "S", "612300", BE, deductible=Decimal(share))
    assert code.deductible == share
    assert code.base_grids == ("82",)


@pytest.mark.parametrize(("percent", "category", "party", "payable"), [(0, "AE", BE, "56"), (0, "AE", EU, "55"), (0, "S", US, "56")])
@pytest.mark.parametrize("share", [0, 35, 50, 85])
def test_what_the_buyer_owes_is_told_also_where_no_code_deducts_just_that_part(percent, category, party, payable, share):
    code = chosen(Kind.PURCHASE, percent, category, "612300", party, deductible=Decimal(share))
    assert (code.reverse_charge, code.payable_grids, code.base_grids[0]) == (True, (payable,), "82")


def test_of_the_codes_for_reverse_charge_the_one_that_deducts_just_that_part_is_taken():
    half = structs.replace(VAT_CODES["AD21MC"], code="AD21MC-50", deductible=Decimal(50))
    codes = [*(code for code in VAT_CODES.values() if code.kind == Kind.PURCHASE), half]
    situation = Situation(kind=Kind.PURCHASE, codes=codes, place=Place.BELGIUM, on=date(2026, 3, 5), deductible=Decimal(50))
    assert choose(rate(0, 100, "AE"), "612300", situation) == "AD21MC-50"
    assert not deducts_too_much("AD21MC-50", situation)
    assert deducts_too_much("AD21MC", situation)
    assert not deducts_too_much("AD21", situation)


def test_a_purchase_outside_the_scope_of_vat_is_told_nowhere():
    assert chosen(Kind.PURCHASE, 0, "O", SERVICES, BE).code == "AGEEN"
    assert chosen(Kind.SALES, 0, "O", "705000", BE).code == "VGEEN"


@pytest.mark.parametrize(
    ("percent", "category", "grid"), [(21, "S", "03"), (12, "S", "02"), (6, "S", "01"), (0, "Z", "00"), (0, "E", "00")]
)
def test_a_sale(percent, category, grid):
    code = chosen(Kind.SALES, percent, category, "700000", BE)
    vat = (("54",), ("64",)) if percent else ((), ())
    assert grids(code) == (((grid,), vat[0], ()), (("49",), (), vat[1]))


@pytest.mark.parametrize(
    ("category", "account", "party", "base", "credit"),
    [
        ("AE", "702000", BE, "45", "49"),
        ("AE", "705000", EU, "44", "48"),
        ("S", "705000", EU, "44", "48"),
        ("K", "700000", EU, "46", "48"),
        ("S", "700000", EU, "46", "48"),
        ("G", "700000", US, "47", "49"),
        ("S", "705000", US, "47", "49"),
    ],
)
def test_a_sale_without_vat(category, account, party, base, credit):
    code = chosen(Kind.SALES, 0, category, account, party)
    assert grids(code) == (((base,), (), ()), ((credit,), (), ()))


def test_a_code_that_cannot_be_right_is_not_taken_however_usual():
    codes = [code for code in VAT_CODES.values() if code.kind == "purchase"]
    situation = Situation(kind=Kind.PURCHASE, codes=codes, place=Place.BELGIUM)
    assert choose(rate(21, 100), SERVICES, situation, "AD6") == "AD21"
    assert choose(rate(21, 100), SERVICES, situation, "AD21-50") == "AD21-50"
    assert choose(rate(0, 100, "AE"), SERVICES, situation, "AD6MC") == "AD6MC"


def test_where_somebody_is():
    assert [place_of(one) for one in (BE, EU, "EL123456789", US, NOBODY)] == [
        Place.BELGIUM,
        Place.UNION,
        Place.UNION,
        Place.OUTSIDE,
        Place.UNKNOWN,
    ]


def test_rates_have_days_on_which_they_hold():
    assert existed(Decimal("20.5"), date(1995, 12, 31))
    assert not existed(Decimal("20.5"), date(1996, 1, 1))
    assert not existed(Decimal(21), date(1995, 12, 31))
    assert rates_on(date(2026, 1, 1)) == (0, 6, 12, 21)
    assert standard_rate(date(1994, 5, 1)) == Decimal("20.5")


def test_lodging_has_another_rate_from_march_2026_on():
    assert outdated(Decimal(6), date(2026, 2, 28), "2 overnachtingen met ontbijt") is None
    assert outdated(Decimal(6), date(2026, 3, 1), "2 overnachtingen met ontbijt").after == 12
    assert outdated(Decimal(12), date(2026, 2, 28), "herbicide 5 l") is None
    assert outdated(Decimal(21), date(2026, 2, 28), "herbicide 5 l").before == 12
