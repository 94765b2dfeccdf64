from __future__ import annotations

import io

import msgspec
import pytest
from PIL import Image
from small_pdf import small_pdf

from adapters import pdf
from adapters.pdf import has_attachments, render, words
from adapters.unreadable import Unreadable
from application.recognition.reading import Box, Page


def place(box: Box) -> tuple[int, int]:
    """Middle of a box, in whole tens of points."""
    return round((box.left + box.right) / 20), round((box.top + box.bottom) / 20)


def test_words_have_boxes_from_the_top_left_in_points():
    (page,) = words(small_pdf((100, 742, "Totaal"), (100, 42, "121,00")))

    assert (page.number, page.width, page.height) == (1, 595, 842)
    assert [word.text for word in page.words] == ["Totaal", "121,00"]
    top, bottom = (word.box for word in page.words)
    assert top.left == pytest.approx(100, abs=1)
    assert top.bottom == pytest.approx(100, abs=4)
    assert bottom.bottom == pytest.approx(800, abs=4)
    assert all(word.confidence == 1 for word in page.words)


def test_a_box_spans_its_whole_word():
    (page,) = words(small_pdf((100, 700, "Gestructureerde mededeling")))

    first, second = (word.box for word in page.words)
    assert first.right < second.left
    assert first.right - first.left == pytest.approx(72, abs=6)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (50, -20)])
def test_boxes_lie_where_the_page_shows_the_word(rotate: int, origin: tuple[float, float]):
    data = small_pdf((origin[0] + 60, origin[1] + 700, "MMMMMMMMMM"), rotate=rotate, origin=origin)
    (page,) = words(data)
    picture = Image.open(io.BytesIO(render(data, 1, 72))).convert("L")

    drawn = picture.point([255 if level < 128 else 0 for level in range(256)]).getbbox()
    assert picture.size == (round(page.width), round(page.height))
    assert drawn is not None
    box = page.words[0].box
    assert drawn[0] == pytest.approx(box.left, abs=6)
    assert drawn[1] == pytest.approx(box.top, abs=6)
    assert drawn[2] == pytest.approx(box.right, abs=6)
    assert drawn[3] == pytest.approx(box.bottom, abs=6)


def test_a_word_set_letter_by_letter_in_two_narrow_columns_is_one_word():
    """Pdfium takes such a page for one that is written downwards, and ends the line after each letter."""
    widths = {"K": 6.67, "a": 5.56, "s": 5.0, "1": 5.56, "2": 5.56, ",": 2.78, "0": 5.56}
    letters = []
    for row, (left, right) in enumerate([("Kassa", "12,00"), ("Kaas", "1,20")] * 4):
        for x, word in ((40.0, left), (450.0, right)):
            places = [x + sum(widths[letter] for letter in word[:index]) for index in range(len(word))]
            letters += [(round(place, 2), 800.0 - 30 * row, letter) for place, letter in zip(places, word, strict=True)]

    (page,) = words(small_pdf(*letters))

    assert sorted({word.text for word in page.words}) == ["1,20", "12,00", "Kaas", "Kassa"]
    assert len(page.words) == 16


def test_a_page_without_text_has_no_words():
    (page,) = words(small_pdf())

    assert page.words == ()


def test_pages_can_cross_to_another_process():
    pages = words(small_pdf((100, 700, "Totaal")))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(pages), type=tuple[Page, ...]) == pages


def test_a_picture_has_the_size_asked_for_but_never_an_absurd_one(monkeypatch: pytest.MonkeyPatch):
    with Image.open(io.BytesIO(render(small_pdf(), 1, 144))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1190, 1684))
    monkeypatch.setattr(pdf, "MAX_PIXELS", 100_000)
    with Image.open(io.BytesIO(render(small_pdf(), 1, 600))) as picture:
        assert picture.width * picture.height <= 101_000


def test_attachments_are_noticed():
    assert has_attachments(small_pdf(attachments={"factur-x.xml": b"<x/>"}))
    assert not has_attachments(small_pdf())


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.7", b"no pdf at all", small_pdf((1, 1, "x"), password="geheim")])  # noqa: S106 - the test's own
def test_what_cannot_be_opened_is_refused_with_a_sentence(damaged: bytes):
    with pytest.raises(Unreadable, match="PDF is"):
        words(damaged)


def test_a_page_that_is_not_there_is_refused():
    with pytest.raises(Unreadable, match="Pagina 2"):
        render(small_pdf(), 2, 72)
