"""What every list must keep, whatever happens: batches do not matter, a rebuild gives the same, and what is counted is what is listed."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper import BAKERY, GARAGE, LATER, beginning, fill, submitted, tables

from adapters.postgres.ledger_mirror import MIGRATIONS as MIRROR
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from domain.booking_proposal import proposal_of
from domain.document import Mailbox as Into
from domain.synchronisation import DossierSynchronised
from projections import generations
from projections.archive import Archive
from projections.mailbox import Box, Mailbox
from projections.public_events import PublicEvents
from projections.runner import Runner
from projections.worklist import FILTERS, SENT_FILTERS, Tab, Worklist
from read_models import MIGRATIONS, append, moments, open_log

DOCUMENTS = [uuid4() for _ in range(4)]
BEGINNINGS = [
    beginning(document, dossier, mailbox)
    for document, dossier, mailbox in zip(
        DOCUMENTS, (BAKERY, BAKERY, BAKERY, GARAGE), (Into.PURCHASE, Into.PURCHASE, Into.SALES, Into.PURCHASE), strict=True
    )
]
LIFE = st.lists(st.tuples(st.sampled_from(DOCUMENTS), st.sampled_from(LATER)), max_size=40)
CUTS = st.sets(st.integers(1, 45), max_size=12)
ANY_LIFE = settings(max_examples=12, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.function_scoped_fixture])


def stream_of(document, event):
    return document if event.name.startswith("document.") else proposal_of(document)


def history(life):
    return moments(*(fact for facts in BEGINNINGS for fact in facts), *((stream_of(document, event), event) for document, event in life))


def models(pool):
    migrate(pool.dsn, pool.schema, {"ledger_mirror": MIRROR})
    return Mailbox(pool), Worklist(pool), Archive(pool, lambda _: None), PublicEvents(pool)


@ANY_LIFE
@given(LIFE, CUTS)
def test_how_events_are_cut_into_batches_makes_no_difference(pool, life, cuts):
    events = history(life)
    edges = sorted({0, len(events), *(cut for cut in cuts if cut < len(events))})
    for model in models(pool):
        fill(model, events)
        at_once = tables(model)
        fill(model, *(events[start:end] for start, end in pairwise(edges)))
        assert tables(model) == at_once


@ANY_LIFE
@given(LIFE, CUTS)
def test_every_list_holds_what_is_counted_and_summed(pool, life, cuts):
    events = history(life)
    edges = sorted({0, len(events), *(cut for cut in cuts if cut < len(events))})
    mailbox, worklist = Mailbox(pool), Worklist(pool)
    for model in (mailbox, worklist):
        fill(model, *(events[start:end] for start, end in pairwise(edges)))
    for dossier in (BAKERY, GARAGE):
        for box, count in mailbox.counts(dossier).items():
            the_same(mailbox.page(dossier, box), count)
        unhandled = mailbox.unhandled(dossier)
        for box in (Box.PURCHASE, Box.SALES, Box.MISC):
            the_same(mailbox.page(dossier, box, handled=False), unhandled.get(box, 0))
        for tab in Tab:
            counts = worklist.filter_counts(dossier, tab)
            for quick in FILTERS:
                the_same(worklist.page(dossier, tab, quick=quick), getattr(counts, quick))
            assert counts.all == getattr(worklist.counts([dossier])[dossier], tab.value)
        for quick, count in worklist.sent_counts(dossier).items():
            the_same(worklist.sent(dossier, quick=quick), count)
        assert set(worklist.sent_counts(dossier)) == set(SENT_FILTERS)


def the_same(page, count):
    rows, total, amount = page
    signed = [-row.total if row.credit_note else row.total for row in rows if row.total is not None]
    assert (len(rows), total, amount) == (count, count, sum(signed))


@pytest.fixture
def cell(database):
    with open_log(database, MIGRATIONS | {"ledger_mirror": MIRROR}) as log, Database(database, "cell", size=3) as opened:
        yield log, opened


def test_a_rebuild_gives_the_rows_that_grew_live(cell):
    log, database = cell
    lists = models(database)
    with Runner(log, database, lists, batch=3) as runner:
        runner.catch_up()
        for _ in range(3):
            _, story = submitted()
            for stream, event in story:
                append(log, stream, event)
            runner.catch_up()
        for number, event in enumerate(LATER):
            append(log, stream_of(story[0][0], event), event)
            if number % 5 == 0:
                runner.catch_up()
        append(log, BAKERY, DossierSynchronised(dossier=BAKERY))
        runner.catch_up()
        live = [tables(model) for model in lists]
        for model in lists:
            generations.rebuild(model, log)
        runner.catch_up()
        with database.transaction() as db:
            assert {one.generation for one in generations.generations(db) if one.state == "serving"} == {2}
        assert [tables(model) for model in lists] == live
