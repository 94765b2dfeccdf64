from __future__ import annotations

from word_pages import page_of

from application.recognition.reader import read_pages

OWN, OTHER = "BE0428759497", "BE0403019261"


def sides(text: str, own: str | None = OWN) -> tuple[str | None, str | None]:
    fields = read_pages((page_of(text),), own).fields
    return tuple(fields[name].value if name in fields else None for name in ("issuer_vat", "buyer_vat"))  # type: ignore[return-value]  # two of them


PURCHASE = """
    Drukkerij De Pers BV
    BTW BE 0403.019.261
    IBAN BE68 5390 0754 7034


    Klant:
    Bakkerij Claes BV
    BTW BE 0428.759.497
"""


def test_the_dossier_is_never_its_own_supplier():
    assert sides(PURCHASE) == (OTHER, OWN)


def test_on_a_sale_the_dossier_is_the_issuer():
    assert sides(PURCHASE, OTHER) == (OTHER, OWN)
    assert sides(PURCHASE.replace("0403.019.261", "X").replace("0428.759.497", "0403.019.261").replace("X", "0428.759.497")) == (OWN, OTHER)


def test_without_knowing_the_dossier_the_page_tells():
    assert sides(PURCHASE, None) == (OTHER, OWN)


def test_the_only_number_is_the_issuers_unless_it_is_our_own():
    text = "Factuur 2026-1\n\n\n\n\n\n\n\n\n\nBTW BE 0403.019.261"

    assert sides(text) == (OTHER, None)
    assert sides(text, OTHER) == (None, OTHER)


def test_your_vat_number_is_the_buyers():
    assert sides("Uw btw-nummer: BE 0428.759.497\nOnze referentie: 12\n\n\n\n\n\n\n\n\nBTW BE 0403.019.261", None) == (OTHER, OWN)


def test_two_numbers_that_nothing_tells_apart_are_not_shown_as_certain():
    text = "\n" * 12 + "BTW BE 0428.759.497\n\n\n\n\nBTW BE 0403.019.261"
    fields = read_pages((page_of("x" + text),)).fields

    assert fields["issuer_vat"].confidence < 0.7
    assert "buyer_vat" not in fields


def test_a_heading_speaks_for_one_party_only():
    text = """
        Klant
        Bakkerij Claes BV
        BTW BE 0428.759.497
        Stationsstraat 12
        9000 Gent
        BTW BE 0403.019.261
    """

    assert sides("Factuur 2026-1" + "\n" * 12 + text) == (OTHER, OWN)


def test_a_side_that_is_only_guessed_is_less_sure():
    clear = read_pages((page_of(PURCHASE),), OWN).fields["issuer_vat"].confidence
    guessed = (
        read_pages((page_of("x" + "\n" * 12 + "BTW BE 0428.759.497\n\n\n\n\nBTW BE 0403.019.261"),), OWN).fields["issuer_vat"].confidence
    )

    assert guessed < 0.7
    assert clear > 0.9


def test_the_second_word_of_a_bilingual_heading_is_no_name():
    text = "Factuur 2026-1" + "\n" * 12 + "Facturé à / Klant\nBakkerij Claes BV\nBTW BE 0428.759.497"

    assert read_pages((page_of(text),), OWN).fields["buyer_name"].value == "Bakkerij Claes BV"


def test_the_senders_line_above_the_address_is_not_the_buyers():
    sender, address = (
        "Drukkerij De Pers BV - Parklaan 1 - 9000 Gent",
        "Bakkerij Claes BV\nTiensestraat 118\n3000 Leuven\nBTW BE 0428.759.497",
    )
    fields = read_pages((page_of("FACTUUR 2026-1" + "\n" * 8 + f"{sender}\n{address}"),), OWN).fields

    assert (fields["issuer_name"].value, fields["buyer_name"].value) == ("Drukkerij De Pers BV", "Bakkerij Claes BV")


def test_in_a_grid_of_captions_each_number_belongs_to_the_one_right_above_it():
    text = """
        Factuurnummer      Vervaldatum      Uw BTW-nr
        AS26Q4-0771        31.10.26         BE 0428.759.497
        Contract           Bestelbon        Ons BTW-nr
        MN-4418            B-881            BE 0403.019.261
    """

    assert sides(text) == (OTHER, OWN)
    assert sides(text, None) == (OTHER, OWN)


def test_two_numbers_on_one_line_have_a_label_each():
    text = "Factuur\n" + "\n" * 12 + "Btw-nr. farmadepot BE 0403.019.261 · btw-nr. klant BE 0428.759.497"

    assert sides(text) == (OTHER, OWN)
    assert sides(text, None) == (OTHER, OWN)


def test_what_it_came_in_as_decides_where_the_page_does_not():
    grid = "Factuur 2026-1" + "\n" * 12 + "BTW BE 0428.759.497      BTW BE 0403.019.261"

    def read(text: str, *, sales: bool | None) -> str:
        return read_pages((page_of(text),), OWN, sales=sales).fields["issuer_vat"].value

    assert read(grid, sales=False) == OTHER
    assert read(grid, sales=True) == OWN
    assert read(grid.replace("BTW BE 0428", "IBAN BE68 5390 0754 7034 BTW BE 0428"), sales=False) == OTHER


def test_a_purchase_on_which_the_page_clearly_shows_the_dossier_as_seller_is_self_billed():
    page = """
        Leverancier                   Afnemer
        Bakkerij Claes BV             Veiling De Kempen CV
        BTW BE 0428.759.497           BTW BE 0403.019.261
    """
    fields = read_pages((page_of("SELF-BILLING FACTUUR" + "\n" * 12 + page),), OWN, sales=False).fields

    assert (fields["issuer_vat"].value, fields["buyer_vat"].value) == (OWN, OTHER)
