"""Whose names are read where: typewriter pages, the dossier's own number is that of Bakkerij Claes BV."""

from __future__ import annotations

import pytest
from word_pages import labels_of, page_of

from application.recognition.company_names import name_in, name_text
from application.recognition.reader import read_pages
from application.recognition.reading import Box, Page, Word

OWN = "BE0428759497"


def names(text: str) -> tuple[str | None, str | None]:
    fields = read_pages((page_of(text),), OWN).fields
    issuer, buyer = fields.get("issuer_name"), fields.get("buyer_name")
    return issuer.value if issuer else None, buyer.value if buyer else None


def test_of_two_addresses_at_the_top_the_one_with_a_telephone_is_the_senders():
    text = """
        Bakkerij Claes BV                                 Verpakkingen Maes NV
        Crediteurenadministratie                          Nijverheidslaan 78
        Tiensestraat 118                                  9880 Aalter
        3000 Leuven                                       Tel. 09 374 55 10

        Creditnota CN 260077
    """

    assert names(text) == ("Verpakkingen Maes NV", "Bakkerij Claes BV")


def test_a_person_and_a_function_are_no_companies():
    text = """
        Machines Baert NV            Verkoper: L. Desmet            Bakkerij Claes BV
        Wijnendalestraat 180         Datum: 24/02/2026              À l'attention de Mme Sophie Renard
        8800 Roeselare                                              Tiensestraat 118
        BTW BE 0403.019.261                                         3000 Leuven
    """

    assert names(text) == ("Machines Baert NV", "Bakkerij Claes BV")


def test_a_name_stands_beside_its_heading_before_far_below_it():
    text = """
        NORTHBRIDGE CONSULTING BV
        VAT BE0403019261
        Customer       Bakkerij Claes BV
                       Tiensestraat 118, 3000 Leuven

        Consultant     Task              Days
        E. Janssens    Process design    11
    """

    assert names(text) == ("NORTHBRIDGE CONSULTING BV", "Bakkerij Claes BV")


def test_a_description_behind_a_heading_is_no_name():
    text = """
                                       Invoice for professional services
        Fletcher Law Ltd
        Park Lane 1, 1000 Brussels
        VAT BE 0403.019.261
                                                                      Bakkerij Claes BV
                                                                      Tiensestraat 118
                                                                      3000 Leuven
    """

    assert names(text)[1] == "Bakkerij Claes BV"


def test_a_company_is_found_in_the_small_print():
    text = """
        VAT Invoice

        Bill to
        Bakkerij Claes BV
        3000 Leuven
    """
    small = "* Exchange rate (1 USD = 0.86933 EUR). Service provider: Cumulo Web Services EMEA SARL, Luxembourg. VAT No.: LU26375245."

    assert names(text + "\n" * 15 + f"        {small}") == ("Cumulo Web Services EMEA SARL", "Bakkerij Claes BV")


def test_what_stands_before_the_issuers_number_at_the_foot_is_its_name():
    text = "Electronic ticket receipt and invoice\n" + "\n" * 45 + "Baltica Air AS, Tehnikas iela 3, Riga. Reg. No. 4, VAT LV40003245752"

    assert names(text)[0] == "Baltica Air AS"


def test_the_block_of_the_buyer_does_not_reach_over_the_number_of_the_issuer():
    text = """
        Vantagepoint Europe BV                     CREDIT MEMO
        Leonardo Da Vincilaan 19
        1831 Machelen                              CM-2026-0044
        VAT BE 0403019261                          Date: Aug 17, 2026
        Customer: Bakkerij Claes BV, Tiensestraat 118, 3000 Leuven / VAT BE 0428759497
    """

    assert names(text) == ("Vantagepoint Europe BV", "Bakkerij Claes BV")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Free SAS au capital de 3.441.812 Euros", "Free SAS"),
        ("MOSA FORWARDING s.a.", "MOSA FORWARDING s.a."),
        ("BATI-NORD sprl, Rue du Canal 5", "BATI-NORD sprl"),
        ("Krüger GmbH & Co. KG · Am Hafen 17", "Krüger GmbH & Co. KG"),
        ("dans sa totalité", "dans sa totalité"),
    ],
)
def test_a_name_ends_with_its_legal_form(line: str, name: str):
    assert name_text(line) == name


def test_signs_before_a_name_are_left_out():
    found = name_in(labels_of("★ ✈ Baltica Air").layout.segments[0], 1.0)

    assert found is not None
    assert found.value == "Baltica Air"


def test_letters_that_are_set_apart_are_words():
    left, words = 40.0, []
    for letter in "HOTEL DES ARDENNES":
        if letter != " ":
            words.append(Word(letter, Box(left, 40, left + 10, 60)))
        left += 12.0
    fields = read_pages((Page(number=1, width=595, height=842, words=(*words, *page_of("\n\n\n\n\nFacture 44817").words)),)).fields

    assert fields["issuer_name"].value == "HOTEL DES ARDENNES"


def test_the_block_of_the_buyer_begins_at_its_heading():
    text = """
        ALGEMENE BOUWWERKEN JANSEN
        Molenweg 44, 2440 Geel
        Erkenningsnr 12345 - Tel. 014 58 99 00
        Factuur aan:                            Factuurnummer: 26/0310
        Bakkerij Claes BV
        Tiensestraat 118
        3000 Leuven
        BTW BE 0428.759.497
    """

    assert names(text) == ("ALGEMENE BOUWWERKEN JANSEN", "Bakkerij Claes BV")
    assert names(text + "\n" * 30 + "        BTW BE 0403.019.261 - Jansen Bouw NV - RPR Turnhout")[0] == "Jansen Bouw NV"


def test_a_company_may_be_called_like_a_label():
    text = """
        Drukkerij De Pers BV
        BTW BE 0403.019.261



                                        Transport Claes NV
                                        Tiensestraat 118
                                        3000 Leuven
                                        BTW BE 0428.759.497
    """

    assert names(text)[1] == "Transport Claes NV"
