"""What a program may go through: the dossiers it comes into, and the documents of one, page by page."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter

from application.permissions import Action, Extent
from domain.document import Channel, Mailbox
from projections.mailbox import MailboxRow
from web.api.documents import dossier_of, status_of
from web.api.reach import reach_of
from web.errors import BadInput
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

MOST = 200
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str, QueryParameter(max_length=200, description="Where the page before ended: take it from `next`.")]
Text = Annotated[str, QueryParameter(max_length=100, description="Part of a name, an invoice number, a file name or an amount.")]
Since = Annotated[datetime | None, QueryParameter(description="Brought in at this moment or later; without a zone it is UTC.")]
Until = Annotated[datetime | None, QueryParameter(description="Brought in before this moment.")]


class DossierAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A client of the office."""

    id: UUID
    enterprise_number: str
    name: str


class DossierPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some dossiers by enterprise number, and the address of the following ones."""

    dossiers: list[DossierAnswer]
    next: str | None


class ListedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a list, with what was read on it; `url` has the rest. Amounts are positive, also of a credit note."""

    id: UUID
    url: str
    mailbox: Mailbox
    channel: Channel
    file_name: str
    status: str
    received_at: datetime
    duplicate_of: UUID | None
    party: str
    invoice_number: str
    invoice_date: date | None
    total: Decimal | None
    currency: str
    credit_note: bool


class DocumentPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some documents, latest first, and the address of the following ones."""

    documents: list[ListedDocument]
    next: str | None


@get(
    "/dossiers",
    sync_to_thread=True,
    tags=["documents"],
    operation_id="listDossiers",
    responses={200: ResponseSpec(DossierPage, description="The dossiers this token comes into.")},
)
def list_dossiers(
    cell: NamedDependency[Cell], visitor: NamedDependency[Visitor], cursor: Cursor = "", limit: Limit = 100
) -> Response[bytes]:
    """The dossiers this token comes into, by enterprise number."""
    found = cell.models.directory.dossiers_among(reach_of(cell, visitor), after=cursor, limit=limit + 1)
    shown = [DossierAnswer(id=one.id, enterprise_number=one.enterprise_number, name=one.dossier_name) for one in found[:limit]]
    following = _address("/api/v1/dossiers", cursor=shown[-1].enterprise_number, limit=limit) if len(found) > limit else None
    return _page(DossierPage(dossiers=shown, next=following))


@get(
    "/dossiers/{enterprise_number:str}/documents",
    sync_to_thread=True,
    tags=["documents"],
    operation_id="listDocuments",
    responses={200: ResponseSpec(DocumentPage, description="Documents, latest first.")},
)
def list_documents(
    cell: NamedDependency[Cell],
    visitor: NamedDependency[Visitor],
    enterprise_number: FromPath[str],
    mailbox: FromQuery[Mailbox | None] = None,
    q: Text = "",
    received_since: Since = None,
    received_before: Until = None,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Response[bytes]:
    """The documents of a dossier, latest first, also those that are booked; who only delivers finds what he delivered."""
    dossier = dossier_of(cell.bench, enterprise_number)
    extent = cell.bench.authority.require(visitor.actor, Action.SEE_MAILBOXES, dossier)
    found = cell.models.mailbox.whole(
        dossier,
        only_by=visitor.actor.user if extent == Extent.OWN else None,
        mailbox=mailbox.value if mailbox else "",
        text=q,
        since=_moment(received_since),
        until=_moment(received_before),
        before=_read(cursor),
        limit=limit + 1,
    )
    asked = {"mailbox": mailbox and mailbox.value, "q": q, "received_since": received_since, "received_before": received_before}
    path = f"/api/v1/dossiers/{enterprise_number}/documents"
    following = _address(path, **asked, cursor=_written(found[limit - 1]), limit=limit) if len(found) > limit else None
    return _page(DocumentPage(documents=[_listed(one) for one in found[:limit]], next=following))


ROUTES = (list_dossiers, list_documents)


def _listed(row: MailboxRow) -> ListedDocument:
    return ListedDocument(
        id=row.document,
        url=f"/api/v1/documents/{row.document}",
        mailbox=Mailbox(row.mailbox),
        channel=Channel(row.channel),
        file_name=row.file_name,
        status=status_of(row.stage, row.progress, submitted=row.submitted_at is not None, processed=row.done),
        received_at=row.delivered_at,
        duplicate_of=row.twin,
        party=row.party,
        invoice_number=row.invoice_number,
        invoice_date=row.invoice_date,
        total=row.total,
        currency=row.currency,
        credit_note=row.credit_note,
    )


def _page(page: DossierPage | DocumentPage) -> Response[bytes]:
    headers = {"Link": f'<{page.next}>; rel="next"'} if page.next else {}
    return Response(msgspec.json.encode(page), media_type="application/json", headers=headers)


def _address(path: str, **asked: object) -> str:
    given = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}"


def _moment(given: datetime | None) -> datetime | None:
    return given.replace(tzinfo=UTC) if given is not None and given.tzinfo is None else given


def _written(row: MailboxRow) -> str:
    return urlsafe_b64encode(f"{row.delivered_at.isoformat()} {row.id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, UUID] | None:
    """Where a page ended. Refused when it is not one of ours."""
    if not cursor:
        return None
    try:
        at, _space, last = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        return datetime.fromisoformat(at).astimezone(UTC), UUID(last)
    except ValueError as wrong:
        raise BadInput("cursor", _("Dit is geen plaats in deze lijst. Neem ze over uit “next”.")) from wrong
