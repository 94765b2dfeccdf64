from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from paper import BAKERY, GARAGE, drafted, fill, received, recognised

from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import proposal_of
from domain.document import Mailbox as Into
from domain.kernel import ERASED
from projections.mailbox import Box, Mailbox
from read_models import moments


@pytest.fixture
def mailbox(pool):
    return Mailbox(pool)


def names(mailbox, box=Box.PURCHASE, dossier=BAKERY, **wanted):
    rows, _count, _total = mailbox.page(dossier, box, **wanted)
    return [row.file_name for row in rows]


def counted(mailbox, dossier=BAKERY):
    return {box.value: count for box, count in mailbox.counts(dossier).items() if count}


def test_a_delivered_document_lies_in_its_mailbox_with_who_and_when(mailbox):
    document, anna = uuid4(), uuid4()
    fill(mailbox, moments((document, received(file_name="bakkerij.pdf", twin=GARAGE)), by=anna))
    row = mailbox.find(document)
    assert (row.file_name, row.delivered_by, row.progress, row.twin) == ("bakkerij.pdf", anna, "arrived", GARAGE)
    assert row.delivered_at == datetime(2026, 5, 5, 9, 1, tzinfo=UTC)
    assert counted(mailbox) == {"purchase": 1}
    assert counted(mailbox, GARAGE) == {}
    assert names(mailbox, dossier=GARAGE) == []


def test_a_purchase_shows_its_issuer_and_a_sale_its_buyer(mailbox):
    bought, sold = uuid4(), uuid4()
    read = recognised(issuer_name="De Molen", buyer_name="Café Één", invoice_number="77", total_incl="12.50", issue_date="2026-02-30")
    fill(mailbox, moments((bought, received()), (sold, received(mailbox=Into.SALES)), (bought, read), (sold, read)))
    assert (mailbox.find(bought).party, mailbox.find(sold).party) == ("De Molen", "Café Één")
    row = mailbox.find(bought)
    assert (row.invoice_number, row.total, row.progress, row.invoice_date) == ("77", Decimal("12.50"), "recognised", None)


def test_a_file_that_does_not_open_says_why(mailbox):
    locked, broken = uuid4(), uuid4()
    told = [(locked, documents.DocumentFoundUnusable(reason="Beveiligd.")), (broken, documents.RecognitionFailed(reason="Mislukt."))]
    fill(mailbox, moments((locked, received()), (broken, received()), *told))
    assert (mailbox.find(locked).progress, mailbox.find(locked).reason) == ("unusable", "Beveiligd.")
    assert (mailbox.find(broken).progress, mailbox.find(broken).reason) == ("failed", "Mislukt.")


def test_a_document_moves_from_box_to_box(mailbox):
    document = uuid4()
    events = moments(
        (document, received()),
        (document, documents.DocumentMoved(mailbox=Into.SALES)),
        (document, documents.DocumentHandled()),
        (document, documents.DocumentSubmitted()),
        (proposal_of(document), drafted(document)),
        (proposal_of(document), proposals.BookingAccepted(package_id="1")),
    )
    seen = []
    for upto in range(1, len(events) + 1):
        fill(mailbox, events[:upto])
        seen.append(counted(mailbox))
    assert seen == [{"purchase": 1}, {"sales": 1}, {"sales": 1, "to_send": 1}, {"processing": 1}, {"processing": 1}, {}]


def test_a_booking_the_package_refuses_is_in_processing_again(mailbox):
    document = uuid4()
    proposal = proposal_of(document)
    told = [drafted(document), proposals.BookingAccepted(package_id="1"), proposals.BookingRefused(reason="Nee.")]
    submitted = (document, documents.DocumentSubmitted())
    fill(mailbox, moments((document, received()), submitted, *((proposal, one) for one in told)))
    assert (mailbox.find(document).stage, counted(mailbox)) == ("refused", {"processing": 1})


def test_a_miscellaneous_document_is_done_when_the_office_dealt_with_it(mailbox):
    document = uuid4()
    told = [received(mailbox=Into.MISC), documents.DocumentSubmitted(), documents.DocumentProcessed()]
    fill(mailbox, moments(*((document, one) for one in told)))
    assert counted(mailbox) == {}


def test_a_deleted_document_is_gone_and_a_restored_one_is_back(mailbox):
    gone, back = uuid4(), uuid4()
    told = [(gone, documents.DocumentDeleted()), (back, documents.DocumentDeleted()), (back, documents.DocumentRestored())]
    fill(mailbox, moments((gone, received(file_name="weg.pdf")), (back, received(file_name="terug.pdf")), *told))
    assert names(mailbox) == ["terug.pdf"]
    assert counted(mailbox) == {"purchase": 1}


def test_an_erased_document_leaves_no_name_and_is_in_no_list(mailbox):
    document = uuid4()
    read = recognised(issuer_name="De Molen", invoice_number="77", total_incl="12.50")
    fill(mailbox, moments((document, received()), (document, read), (document, documents.DocumentErased(ground="request"))))
    row = mailbox.find(document)
    assert (row.file_name, row.party, row.party_sort, row.invoice_number) == (ERASED, ERASED, "", "")
    assert counted(mailbox) == {}
    assert names(mailbox) == names(mailbox, text="molen") == []


def test_who_only_delivers_sees_and_counts_only_his_own(mailbox):
    ed, anna = uuid4(), uuid4()
    own = moments((uuid4(), received(file_name="van ed.pdf")), by=ed)
    fill(mailbox, own, moments((uuid4(), received(file_name="van anna.pdf")), by=anna))
    assert names(mailbox, only_by=ed) == ["van ed.pdf"]
    assert mailbox.counts(BAKERY, ed)[Box.PURCHASE] == mailbox.unhandled(BAKERY, ed)[Box.PURCHASE] == 1
    assert mailbox.counts(BAKERY)[Box.PURCHASE] == 2
    assert mailbox.page(BAKERY, Box.PURCHASE, only_by=uuid4()) == ([], 0, 0)


def test_what_is_not_handled_yet_is_counted_and_can_be_filtered(mailbox):
    ready, waiting = uuid4(), uuid4()
    told = [(ready, documents.DocumentHandled()), (waiting, documents.DocumentHandled()), (waiting, documents.DocumentUnhandled())]
    fill(mailbox, moments((ready, received(file_name="klaar.pdf")), (waiting, received(file_name="wacht.pdf")), *told))
    assert names(mailbox, handled=True) == ["klaar.pdf"]
    assert names(mailbox, handled=False) == ["wacht.pdf"]
    assert mailbox.page(BAKERY, Box.PURCHASE, handled=False)[1] == 1
    assert mailbox.unhandled(BAKERY) == {Box.PURCHASE: 1}
    assert names(mailbox, Box.TO_SEND) == ["klaar.pdf"]


def read_documents(*fields):
    facts = []
    for number, one in enumerate(fields):
        document = uuid4()
        facts += [(document, received(file_name=f"{number}.pdf")), (document, recognised(**one))]
    return moments(*facts)


def test_counterparties_are_in_order_without_accents_and_particles(mailbox):
    parties = ["Zoo", "de Smet", "Émile", "Van den Berg", "aalst"]
    fill(mailbox, read_documents(*({"issuer_name": name} for name in parties)))
    rows, _, _ = mailbox.page(BAKERY, Box.PURCHASE, sort="party")
    assert [row.party for row in rows] == ["aalst", "Van den Berg", "Émile", "de Smet", "Zoo"]
    rows, _, _ = mailbox.page(BAKERY, Box.PURCHASE, sort="-party")
    assert [row.party for row in rows] == ["Zoo", "de Smet", "Émile", "Van den Berg", "aalst"]


@pytest.mark.parametrize(
    ("sort", "field", "order"),
    [("total", "total_incl", ["2.50", "30.00", "100.00"]), ("due", "due_date", ["2026-01-31", "2026-02-01", "2026-11-01"])],
)
def test_what_is_not_known_comes_last_whichever_way_it_is_sorted(mailbox, sort, field, order):
    shuffled = [{field: order[2]}, {}, {field: order[0]}, {field: order[1]}]
    fill(mailbox, read_documents(*shuffled))
    assert names(mailbox, sort=sort) == ["2.pdf", "3.pdf", "0.pdf", "1.pdf"]
    assert names(mailbox, sort=f"-{sort}") == ["0.pdf", "3.pdf", "2.pdf", "1.pdf"]


def test_credit_notes_count_as_negative(mailbox):
    fill(mailbox, read_documents({"total_incl": "100.00"}, {"total_incl": "30.00", "type_code": "381"}))
    assert mailbox.page(BAKERY, Box.PURCHASE)[1:] == (2, Decimal("70.00"))
    assert names(mailbox, sort="total") == ["1.pdf", "0.pdf"]


@pytest.mark.parametrize("text", ["2026-00123", "smet", "DE SMET", "één bv", "1.234,50", "1234,5", "0.pdf", "smet &"])
def test_a_document_is_found_by_what_it_shows(mailbox, text):
    read = {"issuer_name": "De Smet & Één BV", "invoice_number": "F/2026-00123", "total_incl": "1234.50"}
    fill(mailbox, read_documents(read, {"issuer_name": "Ander", "invoice_number": "9", "total_incl": "7"}))
    assert names(mailbox, text=text) == ["0.pdf"]
    assert mailbox.page(BAKERY, Box.PURCHASE, text=text)[1:] == (1, Decimal("1234.50"))


@pytest.mark.parametrize("text", ["onbestaand", "10%1", "_", "smet 9"])
def test_what_was_typed_is_no_pattern(mailbox, text):
    fill(mailbox, read_documents({"issuer_name": "De Smet", "invoice_number": "1001"}))
    expected = ["0.pdf"] if text == "_" else []  # a text without letters or digits asks for nothing
    assert names(mailbox, text=text) == expected


def test_pages_follow_each_other_without_gap_or_repeat(mailbox):
    fill(mailbox, moments(*((uuid4(), received(file_name=f"{number}.pdf")) for number in range(7))))
    for sort in ("-delivered", "delivered", "party", "-name", "total", "pages"):
        whole = names(mailbox, sort=sort)
        paged = [name for offset in (0, 3, 6) for name in names(mailbox, sort=sort, limit=3, offset=offset)]
        assert (len(whole), paged) == (7, whole)
        assert names(mailbox, sort=sort, limit=3, offset=9) == []
    assert names(mailbox)[0] == "6.pdf"


def test_a_list_shows_when_a_document_was_submitted(mailbox):
    document = uuid4()
    fill(mailbox, moments((document, received()), (document, documents.DocumentSubmitted())))
    row = mailbox.find(document)
    assert row.submitted_at - row.delivered_at == timedelta(minutes=1)
