from __future__ import annotations

from word_pages import labels_of

from application.recognition.vocabulary import Meaning, phrases


def meanings(text: str) -> list[Meaning]:
    labels = labels_of(text)
    return [label.meaning for segment in labels.layout.segments for label in labels.inside(segment)]


def test_labels_are_found_in_four_languages_whatever_their_accents_and_dots():
    for written in ("Factuurnummer", "Factuur-nummer", "Factuur nr.", "N° de facture", "FACTURE N°", "Invoice no.", "Rechnungs-Nr."):
        assert meanings(written) == [Meaning.NUMBER], written
    for written in ("T.V.A.", "BTW", "MwSt.", "VAT"):
        assert meanings(written) == [Meaning.VAT], written


def test_a_longer_phrase_hides_the_shorter_one_in_it():
    assert meanings("Ordernummer") == [Meaning.OTHER]
    assert meanings("Date de livraison") == [Meaning.OTHER]
    assert meanings("N° TVA client") == [Meaning.BUYER_VAT_NUMBER]
    assert meanings("Total hors TVA") == [Meaning.NET]


def test_everyday_words_announce_something_only_at_the_head():
    assert meanings("Klant") == [Meaning.BUYER]
    assert meanings("Klant: Bakkerij Claes") == [Meaning.BUYER]
    assert meanings("Wij danken u klant") == []


def test_the_eye_goes_to_the_rest_then_right_then_below():
    labels = labels_of("""
        Factuurnummer: A   B
        C
    """)

    assert [answer.text for answer in labels.answers(labels.of(Meaning.NUMBER)[0])] == ["A", "B", "C"]


def test_the_eye_stops_at_another_label():
    labels = labels_of("""
        Factuurnummer   Klantnummer   12
        F-1             34
    """)

    assert [answer.text for answer in labels.answers(labels.of(Meaning.NUMBER)[0])] == ["F-1"]


def test_every_phrase_is_written_as_it_is_looked_up():
    for phrase in phrases():
        assert phrase
        assert all(word.isascii() and word.isalnum() and word == word.lower() for word in phrase), phrase


def answers(text: str, meaning: Meaning) -> list[str]:
    labels = labels_of(text)
    return [answer.text for label in labels.of(meaning) for answer in labels.answers(label)]


def test_values_may_stand_above_a_row_of_captions():
    text = """
        400 118 2204      16 juli 2026      7 augustus 2026
        factuurnummer     factuurdatum      te betalen voor
    """

    assert answers(text, Meaning.DUE_DATE) == ["7 augustus 2026"]
    assert answers(text.replace("factuurdatum", "            "), Meaning.NUMBER) == ["400 118 2204"]


def test_what_stands_above_a_label_with_its_own_value_is_none_of_its():
    assert answers("16 juli 2026\nFactuurdatum      17 juli 2026", Meaning.ISSUE_DATE) == ["17 juli 2026"]


def test_values_go_with_the_labels_of_their_table_however_they_are_aligned():
    text = """
             Factuurnr.              Datum               Vervaldatum
        26/114              2/10/26             1/11/26
    """

    assert answers(text, Meaning.NUMBER) == ["26/114"]


def test_two_labels_may_share_a_value():
    assert answers("Invoice date / Delivery date 12 Aug 2026", Meaning.ISSUE_DATE)[0] == "12 Aug 2026"


def test_articles_announce_a_date_only_before_one():
    assert meanings("Le Petit Bouchon") == []
    assert meanings("Le 12 mai") == [Meaning.PLAIN_DATE]


def test_values_that_are_set_too_tight_are_told_apart_by_their_labels():
    text = """
        26-881204 3 juli 2026 24 juli 2026 412,18
        factuurnr. datum       vervaldag
    """
    narrow = text.replace("factuurnr. datum       vervaldag", "factuurnr  datum       vervaldag")

    assert answers(narrow, Meaning.DUE_DATE) == ["24 juli 2026 412,18"]
    assert answers(narrow, Meaning.NUMBER) == ["26-881204"]
