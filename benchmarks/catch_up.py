"""How fast the worklist catches up with the log: JSON lines `catch-up/vs-library-runner` and `catch-up/vs-copy`.

The log holds lives of booking proposals, about twelve events each, interleaved as in a working day; the worklist reads ten of them.
Ours: an empty generation filled by the runner until it serves. Floors, in interleaved rounds in the same database, on disk:
- the library's `ProjectionRunner` feeding the same model (its rows and tracking in one transaction per event) from the same log;
- a plain read of the same events, and `COPY` of the same rows into a table with the same indices.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import ListenNotifySubscription, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import tuple_row

from adapters import event_store
from adapters.event_store.factory import PostgresFactory
from adapters.event_store.recorder import PostgresRecorder
from adapters.postgres.embedded import EmbeddedPostgres
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.event_log import Change, Context, EventLog, LogRecorder, Via
from domain import booking_proposal as proposals
from domain import document as documents
from domain.dossier import Kind
from domain.kernel import Event
from projections import generations, read_model
from projections.runner import Runner
from projections.worklist import Worklist

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventsourcing.domain import DomainEventProtocol

LIVES = 3000
AT_ONCE = 40
"""Documents in the hands of people and machines at the same time."""
LIBRARY_EVENTS = 600
ROUNDS = 5
CELL = "bench"
TYPES = tuple(kind.name for kind in Worklist.events)
PLAIN_READ = "SELECT * FROM events WHERE position > %s AND name = ANY(%s) ORDER BY position LIMIT 500"


def life(chance: random.Random, dossier: UUID) -> Iterator[tuple[UUID, Event]]:
    """The events of one document and its proposal; one in four is corrected, one in ten refused and sent again."""
    document = uuid4()
    proposal = proposals.proposal_of(document)
    number, total = f"2026-{chance.randrange(10_000)}", Decimal(chance.randrange(1_000, 900_000)) / 100
    base = round(total / Decimal("1.21"), 2)
    yield (
        document,
        documents.DocumentReceived(
            dossier=dossier,
            mailbox=documents.Mailbox.PURCHASE,
            channel=documents.Channel.MAIL,
            file_name=f"factuur {number}.pdf",
            media_type="application/pdf",
            size=81_234,
            sha256=f"{chance.getrandbits(256):064x}",
        ),
    )
    yield document, documents.DocumentInspected(pages=2)
    yield document, recognised(number, total)
    yield document, documents.DocumentHandled()
    yield document, documents.DocumentSubmitted()
    yield (
        proposal,
        proposals.ProposalDrafted(
            dossier=dossier,
            document=document,
            kind=Kind.PURCHASE,
            source="AIR",
            journal="AK",
            period="2026-11",
            party_name=f"Leverancier {chance.randrange(300)} bv",
            party_vat="BE0403170701",
            party_iban="BE68539007547034",
            invoice_number=number,
            invoice_date=date(2026, 11, 3),
            due_date=date(2026, 12, 3),
            total=total,
            base=base,
            vat=total - base,
            payment_reference="+++090/9337/55493+++",
            lines=(proposals.Line(account="610000", vat_code="21", base=base, vat=total - base),),
            confidence={"total": 0.98, "invoice_number": 0.91, "invoice_date": 0.97, "party": 0.9},
            certainty=0.9,
            why={"account": "history", "vat_code": "history"},
        ),
    )
    if chance.random() < 1 / 4:
        yield proposal, proposals.ProposalCorrected(invoice_number=f"{number}/B", due_date=date(2026, 12, 4))
    yield proposal, proposals.ProposalChecked()
    yield proposal, proposals.ProposalNumbered(journal="AK", book_year=2026, number="26000123")
    yield proposal, proposals.SendingStarted(attempt=1)
    if chance.random() < 1 / 10:
        yield proposal, proposals.BookingRefused(reason="De periode is gesloten in het pakket.")
        yield proposal, proposals.ProposalChecked()
        yield proposal, proposals.ProposalNumbered(journal="AK", book_year=2026, number="26000123")
        yield proposal, proposals.SendingStarted(attempt=2)
    yield proposal, proposals.BookingAccepted(package_id="4711")
    yield proposal, proposals.BookingConfirmed(package_id="4711")


def recognised(number: str, total: Decimal) -> Event:
    """What recognition reads on an ordinary invoice: the log's largest event, and none of the worklist's."""
    values = {"invoice_number": number, "invoice_date": "2026-11-03", "due_date": "2026-12-03", "total_incl": str(total), "currency": "EUR"}
    private = {"supplier_name": "Leverancier bv", "iban": "BE68539007547034", "payment_reference": "+++090/9337/55493+++"}

    def found(field: str, value: str) -> documents.FoundField:
        return documents.FoundField(field=field, value=value, confidence=0.93, source="label", page=1, box=(40.0, 60.0, 180.0, 72.0))

    return documents.DocumentRecognised(
        engine="daybook-1",
        kind="text-pdf",
        fields=tuple(found(field, value) for field, value in values.items()),
        private_fields=tuple(found(field, value) for field, value in private.items()),
        words="0" * 64,
    )


def load(log: EventLog) -> int:
    """Fill the log; return its head."""
    chance = random.Random(7)  # noqa: S311 - the same mix every time
    dossiers = [uuid4() for _ in range(20)]
    lives = [life(chance, chance.choice(dossiers)) for _ in range(LIVES)]
    under_way, versions, mixed = lives[:AT_ONCE], dict[UUID, int](), list[tuple[UUID, Event]]()
    waiting = iter(lives[AT_ONCE:])
    while under_way:
        one = chance.choice(under_way)
        following = next(one, None)
        if following is None:
            under_way.remove(one)
            under_way += [new for new in [next(waiting, None)] if new]
        else:
            mixed.append(following)
    for start in range(0, len(mixed), 200):
        changes = []
        for stream, event in mixed[start : start + 200]:
            changes.append(Change(stream=stream, version=versions.get(stream, 0), events=[event]))
            versions[stream] = versions.get(stream, 0) + 1
        head = log.append(*changes, context=Context(by=uuid4(), via=Via.OFFICE))
    return head


class SubscribableRecorder(PostgresRecorder):
    """Our recorder with the library's own subscription, which its runner reads from."""

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Any:
        """Pulls 500 events at a time in a thread."""
        return ListenNotifySubscription(self, gt, topics)


class LibraryLog(EventLog):
    """The same log, made the way the library's runner makes applications."""

    dsn = ""

    def __init__(self, env: Any = None) -> None:  # noqa: ARG002 - the library's signature
        super().__init__(PostgresFactory(self.dsn, CELL, bytes(32)))

    def construct_recorder(self) -> LogRecorder:
        """Ours, with the subscription."""
        factory = cast("PostgresFactory", self.factory)
        return SubscribableRecorder(factory.connections, lambda: None)


class LibraryView(PostgresTrackingRecorder):
    """The library's materialised view: the worklist's rows beside its tracking table, one transaction an event."""

    model: Worklist

    def take(self, moment: DomainEventProtocol[Any], tracking: Tracking) -> None:
        """Apply one event."""
        with self.datastore.transaction(commit=True) as cursor:
            connection = cast("psycopg.Connection", cursor.connection)
            connection.row_factory, usual = tuple_row, connection.row_factory
            self.model.apply([cast("Any", moment)], connection)
            connection.row_factory = usual
            self._insert_tracking(cursor, tracking)


class LibraryWorklist(Projection[LibraryView]):
    """The library's projection: hands every event to the view."""

    name = "library_worklist"
    topics = TYPES

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """One event."""
        self.view.take(domain_event, tracking)


def ours(log: EventLog, pool: Database, model: Worklist, head: int) -> float:
    """Events per second of the runner, from nothing until the model serves."""
    with pool.transaction() as db:
        for one in generations.generations(db, model.name):
            generations.drop(db, CELL, one)
    with Runner(log, pool, [model]) as runner:
        started = time.perf_counter()
        runner.catch_up()
        seconds = time.perf_counter() - started
    assert model.position() == head
    return head / seconds


def library(dsn: str, model: Worklist) -> float:
    """Events per second of the library's runner, over the first events."""
    parts = conninfo_to_dict(dsn)
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS library CASCADE; CREATE SCHEMA library; SET search_path = library, public")
        db.execute(model.schema.encode())
        db.execute(
            sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET search_path = library, public").format(sql.Identifier(str(parts["dbname"])))
        )
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": str(parts.get("port", "5432")),
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": str(parts.get("password", "")),
        "POSTGRES_SCHEMA": "library",
    }
    LibraryLog.dsn, LibraryView.model = dsn, model
    started = time.perf_counter()
    with ProjectionRunner(application_class=LibraryLog, projection_class=LibraryWorklist, view_class=LibraryView, env=env) as runner:
        runner.wait(LIBRARY_EVENTS, timeout=300)
        seconds = time.perf_counter() - started
        reached = runner.view.max_tracking_id(LibraryLog.name) or 0
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute("ALTER ROLE CURRENT_USER RESET ALL")
        db.execute(sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} RESET ALL").format(sql.Identifier(str(parts["dbname"]))))
    return reached / seconds


def copy(dsn: str, rows: bytes, model: Worklist, head: int) -> float:
    """Events per second of reading them all plainly and copying the finished rows."""
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS copied CASCADE; CREATE SCHEMA copied; SET search_path = copied, bench, public")
        db.execute(model.schema.encode())
        started, position = time.perf_counter(), 0
        while read := db.execute(PLAIN_READ, (position, list(TYPES)), binary=True).fetchall():
            position = read[-1][0]
        with db.cursor().copy("COPY worklist FROM STDIN (FORMAT binary)") as into:
            into.write(rows)
        return head / (time.perf_counter() - started)


def copied_out(pool: Database, model: Worklist) -> bytes:
    """The finished rows as `COPY` gives them."""
    serving = next(one for one in _generations(pool, model) if one.state == "serving")
    with pool.transaction() as db:
        generations.enter(db, CELL, model.name, serving.generation)
        with db.cursor().copy("COPY worklist TO STDOUT (FORMAT binary)") as out:
            return b"".join(bytes(part) for part in out)


def _generations(pool: Database, model: Worklist) -> list[generations.Generation]:
    with pool.transaction() as db:
        return generations.generations(db, model.name)


def report(figure: str, mine: list[float], floor: list[float]) -> None:
    """One line: medians, and the median of the rounds' ratios."""
    ratio = statistics.median(one / other for one, other in zip(mine, floor, strict=True))
    line = {"figure": figure, "ours": round(statistics.median(mine)), "floor": round(statistics.median(floor)), "ratio": round(ratio, 2)}
    print(json.dumps(line | {"unit": "events/s"}), flush=True)


def measure(dsn: str) -> None:
    """All rounds, interleaved."""
    root = Path(read_model.__file__).parent / "migrations"
    migrate(dsn, CELL, {"event_store": Path(event_store.__file__).parent / "migrations", "read_models": root})
    with closing(EventLog(PostgresFactory(dsn, CELL, bytes(32)))) as log, Database(dsn, CELL, size=4) as pool:
        head, model = load(log), Worklist(pool)
        ours(log, pool, model, head)
        rows = copied_out(pool, model)
        figures: dict[str, list[float]] = {"ours": [], "library": [], "copy": []}
        rounds: dict[str, Callable[[], float]] = {
            "library": lambda: library(dsn, model),
            "ours": lambda: ours(log, pool, model, head),
            "copy": lambda: copy(dsn, rows, model, head),
        }
        for _ in range(ROUNDS):
            for name, run in rounds.items():
                figures[name].append(run())
    report("catch-up/vs-library-runner", figures["ours"], figures["library"])
    report("catch-up/vs-copy", figures["ours"], figures["copy"])


def main() -> None:
    """On an embedded server of its own, on disk; or on the database given."""
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    folder = Path(tempfile.mkdtemp(prefix="daybook-bench-", dir="/var/tmp"))
    folder.chmod(0o711)
    try:
        with EmbeddedPostgres(folder / "postgres") as server:
            measure(server.dsn)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
