"""One correction, and the next invoice of that supplier is read right. Each layout is one the reader gets wrong by itself."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import pytest
from word_pages import page_of

from application.learning import Corrections, lesson_of
from application.recognition.layout import Layout
from application.recognition.learned import LEARNED, read_learned
from application.recognition.printed import same
from application.recognition.reader import read_pages
from domain.anchor import Way, remembered

HEAD = """
    Firma Janssens BV
    Stationsstraat 12
    9000 Gent
    BTW BE 0403.019.261
"""
SUMS = """
    Werken                                 {net}

    Totaal excl. btw                       {net}
    Btw 21 %                               {vat}
    Te betalen                             {total}
"""
FIRST = {
    "number": "2026/0417",
    "date": "05/03/2026",
    "due": "04/04/2026",
    "other_date": "01/03/2026",
    "net": "1.200,00",
    "vat": "252,00",
    "total": "1.452,00",
    "iban": "BE68 5390 0754 7034",
    "reference": "KL-4417",
}
NEXT = {
    "number": "2026/1093",
    "date": "17/06/2026",
    "due": "17/07/2026",
    "other_date": "11/06/2026",
    "net": "340,00",
    "vat": "71,40",
    "total": "411,40",
    "iban": "BE71 0961 2345 6769",
    "reference": "KL-5180",
}


class Paper(NamedTuple):
    """A layout, the field it hides from the reader, and what that is on the first and on the next invoice."""

    field: str
    first: str
    then: str
    text: str


PAPERS = {
    "a number beside a word nobody knows": Paper(
        "invoice_number",
        "2026/0417",
        "2026/1093",
        HEAD + "\n    Stuk        {number}\n    Factuurdatum  {date}\n" + SUMS,
    ),
    "a number under a word nobody knows": Paper(
        "invoice_number",
        "2026/0417",
        "2026/1093",
        HEAD + "\n    Bescheid      Factuurdatum     Dossier\n    {number}     {date}       8831\n" + SUMS,
    ),
    "a number without any label": Paper(
        "invoice_number",
        "2026/0417",
        "2026/1093",
        HEAD + "\n                                    {number}\n    Factuurdatum  {date}\n" + SUMS,
    ),
    "a number beside what is usually the client's": Paper(
        "invoice_number",
        "2026/0417",
        "2026/1093",
        HEAD + "\n    Uw referentie: {number}\n    Factuurdatum  {date}\n" + SUMS,
    ),
    "a date of issue behind another date": Paper(
        "issue_date",
        "2026-03-05",
        "2026-06-17",
        HEAD + "\n    Factuurnummer {number}\n    Rit van {other_date}\n    Opmaak {date}\n" + SUMS,
    ),
    "a due date beside a word nobody knows": Paper(
        "due_date",
        "2026-04-04",
        "2026-07-17",
        HEAD + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n    Inning rond {due}\n" + SUMS,
    ),
    "a date that begins with the month": Paper(
        "issue_date",
        "2026-05-03",
        "2026-07-06",
        HEAD.replace("Firma Janssens BV", "Janssens Ltd") + "\n    Invoice number {number}\n    Invoice date {american}\n" + SUMS,
    ),
    "a total without VAT beside a word nobody knows": Paper(
        "total_incl",
        "1452.00",
        "411.40",
        HEAD
        + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n"
        + "\n    Ereloon       {net}\n    Kosten     {vat}\n    Samen      {total}\n",
    ),
    "a total that is not what remains to be paid": Paper(
        "total_incl",
        "1452.00",
        "411.40",
        HEAD
        + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n\n    Jaarafrekening      {total}\n    Al betaald      100,00\n"
        + "    Te betalen        {rest}\n",
    ),
    "a reference beside a word nobody knows": Paper(
        "payment_reference",
        "KL-4417",
        "KL-5180",
        HEAD + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n" + SUMS + "\n    Bij storting opgeven: {reference}\n",
    ),
    "an account number of somebody else before its own": Paper(
        "iban",
        "BE68539007547034",
        "BE71096123456769",
        HEAD
        + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n"
        + SUMS
        + "\n    IBAN BE43 0689 9999 9501 voor waarborgen\n    Rekening klantendienst {iban}\n",
    ),
}
AMERICAN = ({"american": "05/03/2026", "rest": "1.352,00"}, {"american": "07/06/2026", "rest": "311,40"})
DOCUMENT, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))


def first_page(paper):
    return page_of(paper.text.format(**FIRST, **AMERICAN[0]))


def next_page(paper):
    """Other values, everything a line lower and a little to the right, and one more line of work."""
    text = paper.text.format(**NEXT, **AMERICAN[1]).replace("    Werken", "    Verplaatsing     14,00\n    Werken")
    return page_of("    .\n" + text.strip("\n").replace("\n    ", "\n     "))


def value(reading, field):
    return reading.fields[field].value if field in reading.fields else ""


def lesson(page, field, value_, read="", *, known=(), document=DOCUMENT):
    return lesson_of(document, Corrections({field: value_}, {field: read} if read else {}, ("Firma Janssens BV",)), known, Layout((page,)))


def corrected(paper, *before):
    """The lessons about this supplier after somebody corrected the first invoice too."""
    page = first_page(paper)
    read = value(read_pages((page,)), paper.field)
    return (*before, lesson(page, paper.field, paper.first, read, known=remembered(before)))


def read_again(page, lessons):
    return read_learned(read_pages((page,)), Layout((page,)), remembered(lessons))


@pytest.mark.parametrize("name", PAPERS)
def test_one_correction_and_the_next_invoice_is_read_right(name):
    paper = PAPERS[name]
    assert not same(paper.field, value(read_pages((first_page(paper),)), paper.field), paper.first), "the reader needs no teaching here"
    assert not same(paper.field, value(read_pages((next_page(paper),)), paper.field), paper.then), "the reader needs no teaching here"
    read = read_again(next_page(paper), corrected(paper))
    assert value(read, paper.field) == paper.then
    assert read.fields[paper.field].source == LEARNED


def test_a_value_that_is_not_printed_teaches_nothing():
    page = first_page(PAPERS["a number beside a word nobody knows"])
    assert not lesson(page, "invoice_number", "2026/9999").learnt


def test_what_a_person_emptied_is_left_out_next_time():
    text = HEAD + "\n    Factuurnummer {number}\n    Factuurdatum {date}\n    Vervaldatum contract {due}\n" + SUMS
    page, following = page_of(text.format(**FIRST)), page_of(text.format(**NEXT))
    assert value(read_pages((following,)), "due_date") == "2026-07-17"
    taught = lesson(page, "due_date", "", value(read_pages((page,)), "due_date"))
    assert value(read_again(following, [taught]), "due_date") == ""


def test_no_label_names_a_party():
    text = HEAD + "\n    Janssens {number}\n    Factuurdatum  {date}\n" + SUMS
    [anchor] = lesson(page_of(text.format(**FIRST)), "invoice_number", FIRST["number"]).learnt
    assert (anchor.way, anchor.label) == (Way.PLACE, "")


def test_somebody_named_beside_a_value_is_not_remembered():
    text = HEAD + "\n    Marie Dupont  {number}\n    Factuurdatum  {date}\n" + SUMS
    [anchor] = lesson(page_of(text.format(**FIRST)), "invoice_number", FIRST["number"]).learnt
    assert anchor.label == ""


def test_an_anchor_holds_no_value():
    anchors = [one for paper in PAPERS.values() for lesson_ in corrected(paper) for one in lesson_.learnt]
    assert len(anchors) == len(PAPERS)
    assert not any(sign.isdigit() for one in anchors for sign in one.label)
    assert all(set(one.shape) <= set("9A/-mdy ") for one in anchors)


def test_the_other_amounts_go_when_they_contradict_the_learnt_one():
    paper = PAPERS["a total that is not what remains to be paid"]
    read = read_again(next_page(paper), corrected(paper))
    assert (value(read, "total_excl"), value(read, "vat"), read.vat_rates) == ("", "", ())


def test_an_anchor_that_was_wrong_once_only_fills_gaps_and_is_forgotten_when_it_was_wrong_twice():
    paper = PAPERS["a total that is not what remains to be paid"]
    page, lessons = next_page(paper), corrected(paper)
    generic = value(read_pages((page,)), "total_incl")
    for document, left in ((OTHER, 1), (THIRD, 0)):
        wrong = lesson(page, "total_incl", "999.99", "411.40", known=remembered(lessons), document=document)
        lessons = (*lessons, wrong)
        assert len(remembered(lessons)) == left
        assert value(read_again(page, lessons), "total_incl") == generic


def test_what_is_known_teaches_nothing_new():
    paper = PAPERS["a number beside a word nobody knows"]
    again = lesson(next_page(paper), "invoice_number", paper.then, known=remembered(corrected(paper)), document=OTHER)
    assert (again.learnt, again.refuted) == ((), ())


def test_a_label_that_ocr_misread_is_still_that_label():
    paper = PAPERS["a due date beside a word nobody knows"]
    page = page_of(paper.text.format(**NEXT).replace("Inning rond", "lnning rond"))
    assert value(read_again(page, corrected(paper)), "due_date") == paper.then


def test_the_label_is_followed_to_another_place_on_the_page():
    paper = PAPERS["a number beside a word nobody knows"]
    text = HEAD + 12 * "\n" + "                         Stuk     {number}\n    Factuurdatum  {date}\n" + SUMS
    assert value(read_again(page_of(text.format(**NEXT)), corrected(paper)), "invoice_number") == paper.then


def test_two_layouts_of_one_supplier_are_both_remembered():
    one, other = PAPERS["a number beside a word nobody knows"], PAPERS["a number under a word nobody knows"]
    lessons = corrected(other, *corrected(one))
    assert value(read_again(next_page(one), lessons), "invoice_number") == one.then
    assert value(read_again(next_page(other), lessons), "invoice_number") == other.then


def test_a_number_of_another_shape_is_not_taken_from_the_learnt_place():
    paper = PAPERS["a number beside a word nobody knows"]
    page = page_of(paper.text.format(**(NEXT | {"number": "zie keerzijde 12"})))
    assert value(read_again(page, corrected(paper)), "invoice_number") == ""


def test_a_supplier_has_few_anchors_of_one_field_and_the_oldest_go():
    text = HEAD + "\n    {label}  {number}\n" + SUMS
    words = ("stuk", "bescheid", "kenmerk", "volgbriefje", "afrekenstaat")
    lessons = [lesson(page_of(text.format(label=word, **FIRST)), "invoice_number", FIRST["number"]) for word in words]
    assert [one.anchor.label for one in remembered(lessons)] == list(reversed(words))[:4]
