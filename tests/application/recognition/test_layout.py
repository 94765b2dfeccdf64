from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from word_pages import page_of

from application.recognition.layout import Layout
from application.recognition.reading import Box, Page, Word
from application.recognition.text import fold


def rows(*pages: Page) -> list[list[str]]:
    return [[segment.text for segment in row] for row in Layout(pages).rows]


def test_words_on_one_row_are_cut_where_a_column_begins():
    page = page_of("""
        Totaal excl. btw      100,00
        Btw 21 %               21,00
    """)

    assert rows(page) == [["Totaal excl. btw", "100,00"], ["Btw 21 %", "21,00"]]


def test_the_order_of_the_words_in_the_file_does_not_matter():
    page = page_of("Factuurnummer:   2026/1\nDatum:   05/03/2026")
    shuffled = Page(number=1, width=595, height=842, words=tuple(reversed(page.words)))

    assert rows(shuffled) == rows(page)


def test_bold_and_plain_print_share_a_row():
    words = (Word("Totaal", Box(40, 100, 80, 111)), Word("121,00", Box(120, 102.5, 150, 112)))

    assert rows(Page(number=1, width=595, height=842, words=words)) == [["Totaal", "121,00"]]


def test_rows_go_on_over_the_pages():
    assert rows(page_of("een", 1), page_of("twee", 2)) == [["een"], ["twee"]]


def test_what_stands_below_overlaps_sideways_and_is_near():
    layout = Layout(
        (
            page_of("""
        Nummer      Datum
        F-1         05/03/2026




        veel lager  veel lager
    """),
        )
    )

    assert [segment.text for segment in layout.below(layout.segments[1])] == ["05/03/2026"]


def test_nothing_of_the_next_page_stands_below():
    layout = Layout((page_of("Nummer", 1), page_of("Datum\nF-1", 2)))

    assert list(layout.below(layout.segments[0])) == []


@given(st.text())
def test_folding_keeps_every_position(text: str):
    assert len(fold(text)) == len(text)


def test_folding_takes_case_and_accents_away():
    assert fold("Échéance N° Größe") == "echeance no grose"
