from datetime import date
from uuid import UUID, uuid4

import msgspec
import pytest
from paper import BAKERY, GARAGE, fill, received, submitted

from adapters.event_store.personal import personal_fields
from application.event_catalogue import EVENTS
from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import STAGE_EVENTS, BookingNotFound, ProposalCorrected
from domain.dossier import DossierOpened
from domain.synchronisation import DossierSynchronised, synchronisation_of
from projections.public_events import _SHOWN, _TYPES, PublicEvents
from read_models import moments


@pytest.fixture
def feed(pool):
    return PublicEvents(pool)


def test_the_feed_follows_the_log_with_its_positions_and_ids(feed):
    proposal, story = submitted()
    document = story[0][0]
    fill(feed, moments(*story))
    events, upto = feed.after(0, None, 10)
    told = [(event.position, event.type, event.id) for event in events]
    assert told == [
        (1, "be.daybook.document.received.v1", f"{document}/1"),
        (3, "be.daybook.document.submitted.v1", f"{document}/3"),
        (4, "be.daybook.proposal.drafted.v1", f"{proposal}/1"),
    ]
    assert {(event.subject, event.dossier) for event in events} == {(str(document), BAKERY)}
    assert upto == 4


def test_a_page_of_the_feed_says_how_far_it_goes(feed):
    _, story = submitted()
    fill(feed, moments(*story, (uuid4(), documents.DocumentInspected(pages=1))))
    assert [(len(events), upto) for events, upto in (feed.after(at, None, 2) for at in (0, 3, 5, 99))] == [(2, 3), (1, 5), (0, 5), (0, 99)]


def test_only_the_events_of_the_dossiers_asked_for_are_told(feed):
    fill(feed, moments(*submitted(BAKERY)[1], *submitted(GARAGE)[1]))
    assert {event.dossier for event in feed.after(0, [GARAGE], 10)[0]} == {GARAGE}
    assert len(feed.after(0, None, 10)[0]) == 6
    assert feed.after(0, [], 10) == ([], 8)


def test_an_event_of_a_stream_seen_in_an_earlier_batch_finds_its_document(feed):
    proposal, story = submitted()
    fill(feed, moments(*story), moments(*story, (proposal, proposals.BookingAccepted(package_id="4711")))[-1:])
    events, _ = feed.after(4, None, 10)
    assert [(event.type, event.subject, event.data) for event in events] == [
        ("be.daybook.booking.accepted.v1", str(story[0][0]), {"package_id": "4711"})
    ]


def test_an_amount_is_text_and_a_day_is_iso(feed):
    _, story = submitted(total="121.00", invoice_date=date(2026, 3, 2), counterparty=UUID(int=7))
    fill(feed, moments(*story))
    data = feed.after(3, None, 10)[0][0].data
    assert (data["total"], data["invoice_date"], data["lines"][0]["base"]) == ("121.00", "2026-03-02", "121.00")


def test_a_correction_tells_only_what_changed(feed):
    proposal, story = submitted()
    fill(feed, moments(*story, (proposal, ProposalCorrected(invoice_number="9", period=None))))
    assert feed.after(4, None, 10)[0][0].data == {"invoice_number": "9", "period": None}


def test_names_files_accounts_and_reasons_of_people_are_not_told(feed):
    proposal, story = submitted(party_name="Jan Janssens", party_iban="BE68539007547034", payment_reference="+++1+++")
    held = proposals.ProposalHeld(reason="Wachten op Jan.")
    fill(
        feed,
        moments(
            (story[0][0], received(file_name="Jan.pdf")), *story[1:], (proposal, held), (proposal, proposals.ProposalDeleted(reason="Jan"))
        ),
    )
    whole = msgspec.json.encode(feed.after(0, None, 10)[0]).decode()
    assert [word for word in ("Jan", "BE68", "+++") if word in whole] == []


def test_what_the_package_says_is_not_told_for_it_may_name_people(feed):
    proposal, story = submitted()
    told = [proposals.BookingRefused(reason="Jan Janssens bestaat niet."), proposals.OutcomeLost(reason="Jan Janssens antwoordt niet.")]
    fill(feed, moments(*story, *((proposal, one) for one in told)))
    assert [(one.type, one.data) for one in feed.after(4, None, 10)[0]] == [
        ("be.daybook.booking.refused.v1", {}),
        ("be.daybook.booking.outcome_unknown.v1", {}),
    ]


def test_every_step_of_a_proposal_but_the_attempts_to_send_it_is_told():
    assert {*STAGE_EVENTS, BookingNotFound} - set(_TYPES) == {proposals.SendingStarted, proposals.SendingAbandoned}


def test_a_synchronisation_is_told_of_its_dossier_with_what_it_changed(feed):
    counts = {"added": {"bookings": 3}, "changed": {}, "removed": {"bookings": 1}}
    fill(feed, moments((synchronisation_of(BAKERY), DossierSynchronised(dossier=BAKERY, upto=7, **counts))))
    (event,), _ = feed.after(0, None, 10)
    assert (event.type, event.subject, event.dossier, event.data) == ("be.daybook.dossier.synchronised.v1", str(BAKERY), BAKERY, counts)


def test_no_field_that_is_sealed_is_public():
    assert {
        kind: set(shown) & set(personal_fields(kind)) for kind, shown in _SHOWN.items() if set(shown) & set(personal_fields(kind))
    } == {}


def test_every_public_field_and_event_exists():
    assert set(_TYPES) <= set(EVENTS.values())
    assert len(set(_TYPES.values())) == len(_TYPES)
    assert {kind for kind, shown in _SHOWN.items() if set(shown) - set(kind.__struct_fields__)} == set()


def test_a_dossier_is_told_by_itself(feed):
    opened = DossierOpened(dossier_name="X", enterprise_number="0403170701", vat_number=None, package="sandbox", package_code="x")
    fill(feed, moments((BAKERY, opened)))
    (event,), _ = feed.after(0, None, 10)
    assert (event.subject, event.dossier, event.data) == (str(BAKERY), BAKERY, {"enterprise_number": "0403170701", "package": "sandbox"})
