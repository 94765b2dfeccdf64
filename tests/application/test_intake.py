from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.demo.paper import render_pdf, render_scan
from adapters.demo.peppol import render_ubl
from application import intake, mailboxes
from application.event_log import NotFoundError
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Channel, Document, Mailbox, Progress
from domain.kernel import Refused
from invoices import bought


@pytest.fixture(scope="module")
def pdf():
    return render_pdf(bought(1)[0])


def delivery(world, data, key="k1", **changes):
    given = {
        "dossier": world.bakery,
        "mailbox": Mailbox.PURCHASE,
        "channel": Channel.UPLOAD,
        "file_name": "f.pdf",
        "data": data,
        "key": key,
    }
    return intake.Delivery(**(given | changes))


def test_acknowledged_means_that_bytes_and_event_are_there(world, pdf):
    receipt = intake.receive(world.bench, world.actor("anna"), delivery(world, pdf))
    state = world.bench.log.load(Document, receipt.document).state
    assert world.bench.objects.get(state.sha256) == pdf
    assert state.progress == Progress.ARRIVED


def test_redelivery_under_the_same_key_is_the_same_document(world, pdf):
    first = intake.receive(world.bench, world.actor("anna"), delivery(world, pdf))
    again = intake.receive(world.bench, world.actor("anna"), delivery(world, pdf))
    assert (again.document, again.repeated) == (first.document, True)


def stored(world):
    return {path.name for path in (world.cell.settings.data / "objects").glob("??/*")}


def test_another_file_under_a_used_key_is_refused_and_not_kept(world, pdf):
    intake.receive(world.bench, world.actor("anna"), delivery(world, pdf))
    before = stored(world)
    with pytest.raises(Refused, match="ander bestand"):
        intake.receive(world.bench, world.actor("anna"), delivery(world, pdf + b"\n"))
    assert stored(world) == before


def test_of_different_files_at_once_under_one_key_only_the_first_is_kept(world, pdf):
    before = len(stored(world))

    def bring(number):
        try:
            return intake.receive(world.bench, world.actor("anna"), delivery(world, pdf + b"\n" * number))
        except Refused:
            return None

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(bring, range(8)))
    assert len([one for one in receipts if one]) == 1
    assert len(stored(world)) == before + 1


def test_the_same_bytes_again_are_a_second_document_that_points_at_the_first(world, pdf):
    first = intake.receive(world.bench, world.actor("anna"), delivery(world, pdf, "k1"))
    second = intake.receive(world.bench, world.actor("ed"), delivery(world, pdf, "k2"))
    assert second.document != first.document
    assert (first.twin, second.twin) == (None, first.document)


def test_many_deliveries_of_the_same_bytes_at_once_are_all_kept(world, pdf):
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda n: intake.receive(world.bench, world.actor("anna"), delivery(world, pdf, f"k{n}")), range(8)))
    assert len({one.document for one in receipts}) == 8
    assert [one.twin for one in receipts].count(None) == 1


def test_a_file_that_is_none_of_ours_leaves_nothing_behind(world):
    with pytest.raises(Refused, match="geen PDF"):
        intake.receive(world.bench, world.actor("anna"), delivery(world, b"PK\x03\x04 een zip"))
    world.settle()
    assert world.models.mailbox.counts(world.bakery)["purchase"] == 0


@pytest.mark.parametrize(("key", "outcome"), [("ivo", Forbidden), ("chris", NotFoundError), ("staf", Forbidden)])
def test_who_may_not_deliver_here_cannot(world, pdf, key, outcome):
    with pytest.raises(outcome):
        intake.receive(world.bench, world.actor(key), delivery(world, pdf))


def test_a_text_pdf_is_read_and_the_client_sees_what_was_recognised(world, pdf):
    invoice = bought(1)[0]
    document = world.deliver(pdf)
    world.settle()
    row = world.models.mailbox.find(document)
    assert (row.progress, row.pages) == ("recognised", world.bench.log.load(Document, document).state.pages)
    assert (row.total, row.invoice_number) == (invoice.total_incl, invoice.number)


def test_an_electronic_invoice_becomes_a_complete_proposal(world):
    invoice = bought(1)[0]
    document = world.deliver(render_ubl(invoice, render_pdf(invoice)), name="f.xml")
    world.submit(document)
    world.settle()
    state = world.bench.log.load(BookingProposal, proposal_of(document)).state
    assert (state.invoice_number, state.total, state.party_vat) == (invoice.number, invoice.total_incl, invoice.seller.vat_number)
    assert state.difference() == 0
    assert world.bench.log.load(Document, document).state.recognition.view is not None


def test_a_scan_becomes_an_empty_proposal_for_a_person_to_fill_in(world):
    document = world.deliver(render_scan(bought(1)[0]), name="scan.jpg")
    world.submit(document)
    world.settle()
    assert world.models.worklist.find(proposal_of(document)).state == "empty"


def test_a_damaged_file_is_kept_and_says_why_it_cannot_be_opened(world, pdf):
    document = world.deliver(pdf[:400])
    world.settle()
    row = world.models.mailbox.find(document)
    assert row.progress == "unusable"
    assert "beschadigd" in row.reason
    assert "kan niet geopend worden" in str(next(iter(mailboxes.submit(world.bench, world.actor("anna"), [document]).refused.values())))


def test_who_only_delivers_sees_only_what_he_delivered(world, pdf):
    own, other = world.deliver(pdf, by="ed"), world.deliver(pdf, by="anna")
    assert mailboxes.visible_document(world.bench, world.actor("ed"), own).file_name == "factuur.pdf"
    with pytest.raises(NotFoundError):
        mailboxes.visible_document(world.bench, world.actor("ed"), other)
    with pytest.raises(Forbidden):
        mailboxes.rename(world.bench, world.actor("ed"), own, "anders")
