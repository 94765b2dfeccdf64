from __future__ import annotations

import pytest
from msgspec.structs import replace
from word_pages import labels_of, page_of

from application.recognition.labels import Labels
from application.recognition.layout import Layout
from application.recognition.reader import read_pages
from application.recognition.reading import Box, Page, Word
from application.recognition.vocabulary import Meaning


def scanned(page: Page) -> Page:
    return replace(page, words=tuple(replace(word, confidence=0.9) for word in page.words))


def meanings(text: str) -> list[Meaning]:
    labels = Labels(Layout((scanned(page_of(text)),)))
    return [label.meaning for segment in labels.layout.segments for label in labels.inside(segment)]


@pytest.mark.parametrize(
    ("read", "meaning"),
    [
        ("Factuumummer", Meaning.NUMBER),
        ("Factuurnurnmer", Meaning.NUMBER),
        ("Facture n ° ", Meaning.NUMBER),
        ("Date de factu re", Meaning.ISSUE_DATE),
        ("Dated' échéance", Meaning.DUE_DATE),
        ("N ° de clien t", Meaning.OTHER),
        ("Bil l to Address", Meaning.BUYER),
        ("Vervaldaturn", Meaning.DUE_DATE),
        ("Rechnungsdaturn", Meaning.ISSUE_DATE),
    ],
)
def test_a_label_that_ocr_breaks_joins_or_misspells_keeps_its_meaning(read: str, meaning: Meaning):
    assert meanings(read) == [meaning]


def test_what_follows_a_broken_label_is_its_value():
    fields = read_pages((scanned(page_of("FACTUUR\nFactuu rnummer : 2026/12\nDatum: 12/03/2026\n\nTotaal 121,00 EUR")),)).fields

    assert fields["invoice_number"].value == "2026/12"


def test_print_is_not_guessed_at():
    labels = labels_of("Factuumummer")

    assert labels.inside(labels.layout.segments[0]) == []


def test_an_account_that_ocr_reads_as_two_texts_is_one():
    words = (Word("IBAN", Box(40, 40, 60, 48), 0.9), Word("BE68", Box(64, 40, 84, 48), 0.9), Word("5390", Box(88, 40, 108, 48), 0.9))
    rest = (Word("0754", Box(130, 40, 150, 48), 0.9), Word("7034", Box(154, 40, 174, 48), 0.9))
    filler = scanned(page_of("\n\n\n\nFactuur 2026/12 van 12/03/2026 voor geleverde goederen en diensten")).words

    assert read_pages((Page(number=1, width=595, height=842, words=(*words, *rest, *filler)),)).fields["iban"].value == "BE68539007547034"


def test_the_lines_of_a_scanned_address_need_not_be_of_one_height():
    page = scanned(page_of("FACTUUR 2026-1" + "\n" * 8 + "Bakkerij Claes BV\nTiensestraat 118\n3000 Leuven\n\n\nTotaal 121,00 EUR"))
    town = next(word.box.top for word in page.words if word.text == "3000")
    uneven = tuple(
        replace(word, box=Box(word.box.left, word.box.top - 2, word.box.right, word.box.bottom + 1)) if word.box.top == town else word
        for word in page.words
    )

    assert read_pages((replace(page, words=uneven),)).fields["buyer_name"].value == "Bakkerij Claes BV"


def test_the_lines_of_a_scanned_address_are_as_high_as_their_letters():
    text = """
        Bakkerij Claes BV                                 Kanzlei Lennertz
        z. Hd. Herrn Claes                                Gospertstraße 60
        Tiensestraat 118                                  4700 Eupen
        3000 Leuven                                       MwSt-Nr. BE 0403.019.261

        Honorarnote 55/2026
    """
    page = scanned(page_of(text))
    low = tuple(replace(word, box=Box(word.box.left, word.box.top + 2, word.box.right, word.box.bottom - 2)) for word in page.words)
    fields = read_pages((replace(page, words=low),)).fields

    assert fields["buyer_name"].value == "Bakkerij Claes BV"
