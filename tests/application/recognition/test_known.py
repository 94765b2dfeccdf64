"""Which of the dossier's counterparties a document is of, and what that adds to what was read."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace
from word_pages import page_of

from application.recognition.known import Party, alike, find_party, with_party
from application.recognition.layout import Layout
from application.recognition.reader import read_pages

OWN = "BE0428759497"
PRESS = Party(UUID(int=1), "Drukkerij De Pers BV", "BE0403019261", ("BE68539007547034",))
MILL = Party(UUID(int=2), "Molens De Graankorrel NV", "BE0417497106", ("BE71096123456769",))
NAMELESS = Party(UUID(int=3), "Poetshulp Marie", None)

PAPER = """
    {name}
    Stationsstraat 12
    9000 Gent
    {vat}

    Factuurnummer 2026/0417
    Factuurdatum  05/03/2026

    Totaal excl. btw                       100,00
    Btw 21 %                                21,00
    Te betalen                             121,00

    {iban}
    {foot}
"""


def read(name="", vat="", iban="", foot=""):
    page = page_of(PAPER.format(name=name, vat=vat, iban=iban, foot=foot))
    return read_pages((page,), OWN), Layout((page,))


def found(*parties, side="issuer", **paper):
    reading, layout = read(**paper)
    match = find_party(reading, layout, parties or (PRESS, MILL, NAMELESS), side, OWN)
    return (match.party, match.by) if match else None


def test_the_vat_number_tells_whatever_the_name_is():
    assert found(name="Molens De Graankorrel NV", vat="BTW BE 0403.019.261") == (PRESS, "vat")


def test_without_vat_number_the_account_tells():
    assert found(name="Onleesbaar", iban="IBAN BE68 5390 0754 7034") == (PRESS, "iban")


def test_without_numbers_the_name_tells():
    assert found(name="DRUKKERIJ DE PERS B.V.") == (PRESS, "name")
    assert found(name="Molens De Graankorel NV") == (MILL, "name")


def test_a_name_that_two_have_tells_nothing():
    twin = PRESS._replace(id=UUID(int=9), vat_number="BE0897290877", ibans=())
    assert found(PRESS, twin, name="Drukkerij De Pers BV") is None


def test_an_account_that_two_have_tells_nothing():
    factor = MILL._replace(ibans=PRESS.ibans)
    assert found(PRESS, factor, name="Onleesbaar", iban="IBAN BE68 5390 0754 7034") is None


def test_who_proves_another_vat_number_is_not_the_one_with_that_name_or_account():
    assert found(name="Drukkerij De Pers BV", vat="BTW BE 0897.290.877", iban="IBAN BE68 5390 0754 7034") is None


def test_a_mistyped_vat_number_does_not_speak_against_a_name_however_likely_it_is_what_was_printed():
    reading, layout = read(name="Drukkerij De Pers", vat="BTW BE0403019262")
    wrong = replace(reading.fields["issuer_vat"], confidence=0.9)

    match = find_party(replace(reading, fields=reading.fields | {"issuer_vat": wrong}), layout, (PRESS, MILL), "issuer", OWN)

    assert wrong.source != "checksum"
    assert match is not None
    assert match.party is PRESS


@pytest.mark.parametrize("name", ["Drukkerij Peeters BV", "De Pers Media NV", "BV", "Molens De Graan NV"])
def test_a_name_that_is_only_somewhat_alike_is_not_taken(name):
    assert found(name=name) is None


def test_the_account_of_the_dossiers_supplier_says_nothing_on_a_sale():
    assert found(side="buyer", name="Onleesbaar", iban="IBAN BE68 5390 0754 7034") is None


def test_what_is_known_is_filled_in_and_says_so():
    reading, layout = read(name="Drukkerij De Pers B.V.", iban="IBAN BE68 5390 0754 7034")
    after = with_party(reading, find_party(reading, layout, (PRESS, MILL), "issuer", OWN), "issuer")
    vat, name = after.fields["issuer_vat"], after.fields["issuer_name"]
    assert (vat.value, vat.source, vat.confidence, vat.page) == ("BE0403019261", "known", 0.95, None)
    assert (name.value, name.confidence, name.box is not None) == ("Drukkerij De Pers B.V.", 0.95, True)


def test_a_party_without_vat_number_gives_none():
    reading, layout = read(name="Poetshulp Marie")
    after = with_party(reading, find_party(reading, layout, (PRESS, NAMELESS), "issuer", OWN), "issuer")
    assert "issuer_vat" not in after.fields


def test_legal_form_accents_and_order_do_not_make_a_name_another():
    assert alike("Élan De Smet SRL", "de smet elan bv") == 100
    assert alike("", "BV") == 0
