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


def test_large_print_beside_small_print_stays_on_one_row():
    small = (Word("KBO", Box(480, 45.6, 500, 54.1)), Word("0561124412", Box(503, 45.6, 545, 54.1)))
    large = (Word("door", Box(202, 44.9, 240, 61.9)), Word("Factuur", Box(50, 45, 112, 61.9)), Word("afnemer", Box(245, 45, 313, 61.9)))

    found = rows(Page(number=1, width=595, height=842, words=small + large))

    assert found == [["Factuur", "door afnemer", "KBO 0561124412"]]


def test_what_is_set_half_a_row_lower_stands_beside():
    label, value = Word("Vervaldag", Box(40, 100, 80, 110)), Word("04/04/2026", Box(120, 105, 170, 115))
    layout = Layout((Page(number=1, width=595, height=842, words=(label, value)),))

    assert layout.right_of(layout.segments[0]) == []
    assert [segment.text for segment in layout.beside(layout.segments[0])] == ["04/04/2026"]
