"""The stars: what was read, and how the counterparty's latest invoices fared."""

from application.enrichment.certainty import FITTED, HISTORY, PARTS, TrackRecord, certainty, track_record, weakest
from application.recognition.calibration import chance_of

SURE = dict.fromkeys(PARTS, 0.95)
NOTHING = TrackRecord()


def chance(confidence, record=NOTHING, read_counts_as=5.0):
    return weakest(confidence, record, read_counts_as).chance


def test_without_history_a_proposal_is_as_good_as_its_weakest_part():
    assert weakest(SURE | {"total": 0.6}, NOTHING, 5.0) == ("total", 0.6)


def test_certainty_is_what_was_counted_of_proposals_with_such_a_weakest_part():
    assert certainty(SURE | {"total": 0.8}) == (round(chance_of(FITTED.steps, 0.8), 3), "total")


def test_what_was_not_found_at_all_is_not_certain_whatever_the_history():
    assert certainty(SURE | {"total": 0.0}, track_record([()] * 10)) == (0.0, "total")


def test_invoices_that_were_left_as_proposed_make_the_next_more_certain():
    assert chance(SURE | {"account": 0.75}, track_record([()] * 10)) > 0.9 > chance(SURE | {"account": 0.75})


def test_a_part_that_is_often_changed_is_the_weakest():
    record = track_record([("invoice_date",)] * 3 + [()] * 7)
    assert record == TrackRecord(invoices=10, unchanged=7, changed={"invoice_date": 3})
    assert weakest(SURE, record, 5.0).part == "invoice_date"
    assert chance(SURE, record) < 0.8


def test_one_correction_among_ten_does_not_take_all():
    assert 0.8 < chance(SURE, track_record([("total",)] + [()] * 9)) < 0.95


def test_what_is_changed_beside_the_stars_parts_counts_for_the_whole():
    assert weakest(SURE, track_record([("due_date",)] * 10), 5.0) == (HISTORY, 0.317)


def test_history_that_counts_for_more_is_believed_sooner():
    record = track_record([("total",)] * 5)
    assert chance(SURE, record, 1.0) < chance(SURE, record, 20.0)


def test_a_supplier_whose_invoices_are_often_corrected_loses_the_full_star():
    often = track_record([("total",), ("account",), ("invoice_number",), (), ()] * 2)
    assert certainty(dict.fromkeys(PARTS, 0.99))[0] >= 0.9 > certainty(dict.fromkeys(PARTS, 0.99), often)[0]
