"""Documents are cut and joined, change type or move to another dossier; all of it can be undone while nobody worked with the result."""

import io

import pikepdf
import pytest

from application import mailboxes, page_cutting, worklist
from application.event_log import NotFoundError
from application.permissions import Forbidden
from domain.booking_proposal import BookingProposal, ProposalCorrected, Stage, proposal_of
from domain.document import Document, Mailbox
from domain.document_parts import Part, TakenPage
from domain.kernel import Refused
from typed_pdf import typed_pdf
from world import pdf, ubl


def bundle(*texts):
    """A PDF with a page a text."""
    with pikepdf.new() as made:
        for text in texts:
            with pikepdf.open(io.BytesIO(typed_pdf(text))) as page:
                made.pages.extend(page.pages)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def part(document, *pages, name="deel.pdf", turn=0):
    return Part(file_name=name, pages=tuple(TakenPage(document=document, page=page, turn=turn) for page in pages))


def state(world, document):
    return world.bench.log.load(Document, document).state


def rows(world, box=Mailbox.PURCHASE):
    world.settle()
    return {row.document for row in world.models.mailbox.page(world.bakery, box)[0]}


def listed(world, tab="purchase", dossier=None):
    world.settle()
    return {row.document for row in world.models.worklist.page(dossier or world.bakery, tab)[0]}


def pages(world, document):
    """The content of each page of a document."""
    with pikepdf.open(io.BytesIO(world.bench.objects.get(state(world, document).sha256))) as opened:
        return [page.Contents.read_raw_bytes() for page in opened.pages]


@pytest.fixture
def scan(world):
    """Five pages that Ed handed in."""
    document = world.deliver(bundle(*(f"blad {n}" for n in range(1, 6))), by="ed", name="bundel.pdf")
    world.settle()
    return document


def cut(world, scan, by="anna", *, keep=False):
    return page_cutting.cut(world.bench, world.actor(by), [scan], [part(scan, 1, 2), part(scan, 5, 3, name="tweede.pdf")], keep=keep)


def test_parts_have_the_pages_asked_for_as_they_were(world, scan):
    before = pages(world, scan)
    made = cut(world, scan).documents
    assert [pages(world, one) for one in made] == [[before[0], before[1]], [before[4], before[2]]]


def test_parts_stand_in_the_mailbox_in_the_place_of_their_source(world, scan):
    assert rows(world) == {scan}
    made = cut(world, scan).documents
    assert rows(world) == set(made)
    assert state(world, made[1]).file_name == "tweede.pdf"
    assert state(world, made[0]).recognition is not None


def test_a_source_can_stay_beside_its_parts(world, scan):
    made = cut(world, scan, keep=True).documents
    assert rows(world) == {scan, *made}


def test_a_source_keeps_its_bytes(world, scan):
    before = world.bench.objects.get(state(world, scan).sha256)
    cut(world, scan)
    assert world.bench.objects.get(state(world, scan).sha256) == before


def test_parts_were_delivered_by_who_delivered_their_source(world, scan):
    made = cut(world, scan).documents
    world.settle()
    row, source = (world.models.mailbox.find(one) for one in (made[0], scan))
    assert (row.delivered_by, row.delivered_at) == (source.delivered_by, source.delivered_at)
    assert mailboxes.visible_document(world.bench, world.actor("ed"), made[0])


def test_undo_puts_the_source_back_and_takes_the_parts_away(world, scan):
    cut(world, scan)
    world.settle()
    page_cutting.undo(world.bench, world.actor("anna"), scan)
    assert rows(world) == {scan}


def test_it_cannot_be_undone_once_somebody_worked_with_a_part(world, scan):
    made = cut(world, scan).documents
    mailboxes.mark_handled(world.bench, world.actor("anna"), made[1], handled=True)
    with pytest.raises(Refused, match="al gewerkt"):
        page_cutting.undo(world.bench, world.actor("anna"), scan)


def test_what_was_cut_is_not_cut_again(world, scan):
    cut(world, scan)
    with pytest.raises(Refused, match="vervangen"):
        cut(world, scan)


def test_several_documents_become_one(world, scan):
    other = world.deliver(pdf(), name="factuur.pdf")
    world.settle()
    [made] = page_cutting.cut(
        world.bench,
        world.actor("anna"),
        [other, scan],
        [Part(file_name="samen.pdf", pages=(*part(scan, 1).pages, *part(other, 1).pages))],
    ).documents
    assert pages(world, made) == [pages(world, scan)[0], pages(world, other)[0]]
    assert rows(world) == {made}
    page_cutting.undo(world.bench, world.actor("anna"), other)
    assert rows(world) == {scan, other}


def test_an_e_invoice_is_not_cut_and_says_so(world):
    document = world.deliver(ubl(), name="factuur.xml")
    world.settle()
    with pytest.raises(Refused, match="e-factuur"):
        page_cutting.cuttable(world.bench, world.actor("anna"), [document])


@pytest.mark.parametrize(("who", "error"), [("chris", NotFoundError), ("ed", Forbidden), ("staf", Forbidden)])
def test_a_mailbox_is_arranged_by_who_edits_its_documents(world, scan, who, error):
    with pytest.raises(error):
        cut(world, scan, by=who)
    with pytest.raises(error):
        page_cutting.undo(world.bench, world.actor(who), scan)


@pytest.fixture
def submitted(world, scan):
    world.submit(scan)
    world.settle()
    return scan


def test_parts_of_a_submitted_document_are_proposed_in_the_worklist(world, submitted):
    made = cut(world, submitted, by="bart").documents
    assert listed(world) == set(made)
    assert world.bench.log.load(BookingProposal, proposal_of(submitted)).state.stage == Stage.DELETED
    assert all(world.bench.log.find(BookingProposal, proposal_of(one)) for one in made)


def test_undo_in_the_worklist_gives_the_proposal_back(world, submitted):
    cut(world, submitted, by="bart")
    world.settle()
    page_cutting.undo(world.bench, world.actor("bart"), submitted)
    assert listed(world) == {submitted}
    worklist.correct(world.bench, world.actor("bart"), proposal_of(submitted), ProposalCorrected(invoice_number="7"))


def test_a_client_does_not_cut_what_he_submitted(world, submitted):
    with pytest.raises(Forbidden):
        cut(world, submitted)


def test_another_type_begins_anew_in_its_tab(world, submitted):
    outcome = page_cutting.change_types(world.bench, world.actor("bart"), [submitted], Mailbox.SALES)
    assert (outcome.done, outcome.refused) == ((submitted,), {})
    assert listed(world) == set()
    [sale] = listed(world, "sales")
    assert world.bench.log.load(BookingProposal, proposal_of(sale)).state.kind == "sales"
    page_cutting.undo(world.bench, world.actor("bart"), submitted)
    assert (listed(world), listed(world, "sales")) == ({submitted}, set())


def test_in_another_dossier_it_begins_anew_and_its_former_client_does_not_see_that(world, submitted):
    made = page_cutting.begin_again(world.bench, world.actor("dora"), submitted, dossier=world.garage).documents[0]
    assert (listed(world), listed(world, dossier=world.garage)) == (set(), {made})
    assert state(world, made).origin.documents == (submitted,)
    assert state(world, submitted).replacement.parts == (made,)
    with pytest.raises(NotFoundError):
        mailboxes.seen_document(world.bench, world.actor("anna"), made)
    assert mailboxes.seen_document(world.bench, world.actor("chris"), made).sha256 == state(world, submitted).sha256


@pytest.mark.parametrize(
    ("who", "error"), [("bart", NotFoundError), ("staf", NotFoundError), ("anna", NotFoundError), ("chris", Forbidden)]
)
def test_it_takes_permission_in_both_dossiers_to_move_a_document(world, submitted, who, error):
    with pytest.raises(error):
        page_cutting.transfer_all(world.bench, world.actor(who), [submitted], world.garage)


def test_one_that_was_sent_stays_and_the_others_go(world, submitted):
    waiting = world.deliver(pdf(), name="nog niet.pdf")
    world.settle()
    outcome = page_cutting.change_types(world.bench, world.actor("bart"), [waiting, submitted], Mailbox.MISC)
    assert outcome.done == (submitted,)
    assert "verzonden" in str(outcome.refused[waiting])
