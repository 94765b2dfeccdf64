from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.booking_proposal import Line, Stage
from domain.exchange_rate import ExchangeRate
from domain.validation import Code, EarlierSale, Facts, Reason, ValidationState, validate, vat_by_code


def rate(currency="USD", day=date(2026, 3, 2), source="ECB"):
    return ExchangeRate(currency=currency, per_euro=Decimal("1.0842"), day=day, source=source)


GOOD: dict[str, Any] = {
    "stage": Stage.OPEN,
    "source": "AIR",
    "period": "2026-03",
    "invoice_date": date(2026, 3, 2),
    "due_date": date(2026, 4, 1),
    "received": date(2026, 3, 4),
    "total": Decimal(121),
    "base_and_vat": Decimal(121),
    "lines_total": Decimal(121),
    "vat": {"21": (Decimal(100), Decimal(21))},
    "rates": {"21": Decimal(21)},
    "party_vat": "BE0403170701",
    "own_vat": "BE0999041206",
    "iban": "BE68539007547034",
    "known_ibans": ("BE68539007547034",),
}


def validated(**own):
    return validate(Facts(**(GOOD | own)))


@pytest.mark.parametrize("known", [rate(), rate(day=None, source="typed")])
def test_a_rate_of_its_day_or_of_a_person_is_nothing_to_look_at(known):
    assert validated(currency="USD", rate=known).state == ValidationState.OK


def test_on_sunday_the_rate_of_friday_is_that_of_the_day():
    found = {"period": "2026-03", "received": date(2026, 3, 9)}
    assert validated(invoice_date=date(2026, 3, 8), currency="USD", rate=rate(day=date(2026, 3, 6)), **found).state == ValidationState.OK
    old = validated(invoice_date=date(2026, 3, 8), currency="USD", rate=rate(day=date(2026, 3, 5)), **found)
    assert old.reasons[0].values == {"currency": "USD", "date": date(2026, 3, 5), "wanted": date(2026, 3, 6)}


def test_a_complete_proposal_is_ok_without_a_reason():
    assert validated() == validate(Facts(**GOOD))
    assert (validated().state, validated().reasons) == (ValidationState.OK, ())


@pytest.mark.parametrize(
    ("own", "code", "state"),
    [
        ({"new_party": True}, Code.NEW_PARTY, "ok_new"),
        ({"missing": ("boekperiode",)}, Code.MISSING, "nok"),
        ({"lines_total": Decimal(120)}, Code.LINES_DIFFER, "nok"),
        ({"unread": True, "missing": ("totaal",)}, Code.OCR, "ocr"),
        ({"missing": ("tegenpartij", "factuurnummer", "factuurdatum", "totaal", "rekening")}, Code.EMPTY, "empty"),
        ({"double": "AIR"}, Code.DOUBLE, "warning"),
        ({"double": "UBL"}, Code.OF_E_INVOICE, "e_invoice_double"),
        ({"double": "AIR", "source": "UBL"}, Code.PAGE_OF_THIS, "ok"),
        ({"double": "UBL", "source": "UBL"}, Code.DOUBLE, "warning"),
        ({"same_file": True}, Code.SAME_FILE, "warning"),
        ({"party_vat": "BE0999041206"}, Code.OWN_VAT, "warning"),
        ({"iban": "BE12345678901234"}, Code.IBAN_OTHER, "warning"),
        ({"known_ibans": ()}, Code.IBAN_NEW, "ok"),
        ({"base_and_vat": Decimal("120.98")}, Code.SUM_DIFFERS, "warning"),
        ({"vat": {"21": (Decimal(100), Decimal("20.90"))}}, Code.VAT_DIFFERS, "warning"),
        ({"vat": {"19": (Decimal(100), Decimal(19))}, "rates": {"19": Decimal(19)}}, Code.RATE_OF_OTHER_TIME, "warning"),
        ({"invoice_date": date(2026, 3, 5)}, Code.DATE_IN_FUTURE, "warning"),
        ({"invoice_date": date(2025, 2, 28)}, Code.DATE_YEAR_OFF, "warning"),
        ({"period": "2026-02"}, Code.DATE_AFTER_PERIOD, "warning"),
        ({"period": "2026-04"}, Code.DATE_BEFORE_PERIOD, "ok"),
        ({"due_date": date(2026, 3, 1)}, Code.DUE_BEFORE_DATE, "warning"),
        ({"running": 9, "sale_before": EarlierSale("2026/7", date(2026, 3, 1), 7)}, Code.NUMBER_GAP, "warning"),
        ({"running": 8, "sale_before": EarlierSale("2026/7", date(2026, 3, 9), 7)}, Code.NUMBER_ORDER, "warning"),
        ({"currency": "EUB"}, Code.CURRENCY_UNKNOWN, "warning"),
        ({"broken": 2}, Code.BREAKS_RULES, "warning"),
        ({"advised": 1}, Code.AGAINST_ADVICE, "ok"),
        ({"given": (Reason("direct-debit"),)}, "direct-debit", "ok"),
        ({"currency": "USD"}, Code.RATE_UNKNOWN, "warning"),
        ({"currency": "USD", "rate": rate(day=date(2026, 2, 27))}, Code.RATE_OLD, "warning"),
        ({"currency": "USD", "rate": rate("GBP")}, Code.RATE_UNKNOWN, "warning"),
        ({"given": (Reason("page_differs", {"field": "total_incl"}),)}, "page_differs", "warning"),
    ],
)
def test_each_thing_to_know_is_a_reason_of_its_own(own, code, state):
    found = validated(**own)
    assert ([reason.code for reason in found.reasons], found.state) == ([code], state)


@pytest.mark.parametrize(
    "own",
    [
        {"iban": ""},
        {"known_ibans": None},
        {"base_and_vat": Decimal("120.99")},
        {"base_and_vat": None},
        {"vat": {"21": (Decimal(100), Decimal("20.95"))}},
        {"vat": {"X": (Decimal(100), Decimal(3))}},
        {"invoice_date": date(2026, 3, 4)},
        {"unread": True},
        {"running": 8, "sale_before": EarlierSale("2026/7", None, 7)},
        {"running": 8},
        {"received": None},
        {"invoice_date": None},
    ],
)
def test_what_is_right_or_not_known_is_not_spoken_of(own):
    assert validated(**own).reasons == ()


@pytest.mark.parametrize(
    ("stage", "own", "state"),
    [
        (Stage.CHECKED, {}, "checked"),
        (Stage.CHECKED, {"suspense": True}, "checked_suspense"),
        (Stage.HELD, {}, "held"),
        (Stage.REFUSED, {}, "refused"),
        (Stage.NUMBERED, {}, "sent"),
        (Stage.CONFIRMED, {}, "sent"),
    ],
)
def test_what_people_and_the_package_did_goes_before_what_was_found(stage, own, state):
    found = validated(stage=stage, double="AIR", **own)
    assert found.state == state
    assert [one.code for one in found.reasons][:1] == ([] if state == "sent" else [Code.DOUBLE])


def test_the_reason_somebody_gave_is_told():
    assert validated(stage=Stage.HELD, reason="Klant belt terug.").reasons == (Reason(Code.GIVEN, {"reason": "Klant belt terug."}),)


def test_the_state_is_the_worst_and_its_reason_comes_first():
    found = validated(new_party=True, double="AIR", lines_total=Decimal(1), missing=("rekening",), known_ibans=())
    assert found.state == ValidationState.NOK
    assert [one.code for one in found.reasons] == [Code.MISSING, Code.LINES_DIFFER, Code.DOUBLE, Code.IBAN_NEW, Code.NEW_PARTY]
    assert validated(new_party=True, double="AIR").state == ValidationState.WARNING


def test_the_page_of_an_e_invoice_is_that_whatever_else_is_wrong_with_it():
    assert validated(double="UBL", missing=("rekening",)).state == ValidationState.E_INVOICE_DOUBLE


def test_values_are_what_the_sentences_speak_of():
    assert validated(lines_total=Decimal(100)).reasons[0].values == {"difference": Decimal(21)}
    off = validated(vat={"21": (Decimal(100), Decimal(6))}).reasons[0]
    assert off.values == {"code": "21", "rate": Decimal(21), "difference": Decimal("15.00")}
    assert validated(iban="BE1").reasons[0].values == {"known": ("BE68539007547034",)}


def test_vat_is_summed_by_code():
    lines = [
        Line(account="61", vat_code=code, base=Decimal(base), vat=Decimal(vat))
        for code, base, vat in (("A", 1, 2), ("B", 3, 0), ("A", 4, 5))
    ]
    assert vat_by_code(lines) == {"A": (5, 7), "B": (3, 0)}


def test_vat_is_that_of_the_base_less_the_financial_discount():
    charged = {"vat": {"21": (Decimal(100), Decimal("20.58"))}, "total": Decimal("120.58"), "base_and_vat": None}
    told = {"lines_total": Decimal("120.58"), **charged}
    assert validated(discount=Decimal(2), **told).state == ValidationState.OK
    assert [one.code for one in validated(**told).reasons] == [Code.VAT_DIFFERS]


@pytest.mark.parametrize(
    ("published", "far"), [(Decimal("1.0842"), False), (Decimal("1.1300"), False), (Decimal("1.1500"), True), (None, False)]
)
def test_a_typed_rate_far_from_the_published_one_asks_for_a_second_look(published, far):
    typed = ExchangeRate(currency="USD", per_euro=Decimal("1.0842"), source="typed", published=published)
    told = validated(currency="USD", rate=typed)
    assert [one.code for one in told.reasons] == ([Code.RATE_FAR] if far else [])
    assert not far or told.reasons[0].values == {"currency": "USD", "per_euro": Decimal("1.0842"), "published": published}


def test_a_payment_reference_with_wrong_check_digits_asks_for_a_second_look():
    assert [one.code for one in validated(bad_reference=True).reasons] == [Code.REFERENCE_WRONG]
