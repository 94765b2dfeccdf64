"""Fitting confidence: rising steps through counts, and from where a field is sure."""

from __future__ import annotations

import msgspec
import pytest
from benchmarks._desk import Outcome
from benchmarks._isotonic import HIGHEST, Counted, rising_steps, with_opinion
from benchmarks._scoring import reliability, wilson
from benchmarks.fit_certainty import PROPOSALS, WEIGHTS
from benchmarks.fit_certainty import fit as fit_whole
from benchmarks.fit_confidence import COUNTS, FOLDS, TABLE, Row, fit, load, sure_from
from hypothesis import given
from hypothesis import strategies as st

from application.enrichment.certainty import FITTED, PARTS, TrackRecord
from application.recognition.calibration import ALONE, CERTAIN, OCR, TEXT, Calibration, chance_of

scores = st.integers(1, 100).map(lambda percent: percent / 100)
counts = st.lists(
    st.builds(Counted, scores, st.integers(0, 500), st.integers(0, 500)).filter(lambda one: one.right + one.wrong),
    min_size=1,
    unique_by=lambda one: one.score,
)


@given(counts)
def test_the_chance_never_falls_when_the_score_rises(counted):
    steps = rising_steps(counted)

    assert [step.score for step in steps] == sorted({step.score for step in steps})
    assert [step.chance for step in steps] == sorted({step.chance for step in steps})


@given(counts)
def test_steps_begin_at_the_lowest_score_and_stay_between_what_was_counted(counted):
    steps = rising_steps(counted)

    assert steps[0].score == min(one.score for one in counted)
    assert min(HIGHEST, *(one.share for one in counted)) - 0.001 <= steps[0].chance
    assert steps[-1].chance <= min(HIGHEST, max(one.share for one in counted)) + 0.001


@given(counts)
def test_as_many_are_expected_right_as_were_right(counted):
    """Pooling moves right ones between neighbours, it adds none; only the cap below certainty and rounding take some away."""
    steps, total = rising_steps(counted), sum(one.right + one.wrong for one in counted)
    expected = sum((one.right + one.wrong) * chance_of(steps, one.score) for one in counted)
    right = sum(one.right for one in counted)

    assert expected <= right + 0.001 * total
    assert expected >= right - (1 - HIGHEST + 0.001) * total


def test_what_rises_already_stays_as_it_was_counted():
    steps = rising_steps([Counted(0.2, 1, 4), Counted(0.5, 5, 5), Counted(0.9, 9, 1)])

    assert [(step.score, step.chance) for step in steps] == [(0.2, 0.2), (0.5, 0.5), (0.9, 0.9)]


def test_a_fall_is_pooled():
    steps = rising_steps([Counted(0.5, 8, 2), Counted(0.9, 6, 4)])

    assert [(step.score, step.chance) for step in steps] == [(0.5, 0.7)]


def test_a_few_lucky_guesses_prove_little_and_hundreds_prove_much():
    few, many = with_opinion([Counted(0.4, 3, 0)]), with_opinion([Counted(0.4, 500, 0)])

    assert few[0].share == pytest.approx(7 / 13)
    assert many[0].share > 0.98


def counted(right, wrong, *, came_as="text", chance=0.99, score=0.95):
    return (came_as, chance, Row(came_as, 0, "total_incl", TEXT, score, right, wrong))


@pytest.mark.parametrize(("right", "wrong", "is_sure"), [(150, 0, False), (200, 0, True), (200, 2, False), (1000, 8, True)])
def test_a_field_is_sure_only_with_enough_cases_and_hardly_any_wrong(right, wrong, is_sure):
    assert (sure_from([counted(right, wrong)]) < CERTAIN) is is_sure


def test_what_is_right_less_often_than_the_limit_is_not_sure_however_many_better_ones_there_are():
    assert sure_from([counted(5000, 0), counted(90, 10, chance=0.9)]) == 0.99


def test_what_holds_for_scans_must_hold_for_photographs_too():
    assert sure_from([counted(900, 0, came_as="scan"), counted(90, 3, came_as="photo")]) == CERTAIN
    assert sure_from([counted(900, 0, came_as="scan"), counted(90, 1, came_as="photo")]) == 0.99


def test_curves_are_tried_on_layouts_they_have_not_met():
    """One layout on which the reader is always wrong: what the others promise does not hold there."""
    good = [Row("text", fold, "iban", TEXT, 0.95, 400, 0) for fold in range(FOLDS)]

    assert fit(good).sure["iban"] == {TEXT: HIGHEST}
    assert fit([*good[1:], Row("text", 0, "iban", TEXT, 0.95, 0, 400)]).sure["iban"] == {}


def pictures(field, right, wrong=0):
    return [Row("scan", fold, field, OCR, 0.95, right, wrong) for fold in range(FOLDS)]


def test_fields_in_pictures_are_proved_together_but_none_that_was_wrong_or_not_proved_in_print():
    many = [row for field in ("vat", "total_incl", "total_excl", "issue_date") for row in pictures(field, 20)]
    proved = [Row("text", fold, field, TEXT, 0.95, 400, 0) for field in ("iban", "due_date", "buyer_vat") for fold in range(FOLDS)]
    told = fit(
        [
            *many,
            *proved,
            *pictures("iban", 5),
            *pictures("due_date", 1),
            *pictures("buyer_vat", 30),
            Row("scan", 0, "buyer_vat", OCR, 0.95, 0, 1),
            *pictures("type_code", 20),
        ]
    )

    assert [field for field, origins in told.sure.items() if OCR in origins] == ["iban"]


def test_values_nothing_else_speaks_for_are_never_sure():
    assert fit([Row("text", fold, "iban", TEXT + ALONE, 0.95, 400, 0) for fold in range(FOLDS)]).sure["iban"] == {}


def test_the_interval_of_a_share_is_wilsons():
    assert [round(end, 4) for end in wilson(0, 188)] == [0.0, 0.02]
    assert [round(end, 4) for end in wilson(50, 100)] == [0.4038, 0.5962]


def test_reliability_is_told_in_ten_bins():
    assert reliability([("vat", 0.99, True), ("vat", 0.95, False), ("iban", 0.5, True), ("iban", 1.0, True)]) == [
        {"confidence": "0.5-0.6", "values": 1, "right": 1, "said": 0.5},
        {"confidence": "0.9-1.0", "values": 3, "right": 2, "said": 0.98},
    ]


def test_the_table_that_is_used_is_fitted_from_the_counts_that_are_kept():
    assert msgspec.json.decode(TABLE.read_bytes(), type=Calibration) == fit(load(COUNTS))


PAST = TrackRecord(invoices=5, unchanged=5)


def outcome(supplier, account, *, right, record=PAST):
    confidence = dict.fromkeys(PARTS, 0.99) | {"account": account}
    return Outcome(supplier, "text", confidence, record, () if right else ("account",))


def test_stars_say_how_often_proposals_like_it_needed_no_correction():
    alike = [outcome(str(place), 0.75, right=place % 4 > 0) for place in range(400)]
    steps = fit_whole(alike).steps

    assert chance_of(steps, 0.99) == pytest.approx(0.75, abs=0.01)


def test_history_weighs_as_much_as_tells_best_what_came():
    """Read well, but always corrected at this supplier: history must outweigh the reading."""
    often = TrackRecord(invoices=5, unchanged=0, changed={"account": 5})
    told = [outcome(str(place), 0.97, right=False, record=often) for place in range(200)]
    told += [outcome(f"good {place}", 0.6, right=True) for place in range(200)]

    assert fit_whole(told).read_counts_as == min(WEIGHTS)


def test_the_stars_that_are_used_are_fitted_from_the_proposals_that_are_kept():
    kept = [msgspec.json.decode(line, type=Outcome) for line in PROPOSALS.read_bytes().splitlines()]

    assert fit_whole(kept) == FITTED
