from __future__ import annotations

from word_pages import labels_of

from application.recognition.vat_table import printed_rates, vat_table


def rates_on(row: str) -> set[int]:
    return printed_rates(labels_of(row).layout.rows[0])


def test_a_percentage_is_the_rate_and_other_numbers_on_its_row_are_not():
    assert rates_on("Doos 12   21 %   100,00") == {210}


def test_a_number_is_a_rate_where_no_percentage_is_printed():
    assert 210 in rates_on("21,00   100,00   21,00")


def test_ten_pieces_are_no_rate_of_ten_percent():
    assert vat_table(labels_of("Doos   10   5,68   56,80").layout).sums == []
    assert [(each.net, each.vat) for each in vat_table(labels_of("TVA 10 %   56,80   5,68").layout).sums] == [(5680, 568)]
