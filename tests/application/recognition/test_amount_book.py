from __future__ import annotations

from word_pages import labels_of

from application.recognition.amount_book import AmountBook


def test_a_label_announces_the_first_amount_beside_it():
    book = AmountBook(labels_of("Totaal incl. btw   121,00   50,00"))

    assert book.evidence(12100, "total") > 0.9
    assert book.evidence(5000, "total") == 0


def test_a_vat_line_may_show_its_base_first():
    book = AmountBook(labels_of("Btw 21 %   100,00   21,00"))

    assert book.evidence(2100, "vat") > 0.8


def test_a_label_over_a_column_says_a_little_about_all_amounts_in_it():
    book = AmountBook(
        labels_of("""
        Nettobedrag
        100,00
        200,00
    """)
    )

    assert 0 < book.evidence(10000, "net") == book.evidence(20000, "net") < 0.5


def test_what_is_to_pay_is_less_the_total_than_the_total():
    book = AmountBook(labels_of("Totaal incl. btw   121,00\nTe betalen   21,00"))

    assert book.evidence(12100, "total") > book.evidence(2100, "total") > 0


def test_a_size_knows_its_signs():
    book = AmountBook(labels_of("-12,00\n12,00\n-13,00"))

    assert book.signs(1200) == {True, False}
    assert book.is_negative(1300)
    assert not book.is_negative(1200)


def test_of_the_amounts_of_each_rate_and_their_sum_a_label_announces_the_sum():
    book = AmountBook(labels_of("Maatstaf   24,00   178,00   202,00"))

    assert book.evidence(20200, "net") > 0.9
    assert book.evidence(2400, "net") < 0.6


def test_base_vat_and_their_sum_are_no_amounts_of_each_rate():
    book = AmountBook(labels_of("Maatstaf   100,00   21,00   121,00"))

    assert book.evidence(10000, "net") > 0.9
    assert book.evidence(12100, "net") == 0


def test_the_only_amount_under_a_label_is_what_it_announces():
    book = AmountBook(labels_of("Totaal netto   Totaal btw   Totaal incl. btw\n100,00         21,00        121,00"))

    assert book.evidence(10000, "net") == book.evidence(2100, "vat") == book.evidence(12100, "total") == 0.8


def test_a_head_of_several_columns_announces_in_each_what_it_says_there():
    book = AmountBook(
        labels_of("""
        Netto  Btw  Brutto
        50,00  10,50  60,50
        11,00  0,66  11,66
    """)
    )
    narrow = AmountBook(
        labels_of("""
        Netto Btw. Brutto
        50,00  10,50  60,50
        11,00   0,66  11,66
    """)
    )

    assert narrow.evidence(5000, "net") == book.evidence(5000, "net") > 0
    assert narrow.evidence(6050, "net") == 0
    assert narrow.evidence(6050, "total") > 0
