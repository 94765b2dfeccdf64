import time

import pytest
from some_bookings import DOSSIER, PURCHASE, purchase

from adapters.accounting.sandbox.faults import Call, Fault
from adapters.accounting.sandbox.ledger import SandboxLedger
from application.accounting_package import PushReceipt
from application.ports import OutcomeUnknown, PackageRefused, PackageUnreachable


def test_a_lost_answer_leaves_the_booking_in_the_books(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.LOSE_ANSWER)
    with pytest.raises(OutcomeUnknown):
        ledger.push(DOSSIER, PURCHASE, None)
    found = ledger.find(DOSSIER, PURCHASE.id)
    assert found is not None
    assert ledger.push(DOSSIER, PURCHASE, None).package_id == found.package_id


def test_an_unreachable_package_has_booked_nothing(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.UNREACHABLE)
    with pytest.raises(PackageUnreachable):
        ledger.push(DOSSIER, PURCHASE, None)
    assert ledger.find(DOSSIER, PURCHASE.id) is None


def test_a_refusal_on_request_gives_the_reason_set(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.REFUSE, reason="De licentie is verlopen.")
    with pytest.raises(PackageRefused, match=r"^De licentie is verlopen\.$"):
        ledger.push(DOSSIER, PURCHASE, None)
    assert ledger.find(DOSSIER, PURCHASE.id) is None


def test_a_late_answer_comes_after_the_booking_is_made(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.ANSWER_LATE, seconds=0.3)
    start = time.monotonic()
    assert ledger.push(DOSSIER, PURCHASE, None).package_id
    assert time.monotonic() - start >= 0.3


def test_a_booking_left_unconfirmed_is_in_the_books_only_after_the_inbox_is_processed(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.LEAVE_UNCONFIRMED)
    assert ledger.push(DOSSIER, PURCHASE, b"%PDF") == PushReceipt(package_id=None)
    assert ledger.find(DOSSIER, PURCHASE.id) is None
    assert ledger.push(DOSSIER, PURCHASE, b"%PDF") == PushReceipt(package_id=None)
    assert ledger.process_inbox(DOSSIER) == {}
    assert ledger.find(DOSSIER, PURCHASE.id) is not None
    assert ledger.document(DOSSIER, PURCHASE.id) == b"%PDF"


def test_a_wrong_booking_in_the_inbox_is_refused_when_processed_and_the_rest_is_booked(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.LEAVE_UNCONFIRMED, times=2)
    ledger.push(DOSSIER, purchase(1, period="2025-12"), None)
    ledger.push(DOSSIER, purchase(2), None)
    assert ledger.process_inbox(DOSSIER) == {"b-1": "Periode 2025-12 is afgesloten."}
    assert [booking.booking_id for booking in ledger.synchronise(DOSSIER).bookings] == ["b-2"]


def test_the_inbox_refuses_other_content_under_the_same_id(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.LEAVE_UNCONFIRMED)
    ledger.push(DOSSIER, purchase(1), None)
    with pytest.raises(PackageRefused, match="andere inhoud"):
        ledger.push(DOSSIER, purchase(1, instruction="Iets anders"), None)


def test_a_booking_deleted_from_the_inbox_is_never_booked(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.LEAVE_UNCONFIRMED)
    ledger.push(DOSSIER, PURCHASE, None)
    ledger.delete(DOSSIER, PURCHASE.id)
    ledger.process_inbox(DOSSIER)
    assert ledger.find(DOSSIER, PURCHASE.id) is None


def test_a_fault_happens_as_often_as_it_was_set(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.UNREACHABLE, times=2)
    for _ in range(2):
        with pytest.raises(PackageUnreachable):
            ledger.push(DOSSIER, PURCHASE, None)
    assert ledger.push(DOSSIER, PURCHASE, None).package_id


def test_a_fault_without_end_lasts_until_it_is_cleared(ledger: SandboxLedger) -> None:
    ledger.set_fault(DOSSIER, Fault.UNREACHABLE, times=None)
    for _ in range(3):
        with pytest.raises(PackageUnreachable):
            ledger.push(DOSSIER, PURCHASE, None)
    ledger.clear_faults(DOSSIER)
    assert ledger.push(DOSSIER, PURCHASE, None).package_id


def test_a_fault_is_of_one_call_and_one_dossier(ledger: SandboxLedger) -> None:
    ledger.open_dossier("0403019261", "Bistro Noord", 2025, ["2025-03"])
    ledger.set_fault(DOSSIER, Fault.UNREACHABLE, call=Call.SYNCHRONISE)
    ledger.push(DOSSIER, PURCHASE, None)
    ledger.synchronise("0403019261")
    with pytest.raises(PackageUnreachable):
        ledger.synchronise(DOSSIER)


def test_a_lost_answer_to_a_deletion_leaves_the_booking_deleted(ledger: SandboxLedger) -> None:
    ledger.push(DOSSIER, PURCHASE, None)
    ledger.set_fault(DOSSIER, Fault.LOSE_ANSWER, call=Call.DELETE)
    with pytest.raises(OutcomeUnknown):
        ledger.delete(DOSSIER, PURCHASE.id)
    assert ledger.find(DOSSIER, PURCHASE.id) is None


def test_a_ledger_whose_database_is_gone_is_unreachable(database: str) -> None:
    ledger = SandboxLedger.at(database)
    ledger.close()
    elsewhere = SandboxLedger.at(database)
    elsewhere.open_dossier(DOSSIER, "Bakkerij Peeters", 2025, ["2025-03"])
    elsewhere.close()
    with pytest.raises(PackageUnreachable):
        elsewhere.push(DOSSIER, PURCHASE, None)
