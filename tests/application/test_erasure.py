import psycopg
import pytest

from adapters.demo.paper import render_pdf
from application import sending, worklist
from application.event_log import Context, Via
from application.ports import ObjectMissing
from domain.booking_proposal import proposal_of
from domain.document import Document
from domain.kernel import ERASED
from invoices import bought
from projections import generations
from projections.archive import ArchiveFilter


@pytest.fixture
def erased(world):
    """A booked invoice with a telling file name, erased on request; the words that must be gone, and the document."""
    invoice = bought(1)[0]
    document = world.deliver(render_pdf(invoice), name="brief van Jozefien Vandersmissen.pdf")
    world.submit(document)
    world.settle()
    proposal = proposal_of(document)
    worklist.check(world.bench, world.actor("bart"), proposal)
    sending.send(world.bench, world.actor("bart"), [proposal])
    world.settle()
    state = world.bench.log.load(Document, document).state
    context = Context(by=world.user("dora"), via=Via.OFFICE)
    world.bench.log.decide(Document, document, lambda now: now.erase("request"), context=context)
    world.settle()
    return document, state, ("Jozefien", "Vandersmissen")


def every_row(world):
    """Everything the cell's schemas hold, as text; the sandbox ledger stands for somebody else's books."""
    with psycopg.connect(world.cell.database.dsn) as connection:
        tables = connection.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname LIKE 'daybook%' AND schemaname NOT LIKE '%sandbox%'"
        ).fetchall()
        for (table,) in tables:
            for (row,) in connection.execute(f"SELECT t::text FROM {table} t"):  # noqa: S608 - names from the catalogue
                yield table, row
        for (state,) in connection.execute("SELECT convert_from(state, 'UTF8') FROM daybook.events"):
            yield "events", state


def test_no_plaintext_is_left_in_the_tables(world, erased):
    _, _, words = erased
    assert [table for table, row in every_row(world) if any(word in row for word in words)] == []


def test_bytes_and_page_text_are_gone_from_the_object_store(world, erased):
    _, state, _ = erased
    for sha256 in (state.sha256, state.recognition.words):
        with pytest.raises(ObjectMissing):
            world.bench.objects.get(sha256)


def test_the_history_keeps_who_and_when_but_reads_gewist(world, erased):
    document, _, _ = erased
    first = world.bench.log.stream(document)[0]
    assert first.event.file_name == ERASED
    assert first.context.by == world.user("anna")


@pytest.mark.usefixtures("erased")
def test_the_log_is_still_provable(world):
    world.cell.chain.advance()
    world.cell.chain.anchor()
    assert world.cell.chain.verify().intact


def test_every_read_model_still_rebuilds(world, erased):
    document, _, words = erased
    for model in world.cell.models:
        generations.rebuild(model, world.bench.log)
    world.settle()
    assert world.models.mailbox.find(document).file_name == ERASED
    assert world.models.archive.page(world.bakery, "purchase", ArchiveFilter(text=words[0]))[1] == 0
    assert [table for table, row in every_row(world) if any(word in row for word in words)] == []


def test_the_same_bytes_of_another_document_stay(world):
    invoice = bought(1)[0]
    one, two = (world.deliver(render_pdf(invoice)) for _ in range(2))
    world.settle()
    context = Context(by=world.user("dora"), via=Via.OFFICE)
    world.bench.log.decide(Document, one, lambda now: now.erase("request"), context=context)
    world.settle()
    kept = world.bench.log.load(Document, two).state
    assert world.bench.objects.get(kept.sha256)
    assert world.bench.objects.get(kept.recognition.words)
