from __future__ import annotations

import msgspec
import pytest
from benchmarks.corpus.looks import Part
from benchmarks.item_lines import NONE, WRONG, own, verdict
from small_pdf import small_pdf

from adapters import item_tables, pdf
from adapters.inspection.pool import Workshop
from adapters.item_tables import lines_of_pdf, lines_of_words
from adapters.reading import read_print
from adapters.unreadable import Unreadable
from application.recognition.items import Outcome, Sums, sums_of
from application.recognition.reading import VatRate

LISTED = small_pdf(
    (40, 700, "Omschrijving"),
    (300, 700, "Aantal"),
    (480, 700, "Bedrag"),
    (40, 680, "Zand per ton"),
    (310, 680, "3"),
    (480, 680, "126,00"),
    (40, 660, "Cement 25 kg"),
    (305, 660, "10"),
    (484, 660, "84,00"),
    (40, 620, "Totaal excl. btw"),
    (480, 620, "210,00"),
)
SUMS = Sums(21000, 25410, (VatRate(rate="21", base="210.00", vat="44.10"),))


def test_invoices_of_many_layouts_give_their_lines_and_never_others():
    verdicts = [
        verdict(lines_of_pdf(paper.pdf, sums_of(read_print(paper.pdf).reading)).lines, paper.truth) for paper in own(Part.TUNING, 8)
    ]

    assert verdicts.count(WRONG) == 0
    assert verdicts.count(NONE) <= 1


def test_a_limited_process_reads_lines_and_knows_the_sums_it_is_given():
    with Workshop(1) as workshop:
        outcome = workshop.run("adapters.item_tables:lines_of_pdf", LISTED, sums=SUMS)

    assert isinstance(outcome, Outcome)
    assert [(line.name, line.base, line.rate, line.quantity) for line in outcome.lines] == [
        ("Zand per ton", "126.00", "21", "3"),
        ("Cement 25 kg", "84.00", "21", "10"),
    ]


def test_the_words_that_were_kept_of_a_scan_give_its_lines():
    outcome = lines_of_words(msgspec.json.encode(pdf.words(LISTED)), SUMS)

    assert [line.base for line in outcome.lines] == ["126.00", "84.00"]


def test_a_file_the_library_of_tables_cannot_read_is_read_by_its_words(monkeypatch):
    def broken(*_args: object, **_options: object) -> None:
        raise ValueError("a stream without an end")

    monkeypatch.setattr(item_tables.pdfplumber, "open", broken)

    assert len(lines_of_pdf(LISTED, SUMS).lines) == 2


def test_a_page_without_items_has_no_lines():
    assert lines_of_pdf(small_pdf((40, 700, "Beste klant,"), (40, 680, "dank u voor uw bezoek.")), SUMS) == Outcome()


def test_a_damaged_file_is_refused():
    with pytest.raises(Unreadable):
        lines_of_pdf(b"%PDF-1.7 nothing", SUMS)
