"""The corpus that recognition is measured on: repeatable, true, and kept in two."""

from __future__ import annotations

import pytest
from benchmarks.corpus.bill import Situation
from benchmarks.corpus.degrade import photo, scan
from benchmarks.corpus.generate import combinations, documents
from benchmarks.corpus.held_back_wordings import HELD_BACK_WORDINGS
from benchmarks.corpus.looks import LOOKS, Part
from benchmarks.corpus.trades import LANGUAGES
from benchmarks.corpus.wordings import WORDINGS

from adapters.demo.chance import seeded
from adapters.pdf import words
from domain.iban import parse_iban
from domain.money import round_amount
from domain.structured_communication import parse_creditor_reference, parse_structured_communication
from domain.vat_number import parse_vat_number


@pytest.fixture(scope="module")
def some():
    return [one for part in Part for one in documents(part, count=24)]


def test_the_same_seed_gives_the_same_documents():
    assert list(documents(Part.HELD_BACK, count=5)) == list(documents(Part.HELD_BACK, count=5))
    assert next(documents(Part.HELD_BACK, seed=2)) != next(documents(Part.HELD_BACK, seed=1))


def test_a_third_of_the_layouts_and_of_the_wordings_is_held_back():
    held_back = [look for look in LOOKS if look.part is Part.HELD_BACK]
    dev, held = _wordings(WORDINGS), _wordings(HELD_BACK_WORDINGS)

    assert len(held_back) * 3 >= sum(look.part is not Part.CALIBRATION for look in LOOKS)
    assert HELD_BACK_WORDINGS.keys() == WORDINGS.keys()
    assert len(held) * 3 >= len(dev | held)


def test_every_document_adds_up(some):
    for one in some:
        bill = one.bill
        assert bill.total_excl + bill.vat == bill.total_incl
        assert bill.total_incl == sum(group.base + group.vat for group in bill.vat_groups)
        if not bill.inclusive:
            assert bill.total_excl == round_amount(bill.listed * (100 - bill.discount) / 100)
        assert (bill.due != bill.total_incl) == (bill.situation in {Situation.DEPOSIT, Situation.BALANCE} or bill.rounding != 0)


def test_every_number_has_its_check_digits(some):
    for one in some:
        for vat_number in (one.truth.get("issuer_vat"), one.truth.get("buyer_vat")):
            assert vat_number is None or parse_vat_number(vat_number) == vat_number
        assert one.truth.get("iban") is None or parse_iban(one.truth["iban"])
        reference = one.truth.get("payment_reference")
        assert reference is None or parse_structured_communication(reference) or parse_creditor_reference(reference)


def test_what_is_asked_for_stands_on_the_page(some):
    for one in some:
        text = _bare("".join(word.text for page in words(one.pdf) for word in page.words))
        for field in set(one.printed) & {"issuer_vat", "buyer_vat", "iban", "invoice_number", "issuer_name", "buyer_name"}:
            assert _bare(one.truth[field]) in text, (one.name, field)
        for field in set(one.printed) & {"total_incl", "total_excl", "vat"} if one.look != "insurance" else ():
            assert _bare(one.truth[field]) in text, (one.name, field)


def test_every_look_comes_in_four_languages():
    seen = {(look.layout, language) for part in Part for look, language, _situation in combinations(part)}

    assert seen == {(look.layout, language) for look in LOOKS for language in LANGUAGES}


def test_a_scan_and_a_photo_are_the_same_pictures_every_time(some):
    pdf = some[0].pdf

    assert photo(pdf, seeded(1)) == photo(pdf, seeded(1)) != photo(pdf, seeded(2))
    assert photo(pdf, seeded(1))[:2] == b"\xff\xd8"
    scanned = scan(pdf, seeded(1))
    assert scanned[:4] == b"%PDF"
    assert not any(page.words for page in words(scanned))


def _wordings(table):
    return {(label, wording.strip()) for label, row in table.items() for part in row.split(" | ") for wording in part.split(" / ")}


def _bare(text):
    return "".join(sign for sign in text.lower() if sign.isalnum())
