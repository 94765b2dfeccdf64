from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from paper import fill, received, recognised, sent, submitted

from adapters.postgres.ledger_mirror import MIGRATIONS, PostgresLedgerMirror
from adapters.postgres.migrations import migrate
from application.accounting_package import LedgerSnapshot, PackageBooking
from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import ProposalCorrected, proposal_of
from domain.document import Mailbox
from domain.synchronisation import DossierSynchronised
from projections.archive import Archive, ArchiveFilter
from read_models import moments

PAGES = {"1" * 64: "Factuur voor zonnepanelen en crème", "2" * 64: "Offerte"}
EVERYTHING = ArchiveFilter()
CONFIRMED = proposals.BookingConfirmed(package_id="1")


@pytest.fixture
def archive(pool):
    migrate(pool.dsn, pool.schema, {"ledger_mirror": MIGRATIONS})
    return Archive(pool, PAGES.get)


@pytest.fixture
def mirror(pool):
    return PostgresLedgerMirror(pool)


@pytest.fixture
def dossier():
    return uuid4()


def booked(dossier, number="26000001", told=CONFIRMED, **own):
    """A booking of ours, as its proposal's id and the events that lead to it."""
    proposal, story = submitted(dossier, **own)
    return proposal, [*story, *sent(proposal, number), (proposal, told)]


def booking(package_id, booking_id=None, **own):
    """A booking of 121.00 in the package's books."""
    usual = {
        "kind": "purchase",
        "credit_note": False,
        "journal": "AK",
        "number": f"2600000{package_id}",
        "period": "2026-03",
        "party_id": "L1",
        "party_name": "Molens Joostens",
        "invoice_number": f"F{package_id}",
        "invoice_date": date(2026, 3, int(package_id)),
        "due_date": date(2026, 4, 1),
        "currency": "EUR",
        "total": Decimal("121.00"),
        "paid": Decimal(0),
        "booked_on": date(2026, 3, 20),
        "lines": (),
    }
    return PackageBooking(package_id=package_id, booking_id=None if booking_id is None else str(booking_id), **(usual | own))


def snapshot(*bookings):
    empty = dict.fromkeys(LedgerSnapshot.__struct_fields__, ())
    return LedgerSnapshot(**(empty | {"bookings": bookings}))


def synchronised(dossier):
    return (dossier, DossierSynchronised(dossier=dossier))


def lines(archive, dossier, kind="purchase", wanted=EVERYTHING, **page):
    return archive.page(dossier, kind, wanted, **page).lines


def totals(archive, dossier, kind="purchase", **wanted):
    page = archive.page(dossier, kind, ArchiveFilter(**wanted))
    return page.total, page.amount


def invoice_numbers(archive, dossier, **wanted):
    return [line.invoice_number for line in lines(archive, dossier, wanted=ArchiveFilter(**wanted))]


def filled(archive, *facts):
    fill(archive, moments(*facts))


def test_a_booking_with_its_document_is_one_line_with_the_books_values(archive, mirror, dossier):
    proposal, story = booked(dossier, invoice_number="gelezen", party_name="Gelezen")
    mirror.replace(dossier, snapshot(booking("1", proposal, paid=Decimal(21), credit_note=True)), 0)
    filled(archive, *story, synchronised(dossier))
    (line,) = lines(archive, dossier)
    assert (line.id, line.document, line.file_name) == (proposal, story[0][0], "factuur.pdf")
    assert (line.party, line.invoice_number, line.number) == ("Molens Joostens", "F1", "26000001")
    assert (line.amount, line.paid, line.booked_on) == (-121, "partly", date(2026, 3, 20))
    assert totals(archive, dossier) == (1, -121)


def test_a_booking_made_in_the_package_has_no_document(archive, mirror, dossier):
    mirror.replace(dossier, snapshot(booking("1")), 0)
    filled(archive, synchronised(dossier))
    (line,) = lines(archive, dossier)
    assert (line.id, line.document, line.file_name, line.invoice_number) == (None, None, None, "F1")


@pytest.mark.parametrize("told", [proposals.BookingAccepted(package_id="1"), CONFIRMED])
def test_a_document_is_there_as_soon_as_the_package_booked_it(archive, dossier, told):
    proposal, story = booked(dossier, told=told, party_name="De Molen", invoice_number="77", credit_note=True)
    filled(archive, *story)
    (line,) = lines(archive, dossier)
    assert (line.id, line.party, line.invoice_number, line.number, line.amount, line.paid) == (
        proposal,
        "De Molen",
        "77",
        "26000001",
        -121,
        "unknown",
    )
    assert totals(archive, dossier) == (1, -121)
    assert lines(archive, dossier, "sales") == lines(archive, uuid4()) == []


def test_a_document_that_is_not_booked_or_was_refused_is_not_there(archive, dossier):
    (_, waiting), (_, handed_over), (refused, story) = submitted(dossier), booked(dossier, told=proposals.HandedOver()), booked(dossier)
    filled(archive, *waiting, *handed_over, *story, (refused, proposals.BookingRefused(reason="Nee.")))
    assert lines(archive, dossier) == []
    assert totals(archive, dossier) == (0, 0)
    assert archive.find(story[0][0]).booked_at is None


def test_a_booking_seen_in_the_books_is_not_shown_twice_before_the_synchronisation_is_told(archive, mirror, dossier):
    (proposal, story), (other, other_story) = booked(dossier, invoice_number="1"), booked(dossier, invoice_number="2")
    filled(archive, *story, *other_story)
    mirror.replace(dossier, snapshot(booking("1", proposal)), 0)
    assert {line.id for line in lines(archive, dossier)} == {proposal, other}
    assert totals(archive, dossier) == (2, 242)


def test_a_booking_that_was_removed_from_the_books_leaves_our_document(archive, mirror, dossier):
    proposal, story = booked(dossier, invoice_number="gelezen")
    mirror.replace(dossier, snapshot(booking("1", proposal)), 0)
    filled(archive, *story, synchronised(dossier))
    mirror.replace(dossier, snapshot(), 0)
    fill(archive, moments(*story, synchronised(dossier)), moments((dossier, DossierSynchronised(dossier=dossier, removed={"bookings": 1}))))
    (line,) = lines(archive, dossier)
    assert (line.id, line.invoice_number, line.paid) == (proposal, "gelezen", "unknown")


def test_a_correction_shows_in_the_archive(archive, dossier):
    proposal, story = submitted(dossier)
    corrected = ProposalCorrected(party_name="Juist", total=Decimal(50), invoice_date=None)
    filled(archive, *story, (proposal, corrected), *sent(proposal), (proposal, CONFIRMED))
    (line,) = lines(archive, dossier)
    assert (line.party, line.amount) == ("Juist", 50)
    assert line.invoice_date == line.booked_on, "what has no date stands at the day it was booked"


def test_an_erased_document_is_gone_and_its_booking_stays(archive, mirror, dossier):
    (in_books, first), (_, second) = booked(dossier, party_name="Jan"), booked(dossier, party_name="Piet")
    mirror.replace(dossier, snapshot(booking("1", in_books)), 0)
    words = (first[0][0], recognised(words="1" * 64))
    erased = [(story[0][0], documents.DocumentErased(ground="request")) for story in (first, second)]
    filled(archive, *first, words, *second, synchronised(dossier), *erased)
    (line,) = lines(archive, dossier)
    assert (line.id, line.document, line.party) == (in_books, None, "Molens Joostens")
    assert invoice_numbers(archive, dossier, text="zonnepanelen") == []
    with archive.asking() as db:
        assert db.execute("SELECT count(*) FROM page_text").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM archive WHERE party IN ('Jan', 'Piet') OR file_name <> 'gewist'").fetchone() == (0,)


def test_a_miscellaneous_document_is_there_once_it_was_processed(archive, dossier):
    done, waiting = uuid4(), uuid4()
    told = [(one, event) for one in (done, waiting) for event in (received(dossier, Mailbox.MISC), documents.DocumentSubmitted())]
    filled(archive, *told, (done, documents.DocumentRenamed(file_name="Huurcontract.pdf")), (done, documents.DocumentProcessed()))
    (line,) = lines(archive, dossier, "misc")
    assert (line.document, line.file_name, line.invoice_date, line.booked_on) == (
        done,
        "Huurcontract.pdf",
        date(2026, 5, 5),
        date(2026, 5, 5),
    )
    assert lines(archive, dossier, "misc", ArchiveFilter(text="huurcontract")) == [line]
    assert lines(archive, dossier, "misc", ArchiveFilter(text="fiets")) == []
    assert totals(archive, dossier, "misc") == (1, 0)


@pytest.mark.parametrize("text", ["zonnepanelen", "ZONNEPANELEN creme", '"zonnepanelen en crème"'])
def test_a_document_is_found_by_the_words_on_its_page(archive, mirror, dossier, text):
    (in_books, first), (_, second), (_, third) = booked(dossier), booked(dossier, invoice_number="2"), booked(dossier, invoice_number="3")
    mirror.replace(dossier, snapshot(booking("1", in_books), booking("2")), 0)
    read = [(story[0][0], recognised(words=words * 64)) for story, words in ((first, "1"), (second, "1"), (third, "2"))]
    filled(archive, *first, *second, *third, *read, synchronised(dossier))
    assert sorted(invoice_numbers(archive, dossier, text=text)) == ["2", "F1"]
    assert totals(archive, dossier, text=text) == (2, 242)


@pytest.fixture
def three(archive, mirror, dossier):
    """Two bookings in the books, without a document, and one of ours that is not in them yet."""
    first = {"party_name": "D'Hoore & Café", "journal": "AK", "paid": Decimal(121)}
    second = {"party_name": "Van den Berg", "journal": "AK2", "period": "2026-04", "credit_note": True, "total": Decimal(50)}
    mirror.replace(dossier, snapshot(booking("1", **first), booking("3", **second)), 0)
    _, story = booked(dossier, "26000009", invoice_number="X/7", invoice_date=date(2026, 3, 2), party_name="De Smet", total="10")
    filled(archive, *story, synchronised(dossier))
    return dossier


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["F3", "X/7", "F1"]),
        ({"party": "café"}, ["F1"]),
        ({"party": "D'Hoore"}, ["F1"]),
        ({"party": "van den berg"}, ["F3"]),
        ({"party": "smet"}, ["X/7"]),
        ({"party": "F1"}, []),
        ({"number": "26000009"}, ["X/7"]),
        ({"number": "f3"}, ["F3"]),
        ({"number": "berg"}, []),
        ({"journal": "AK2"}, ["F3"]),
        ({"period": "2026-03"}, ["X/7", "F1"]),
        ({"paid": "yes"}, ["F1"]),
        ({"paid": "unknown"}, ["X/7"]),
        ({"credit_note": True}, ["F3"]),
        ({"credit_note": False}, ["X/7", "F1"]),
        ({"invoice_date_from": date(2026, 3, 2)}, ["F3", "X/7"]),
        ({"invoice_date_to": date(2026, 3, 2)}, ["X/7", "F1"]),
        ({"amount_from": Decimal(0)}, ["X/7", "F1"]),
        ({"amount_to": Decimal(20)}, ["F3", "X/7"]),
        ({"text": "CAFE"}, ["F1"]),
        ({"text": "x/7"}, ["X/7"]),
        ({"text": "de smet"}, ["X/7"]),
        ({"text": "%"}, []),
        ({"text": "_7"}, []),
        ({"journal": "AK", "paid": "unknown"}, ["X/7"]),
        ({"journal": "AK", "text": "f1", "amount_from": Decimal(100)}, ["F1"]),
    ],
)
def test_every_filter_of_the_archive_holds_for_both_sides(archive, three, wanted, found):
    assert invoice_numbers(archive, three, **wanted) == found
    amounts = {"F1": 121, "F3": -50, "X/7": 10}
    assert totals(archive, three, **wanted) == (len(found), sum(amounts[one] for one in found))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-date", ["F3", "X/7", "F1"]),
        ("date", ["F1", "X/7", "F3"]),
        ("party", ["F3", "F1", "X/7"]),
        ("-party", ["X/7", "F1", "F3"]),
        ("amount", ["F3", "X/7", "F1"]),
        ("-document", ["X/7", "F3", "F1"]),
        ("period", ["F1", "X/7", "F3"]),
        ("number", ["F1", "F3", "X/7"]),
        ("due", ["F1", "F3", "X/7"]),
        ("paid", ["F3", "X/7", "F1"]),
    ],
)
def test_bookings_and_documents_are_sorted_as_one_list_and_paged(archive, three, sort, order):
    whole = [line.invoice_number for line in lines(archive, three, sort=sort)]
    if sort in {"due", "period"}:
        assert sorted(whole) == sorted(order)
    else:
        assert whole == order
    paged = [line.invoice_number for offset in range(4) for line in lines(archive, three, sort=sort, limit=1, offset=offset)]
    assert paged == whole


def test_many_lines_come_page_by_page_in_one_order(archive, mirror, dossier):
    stories = [booked(dossier, f"2600010{n}", invoice_number=f"D{n}", invoice_date=date(2026, 3, 1 + n % 3)) for n in range(5)]
    mirror.replace(dossier, snapshot(*(booking(str(1 + n), stories[n][0] if n < 2 else None) for n in range(4))), 0)
    filled(archive, *(fact for _, story in stories for fact in story), synchronised(dossier))
    for sort in ("-date", "date", "party", "-party", "amount", "-document", "due", "-paid"):
        whole = lines(archive, dossier, sort=sort)
        paged = [line for offset in range(0, 9, 2) for line in lines(archive, dossier, sort=sort, limit=2, offset=offset)]
        assert len(whole) == len({msgspec.json.encode(line) for line in whole}) == 7
        assert paged == whole, sort


def test_one_document_is_found_with_what_the_archive_knows(archive, dossier):
    _, story = booked(dossier)
    filled(archive, *story)
    found = archive.find(story[0][0])
    assert (found.id, found.number, found.booked_at is not None) == (proposal_of(story[0][0]), "26000001", True)
    assert archive.find(UUID(int=1)) is None
