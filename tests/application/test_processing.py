"""What becomes of a file that breaks the workshop down, or takes too long in it: tried again, and again when somebody asks."""

import io
from uuid import uuid4

import pytest

from adapters.demo.paper import render_pdf
from adapters.inspection.pool import TASK_MODULES, Workshop
from adapters.inspection.protocol import Limits
from adapters.pdf import picture
from application.history import history_of
from application.jobs import Job, Later
from application.ports import TaskFailed, WorkshopUnfit
from application.processing import ATTEMPTS, draft_proposal, inspect_document, recognise_document
from application.recognition.reading import Kind, ReadDocument, Reading
from application.rereading import worth_reading_again
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Document, Progress
from invoices import bought
from web.settings import Settings
from web.workshops import scan_workshop


@pytest.fixture
def hurried(world):
    """The workbench on a machine so busy that no file is done in time."""
    with Workshop(1, limits=Limits(wall=0.001), modules=TASK_MODULES) as workshop:
        yield world.bench._replace(workshop=workshop)


@pytest.fixture
def document(world):
    return world.deliver(render_pdf(bought(1)[0]))


def job(document, attempt=1, correlation=None):
    return Job(id=uuid4(), kind="x", subject=document, cause=f"{document}/1", position=1, correlation=correlation, attempt=attempt)


def state(world, document):
    return world.bench.log.load(Document, document).state


def test_a_file_that_was_not_opened_in_time_is_unusable_only_after_the_last_try(world, hurried, document):
    for attempt in range(1, ATTEMPTS + 1):
        assert state(world, document).progress == Progress.ARRIVED
        with pytest.raises(TaskFailed):
            inspect_document(hurried, job(document, attempt))
    assert state(world, document).progress == Progress.UNUSABLE


def test_a_file_that_was_found_unusable_by_mistake_is_opened_when_the_job_is_tried_again(world, hurried, document):
    with pytest.raises(TaskFailed):
        inspect_document(hurried, job(document, ATTEMPTS))
    inspect_document(world.bench, job(document))
    assert state(world, document).progress == Progress.INSPECTED


def test_recognition_has_failed_only_after_the_last_try_and_may_be_tried_again(world, hurried, document):
    inspect_document(world.bench, job(document))
    with pytest.raises(TaskFailed):
        recognise_document(hurried, job(document))
    assert state(world, document).progress == Progress.INSPECTED
    with pytest.raises(TaskFailed):
        recognise_document(hurried, job(document, ATTEMPTS))
    assert state(world, document).progress == Progress.FAILED
    recognise_document(world.bench, job(document))
    assert state(world, document).progress == Progress.RECOGNISED


def test_what_the_machine_does_belongs_to_the_act_it_follows_from(world, document):
    correlation = uuid4()
    inspect_document(world.bench, job(document, correlation=correlation))
    recognise_document(world.bench, job(document, correlation=correlation))
    *_, inspected, recognised = world.bench.log.stream(document)
    assert {inspected.context.correlation, recognised.context.correlation} == {correlation}


def test_a_proposal_is_made_without_page_text_that_is_gone(world, document):
    world.settle()
    world.bench.objects.delete(state(world, document).recognition.words)
    world.bench.log.decide(Document, document, Document.submit, context=world.actor("anna").context)
    draft_proposal(world.bench, job(document))
    assert world.bench.log.load(BookingProposal, proposal_of(document)).state.total == bought(1)[0].total_incl


@pytest.fixture
def photo(world):
    """A photo of an invoice, opened and not read."""
    saved = io.BytesIO()
    picture(render_pdf(bought(1)[0]), 1, 150).convert("L").save(saved, "JPEG", dpi=(150, 150))
    document = world.deliver(saved.getvalue())
    inspect_document(world.bench, job(document))
    return document


def test_a_photo_is_read_by_the_process_for_scans(world, photo):
    with scan_workshop(Settings(), 1, 60.0) as scans:
        recognise_document(world.bench._replace(scans=scans), job(photo))
    read = {one.field: one.value for one in state(world, photo).recognition.fields}
    assert read["invoice_number"] == bought(1)[0].number


def test_a_scan_waits_its_turn_and_holds_up_nobody(world, photo, document):
    class Busy:
        busy = True

    reading = world.bench._replace(scans=Busy())
    with pytest.raises(Later):
        recognise_document(reading, job(photo))
    inspect_document(world.bench, job(document))
    recognise_document(reading, job(document))
    assert state(world, document).progress == Progress.RECOGNISED


@pytest.mark.parametrize("engine", ["rapidocr", "tesseract"])
def test_without_models_the_task_of_a_scan_fails_and_says_why_and_in_the_end_people_go_on(world, photo, tmp_path, engine):
    settings = Settings(ocr_engine=engine, ocr_models=str(tmp_path))
    with scan_workshop(settings, 1, 60.0) as scans:
        reading = world.bench._replace(scans=scans)
        with pytest.raises(WorkshopUnfit, match=str(tmp_path)):
            recognise_document(reading, job(photo))
        assert state(world, photo).progress == Progress.INSPECTED
        with pytest.raises(WorkshopUnfit):
            recognise_document(reading, job(photo, ATTEMPTS))
    assert (state(world, photo).progress, "niet klaar om te werken" in state(world, photo).reason) == (Progress.FAILED, True)
    with scan_workshop(Settings(), 1, 60.0) as scans:
        recognise_document(world.bench._replace(scans=scans), job(photo))
    assert state(world, photo).recognition.ocr.startswith("rapidocr")


def test_what_was_read_with_what_and_what_was_not_is_told_in_the_history(world, photo):
    class Sees:
        busy = False

        def run(self, *_, **__):
            return ReadDocument(reading=Reading(kind=Kind.SCAN), ocr="tesseract 5 nld", unread=(19, 20, 21), failed=(4, 7))

    recognise_document(world.bench._replace(scans=Sees()), job(photo))
    entry = history_of(world.bench.log, photo)[-1]
    assert [sentence.format(**values) for sentence, values in entry.details] == [
        "Gelezen met tesseract 5 nld",
        "Te veel gescande bladzijden, niet gelezen: 19–21",
        "Lezen mislukt op bladzijde: 4, 7",
    ]
    assert list(worth_reading_again(world.bench, [photo], None)) == [photo]
