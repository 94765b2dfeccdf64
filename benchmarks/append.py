"""How fast the log takes events, by 1 and by 4 writer processes: JSON lines `recorder/…`, `use-case/…` and `library-default/…`.

Floor: a raw insert (with its commit) of the same columns and bytes into an equal table, over a connection like ours.
- recorder: the log's recorder appends one event to a new stream;
- use-case: `EventLog.decide` on a booking proposal of a few events: load, decide to correct it, append;
- library-default: the recorder the `eventsourcing` library comes with.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
from _measure import database_on_disk, figure
from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.postgres import PostgresFactory as LibraryFactory
from psycopg.conninfo import conninfo_to_dict

from adapters.event_store import MIGRATIONS
from adapters.event_store.factory import PostgresFactory
from adapters.event_store.stored import NewEvent
from adapters.postgres.migrations import migrate
from application.event_log import Change, Context, EventLog, Recorded, Via
from domain.booking_proposal import BookingProposal, Line, ProposalCorrected, ProposalDrafted
from domain.dossier import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

ROUNDS = 25
SECONDS = 0.25
WRITERS = (1, 4)
PROPOSALS = 100
"""Fresh proposals a writer has in each round; it comes back to each a few times."""
CELL = "bench"
FLOOR = "floor"
INSERT = (
    "INSERT INTO floor (stream, version, name, at, by, via, correlation, causation, state) VALUES (%s, %s, %s, now(), %s, %s, %s, %s, %s)"
)


def corrected(number: int) -> ProposalCorrected:
    """What an employee changes in a proposal of three lines."""
    amount = Decimal(number)
    lines = tuple(Line(account=account, vat_code="A21", base=amount, vat=amount) for account in ("604000", "613200", "615000"))
    return ProposalCorrected(period="2026-03", invoice_number=f"2026/{number}", total=amount * 6, lines=lines)


class Writer:
    """One process's ways of writing. Each prepares outside the measured time and returns what is done once a commit."""

    def __init__(self, dsn: str) -> None:
        factory = PostgresFactory(dsn, CELL, bytes(32))
        self.log = EventLog(factory)
        self.connection = factory.connect()
        self.context = Context(by=uuid4(), via=Via.OFFICE)
        event = Recorded(stream=uuid4(), version=1, event=corrected(1), context=self.context)
        self.event = factory.mapper().to_stored_event(event)
        self.library = library_recorder(dsn)

    def floor(self) -> Callable[[], Any]:
        """A raw insert."""
        execute, event, by = self.connection.execute, self.event, self.context.by
        return lambda: execute(INSERT, (uuid4(), 1, event.topic, by, "office", None, None, event.state))

    def recorder(self) -> Callable[[], Any]:
        """Our recorder."""
        insert, event, context = self.log.recorder.insert_events, self.event, self.context
        return lambda: insert([NewEvent(uuid4(), 1, event.topic, event.state, context, None)])

    def library_default(self) -> Callable[[], Any]:
        """The library's recorder."""
        insert, event = self.library.insert_events, self.event
        return lambda: insert([StoredEvent(uuid4(), 1, event.topic, event.state)])

    def use_case(self) -> Callable[[], Any]:
        """An employee corrects one proposal after the other."""
        drafts = [Change(stream=uuid4(), version=0, events=[draft()]) for _ in range(PROPOSALS)]
        self.log.append(*drafts, context=self.context)
        done = 0

        def correct() -> None:
            nonlocal done
            done += 1
            stream = drafts[done % PROPOSALS].stream
            self.log.decide(BookingProposal, stream, lambda proposal: proposal.correct(corrected(done)), context=self.context)

        return correct


def draft() -> ProposalDrafted:
    """A proposal as enrichment makes it, with personal values."""
    return ProposalDrafted(
        dossier=UUID(int=1),
        document=uuid4(),
        kind=Kind.PURCHASE,
        source="supplier",
        journal="CFAAN",
        party_name="Bakkerij Peeters",
        total=Decimal(121),
    )


def library_recorder(dsn: str) -> ApplicationRecorder:
    """The library's own recorder in the same database, as its documentation sets it up."""
    where = conninfo_to_dict(dsn)
    settings = {f"POSTGRES_{name.upper()}": str(where.get(name) or "unused") for name in ("dbname", "host", "user", "password")}
    while True:
        with suppress(psycopg.Error):  # creating the tables in several processes at once fails in all but one
            return LibraryFactory(settings | {"POSTGRES_SCHEMA": CELL}).application_recorder()


def serve(dsn: str, orders: Connection) -> None:
    """A writer process: told what to write and when to start and stop, it answers how often it could."""
    writer = Writer(dsn)
    while order := orders.recv():
        act = getattr(writer, order.replace("-", "_"))()
        for _ in range(20):
            act()
        orders.send("ready")
        until, count = orders.recv(), 0
        while time.time() < until:
            act()
            count += 1
        orders.send(count)
    writer.log.close()


def rate(crew: list[Connection], order: str) -> float:
    """Commits a second of the whole crew."""
    for writer in crew:
        writer.send(order)
    for writer in crew:
        writer.recv()
    until = time.time() + SECONDS
    for writer in crew:
        writer.send(until)
    return float(sum(writer.recv() for writer in crew)) / SECONDS


def main() -> None:
    """Measure in turns and print."""
    with database_on_disk() as server:
        migrate(server.dsn, CELL, {"event_store": MIGRATIONS})
        with psycopg.connect(server.dsn, options=f"-c search_path={CELL}") as connection:
            connection.execute("CREATE TABLE floor (LIKE events INCLUDING ALL)")
        start = multiprocessing.get_context("spawn")
        crew = []
        for _ in range(max(WRITERS)):
            ours, theirs = start.Pipe()
            start.Process(target=serve, args=(server.dsn, theirs), daemon=True).start()
            crew.append(ours)
        measured: dict[tuple[str, int], list[float]] = defaultdict(list)
        for _ in range(ROUNDS):
            for writers in WRITERS:
                for order in (FLOOR, "recorder", "use-case", "library-default"):
                    measured[order, writers].append(rate(crew[:writers], order))
        for writer in crew:
            writer.send(None)
    for order in ("recorder", "use-case", "library-default"):
        for writers in WRITERS:
            name = f"{order}/{writers}-writer{'s' if writers > 1 else ''}"
            figure(name, measured[order, writers], measured[FLOOR, writers], "commits/s")


if __name__ == "__main__":
    main()
