"""Documents by program: bringing one in, and looking what became of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from application.dossiers import dossier_by_enterprise_number
from application.event_log import NotFoundError
from application.mailboxes import visible_document
from application.recognition.calibration import is_sure
from application.workbench import Workbench
from domain.booking_proposal import BookingProposal, proposal_of
from domain.document import Channel, Document, FoundField, FoundRate, Mailbox
from domain.vat_number import enterprise_number as read_enterprise_number
from web.api.description import DeliverOperation
from web.uploads import Uploads, answer
from web.visiting import Visitor


class Received(msgspec.Struct, frozen=True):
    """What became of a delivery. `duplicate_of` is the first document of the dossier with the same bytes."""

    id: UUID
    url: str
    duplicate_of: UUID | None


class FieldAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised value. Dates are ISO, amounts decimal texts; `page` and `box` (points from the top left) say where it stands.

    `confidence` is the chance that it is right; of those that are `sure` at most 2 % were wrong where that was counted.
    """

    value: str
    confidence: float
    sure: bool
    source: str
    page: int | None
    box: tuple[float, float, float, float] | None


class RateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the VAT breakdown."""

    rate: Decimal
    base: Decimal
    vat: Decimal
    category: str


class DocumentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A document. `status` is where it is on its way: received, unusable, recognised, not_recognised, submitted or a proposal's stage."""

    id: UUID
    dossier: UUID
    mailbox: Mailbox
    channel: Channel
    file_name: str
    media_type: str
    sha256: str
    status: str
    reason: str
    pages: int | None
    received_at: datetime
    handled: bool
    submitted: bool
    deleted: bool
    duplicate_of: UUID | None
    fields: dict[str, FieldAnswer]
    vat_rates: list[RateAnswer]


@post(
    "/dossiers/{enterprise_number:str}/mailboxes/{mailbox:str}/documents",
    opt={"body_is_large": True},
    tags=["documents"],
    operation_id="deliverDocument",
    operation_class=DeliverOperation,
    responses={
        201: ResponseSpec(Received, description="A new document."),
        200: ResponseSpec(Received, description="The document that was already delivered under this key."),
    },
)
async def deliver(
    request: Request[Any, Any, Any],
    bench: NamedDependency[Workbench],
    uploads: NamedDependency[Uploads],
    visitor: NamedDependency[Visitor],
    enterprise_number: FromPath[str],
    mailbox: FromPath[Mailbox],
) -> Response[bytes]:
    """Bring one file in: multipart with a field `file`, or the bytes as the body with `Content-Type` and `X-File-Name`.

    Answered once bytes and event are safe on disk. Sent again under the same key it stays the same document.
    """
    dossier = await sync_to_thread(dossier_of, bench, enterprise_number)
    receipt = await uploads.take(request, visitor, dossier, mailbox, Channel.API)
    return answer(receipt, f"/api/v1/documents/{receipt.document}")


@get("/documents/{document:uuid}", sync_to_thread=True, tags=["documents"], operation_id="getDocument")
def look(bench: NamedDependency[Workbench], visitor: NamedDependency[Visitor], document: FromPath[UUID]) -> DocumentAnswer:
    """How far a document is, and what was recognised on it."""
    state = visible_document(bench, visitor.actor, document)
    received_at = bench.log.stream(document, upto=1)[0].at
    proposal = bench.log.find(BookingProposal, proposal_of(document))
    found = state.recognition
    return DocumentAnswer(
        id=document,
        dossier=state.dossier,
        mailbox=state.mailbox,
        channel=state.channel,
        file_name=state.file_name,
        media_type=state.media_type,
        sha256=state.sha256,
        status=_status(state, proposal.state if proposal else None),
        reason=state.reason,
        pages=state.pages,
        received_at=received_at,
        handled=state.handled,
        submitted=state.submitted,
        deleted=state.deleted,
        duplicate_of=state.twin,
        fields={one.field: _field(one) for one in (*found.fields, *found.private_fields)} if found else {},
        vat_rates=[_rate(one) for one in found.rates] if found else [],
    )


ROUTES = (deliver, look)

_BEFORE_SUBMITTING = {
    "arrived": "received",
    "inspected": "received",
    "unusable": "unusable",
    "recognised": "recognised",
    "failed": "not_recognised",
}


def dossier_of(bench: Workbench, number: str) -> UUID:
    """The dossier with this enterprise number, in any usual spelling. Whether it is this person's is asked when the file comes in."""
    digits = read_enterprise_number(number)
    dossier = dossier_by_enterprise_number(bench, digits) if digits else None
    if dossier is None:
        raise NotFoundError(f"dossier {number}")
    return dossier


def _status(state: Document, proposal: BookingProposal | None) -> str:
    if state.erased and proposal is None:
        return "erased"
    stage = proposal.stage.value if proposal else ""
    return status_of(stage, state.progress.value, submitted=state.submitted, processed=state.processed)


def status_of(stage: str, progress: str, *, submitted: bool, processed: bool) -> str:
    """Where a document is on its way: the stage of its proposal, or how far it came before it had one."""
    if stage:
        return stage
    if processed:
        return "processed"
    return "submitted" if submitted else _BEFORE_SUBMITTING[progress]


def _field(found: FoundField) -> FieldAnswer:
    sure = is_sure(found.confidence)
    return FieldAnswer(value=found.value, confidence=found.confidence, sure=sure, source=found.source, page=found.page, box=found.box)


def _rate(found: FoundRate) -> RateAnswer:
    return RateAnswer(rate=found.rate, base=found.base, vat=found.vat, category=found.category)
