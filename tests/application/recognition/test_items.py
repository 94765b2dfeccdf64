from __future__ import annotations

import pytest
from word_pages import labels_of

from application.recognition.item_columns import ruled_table, tables
from application.recognition.item_words import Role, role_of
from application.recognition.items import Outcome, Sums, named_changes, read_items
from application.recognition.reading import VatRate

HEAD = "Omschrijving                Aantal    Prijs   Btw     Bedrag"


def read(text: str, sums: Sums) -> Outcome:
    labels = labels_of(text)
    return read_items(tables(labels), sums, named_changes(labels.layout))


def sums(net: int, total: int, **bases: str) -> Sums:
    rates = tuple(
        VatRate(rate=rate.removeprefix("r"), base=base, vat=vat) for rate, both in bases.items() for base, vat in [both.split("/")]
    )
    return Sums(net, total, rates)


def brief(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(line.name, line.base, line.rate) for line in outcome.lines]


def test_the_rows_below_a_head_that_make_up_the_totals_are_the_lines():
    outcome = read(
        f"""
        {HEAD}
        Zand per ton                     3    42,00   21 %    126,00
        Cement 25 kg                    10     8,40   21 %     84,00
        Totaal excl. btw                                      210,00
        Btw 21 %                                               44,10
        Totaal                                                254,10
        """,
        sums(21000, 25410, r21="210.00/44.10"),
    )

    assert brief(outcome) == [("Zand per ton", "126.00", "21"), ("Cement 25 kg", "84.00", "21")]
    assert [line.quantity for line in outcome.lines] == ["3", "10"]


def test_what_does_not_add_up_gives_no_lines_but_says_what_it_adds_up_to():
    outcome = read(
        f"""
        {HEAD}
        Zand per ton                     3    42,00   21 %    126,00
        Cement 25 kg                    10     8,40   21 %     84,00
        Totaal excl. btw                                      210,00
        """,
        sums(21500, 26015, r21="215.00/45.15"),
    )

    assert outcome == Outcome((), 21000, unrated=False)


def test_the_lines_of_each_rate_must_make_up_its_own_base():
    text = f"""
        {HEAD}
        Brood                            2     5,00   6 %      10,00
        Folie                            1    20,00   21 %     20,00
        Totaal excl. btw                                       30,00
        """

    assert brief(read(text, sums(3000, 3480, r6="10.00/0.60", r21="20.00/4.20"))) == [("Brood", "10.00", "6"), ("Folie", "20.00", "21")]
    assert not read(text, sums(3000, 3480, r6="20.00/1.20", r21="10.00/2.10")).lines


def test_lines_without_a_rate_get_one_only_where_no_other_division_is_possible():
    head = "Omschrijving                Aantal    Prijs          Bedrag"
    two = f"""
        {head}
        Brood                            2     5,00           10,00
        Folie                            1    20,00           20,00
        Totaal excl. btw                                      30,00
        """
    alike = two.replace("20,00", "10,00").replace("30,00", "20,00")

    assert [rate for _, _, rate in brief(read(two, sums(3000, 3480, r6="10.00/0.60", r21="20.00/4.20")))] == ["6", "21"]
    undecided = read(alike, sums(2000, 2270, r6="10.00/0.60", r21="10.00/2.10"))
    assert (undecided.lines, undecided.unrated) == ((), True)


def test_prices_with_vat_are_taken_without_it():
    outcome = read(
        """
        Omschrijving                Aantal    Prijs          Bedrag
        Stoel                            2    60,50          121,00
        Tafel                            1   242,00          242,00
        Totaal                                               363,00
        """,
        sums(30000, 36300, r21="300.00/63.00"),
    )

    assert brief(outcome) == [("Stoel", "100.00", "21"), ("Tafel", "200.00", "21")]


def test_a_discount_on_the_whole_is_a_line_of_its_own():
    outcome = read(
        f"""
        {HEAD}
        Zand per ton                     3    42,00   21 %    126,00
        Cement 25 kg                    10     8,40   21 %     84,00
        Subtotaal                                             210,00
        Korting 10 %                                          -21,00
        Totaal excl. btw                                      189,00
        """,
        sums(18900, 22869, r21="189.00/39.69"),
    )

    assert brief(outcome)[-1] == ("Korting 10 %", "-21.00", "21")
    assert [line.adjustment for line in outcome.lines] == [False, False, True]


def test_a_description_goes_on_in_the_rows_right_below_it():
    outcome = read(
        f"""
        {HEAD}
        Onderhoud van de                 1   100,00   21 %    100,00
        verwarmingsketel
        Filter                           1    20,00   21 %     20,00
        Totaal excl. btw                                      120,00
        """,
        sums(12000, 14520, r21="120.00/25.20"),
    )

    assert [name for name, _, _ in brief(outcome)] == ["Onderhoud van de verwarmingsketel", "Filter"]


def test_amounts_in_brackets_of_a_credit_note_are_lines_with_the_sign_of_its_totals():
    outcome = read(
        f"""
        {HEAD}
        Zand per ton                     3    42,00   21 %   (126,00)
        Cement 25 kg                    10     8,40   21 %    (84,00)
        Totaal excl. btw                                     (210,00)
        """,
        sums(21000, 25410, r21="210.00/44.10"),
    )

    assert [base for _, base, _ in brief(outcome)] == ["126.00", "84.00"]


def test_a_list_without_a_head_is_read_when_its_rows_are_added_up_right_below():
    outcome = read(
        """
        Openen van het dossier                 81,75
        Dactylografie (22 x 10,26)            225,72
        Totaal excl. btw                      307,47
        """,
        sums(30747, 37204, r21="307.47/64.57"),
    )

    assert brief(outcome) == [("Openen van het dossier", "81.75", "21"), ("Dactylografie", "225.72", "21")]


def test_rows_of_totals_are_never_lines():
    outcome = read(
        """
        Omschrijving                                    Bedrag
        Zand per ton                                    100,00
        Totaal btw                                       21,00
        Te betalen                                      121,00
        """,
        sums(12100, 12100, r0="121.00/0.00"),
    )

    assert outcome.lines == ()


def test_a_sum_brought_to_the_next_page_is_no_line():
    outcome = read(
        f"""
        {HEAD}
        Zand per ton                     3    42,00   21 %    126,00
        Over te dragen                                        126,00
        {HEAD}
        Overdracht                                            126,00
        Cement 25 kg                    10     8,40   21 %     84,00
        Totaal excl. btw                                      210,00
        """,
        sums(21000, 25410, r21="210.00/44.10"),
    )

    assert [name for name, _, _ in brief(outcome)] == ["Zand per ton", "Cement 25 kg"]


def test_nothing_is_read_where_no_total_is_known():
    assert read(f"{HEAD}\nZand per ton                     3    42,00   21 %    126,00", Sums(None, None)) == Outcome()


def test_ruled_cells_keep_the_lines_of_a_description_together():
    table = ruled_table([["Omschrijving", "Totaal\nexcl. btw"], ["Onderhoud van\nde ketel", "100,00"], ["Filter", "20,00"]])

    assert table is not None
    assert brief(read_items([table], sums(12000, 14520, r21="120.00/25.20"))) == [
        ("Onderhoud van de ketel", "100.00", "21"),
        ("Filter", "20.00", "21"),
    ]


def test_a_table_without_names_of_columns_is_none():
    assert ruled_table([["Factuurnummer", "F-9"], ["Datum", "05/03/2026"]]) is None


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Omschrijving", Role.DESCRIPTION),
        ("Désignation", Role.DESCRIPTION),
        ("Art. nr.", Role.ARTICLE),
        ("Aantal / Quantité", Role.QUANTITY),
        ("Eenheidsprijs", Role.PRICE),
        ("P.U. HT", Role.PRICE),
        ("BTW %", Role.RATE),
        ("MwSt.", Role.RATE),
        ("Bedrag excl. btw", Role.AMOUNT),
        ("Montant HTVA", Role.AMOUNT),
        ("Line total", Role.AMOUNT),
        ("Opmerking", Role.OTHER),
    ],
)
def test_the_head_of_a_column_says_what_it_holds(head: str, role: Role):
    assert role_of(head) is role


def test_heads_that_have_grown_together_are_told_apart():
    outcome = read(
        """
        Omschrijving                Aantal P.U. Btw Bedrag
        Diesel                          54  1,45  21  78,30
        Wassen                           1 12,00  21  12,00
        Totaal excl. btw                             90,30
        """,
        sums(9030, 10926, r21="90.30/18.96"),
    )

    assert [base for _, base, _ in brief(outcome)] == ["78.30", "12.00"]
