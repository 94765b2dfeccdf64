"""A cell with many documents, filled through the log and the real read models: what `lists.py` and `worklist.py` ask their questions of.

One dossier holds half of them, up to 100,000, another three twentieths, up to 30,000; the rest is spread over 1,000 dossiers. Of a
dossier's documents four in a hundred wait in its mailboxes, six stand in the worklist, one is on its way to the package, four are
miscellaneous and the others are booked and in the ledger mirror; two in a hundred look like an earlier one.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from adapters.postgres.ledger_mirror import PostgresLedgerMirror
from application.accounting_package import Account, BookingLine, LedgerSnapshot, PackageBooking
from application.event_log import Change, Context, EventLog, Via
from domain import booking_proposal as proposals
from domain import document as documents
from domain.dossier import Kind
from domain.synchronisation import DossierSynchronised, synchronisation_of
from projections.archive import Archive
from projections.mailbox import Mailbox
from projections.runner import Runner
from projections.worklist import Worklist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.postgres.pool import Database
    from domain.kernel import Event

MACHINE = Context(by=None, via=Via.JOB)
PARTIES = 300
AT_ONCE = 100
"""Documents whose events are appended in one transaction."""
SHARES = {"waiting": 4, "misc": 4, "open": 6, "underway": 1, "booked": 85}
FIRST_DAY = date(2025, 1, 1)


def text_of(words: str) -> str:
    """The text of a page, made from the name of its object."""
    return f"Factuur voor geleverde goederen, bestelling {words[:8]} en klantnummer {words[8:11]}"


def sizes(total: int) -> list[int]:
    """How many documents each dossier holds, the largest first."""
    largest = [min(100_000, total // 2), min(30_000, total * 3 // 20)]
    rest = total - sum(largest)
    return [*largest, *(rest // 1000 + (number < rest % 1000) for number in range(1000))] if total > PARTIES * 4 else [total]


class Dossier:
    """The documents of one dossier, in the order in which they came in."""

    def __init__(self, seed: int, size: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same every time
        self.id = self._id()
        self.size = size
        self.bookings: list[PackageBooking] = []
        self._last: dict[str, object] = {}

    def stories(self) -> Iterator[list[Change]]:
        """The changes of each document and its proposal."""
        for number in range(self.size):
            (state,) = self._chance.choices(list(SHARES), list(SHARES.values()))
            yield self._story(number, state)

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _story(self, number: int, state: str) -> list[Change]:
        document, sold = self._id(), self._chance.random() < 1 / 4
        mailbox = documents.Mailbox.MISC if state == "misc" else documents.Mailbox.SALES if sold else documents.Mailbox.PURCHASE
        drafted = self._proposal(document, number, Kind.SALES if sold else Kind.PURCHASE)
        told: list[Event] = [
            self._received(mailbox, number),
            documents.DocumentInspected(pages=1),
            _read(drafted, f"{number:08d}{number:056d}"),
        ]
        if state == "waiting":
            told += [documents.DocumentHandled()] if number % 2 else []
        else:
            told.append(documents.DocumentSubmitted())
        if state == "misc":
            told += [documents.DocumentProcessed()] if number % 4 else []
        story = [Change(stream=document, version=0, events=told)]
        if state in ("open", "underway", "booked"):
            proposal = proposals.proposal_of(document)
            story.append(Change(stream=proposal, version=0, events=[drafted, *self._fate(proposal, drafted, state, number)]))
        return story

    def _received(self, mailbox: documents.Mailbox, number: int) -> documents.DocumentReceived:
        return documents.DocumentReceived(
            dossier=self.id,
            mailbox=mailbox,
            channel=documents.Channel.MAIL,
            file_name=f"factuur {number}.pdf",
            media_type="application/pdf",
            size=80_000,
            sha256=f"{self._chance.getrandbits(256):064x}",
        )

    def _proposal(self, document: UUID, number: int, kind: Kind) -> proposals.ProposalDrafted:
        chance = self._chance
        if not self._last or chance.random() > 1 / 50:
            base = Decimal(chance.randrange(1_000, 900_000)) / 100
            day = FIRST_DAY + timedelta(days=number * 600 // self.size)
            self._last = {
                "party_name": f"{chance.choice(('De', 'Van', 'Firma', 'Bakkerij', 'Garage'))} Leverancier {chance.randrange(PARTIES)}",
                "invoice_number": f"F{day.year}-{number:06d}",
                "invoice_date": day,
                "due_date": day + timedelta(days=30),
                "period": f"{day:%Y-%m}",
                "total": base + round(base * 21 / 100, 2),
                "base": base,
                "vat": round(base * 21 / 100, 2),
                "lines": (proposals.Line(account="610000", vat_code="21", base=base, vat=round(base * 21 / 100, 2)),),
            }
        unknown = {"party_name": ""} if chance.random() < 1 / 50 else {}
        return proposals.ProposalDrafted(
            dossier=self.id, document=document, kind=kind, source="AIR", journal="VK" if kind == Kind.SALES else "AK",
            certainty=0.9, **(self._last | unknown),
        )  # fmt: skip

    def _fate(self, proposal: UUID, drafted: proposals.ProposalDrafted, state: str, number: int) -> list[Event]:
        if state == "open":
            return [[], [proposals.ProposalChecked()], [proposals.ProposalHeld()], []][number % 4]
        given = f"{26_000_000 + number}"
        way: list[Event] = [
            proposals.ProposalChecked(),
            proposals.ProposalNumbered(journal=drafted.journal, book_year=2026, number=given),
            proposals.SendingStarted(attempt=1),
        ]
        if state == "underway":
            return [*way, proposals.OutcomeLost()] if number % 5 == 0 else way
        self.bookings.append(_booked(proposal, drafted, given))
        return [*way, proposals.BookingConfirmed(package_id=given)]


def _read(drafted: proposals.ProposalDrafted, words: str) -> documents.DocumentRecognised:
    party = "buyer_name" if drafted.kind == Kind.SALES else "issuer_name"
    values = {
        party: drafted.party_name,
        "invoice_number": drafted.invoice_number,
        "issue_date": f"{drafted.invoice_date}",
        "due_date": f"{drafted.due_date}",
        "total_incl": f"{drafted.total}",
    }
    fields = tuple(documents.FoundField(field=name, value=value, confidence=0.9, source="label") for name, value in values.items())
    return documents.DocumentRecognised(engine="bench", kind="text-pdf", fields=fields, words=words)


def _booked(proposal: UUID, drafted: proposals.ProposalDrafted, number: str) -> PackageBooking:
    assert drafted.invoice_date is not None
    assert drafted.total is not None
    return PackageBooking(
        package_id=number,
        booking_id=str(proposal),
        kind=drafted.kind.value,
        credit_note=False,
        journal=drafted.journal,
        number=number,
        period=str(drafted.period),
        party_id=drafted.party_name,
        party_name=drafted.party_name,
        invoice_number=drafted.invoice_number,
        invoice_date=drafted.invoice_date,
        due_date=drafted.due_date,
        booked_on=drafted.invoice_date,
        currency="EUR",
        total=drafted.total,
        paid=drafted.total if int(number) % 10 else Decimal(0),
        lines=tuple(BookingLine(account="610000", vat_code="21", base=one.base, vat=one.vat, description="") for one in drafted.lines),
    )  # fmt: skip


def fill(log: EventLog, database: Database, total: int) -> Dossier:
    """Fill an empty cell; return its largest dossier. The read models have caught up and statistics are fresh afterwards."""
    dossiers = [Dossier(number, size) for number, size in enumerate(sizes(total), start=total)]
    _append(log, dossiers)
    mirror = PostgresLedgerMirror(database)
    for dossier in dossiers:
        mirror.replace(dossier.id, _snapshot(dossier), 0)
        told = DossierSynchronised(dossier=dossier.id)
        log.append(Change(stream=synchronisation_of(dossier.id), version=0, events=[told]), context=MACHINE)
    models = (Mailbox(database), Worklist(database), Archive(database, text_of))
    with Runner(log, database, models) as runner:
        runner.catch_up()
    with database.autocommit() as db:
        db.execute("SET statement_timeout = 0")
        db.execute("VACUUM ANALYZE")
    return dossiers[0]


def _append(log: EventLog, dossiers: list[Dossier]) -> None:
    changes: list[Change] = []
    for dossier in dossiers:
        for story in dossier.stories():
            changes += story
            if len(changes) >= AT_ONCE:
                log.append(*changes, context=MACHINE)
                changes = []
    if changes:
        log.append(*changes, context=MACHINE)


def _snapshot(dossier: Dossier) -> LedgerSnapshot:
    empty = dict.fromkeys(LedgerSnapshot.__struct_fields__, ())
    return LedgerSnapshot(
        **empty | {"accounts": (Account(code="610000", name="Goederen", open_for_annotation=True),), "bookings": tuple(dossier.bookings)}
    )
