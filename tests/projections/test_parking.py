"""Rows fed by two streams, the document's and the proposal's, when one of the events fails."""

from uuid import uuid4

import pytest
from paper import sent, submitted, tables

from adapters.postgres.ledger_mirror import MIGRATIONS as MIRROR
from adapters.postgres.pool import Database
from domain import booking_proposal as proposals
from domain import document as documents
from projections import generations
from projections.archive import Archive
from projections.mailbox import Mailbox
from projections.parking import ask_retry
from projections.runner import Runner
from projections.status import failing, status
from projections.worklist import Worklist
from read_models import MIGRATIONS, append, open_log

NAME = "Echtscheiding Janssens.pdf"


@pytest.fixture
def cell(database):
    with open_log(database, MIGRATIONS | {"ledger_mirror": MIRROR}) as log, Database(database, "cell", size=4) as pool:
        yield log, pool


@pytest.fixture(params=[Mailbox, Worklist, Archive])
def model(request, cell):
    """A list that fails on one kind of event, until it is mended."""

    class Broken(request.param):
        fails_on = documents.DocumentRenamed

        def fold(self, row, moment):
            if type(moment.event) is self.fails_on:
                raise ValueError(f"{moment.event!r} is too much")
            return super().fold(row, moment)

    return Broken(cell[1], lambda _: None) if request.param is Archive else Broken(cell[1])


@pytest.fixture
def story(cell):
    """A document that is renamed before there is a proposal of it, which is booked in the end: the proposal's id and its own."""
    proposal, told = submitted()
    renamed = (told[0][0], documents.DocumentRenamed(file_name=NAME))
    booked = (proposal, proposals.BookingAccepted(package_id="4711"))
    for stream, event in (told[0], renamed, *told[1:], *sent(proposal), booked):
        append(cell[0], stream, event)
    return proposal, told[0][0]


def row_of(model, proposal, document):
    return model.find(proposal if isinstance(model, Worklist) else document)


def mended(run, model, document):
    model.fails_on = ()
    with model.database.transaction() as db:
        ask_retry(db, model.name, document)
    run.catch_up()


@pytest.mark.parametrize("fails_on", [documents.DocumentReceived, documents.DocumentRenamed])
@pytest.mark.parametrize("batch", [1, 500])
def test_a_row_is_as_if_nothing_had_failed_once_it_is_mended(cell, model, story, batch, fails_on):
    log, pool = cell
    model.fails_on = fails_on
    with Runner(log, pool, [model], batch=batch) as run:
        run.catch_up()
        mended(run, model, story[1])
        healed = tables(model)
        assert status([model], log, pool)[0].parked == ()
        generations.rebuild(model, log)
        run.catch_up()
        assert tables(model) == healed
    assert row_of(model, *story).file_name == NAME


def test_a_parked_row_is_marked_and_no_other(cell, model, story):
    log, pool = cell
    other, told = submitted()
    for stream, event in told:
        append(log, stream, event)
    with Runner(log, pool, [model]) as run:
        run.catch_up()
        assert row_of(model, *story).stale
        assert not row_of(model, other, told[0][0]).stale
        mended(run, model, story[1])
    assert not row_of(model, *story).stale


def test_what_is_told_of_a_failure_names_nothing_of_the_event(cell, model, story, caplog):
    log, pool = cell
    with Runner(log, pool, [model]) as run:
        run.catch_up()
        with pool.transaction() as db:
            ask_retry(db, model.name)
        run.catch_up()
        (parked,) = status([model], log, pool)[0].parked
    assert parked.error.startswith("ValueError in test_parking.py, line ")
    assert parked.stream == story[1]
    assert "is parked: ValueError in test_parking.py" in caplog.text
    assert "Janssens" not in caplog.text + parked.error


def test_a_proposals_own_failure_lets_its_document_wait_as_well(cell):
    log, pool = cell

    class NoChecks(Mailbox):
        fails_on = proposals.ProposalChecked

        def fold(self, row, moment):
            if type(moment.event) is self.fails_on:
                raise ValueError
            return super().fold(row, moment)

    model = NoChecks(pool)
    proposal, told = submitted()
    for stream, event in (*told, (proposal, proposals.ProposalChecked()), (told[0][0], documents.DocumentErased(ground="request"))):
        append(log, stream, event)
    with Runner(log, pool, [model]) as run:
        run.catch_up()
        assert not model.find(told[0][0]).erased
        mended(run, model, proposal)
    assert (model.find(told[0][0]).erased, model.find(told[0][0]).stage) == (True, "checked")


def test_an_object_store_that_is_out_parks_nothing(cell):
    log, pool = cell
    out = True

    def text_of(_):
        if out:
            raise OSError(5, "the store does not answer")
        return "zonnepanelen"

    model = Archive(pool, text_of)
    _, told = submitted()
    read = documents.DocumentRecognised(engine="test", kind="text-pdf", words="1" * 64)
    for stream, event in (told[0], (told[0][0], read)):
        append(log, stream, event)
    with Runner(log, pool, [model]) as run:
        run.catch_up()
        assert (model.position(), status([model], log, pool)[0].parked) == (0, ())
        assert "the store does not answer" in failing(pool)[0].error
        out = False
        run._pauses.clear()
        run.catch_up()
    assert model.position() == 2
    assert tables(model)["page_text"] != []


def test_a_value_too_large_for_an_index_is_its_events_fault(cell):
    log, pool = cell

    class Indexed(Mailbox):
        schema = Mailbox.schema + "CREATE INDEX by_name ON mailbox (file_name);"

    model = Indexed(pool)
    (_, big), (_, fine) = submitted(), submitted()
    large = documents.DocumentRenamed(file_name="".join(uuid4().hex for _ in range(300)))
    for stream, event in (big[0], (big[0][0], large), fine[0]):
        append(log, stream, event)
    with Runner(log, pool, [model]) as run:
        run.catch_up()
    assert [one.stream for one in status([model], log, pool)[0].parked] == [big[0][0]]
    assert not model.find(fine[0][0]).stale
