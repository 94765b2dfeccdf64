"""Fitting confidence: rising steps through counts, and from where a field is sure."""

from __future__ import annotations

import msgspec
import pytest
from benchmarks._isotonic import HIGHEST, Counted, rising_steps, with_own_opinion
from benchmarks._scoring import reliability, wilson
from benchmarks.fit_confidence import COUNTS, TABLE, Counts, fit
from hypothesis import given
from hypothesis import strategies as st

from application.recognition.calibration import CERTAIN, Calibration, chance_of

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
    few, many = with_own_opinion([Counted(0.4, 3, 0)]), with_own_opinion([Counted(0.4, 500, 0)])

    assert few[0].share == pytest.approx(7 / 13)
    assert many[0].share > 0.98


def test_a_field_is_sure_only_with_enough_cases_and_hardly_any_wrong():
    certain = {"total_incl": {"text": [(0.95, 400, 0)]}}

    def sure(right, wrong):
        return fit({"curves": certain, "sure": {"total_incl": {"text": [(0.95, right, wrong)]}}}).sure["total_incl"]

    assert sure(200, 0) < CERTAIN
    assert sure(150, 0) == CERTAIN
    assert sure(200, 2) == CERTAIN
    assert sure(1000, 8) < CERTAIN


def test_what_is_right_less_often_than_the_limit_is_not_sure_however_many_better_ones_there_are():
    fitted = fit(
        {"curves": {"iban": {"text": [(0.5, 50, 50), (0.95, 900, 0)]}}, "sure": {"iban": {"text": [(0.5, 1, 1), (0.95, 2000, 0)]}}}
    )

    assert fitted.sure["iban"] == fitted.curves["iban"]["text"][-1].chance


def test_the_interval_of_a_share_is_wilsons():
    assert [round(end, 4) for end in wilson(0, 188)] == [0.0, 0.02]
    assert [round(end, 4) for end in wilson(50, 100)] == [0.4038, 0.5962]


def test_reliability_is_told_in_ten_bins():
    assert reliability([("vat", 0.99, True), ("vat", 0.95, False), ("iban", 0.5, True), ("iban", 1.0, True)]) == [
        {"confidence": "0.5-0.6", "values": 1, "right": 1, "said": 0.5},
        {"confidence": "0.9-1.0", "values": 3, "right": 2, "said": 0.98},
    ]


def test_the_table_that_is_used_is_fitted_from_the_counts_that_are_kept():
    counted = msgspec.json.decode(COUNTS.read_bytes(), type=Counts)

    assert msgspec.json.decode(TABLE.read_bytes(), type=Calibration) == fit(counted)
