"""Reading again what recognition broke down on or an older engine read: nothing a person decided is lost."""

import pytest
from msgspec import structs

from adapters.inspection.pool import TASK_MODULES, Workshop
from adapters.inspection.protocol import Limits
from application import processing, rereading, worklist
from application.jobs import Job
from application.ports import TaskFailed
from domain.booking_proposal import BookingProposal, ProposalCorrected, ProposalRedrafted, Stage, proposal_of
from domain.document import Document, Progress
from world import pdf


def job(document):
    return Job(id=document, kind="x", subject=document, cause=f"{document}/1", position=1, correlation=None, attempt=processing.ATTEMPTS)


@pytest.fixture
def failed(world):
    """A submitted invoice on which recognition broke down, with its empty proposal."""
    document = world.deliver(pdf(2))
    processing.inspect_document(world.bench, job(document))
    with Workshop(1, limits=Limits(wall=0.001), modules=TASK_MODULES) as workshop, pytest.raises(TaskFailed):
        processing.recognise_document(world.bench._replace(workshop=workshop), job(document))
    world.submit(document)
    processing.draft_proposal(world.bench, job(document))
    return document


def proposal(world, document):
    return world.bench.log.load(BookingProposal, proposal_of(document)).state


def again(world, *documents, by="bart"):
    outcome = rereading.recognise_again(world.bench, world.actor(by), documents)
    for document in outcome.done:
        processing.recognise_document(world.bench, job(document))
        processing.redraft_proposal(world.bench, job(document))
    return outcome


def test_a_failed_document_that_is_read_again_gets_its_fields(world, failed):
    before = proposal(world, failed)
    assert (before.unread, before.invoice_number, before.total) == (True, "", None)
    assert again(world, failed).done == (failed,)
    after = proposal(world, failed)
    assert (after.unread, after.stage, bool(after.invoice_number), after.total is not None) == (False, Stage.OPEN, True, True)


def test_what_somebody_filled_in_meanwhile_stays(world, failed):
    worklist.correct(world.bench, world.actor("bart"), proposal_of(failed), ProposalCorrected(invoice_number="MIJN-1"))
    again(world, failed)
    after = proposal(world, failed)
    assert after.invoice_number == "MIJN-1"
    assert after.total is not None


def test_the_same_engine_reads_the_same_and_nothing_follows(world, failed):
    again(world, failed)
    length = len(world.bench.log.stream(proposal_of(failed)))
    assert again(world, failed).done == (failed,)
    assert len(world.bench.log.stream(proposal_of(failed))) == length


def test_what_is_checked_is_refused_and_the_others_go_on(world, failed):
    document = world.deliver(pdf(3))
    world.settle()
    world.submit(document)
    world.settle()
    worklist.check(world.bench, world.actor("bart"), proposal_of(document))
    outcome = again(world, document, failed)
    assert outcome.done == (failed,)
    assert "nagekeken" in str(outcome.refused[document])


def test_a_newer_engine_rereads_what_an_older_one_read(world, failed, monkeypatch):
    again(world, failed)
    documents = [failed]
    assert list(rereading.worth_reading_again(world.bench, documents, None)) == []
    assert list(rereading.worth_reading_again(world.bench, documents, processing.ENGINE)) == []
    newer = f"daybook-{rereading.generation(processing.ENGINE) + 1}"
    assert list(rereading.worth_reading_again(world.bench, documents, newer)) == documents
    monkeypatch.setattr(processing, "ENGINE", newer)
    again(world, failed)
    assert world.bench.log.load(Document, failed).state.recognition.engine == newer
    assert list(rereading.worth_reading_again(world.bench, documents, newer)) == []


def test_what_failed_is_worth_it_whatever_the_engine(world, failed):
    assert world.bench.log.load(Document, failed).state.progress == Progress.FAILED
    assert list(rereading.worth_reading_again(world.bench, [failed], None)) == [failed]


def test_the_worker_does_it_all_from_one_request(world, failed):
    world.settle()
    rereading.recognise_again(world.bench, world.actor("bart"), [failed])
    world.settle()
    row = world.models.worklist.find(proposal_of(failed))
    assert (row.unread, row.state in ("ocr", "empty"), row.total is not None) == (False, False, True)
    last = [one.event for one in world.bench.log.stream(proposal_of(failed))]
    assert isinstance(last[-1], ProposalRedrafted)
    assert structs.asdict(last[-1])["kept"] == ()
