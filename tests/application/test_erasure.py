"""What is left of an erased document: nothing of its own, and all that others need."""

import hashlib
from io import BytesIO
from uuid import uuid4

import msgspec
import psycopg
import pytest
from PIL import Image

from adapters import pdf
from adapters.accounting.sandbox.faults import Call, Fault
from adapters.demo.paper import render_pdf
from adapters.demo.peppol import render_ubl
from application import erasure, intake, sending, worklist
from application.erasure import Ground
from application.event_log import NotFoundError
from application.jobs import Job
from application.permissions import Forbidden
from application.processing import draft_proposal, recognise_document
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Channel, Document, Mailbox
from domain.kernel import ERASED
from invoices import bought
from projections import generations
from projections.archive import ArchiveFilter

WORDS = ("Jozefien", "Vandersmissen")
LINE = "Snoeien van de haag van Jozefien Vandersmissen"


def telling_invoice():
    """An invoice with a person's name in a line."""
    invoice = bought(1)[0]
    first = msgspec.structs.replace(invoice.lines[0], description=LINE)
    return msgspec.structs.replace(invoice, lines=(first, *invoice.lines[1:]))


def erase(world, document, *, settle=True):
    erasure.erase(world.bench, world.actor("dora"), document, Ground.REQUEST)
    if settle:
        world.settle()


def booked(world, data, name):
    """Held, released, checked, refused by the package, sent again and booked: a person is named at every turn."""
    document = world.deliver(data, name=name)
    world.submit(document)
    world.settle()
    proposal, bart = proposal_of(document), world.actor("bart")
    supplier = world.bench.log.load(BookingProposal, proposal).state.party_name
    worklist.hold(world.bench, bart, [proposal], "Eerst Jozefien Vandersmissen bellen")
    worklist.release(world.bench, bart, [proposal])
    worklist.check(world.bench, bart, proposal)
    reason = f"Leverancier {supplier} is geblokkeerd door Jozefien Vandersmissen."
    world.bench.packages["sandbox"].set_fault("claes", Fault.REFUSE, call=Call.PUSH, times=1, reason=reason)
    sending.send(world.bench, bart, [proposal])
    world.settle()
    assert world.bench.log.load(BookingProposal, proposal).state.reason == reason
    worklist.check(world.bench, bart, proposal)
    sending.send(world.bench, bart, [proposal])
    world.settle()
    return document


@pytest.fixture
def erased(world):
    """A booked electronic invoice with its PDF and a telling file name, erased on request; and its state before."""
    invoice = telling_invoice()
    document = booked(world, render_ubl(invoice, render_pdf(invoice)), "brief van Jozefien Vandersmissen.xml")
    state = world.bench.log.load(Document, document).state
    assert {"daybook.events"}.isdisjoint(places := telling(every_row(world)))
    assert len(places) > 1
    assert telling((sha256, text_of(data)) for sha256, data in objects(world).items())
    erase(world, document)
    return document, state


def every_row(world):
    """Every column of the cell's schemas that can hold text, as text; the sandbox ledger stands for somebody else's books."""
    columns = (
        "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name), quote_ident(column_name) FROM information_schema.columns "
        "WHERE table_schema LIKE 'daybook%' AND table_schema NOT LIKE '%sandbox%' AND data_type {}"
    )
    with psycopg.connect(world.cell.database.dsn) as connection:
        for table, column in connection.execute(columns.format("= 'bytea'")).fetchall():
            for (value,) in connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"):  # noqa: S608 - names from the catalogue
                yield table, value.decode(errors="replace")
        for table, column in connection.execute(columns.format("<> 'bytea'")).fetchall():
            for (value,) in connection.execute(f"SELECT {column}::text FROM {table} WHERE {column} IS NOT NULL"):  # noqa: S608 - the same
                yield table, value


def objects(world):
    """Every object in the store by its digest."""
    return {path.name: path.read_bytes() for path in (world.cell.settings.data / "objects").glob("??/*")}


def text_of(data):
    """What is written in an object, the pages of a PDF included."""
    if not data.startswith(b"%PDF"):
        return data.decode(errors="replace")
    return " ".join(word.text for page in pdf.words(data) for word in page.words)


def telling(pairs):
    return {where for where, text in pairs if any(word in text for word in WORDS)}


@pytest.mark.usefixtures("erased")
def test_no_plaintext_is_left_in_any_column_of_any_table(world):
    assert telling(every_row(world)) == set()


def test_no_plaintext_is_left_in_any_object(world, erased):
    _, state = erased
    left = objects(world)
    assert telling((sha256, text_of(data)) for sha256, data in left.items()) == set()
    assert {state.sha256, state.recognition.words, state.recognition.view}.isdisjoint(left)


@pytest.mark.usefixtures("erased")
def test_no_plaintext_is_left_in_the_feed(world):
    answer = world.browser().get("/api/v1/events", params={"limit": 1000}, headers=world.token("dora"))
    assert "be.daybook.booking.refused.v1" in answer.text
    assert not any(word in answer.text for word in WORDS)


def test_the_history_keeps_who_and_when_but_reads_gewist(world, erased):
    document, _ = erased
    first, *_, last = world.bench.log.stream(document)
    assert (first.event.file_name, first.context.by) == (ERASED, world.user("anna"))
    assert (last.event.ground, last.context.by) == ("request", world.user("dora"))


@pytest.mark.usefixtures("erased")
def test_the_log_is_still_provable(world):
    world.cell.chain.advance()
    world.cell.chain.anchor()
    assert world.cell.chain.verify().intact


def test_every_read_model_still_rebuilds(world, erased):
    document, _ = erased
    for model in world.cell.models:
        generations.rebuild(model, world.bench.log)
    world.settle()
    assert world.models.mailbox.find(document).file_name == ERASED
    assert world.models.archive.page(world.bakery, "purchase", ArchiveFilter(text=WORDS[0]))[1] == 0
    assert telling(every_row(world)) == set()


def test_only_an_administrator_of_the_office_erases(world):
    document = world.deliver(render_ubl(bought(1)[0]), name="f.xml")
    for who, outcome in (("bart", Forbidden), ("anna", Forbidden), ("chris", NotFoundError)):
        with pytest.raises(outcome):
            erasure.erase(world.bench, world.actor(who), document, Ground.REQUEST)
    assert erasure.erase(world.bench, world.actor("dora"), document, Ground.RETENTION)
    assert erasure.erase(world.bench, world.actor("dora"), document, Ground.REQUEST) == 0


def test_the_same_bytes_of_another_document_stay(world):
    one, two = (world.deliver(render_pdf(bought(1)[0])) for _ in range(2))
    world.settle()
    erase(world, one)
    kept = world.bench.log.load(Document, two).state
    assert {kept.sha256, kept.recognition.words} <= set(objects(world))


def test_bytes_shared_by_two_documents_go_with_the_last(world):
    one, two = (world.deliver(render_pdf(bought(1)[0])) for _ in range(2))
    world.settle()
    before = world.bench.log.load(Document, two).state
    erase(world, one)
    erase(world, two)
    assert {before.sha256, before.recognition.words}.isdisjoint(objects(world))


def test_a_pdf_that_came_inside_an_invoice_and_by_itself_stays_with_the_other(world):
    invoice = bought(1)[0]
    paper = render_pdf(invoice)
    electronic = world.deliver(render_ubl(invoice, paper), name="f.xml")
    original = world.deliver(paper)
    world.settle()
    assert world.bench.log.load(Document, electronic).state.recognition.view == hashlib.sha256(paper).hexdigest()
    erase(world, electronic)
    assert world.bench.objects.get(world.bench.log.load(Document, original).state.sha256) == paper


def scan(shade):
    buffer = BytesIO()
    Image.new("L", (1654, 2339), shade).save(buffer, "JPEG", dpi=(200, 200))
    return buffer.getvalue()


def test_scans_that_share_their_empty_page_are_erased_apart(world):
    one, two = (world.deliver(scan(shade), name="scan.jpg") for shade in (250, 240))
    world.settle()
    shared = world.bench.log.load(Document, one).state.recognition.words
    assert world.bench.log.load(Document, two).state.recognition.words == shared
    erase(world, one)
    assert shared in objects(world)
    world.submit(two)
    world.settle()
    assert world.bench.log.load(BookingProposal, proposal_of(two)).state.stage == "open"


def test_page_text_goes_though_the_original_is_shared_with_a_document_not_read_yet(world):
    one = world.deliver(render_pdf(bought(1)[0]))
    world.settle()
    state = world.bench.log.load(Document, one).state
    world.deliver(render_pdf(bought(1)[0]))
    erase(world, one, settle=False)
    erasure.erase_document(world.bench, one)
    assert state.sha256 in objects(world)
    assert state.recognition.words not in objects(world)


class Meanwhile:
    """A part of the workbench during whose work something else happens, once."""

    def __init__(self, real, method, happens, *, before=False):
        self._real, self._method, self._happens, self._before = real, method, happens, before

    def __getattr__(self, name):
        done = getattr(self._real, name)
        if name != self._method or self._happens is None:
            return done
        happens, self._happens = self._happens, None

        def both(*given, **named):
            if self._before:
                happens()
            result = done(*given, **named)
            if not self._before:
                happens()
            return result

        return both


def a_job(document):
    return Job(id=uuid4(), kind="x", subject=document, cause=f"{document}/1", position=1, correlation=None, attempt=1)


def erase_at_once(world, document):
    erase(world, document, settle=False)
    erasure.erase_document(world.bench, document)


def until(world, document, progress):
    """Do the machine's work on a document by hand, up to a state."""
    world.settle()
    assert world.bench.log.load(Document, document).state.progress == progress


def delivery(world, data, key="k1"):
    return intake.Delivery(dossier=world.bakery, mailbox=Mailbox.PURCHASE, channel=Channel.UPLOAD, file_name="f.pdf", data=data, key=key)


def test_nothing_stays_of_a_document_that_is_erased_while_it_is_read(world):
    before = set(objects(world))
    invoice = bought(1)[0]
    document = world.deliver(render_ubl(invoice, render_pdf(invoice)), name="f.xml")
    world.bench.log.decide(Document, document, lambda now: now.inspect(0), context=world.actor("dora").context)
    workshop = Meanwhile(world.bench.workshop, "run", lambda: erase_at_once(world, document))
    recognise_document(world.bench._replace(workshop=workshop), a_job(document))
    assert world.bench.log.load(Document, document).state.recognition is None
    assert set(objects(world)) == before


def test_a_proposal_drafted_while_its_document_is_erased_reads_gewist(world):
    document = world.deliver(render_ubl(bought(1)[0]), name="f.xml")
    until(world, document, "recognised")
    world.bench.log.decide(Document, document, Document.submit, context=world.actor("anna").context)
    mirror = Meanwhile(world.bench.mirror, "accounts", lambda: erase_at_once(world, document))
    draft_proposal(world.bench._replace(mirror=mirror), a_job(document))
    assert world.bench.log.load(BookingProposal, proposal_of(document)).state.party_name == ERASED


def test_bytes_that_come_in_again_while_they_are_erased_stay(world):
    data = render_pdf(bought(1)[0])
    first = world.deliver(data)
    store = Meanwhile(world.bench.objects, "put", lambda: erase_at_once(world, first))
    receipt = intake.receive(world.bench._replace(objects=store), world.actor("anna"), delivery(world, data))
    assert world.bench.objects.get(world.bench.log.load(Document, receipt.document).state.sha256) == data


def test_bytes_that_came_in_again_just_before_they_are_deleted_are_put_back(world):
    data = render_pdf(bought(1)[0])
    first = world.deliver(data)
    erase(world, first, settle=False)
    store = Meanwhile(world.bench.objects, "delete", lambda: world.deliver(data), before=True)
    erasure.erase_document(world.bench._replace(objects=store), first)
    assert hashlib.sha256(data).hexdigest() in objects(world)


def test_redelivery_of_what_was_erased_leaves_nothing_behind(world):
    before = set(objects(world))
    data = render_pdf(bought(1)[0])
    first = intake.receive(world.bench, world.actor("anna"), delivery(world, data))
    erase(world, first.document)
    again = intake.receive(world.bench, world.actor("anna"), delivery(world, data))
    assert (again.document, again.repeated) == (first.document, True)
    assert set(objects(world)) == before


def test_a_long_log_is_read_in_windows(world, monkeypatch):
    monkeypatch.setattr(erasure, "WINDOW", 3)
    document = world.deliver(render_pdf(bought(1)[0]))
    world.settle()
    state = world.bench.log.load(Document, document).state
    head = world.bench.log.recorder.safe_head()
    assert head > 9
    assert set(erasure.named_digests(world.bench.log, head)) == {state.sha256, state.recognition.words}
