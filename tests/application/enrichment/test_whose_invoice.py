"""Whose invoice it is: number, account number, name, new, fallback."""

from uuid import UUID

import msgspec
import pytest

from application.enrichment.counterparties import Card, find
from application.enrichment.facts import Facts
from domain.dossier import Kind

MOLENS = Card(id=UUID(int=1), party_name="Molens De Graankorrel NV", vat_number="BE0998110303", ibans=("BE68539007547034",))
SMET = Card(id=UUID(int=2), party_name="Garage De Smet BV")
BOOKS = Card(id=None, party_name="Brouwerij Haacht SA", vat_number="BE0999052389")
FALLBACK = Card(id=UUID(int=9), party_name="Diverse leveranciers")


class Book:
    def __init__(self, *cards):
        self.cards = cards

    def with_vat(self, number):
        return next((one for one in self.cards if one.vat_number == number), None)

    def with_iban(self, iban):
        return [one for one in self.cards if iban in one.ibans]

    def everybody(self):
        return self.cards


def found(*cards, fallback=None, **read):
    party = find(Facts(kind=Kind.PURCHASE, **read), Book(*(cards or (MOLENS, SMET, BOOKS))), fallback)
    return party.counterparty and party.counterparty.int, party.why and party.why.code


def test_the_vat_number_goes_before_all():
    assert found(party_vat="BE0998110303", party_name="Garage De Smet") == (1, "counterparty.vat")


def test_the_account_number_goes_before_the_name():
    assert found(iban="BE68539007547034", party_name="Garage De Smet") == (1, "counterparty.iban")


def test_an_account_number_of_somebody_with_another_vat_number_proves_nothing():
    assert found(iban="BE68539007547034", party_vat="BE0999041206", party_name="X Factoring") == (None, "counterparty.new")


def test_an_account_number_of_two_proves_nothing():
    twin = msgspec.structs.replace(MOLENS, id=UUID(int=5), party_name="Iemand anders")
    assert found(MOLENS, twin, iban="BE68539007547034") == (None, None)


@pytest.mark.parametrize(
    ("read", "known"),
    [
        ("Garage De Smet BV", True),
        ("GARAGE DE SMET", True),
        ("De Smet Garage b.v.", True),
        ("Garage De Smet BVBA", True),
        ("Garage De Smet SRL", True),
        ("Garage De Smet NV", False),
        ("Garage De Smedt Kortrijk", False),
        ("Smet", False),
    ],
)
def test_names_are_the_same_without_case_order_and_languages_of_the_legal_form(read, known):
    assert found(party_name=read) == ((2, "counterparty.name") if known else (None, "counterparty.new"))


def test_a_name_with_another_vat_number_is_somebody_else():
    assert found(party_name="Molens De Graankorrel", party_vat="BE0999041206") == (None, "counterparty.new")


def test_two_names_that_are_alike_are_nobody():
    twin = Card(id=UUID(int=6), party_name="Garage De Smets")
    assert found(SMET, twin, party_name="Garage De Smett") == (None, "counterparty.new")


def test_who_is_known_in_the_books_only_is_new_here_with_the_name_of_the_books():
    party = find(Facts(kind=Kind.PURCHASE, party_vat="BE0999052389", party_name="haacht"), Book(BOOKS), None)
    assert (party.counterparty, party.party_name, party.why.code) == (None, "Brouwerij Haacht SA", "counterparty.package")


def test_who_is_new_is_filled_in_with_what_was_read():
    facts = Facts(kind=Kind.PURCHASE, party_name="Nieuw BV", party_vat="BE0999041206", iban="BE68539007547034")
    party = find(facts, Book(SMET), FALLBACK)
    assert (party.party_name, party.vat_number, party.iban) == ("Nieuw BV", "BE0999041206", "BE68539007547034")
    assert party.why.code == "counterparty.new"


def test_the_fallback_is_for_invoices_on_which_nobody_was_read():
    assert found(fallback=FALLBACK) == (9, "counterparty.fallback")
    assert found(fallback=None) == (None, None)


def test_a_counterparty_found_by_name_is_less_sure_than_one_by_account_number():
    ways = ({}, {"party_name": "Garage De Smet"}, {"iban": "BE68539007547034"})
    by = [find(Facts(kind=Kind.PURCHASE, **read), Book(MOLENS, SMET), FALLBACK).confidence for read in ways]
    assert by == sorted(by)
