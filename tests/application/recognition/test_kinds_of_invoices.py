"""Invoices of every kind a Belgian office receives, on a typewriter, each in a file: what is true of it, a line `----`, and its pages.

Pages are separated by `====`. A field whose value is `-` must not be read; `rates` are rate, base, VAT and category of each line.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from word_pages import page_of

from application.recognition.reader import read_pages
from application.recognition.text import fold

OWN = "BE0428759497"
FILES = sorted((Path(__file__).parent / "invoices").glob("*.txt"))


def truth_and_pages(path: Path) -> tuple[dict[str, str], list[str]]:
    head, _, body = path.read_text().partition("\n----\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body.split("\n====\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_read_as_its_reader_would(path: Path):
    truth, pages = truth_and_pages(path)
    rates = truth.pop("rates", None)

    reading = read_pages(tuple(page_of(text, number) for number, text in enumerate(pages, start=1)), OWN)

    read = {name: reading.fields[name].value if name in reading.fields else "-" for name in truth}
    assert {name: _plain(name, value) for name, value in read.items()} == {name: _plain(name, value) for name, value in truth.items()}
    if rates is not None:
        listed = {f"{each.rate} {each.base} {each.vat} {each.category}" for each in reading.vat_rates}
        assert listed == {rate if rate[-1].isalpha() else f"{rate} S" for rate in rates.split("; ")}


def _plain(name: str, value: str) -> str:
    """A name may be printed in capitals."""
    return fold(value) if name.endswith("_name") else value
