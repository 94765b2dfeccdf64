from uuid import UUID

from domain.anchor import Anchor, Way
from domain.document import (
    Channel,
    Document,
    DocumentDeleted,
    DocumentErased,
    DocumentFoundUnusable,
    DocumentHandled,
    DocumentInspected,
    DocumentMoved,
    DocumentProcessed,
    DocumentReceived,
    DocumentRecognised,
    DocumentRenamed,
    DocumentRestored,
    DocumentSubmitted,
    DocumentTaught,
    DocumentUnhandled,
    Mailbox,
    RecognitionFailed,
    RecognitionRequested,
)
from scenario import scenario

RECEIVED = DocumentReceived(
    dossier=UUID(int=1),
    mailbox=Mailbox.PURCHASE,
    channel=Channel.UPLOAD,
    file_name="factuur.pdf",
    media_type="application/pdf",
    size=1000,
    sha256="ab" * 32,
)
ANCHOR = Anchor(field="invoice_number", way=Way.RIGHT, label="stuk", shape="9999/999")
READ = DocumentRecognised(engine="test", kind="text-pdf")


def document(*events):
    return scenario(Document).given(RECEIVED, *events)


def test_a_file_that_opens_is_inspected_once():
    document().when(Document.inspect, 2).then(DocumentInspected(pages=2))
    document(DocumentInspected(pages=2)).when(Document.inspect, 2).then_nothing()


def test_a_file_that_browsers_do_not_show_has_a_pdf_that_shows_it():
    inspected = document().when(Document.inspect, 1, "cd" * 32).then(DocumentInspected(pages=1, view="cd" * 32))
    assert inspected.after.state.view == "cd" * 32


def test_a_file_that_does_not_open_is_unusable_and_says_why():
    document().when(Document.refuse_file, "beschadigd").then(DocumentFoundUnusable(reason="beschadigd"))


def test_a_file_that_opens_when_it_is_tried_again_is_usable_after_all():
    document(DocumentFoundUnusable(reason="te traag")).when(Document.inspect, 2).then(DocumentInspected(pages=2))


def test_recognition_is_kept_and_the_same_reading_changes_nothing():
    document(DocumentInspected(pages=1)).when(Document.recognise, READ).then(READ)
    document(READ).when(Document.recognise, READ).then_nothing()


def test_a_failure_does_not_undo_what_was_read_before():
    document(READ).when(Document.fail_recognition, "vast").then_nothing()
    document().when(Document.fail_recognition, "vast").then(RecognitionFailed(reason="vast"))


def test_an_unusable_document_is_not_recognised():
    document(DocumentFoundUnusable(reason="x")).when(Document.recognise, READ).then_nothing()


def test_renaming_tidies_the_name_and_the_same_name_changes_nothing():
    document().when(Document.rename, "  Factuur   mei ").then(DocumentRenamed(file_name="Factuur mei"))
    document().when(Document.rename, "factuur.pdf").then_nothing()
    document().when(Document.rename, "  ").then_refused("naam")
    document().when(Document.rename, "fac\0tuur\u202emei\n").then(DocumentRenamed(file_name="fac tuur mei"))


def test_handled_is_ticked_and_unticked():
    document().when(Document.mark_handled, handled=True).then(DocumentHandled())
    document(DocumentHandled()).when(Document.mark_handled, handled=False).then(DocumentUnhandled())
    document(DocumentHandled()).when(Document.mark_handled, handled=True).then_nothing()


def test_a_document_moves_to_another_mailbox():
    document().when(Document.move, Mailbox.SALES).then(DocumentMoved(mailbox=Mailbox.SALES))
    document().when(Document.move, Mailbox.PURCHASE).then_nothing()


def test_a_deleted_document_can_only_be_restored():
    document().when(Document.delete).then(DocumentDeleted())
    document(DocumentDeleted()).when(Document.submit).then_refused("verwijderd")
    document(DocumentDeleted()).when(Document.rename, "x").then_refused("verwijderd")
    document(DocumentDeleted()).when(Document.restore).then(DocumentRestored())
    document().when(Document.restore).then_nothing()


def test_a_document_is_submitted_once_and_then_out_of_the_clients_hands():
    document(DocumentInspected(pages=1)).when(Document.submit).then(DocumentSubmitted())
    document(DocumentSubmitted()).when(Document.submit).then_nothing()
    document(DocumentSubmitted()).when(Document.rename, "x").then_refused("al verzonden")
    document(DocumentSubmitted()).when(Document.delete).then_refused("al verzonden")


def test_what_is_still_being_opened_cannot_be_submitted_yet():
    document().when(Document.submit).then_refused("wordt nog geopend")
    document(RecognitionFailed(reason="vast")).when(Document.submit).then(DocumentSubmitted())


def test_what_cannot_be_opened_cannot_be_submitted():
    document(DocumentFoundUnusable(reason="x")).when(Document.submit).then_refused("kan niet geopend worden")


def test_only_a_submitted_miscellaneous_document_is_processed_by_the_office():
    document(DocumentMoved(mailbox=Mailbox.MISC), DocumentSubmitted()).when(Document.process).then(DocumentProcessed())
    document(DocumentSubmitted()).when(Document.process).then_refused("diverse documenten")
    document(DocumentMoved(mailbox=Mailbox.MISC)).when(Document.process).then_refused("diverse documenten")


def test_what_its_corrections_taught_is_kept_once_and_replaced_by_what_they_teach_later():
    nothing, something = DocumentTaught(supplier=UUID(int=5)), DocumentTaught(supplier=UUID(int=5), learnt=(ANCHOR,))
    document().when(Document.teach, nothing).then_nothing()
    document().when(Document.teach, something).then(something)
    document(something).when(Document.teach, something).then_nothing()
    document(something).when(Document.teach, nothing).then(nothing)
    document(DocumentErased(ground="request")).when(Document.teach, something).then_nothing()


def test_an_erased_document_is_out_of_reach():
    document().when(Document.erase, "request").then(DocumentErased(ground="request"))
    document(DocumentErased(ground="request")).when(Document.erase, "request").then_nothing()
    document(DocumentErased(ground="request")).when(Document.submit).then_refused("gewist")
    document(DocumentErased(ground="request")).when(Document.recognise, READ).then_nothing()


def test_a_document_that_was_opened_is_read_again_when_asked():
    for events in ((DocumentInspected(pages=1),), (DocumentInspected(pages=1), READ), (RecognitionFailed(reason="x"),)):
        outcome = document(*events).when(Document.request_recognition).then(RecognitionRequested())
        assert outcome.after.state.read_again
        assert not outcome.after.given(READ).state.read_again


def test_what_was_never_opened_or_is_gone_is_not_read_again():
    document().when(Document.request_recognition).then_refused("niet geopend")
    document(DocumentFoundUnusable(reason="x")).when(Document.request_recognition).then_refused("niet geopend")
    document(DocumentInspected(pages=1), DocumentErased(ground="request")).when(Document.request_recognition).then_refused("gewist")


def test_a_reading_that_fails_again_says_so_once():
    failed = RecognitionFailed(reason="Vastgelopen.")
    again = document(failed, RecognitionRequested()).when(Document.fail_recognition, "Vastgelopen.").then(failed)
    again.after.when(Document.fail_recognition, "Vastgelopen.").then_nothing()
    document(READ, RecognitionRequested()).when(Document.fail_recognition, "Vastgelopen.").then_nothing()
