from datetime import UTC, datetime

from application.audit_chain import Anchor
from application.audit_check import Defect, Finding, VerifyReport
from application.audit_report import SENTENCES, report_lines

ANCHOR = Anchor(position=40, digest="00", at=datetime(2026, 3, 31, 12, 5, tzinfo=UTC))


def report(*findings, anchor=ANCHOR, not_anchored=0):
    return VerifyReport(events=42, position=45, anchor=anchor, not_anchored=not_anchored, findings=findings)


def test_an_untouched_log_is_told_in_three_lines():
    assert report_lines(report()) == [
        "Het logboek is ongeschonden.",
        "42 gebeurtenissen nagerekend, tot en met positie 45.",
        "Laatst verankerde positie: 40, op 31/03/2026 12:05 UTC.",
    ]


def test_younger_events_are_told_apart():
    assert report_lines(report(not_anchored=1))[-1] == "1 gebeurtenis nog niet verankerd."
    assert report_lines(report(not_anchored=5))[-1] == "5 gebeurtenissen nog niet verankerd."


def test_a_log_without_anchors_says_so():
    assert "Nog geen enkele positie is verankerd." in report_lines(report(anchor=None))


def test_a_finding_names_its_position_and_how_many_there_are():
    lines = report_lines(report(Finding(Defect.REMOVED, 7, 5, count=3)))
    assert lines[0] == "Het logboek is NIET ongeschonden."
    assert lines[-1] == "Positie 7 ontbreekt: die gebeurtenis is verwijderd. In totaal 3 keer."


def test_there_is_a_sentence_for_every_defect():
    assert SENTENCES.keys() == set(Defect)
