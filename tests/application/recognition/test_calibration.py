from __future__ import annotations

import pytest

from application.recognition.calibration import (
    ALONE,
    CALIBRATION,
    CERTAIN,
    OCR,
    SURE,
    TEXT,
    UNPROVED,
    Step,
    calibrated,
    chance_of,
    evidence,
    is_sure,
)
from application.recognition.reading import FIELD_NAMES, Box, FieldReading, Kind, Page, Reading, Word


def page(confidence=1.0):
    words = (Word("Totaal", Box(10, 10, 40, 20)), Word("121,00", Box(50, 10, 80, 20), confidence), Word("verder", Box(50, 60, 80, 70), 0.4))
    return Page(number=1, width=595, height=842, words=words if confidence < 1 else words[:2])


def total(confidence, **sum_):
    found = {"total_incl": FieldReading(value="121.00", confidence=confidence, source="label", page=1, box=Box(50, 10, 80, 20))}
    rest = {name: FieldReading(value=value, confidence=confidence, source="arithmetic", page=1) for name, value in sum_.items()}
    return Reading(kind=Kind.TEXT_PDF, fields=found | rest)


ADDS_UP = {"total_excl": "100.00", "vat": "21.00"}


def how(reading, *pages):
    return [(one.origin, one.score) for one in evidence(reading, pages) if one.name == "total_incl"]


def test_a_value_in_text_counts_for_what_the_reader_thinks_of_it():
    assert how(total(0.8, **ADDS_UP), page()) == [(TEXT, 0.8)]


def test_a_value_that_nothing_else_speaks_for_is_counted_apart():
    assert how(total(0.8), page()) == [(TEXT + ALONE, 0.8)]


def test_a_value_in_a_picture_is_worth_no_more_than_the_least_certain_of_its_words():
    assert how(total(0.8, **ADDS_UP), page(0.5)) == [(OCR, 0.4)]


def test_what_was_not_printed_comes_from_a_picture_where_its_document_does():
    assumed = Reading(kind=Kind.SCAN, fields={"currency": FieldReading(value="EUR", confidence=0.6, source="assumed")})

    assert [one.origin for one in evidence(assumed, (page(0.9),))] == [OCR]


def test_confidence_becomes_the_chance_that_was_counted():
    field = calibrated(total(0.98, **ADDS_UP), (page(),)).fields["total_incl"]

    assert field.confidence == chance_of(CALIBRATION.curves["total_incl"][TEXT], 0.98)
    assert field.value == "121.00"
    assert is_sure(field.confidence)


def test_what_nothing_else_speaks_for_is_never_sure_however_good_it_looks():
    (field,) = calibrated(total(0.99), (page(),)).fields.values()

    assert field.confidence <= UNPROVED < SURE


def test_what_is_more_likely_wrong_than_right_is_not_handed_on():
    assert calibrated(total(0.05), (page(),)).fields == {}


def test_where_nothing_was_counted_the_score_is_all_there_is():
    steps = (Step(0.5, 0.7), Step(0.9, 0.98))

    assert [chance_of(steps, score) for score in (0.3, 0.5, 0.89, 0.9, 1.0)] == [0.3, 0.7, 0.7, 0.98, 0.98]
    assert chance_of((), 0.6) == 0.6


def test_exact_values_are_sure_and_guesses_are_not():
    assert is_sure(CERTAIN)
    assert not is_sure(UNPROVED)


@pytest.mark.parametrize("field", FIELD_NAMES)
def test_every_field_has_rising_curves_below_certainty(field):
    for steps in CALIBRATION.curves[field].values():
        assert [step.score for step in steps] == sorted({step.score for step in steps})
        assert [step.chance for step in steps] == sorted(step.chance for step in steps)
        assert all(0 < step.chance < CERTAIN for step in steps)


def test_what_decides_about_an_invoice_can_be_sure_when_it_is_printed_well():
    for field in ("issuer_vat", "invoice_number", "issue_date", "due_date", "total_incl", "total_excl", "vat", "iban"):
        assert SURE <= CALIBRATION.sure[field][TEXT] <= max(step.chance for step in CALIBRATION.curves[field][TEXT])


def test_only_what_is_spoken_for_can_be_sure():
    assert not any(origin.endswith(ALONE) for proved in CALIBRATION.sure.values() for origin in proved)
