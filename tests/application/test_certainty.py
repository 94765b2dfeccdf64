"""The stars: what was read, and how the counterparty's latest invoices fared."""

from application.enrichment.certainty import PARTS, TrackRecord, certainty, track_record

SURE = dict.fromkeys(PARTS, 0.95)


def test_without_history_a_proposal_is_as_certain_as_its_weakest_part():
    assert certainty(SURE | {"total": 0.6}) == 0.6


def test_what_was_not_found_at_all_is_not_certain_whatever_the_history():
    assert certainty({"total": 0.9}, track_record([()] * 10)) == 0


def test_invoices_that_were_left_as_proposed_make_the_next_more_certain():
    assert certainty(SURE | {"account": 0.75}, track_record([()] * 10)) > 0.9 > certainty(SURE | {"account": 0.75})


def test_a_part_that_is_often_changed_takes_the_full_star():
    record = track_record([("invoice_date",)] * 3 + [()] * 7)
    assert record == TrackRecord(invoices=10, unchanged=7, changed={"invoice_date": 3})
    assert certainty(SURE, record) < 0.8


def test_one_correction_among_ten_does_not_take_all():
    assert 0.8 < certainty(SURE, track_record([("total",)] + [()] * 9)) < 0.95


def test_what_is_changed_beside_the_stars_parts_counts_for_the_whole():
    assert certainty(SURE, track_record([("due_date",)] * 10)) < 0.5
