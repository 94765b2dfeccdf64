"""The composition root: every port meets its adapter here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adapters.accounting.sandbox.ledger import SandboxLedger
from adapters.ecb.publisher import EuropeanCentralBank
from adapters.event_store.chain import ChainFollower
from adapters.event_store.erasure import PostgresStreamKeys
from adapters.event_store.factory import PostgresFactory
from adapters.event_store.sealing import WrongKeyError
from adapters.inspection.pool import DEFAULT_LIMITS
from adapters.inspection.protocol import Limits
from adapters.jobs.table import JobTable
from adapters.key_file import read_or_make_key
from adapters.objects import open_objects
from adapters.postgres.ledger_mirror import PostgresLedgerMirror
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from application.claims import Claims
from application.event_log import EventLog
from application.permissions import Authority
from application.ports import ObjectMissing, Objects
from application.recognition.reading import Page
from application.workbench import Workbench
from projections.archive import Archive
from projections.counterparties import Counterparties
from projections.directory import Directory
from projections.document_numbers import DocumentNumbers
from projections.exchange_rates import ExchangeRates
from projections.lessons import Lessons
from projections.mailbox import Mailbox
from projections.past_bookings import PastBookings
from projections.public_events import PublicEvents
from projections.track_records import TrackRecords
from projections.worklist import Worklist
from web.presence import Presence
from web.settings import Settings
from web.workshops import rule_workshop, scan_workshop, text_workshop


class Keys(NamedTuple):
    """What is derived from the installation's secret (32 bytes each), and the file that signs the log's anchors."""

    wrapping: bytes
    claims: bytes
    drafts: bytes
    signing_file: Path


class Models(NamedTuple):
    """Every read model, for the runner and for the screens."""

    directory: Directory
    mailbox: Mailbox
    worklist: Worklist
    archive: Archive
    counterparties: Counterparties
    lessons: Lessons
    track_records: TrackRecords
    public_events: PublicEvents
    past_bookings: PastBookings
    exchange_rates: ExchangeRates
    document_numbers: DocumentNumbers


class Cell(NamedTuple):
    """One office's whole system inside one process. `close()` ends it."""

    settings: Settings
    database: Database
    bench: Workbench
    models: Models
    chain: ChainFollower
    keys: Keys
    jobs: JobTable
    presence: Presence
    closers: tuple[Callable[[], None], ...]

    def close(self) -> None:
        """Give everything back, last opened first."""
        for close in reversed(self.closers):
            close()


def component_folders() -> dict[str, Path]:
    """The migrations of every component, in the order they are applied."""
    source = Path(__file__).parents[1]
    return {
        "event_store": source / "adapters/event_store/migrations",
        "read_models": source / "projections/migrations",
        "jobs": source / "adapters/jobs/migrations",
        "ledger_mirror": source / "adapters/postgres/mirror_migrations",
        "security": source / "web/security/migrations",
        "web": source / "web/migrations",
    }


def installation_keys(settings: Settings) -> Keys:
    """What follows from the secret, which is made at the first start."""
    path = settings.key_file or settings.data / "keys" / "installation.key"
    secret = read_or_make_key(path)
    return Keys(_derived(secret, b"stream keys"), _derived(secret, b"claims"), _derived(secret, b"drafts"), path.with_name("signing.key"))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"daybook " + purpose).derive(secret)


def open_cell(settings: Settings, dsn: str, *, threads: int, workshop_size: int, limits: Limits = DEFAULT_LIMITS) -> Cell:
    """Migrate and build everything for one process that works with `threads` threads.

    `workshop_size` 0: this process opens no files; `limits`: what opening one may cost here.
    """
    keys = installation_keys(settings)
    migrate(dsn, settings.schema, component_folders())
    database = Database(dsn, settings.schema, size=threads + 2)
    factory = PostgresFactory(dsn, settings.schema, keys.wrapping)
    try:
        factory.check_key()
    except WrongKeyError:
        factory.close()
        raise
    log = EventLog(factory)
    objects = open_objects(settings.objects_url or f"file://{settings.data / 'objects'}")
    sandbox = SandboxLedger.at(dsn, schema=f"{settings.schema}_sandbox", size=threads + 1)
    workshop = text_workshop(workshop_size, limits)
    scans = scan_workshop(settings, settings.ocr_size if workshop_size else 0, settings.ocr_idle_seconds)
    rules = rule_workshop(settings, workshop_size, settings.rules_idle_seconds)
    models = Models(
        directory=Directory(database),
        mailbox=Mailbox(database),
        worklist=Worklist(database),
        archive=Archive(database, _text_of(objects)),
        counterparties=Counterparties(database),
        lessons=Lessons(database),
        track_records=TrackRecords(database),
        public_events=PublicEvents(database),
        past_bookings=PastBookings(database),
        exchange_rates=ExchangeRates(database),
        document_numbers=DocumentNumbers(database),
    )
    bench = Workbench(
        log=log,
        claims=Claims(log, keys.claims),
        authority=Authority(log),
        objects=objects,
        keys=PostgresStreamKeys(factory.connections),
        mirror=PostgresLedgerMirror(database),
        lessons=models.lessons,
        track_records=models.track_records,
        packages={"sandbox": sandbox},
        workshop=workshop,
        scans=scans,
        rules=rules,
        known_parties=models.counterparties,
        past_bookings=models.past_bookings,
        rates=models.exchange_rates,
        foreign_proposals=models.worklist,
        rate_publisher=EuropeanCentralBank(settings.rates_url, settings.trusted_targets),
        new_id=uuid4,
        now=lambda: datetime.now(UTC),
        largest_file=settings.largest_file,
    )
    chain = ChainFollower(factory, objects, keys.signing_file)
    closers = (database.close, log.close, sandbox.close, workshop.close, scans.close, rules.close)
    return Cell(settings, database, bench, models, chain, keys, JobTable(database), Presence(database), closers)


def _text_of(objects: Objects) -> Callable[[str], str | None]:
    """The text of a page object, for full-text search; None when it was erased."""

    def text(sha256: str) -> str | None:
        try:
            pages = msgspec.json.decode(objects.get(sha256), type=tuple[Page, ...])
        except ObjectMissing:
            return None
        return "\n".join(" ".join(word.text for word in page.words) for page in pages)

    return text
