"""What is booked bears its number, on a copy: the original stays as it came."""

import pytest

from adapters import pdf
from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from application import erasure, sending, worklist
from application.erasure import Ground
from application.jobs import Job
from application.processing import shown_object
from application.stamping import stamp_document
from domain.booking_proposal import proposal_of
from domain.document import Document, DocumentStamped
from invoices import bought, proposal


def text_of(data):
    return " ".join(word.text for page in pdf.words(data) for word in page.words)


def state(world, document):
    return world.bench.log.load(Document, document).state


def submitted(world, data, name):
    document = world.deliver(data, name=name)
    world.submit(document)
    world.settle()
    return document


def booked(world, data, name="factuur.pdf"):
    document = submitted(world, data, name)
    bart = world.actor("bart")
    worklist.check(world.bench, bart, proposal_of(document))
    sending.send(world.bench, bart, [proposal_of(document)])
    world.settle()
    return document


def stamps(world, document):
    return [moment.event for moment in world.bench.log.stream(document) if isinstance(moment.event, DocumentStamped)]


@pytest.fixture(scope="module")
def invoice():
    return bought(1)[0]


def test_a_booked_invoice_is_shown_with_its_number_and_kept_without(world, invoice):
    original = render_pdf(invoice)
    document = booked(world, original)
    numbered, now = proposal(world, proposal_of(document)), state(world, document)
    (stamped,) = stamps(world, document)
    assert stamped.text == f"{numbered.journal} {numbered.number}"
    assert shown_object(now) == (stamped.copy, "application/pdf")
    assert stamped.text in text_of(world.bench.objects.get(stamped.copy))
    assert world.bench.objects.get(now.sha256) == original


def test_of_an_electronic_invoice_the_pdf_inside_gets_the_number(world, invoice):
    document = booked(world, render_ubl(invoice, render_pdf(invoice)), "factuur.xml")
    now = state(world, document)
    assert now.stamped.text in text_of(world.bench.objects.get(shown_object(now)[0]))


def test_an_electronic_invoice_without_a_pdf_is_left_as_it_is(world, invoice):
    assert stamps(world, booked(world, render_ubl(invoice), "factuur.xml")) == []


def test_what_is_not_booked_has_no_number_on_it(world, invoice):
    document = submitted(world, render_pdf(invoice), "factuur.pdf")
    assert state(world, document).stamped is None
    assert shown_object(state(world, document))[0] == state(world, document).sha256


def test_stamping_again_changes_nothing(world, invoice):
    document = booked(world, render_pdf(invoice))
    job = Job(id=document, kind="stamp", subject=proposal_of(document), cause=f"{document}/1", position=1, correlation=None, attempt=1)
    stamp_document(world.bench, job)
    assert len(stamps(world, document)) == 1


def test_the_copy_of_an_erased_document_is_gone(world, invoice):
    document = booked(world, render_pdf(invoice))
    copy = state(world, document).stamped.copy
    erasure.erase(world.bench, world.actor("dora"), document, Ground.REQUEST)
    world.settle()
    assert not world.bench.objects.exists(copy)
