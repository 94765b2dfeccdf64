"""Which values a second thing on the paper speaks for."""

from __future__ import annotations

import pytest

from application.recognition.corroboration import Corroboration
from application.recognition.reading import Box, FieldReading, Kind, Page, Reading, Word

OWN, THEIRS = "BE0428759497", "BE0403170701"


def paper(*lines):
    """A page with these lines, ten points a sign, and a row every twenty."""
    words = []
    for row, line in enumerate(lines):
        left = 0
        for text in line.split(" "):
            words.append(Word(text, Box(left, 20 * row, left + 6 * len(text), 20 * row + 10)))
            left += 6 * len(text) + 6
    return (Page(number=1, width=595, height=842, words=tuple(words)),)


def read(**values):
    return Reading(
        kind=Kind.TEXT_PDF, fields={name: FieldReading(value=one, confidence=0.9, source="label") for name, one in values.items()}
    )


def speaks(field, pages, own_vat=OWN, **values):
    return Corroboration(read(**values), pages, own_vat).of(field)


TOTALS = {"total_excl": "100.00", "vat": "21.00", "total_incl": "121.00"}


@pytest.mark.parametrize("field", TOTALS)
def test_totals_that_add_up_to_the_largest_amount_are_spoken_for(field):
    assert speaks(field, paper("Basis 100,00", "Btw 21 % 21,00", "Totaal 121,00"), **TOTALS)


def test_the_sums_of_one_rate_are_not_the_invoices():
    assert not speaks("total_incl", paper("Basis 100,00 50,00 150,00", "Totaal 121,00 53,00 174,00"), **TOTALS)


def test_a_total_that_is_printed_again_may_be_less_than_what_is_due():
    assert speaks("total_incl", paper("Totaal 121,00", "Vorig saldo 30,00", "Te betalen 151,00", "Totaal factuur 121,00"), **TOTALS)


def test_a_total_without_its_sum_is_not_spoken_for():
    assert not speaks("total_incl", paper("Totaal 121,00"), total_incl="121.00")


def test_no_vat_is_doubtful_where_a_rate_is_printed():
    free = {"total_excl": "100.00", "vat": "0.00", "total_incl": "100.00"}
    assert speaks("vat", paper("Totaal 100,00", "Btw verlegd"), **free)
    assert not speaks("vat", paper("Totaal 100,00", "btw 21 %"), **free)


def test_who_sells_is_sure_where_the_dossier_is_told_and_buys():
    page = paper("x")
    assert speaks("issuer_vat", page, issuer_vat=THEIRS, buyer_vat=OWN)
    assert speaks("issuer_vat", page, issuer_vat=THEIRS)
    assert not speaks("issuer_vat", page, own_vat=None, issuer_vat=THEIRS, buyer_vat=OWN)
    assert not speaks("issuer_vat", page, issuer_vat=OWN, buyer_vat=THEIRS)
    assert not speaks("buyer_vat", page, issuer_vat=THEIRS, buyer_vat="BE0202239951")


def test_a_sale_is_sure_where_it_came_in_as_one():
    sale = read(issuer_vat=OWN, buyer_vat=THEIRS)
    purchase = read(issuer_vat=THEIRS, buyer_vat=OWN)

    assert Corroboration(sale, (), OWN, sales=True).of("buyer_vat")
    assert not Corroboration(sale, (), OWN, sales=False).of("buyer_vat")
    assert not Corroboration(purchase, (), OWN, sales=True).of("issuer_vat")


def test_a_due_date_is_spoken_for_when_nothing_else_is_later_than_the_issue():
    dates = {"issue_date": "2026-04-22", "due_date": "2026-05-22"}
    assert speaks("due_date", paper("Datum 22.04.2026", "Levering 20.04.2026", "Vervaldag 22.05.2026"), **dates)
    assert not speaks("due_date", paper("Datum 22.04.2026", "Tot 06.05.2026 2 % korting", "Vervaldag 22.05.2026"), **dates)


@pytest.mark.parametrize(("line", "spoken_for"), [("FB-118 Brussel", True), ("FB-118 842", False), ("FB-118", True)])
def test_a_number_that_may_go_on_is_not_spoken_for(line, spoken_for):
    pages = paper(line)
    found = FieldReading(value="FB-118", confidence=0.9, source="label", page=1, box=pages[0].words[0].box)
    reading = Reading(kind=Kind.TEXT_PDF, fields={"invoice_number": found})

    assert Corroboration(reading, pages, OWN).of("invoice_number") is spoken_for


def test_a_name_is_spoken_for_where_it_stands_again():
    assert speaks("issuer_name", paper("Farmadepot CV", "www.farmadepot.be"), issuer_name="Farmadepot CV")
    assert not speaks("issuer_name", paper("Farmadepot CV", "Antwerpen"), issuer_name="Farmadepot CV")
    assert not speaks("issuer_name", paper("ABC nv", "abc"), issuer_name="ABC nv")
