"""The number stamped on a copy of a PDF: where a person looks for it, and nothing else changed."""

import pytest
from small_pdf import small_pdf

from adapters import pdf
from adapters.stamping import stamp
from domain.kernel import Refused

SIZES = ((595, 842), (842, 595), (226, 700))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("origin", [(0, 0), (-100, 250)])
def test_the_stamp_stands_top_right_however_the_page_lies(rotate, size, origin):
    (page,) = pdf.words(stamp(small_pdf(rotate=rotate, size=size, origin=origin), "CFAAN 26000123"))
    assert [word.text for word in page.words] == ["CFAAN", "26000123"]
    first, last = page.words[0].box, page.words[-1].box
    assert first.left > page.width / 2 - 70
    assert page.width - 30 < last.right < page.width - 10
    assert 0 < last.top < last.bottom < 45


def test_what_was_on_the_page_is_still_there():
    before = small_pdf((40, 600, "Totaal"), (200, 600, "121,00"))
    (page,) = pdf.words(stamp(before, "CFAAN 1"))
    assert [word for word in page.words if word.text in ("Totaal", "121,00")] == list(pdf.words(before)[0].words)


def test_the_same_stamp_on_the_same_document_gives_the_same_bytes():
    before = small_pdf((40, 600, "Totaal"))
    assert stamp(before, "CFAAN 1") == stamp(before, "CFAAN 1") != stamp(before, "CFAAN 2")


def test_brackets_in_a_journal_code_do_no_harm():
    (page,) = pdf.words(stamp(small_pdf(), r"A(\ 1)"))
    assert [word.text for word in page.words] == ["A(\\", "1)"]


def test_a_stamp_longer_than_the_page_begins_at_its_left_edge():
    (page,) = pdf.words(stamp(small_pdf(size=(120, 200)), "AANKOOPDAGBOEK 2026000000123"))
    assert 10 < page.words[0].box.left < 25


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nrubbish", small_pdf(password="geheim")])  # noqa: S106 - of a file made here
def test_what_does_not_open_is_refused(data):
    with pytest.raises(Refused):
        stamp(data, "CFAAN 1")
