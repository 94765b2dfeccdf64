"""What every engine behind the port must do, on the same four pages. easyocr needs an environment of its own: `make test-easyocr`."""

from __future__ import annotations

from statistics import fmean

import pytest
from truth import DPI, PAGES, accuracy, page, strays

from adapters.ocr.engines import open_engine
from adapters.ocr.installed import state
from application.ocr import OcrChoice

LEAST = {"rapidocr": 0.99, "tesseract": 0.98, "easyocr": 0.94}
"""Share of the characters an engine must read right; of easyocr's English model those without their accents."""
NEAR = 5.0
"""Pixels at 200 dpi that an edge of a word's box may be off."""


@pytest.fixture(scope="module", params=LEAST)
def read(request):
    """The four pages as an engine reads them."""
    choice = OcrChoice(engine=request.param)
    problem = state(choice).problem
    if problem:
        pytest.skip(problem.sentence.format(**problem.values))
    engine = open_engine(choice)
    assert engine.version == state(choice).version
    assert engine.version.startswith(request.param)
    return request.param, {language: engine.read(page(language).picture, DPI) for language in PAGES}


def test_an_engine_reads_nearly_every_character(read):
    name, found = read
    assert fmean(accuracy(page(language), words, accents=name != "easyocr") for language, words in found.items()) >= LEAST[name]


def test_every_word_is_boxed_where_it_stands(read):
    _, found = read
    off = {language: strays(page(language), words) for language, words in found.items()}
    assert sum(map(len, off.values())) > 0.6 * sum(len(cell) for language in PAGES for cell in page(language).cells)
    assert [(language, text, pixels) for language, words in off.items() for pixels, text in words if pixels > NEAR] == []


def test_a_word_has_no_blank_in_it_and_a_confidence(read):
    _, found = read
    for word in (word for words in found.values() for word in words):
        assert word.text == "".join(word.text.split()) != ""
        assert 0 <= word.confidence <= 1


def test_an_empty_page_has_no_words(read):
    name, _ = read
    assert open_engine(OcrChoice(engine=name)).read(page("nl").picture[:1, :1].repeat(900, 0).repeat(700, 1), DPI) == ()
