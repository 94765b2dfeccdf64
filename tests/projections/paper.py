"""Documents and booking proposals as events, for tests of the lists they end up in."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import read_models
from application.event_log import Moment
from domain import booking_proposal as proposals
from domain import document as documents
from domain.booking_proposal import Line, ProposalDrafted, proposal_of
from domain.document import Channel, DocumentReceived, DocumentRecognised, FoundField, Mailbox
from domain.dossier import Kind
from domain.kernel import Event
from projections import generations
from projections.read_model import ReadModel

BAKERY = UUID("00000000-0000-4000-8000-000000000001")
GARAGE = UUID("00000000-0000-4000-8000-000000000002")


def received(dossier: UUID = BAKERY, mailbox: Mailbox = Mailbox.PURCHASE, **own: Any) -> DocumentReceived:
    """A PDF came in."""
    usual = {"channel": Channel.UPLOAD, "file_name": "factuur.pdf", "media_type": "application/pdf", "size": 1000, "sha256": "0" * 64}
    return DocumentReceived(dossier=dossier, mailbox=mailbox, **(usual | own))


def recognised(words: str | None = None, **fields: str) -> DocumentRecognised:
    """These fields were read on it."""
    found = tuple(FoundField(field=name, value=value, confidence=0.9, source="label") for name, value in fields.items())
    return DocumentRecognised(engine="test", kind="text-pdf", fields=found, words=words)


def line(total: str, account: str = "610000", vat_code: str = "21") -> Line:
    """A booking line without VAT."""
    return Line(account=account, vat_code=vat_code, base=Decimal(total), vat=Decimal(0))


def drafted(document: UUID, dossier: UUID = BAKERY, *, total: str | None = "121.00", **own: Any) -> ProposalDrafted:
    """A complete proposal for a known counterparty; `total` on one line."""
    usual: dict[str, Any] = {
        "kind": Kind.PURCHASE,
        "source": "AIR",
        "journal": "AK",
        "period": "2026-03",
        "counterparty": UUID(int=7),
        "party_name": "Molens Joostens",
        "invoice_number": uuid4().hex[:8],
        "invoice_date": date(2026, 3, 2),
        "due_date": date(2026, 4, 1),
        "lines": (line(total),) if total else (),
    }
    return ProposalDrafted(dossier=dossier, document=document, total=Decimal(total) if total else None, **(usual | own))


def submitted(dossier: UUID = BAKERY, mailbox: Mailbox = Mailbox.PURCHASE, **own: Any) -> tuple[UUID, list[tuple[UUID, Event]]]:
    """A document handed to the accountant with a proposal, as its proposal's id and the events of both; `own` goes to the proposal."""
    document = uuid4()
    kind = Kind(mailbox.value)
    return proposal_of(document), [
        (document, received(dossier, mailbox)),
        (document, documents.DocumentInspected(pages=1)),
        (document, documents.DocumentSubmitted()),
        (proposal_of(document), drafted(document, dossier, **({"kind": kind} | own))),
    ]


def sent(proposal: UUID, number: str = "26000001") -> list[tuple[UUID, Event]]:
    """A proposal is checked, numbered and on its way."""
    return [
        (proposal, proposals.ProposalChecked()),
        (proposal, proposals.ProposalNumbered(journal="AK", book_year=2026, number=number)),
        (proposal, proposals.SendingStarted(attempt=1)),
    ]


def fill(model: ReadModel, *batches: list[Moment]) -> None:
    """The model with these batches applied and nothing of what it held before."""
    database = model.database
    with database.transaction() as db:
        if db.execute("SELECT to_regclass('read_model_generations')").fetchone() != (None,):
            for one in generations.generations(db, model.name):
                generations.drop(db, database.schema, one)
    read_models.fill(model, *batches)


def tables(model: ReadModel) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the generation that serves."""
    with model.database.transaction() as db:
        (serving,) = [one for one in generations.generations(db, model.name) if one.state == "serving"]
        own = generations.schema_of(model.database.schema, model.name, serving.generation)
        generations.enter(db, model.database.schema, model.name, serving.generation)
        names = [row[0] for row in db.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", (own,))]
        return {name: sorted(db.execute(f'SELECT t::text FROM "{name}" t').fetchall()) for name in names}  # noqa: S608 - our own tables


def beginning(document: UUID, dossier: UUID, mailbox: Mailbox) -> list[tuple[UUID, Event]]:
    """A document comes in and gets a proposal; all look the same."""
    kind = Kind.SALES if mailbox == Mailbox.SALES else Kind.PURCHASE
    proposal = drafted(document, dossier, kind=kind, invoice_number="2026-1")
    return [(document, received(dossier, mailbox)), (proposal_of(document), proposal)]


LATER: tuple[Event, ...] = (
    documents.DocumentInspected(pages=2),
    documents.DocumentFoundUnusable(reason="Beveiligd."),
    recognised(issuer_name="De Molen", invoice_number="77", issue_date="2026-02-01", total_incl="12.50", type_code="381"),
    documents.RecognitionFailed(reason="Mislukt."),
    documents.DocumentRenamed(file_name="brief.pdf"),
    documents.DocumentHandled(),
    documents.DocumentUnhandled(),
    documents.DocumentMoved(mailbox=Mailbox.MISC),
    documents.DocumentMoved(mailbox=Mailbox.PURCHASE),
    documents.DocumentDeleted(),
    documents.DocumentRestored(),
    documents.DocumentSubmitted(),
    documents.DocumentProcessed(),
    documents.DocumentErased(ground="request"),
    documents.RecognitionRequested(),
    documents.DocumentStamped(text="AK 26000001", copy="0" * 64),
    proposals.ProposalCorrected(invoice_number="2026-2"),
    proposals.ProposalCorrected(total=Decimal(99), lines=(line("99"),), period="2026-02"),
    proposals.ProposalCorrected(counterparty=None, party_name=""),
    proposals.ProposalCorrected(invoice_date=None),
    proposals.ProposalChecked(suspense=True),
    proposals.ProposalUnchecked(),
    proposals.ProposalHeld(reason="Wachten."),
    proposals.ProposalReleased(),
    proposals.ProposalNumbered(journal="AK", book_year=2026, number="26000001"),
    proposals.SendingStarted(attempt=1),
    proposals.SendingAbandoned(),
    proposals.HandedOver(),
    proposals.BookingAccepted(package_id="4711"),
    proposals.BookingRefused(reason="Periode gesloten."),
    proposals.OutcomeLost(reason="Geen antwoord."),
    proposals.BookingNotFound(),
    proposals.ResendDecided(),
    proposals.BookingConfirmed(package_id="4711"),
    proposals.ProposalDeleted(),
)
"""Everything that can be told of a document and its proposal afterwards. A list must bear it in any order and number."""
