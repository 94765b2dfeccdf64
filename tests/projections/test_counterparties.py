"""Counterparties to choose from."""

from uuid import uuid4

import pytest

from domain.counterparty import CounterpartyCreated, CounterpartyRenamed, DefaultsLearnt, IbanConfirmed
from domain.dossier import Kind
from projections.counterparties import Counterparties
from read_models import fill, moments

BAKERY, GARAGE = uuid4(), uuid4()
MOLENS, SMET, KLANT, ELDERS = (uuid4() for _ in range(4))


def created(name, vat=None, *, dossier=BAKERY, kind=Kind.PURCHASE):
    return CounterpartyCreated(dossier=dossier, kind=kind, party_name=name, vat_number=vat, ibans=("BE68539007547034",))


@pytest.fixture
def known(pool):
    model = Counterparties(pool)
    fill(
        model,
        moments(
            (MOLENS, created("Molens De Graankorrel NV", "BE0998110303")),
            (SMET, created("De Smet Élan")),
            (KLANT, created("Molenaar Klant", kind=Kind.SALES)),
            (ELDERS, created("Molens Elders", dossier=GARAGE)),
            (SMET, IbanConfirmed(iban="BE00")),
            (MOLENS, DefaultsLearnt(account="600000", vat_code="AH6", proposal=uuid4())),
            (ELDERS, CounterpartyRenamed(party_name="Molens Ergens")),
        ),
    )
    return model


def names(found):
    return [one.party_name for one in found]


def test_a_part_of_the_name_finds_those_of_this_dossier_and_side(known):
    assert names(known.suggest(BAKERY, "purchase", "molen")) == ["Molens De Graankorrel NV"]
    assert names(known.suggest(BAKERY, "sales", "molen")) == ["Molenaar Klant"]
    assert names(known.suggest(GARAGE, "purchase", "molen")) == ["Molens Ergens"]


def test_accents_and_particles_do_not_matter(known):
    assert names(known.suggest(BAKERY, "purchase", "smet elan")) == ["De Smet Élan"]


def test_digits_of_the_vat_number_find_it_too(known):
    assert names(known.suggest(BAKERY, "purchase", "0998.110")) == ["Molens De Graankorrel NV"]


def test_part_of_an_account_number_finds_whose_it_is(known):
    assert names(known.suggest(BAKERY, "sales", "BE68 5390")) == ["Molenaar Klant"]
    assert names(known.suggest(BAKERY, "purchase", "be00")) == []


def test_words_of_the_name_find_it_in_any_order(known):
    assert names(known.suggest(BAKERY, "purchase", "korrel mol")) == ["Molens De Graankorrel NV"]
    assert names(known.suggest(BAKERY, "purchase", "korrel smet")) == []


def test_those_that_begin_with_the_text_come_first(known):
    assert names(known.suggest(BAKERY, "purchase", "")) == ["Molens De Graankorrel NV", "De Smet Élan"]
    assert names(known.suggest(BAKERY, "purchase", "g")) == ["Molens De Graankorrel NV"]


def test_what_was_learnt_and_confirmed_is_known(known):
    molens, smet = known.find(MOLENS), known.find(SMET)
    assert (molens.account, molens.vat_code, molens.ibans) == ("600000", "AH6", ["BE68539007547034"])
    assert len(smet.ibans) == 2
    assert known.ibans([MOLENS]) == {MOLENS: ["BE68539007547034"]}


def test_recognition_asks_for_all_of_one_side_with_their_numbers(known):
    [molens, smet] = sorted(known.everybody(BAKERY, "purchase"), key=lambda one: one.party_name, reverse=True)
    assert (molens.id, molens.vat_number, [*molens.ibans]) == (MOLENS, "BE0998110303", ["BE68539007547034"])
    assert (smet.party_name, smet.vat_number, [*smet.ibans]) == ("De Smet Élan", None, ["BE68539007547034", "BE00"])
