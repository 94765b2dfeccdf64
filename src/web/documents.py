"""A document's bytes, words and thumbnail, for whoever may see it in a mailbox, in the worklist or in the archive."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.event_log import NotFoundError
from application.file_types import MediaType
from application.mailboxes import seen_document
from application.ports import ObjectMissing
from application.processing import shown_object, words_of
from application.workbench import Workbench
from domain.document import Document, Progress
from web.thumbnails import DPI, Busy, Thumbnails
from web.visiting import Visitor

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
"""For bytes of others: whatever they contain runs nothing."""
PRIVATE = "private, no-cache"
"""Kept by the browser, and asked for again each time: a profile may be withdrawn."""


@get("/documents/{document:uuid}/original", sync_to_thread=True)
def original(
    bench: NamedDependency[Workbench],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    document: FromPath[UUID],
    download: FromQuery[bool] = False,  # noqa: FBT002 - a query parameter
) -> Response[bytes]:
    """The received bytes as they came, shown in the browser or saved."""
    state = _seen(bench, visitor, document)
    headers = _headers(state.sha256)
    headers["Content-Disposition"] = _disposition(state.file_name, inline=not download and state.media_type != MediaType.XML)
    if _known(request, headers["ETag"]):
        return Response(b"", status_code=304, headers=headers)
    return Response(_bytes(bench, state), media_type=state.media_type, headers=headers)


@get("/documents/{document:uuid}/shown", sync_to_thread=True)
def shown(
    bench: NamedDependency[Workbench], visitor: NamedDependency[Visitor], request: Request[Any, Any, Any], document: FromPath[UUID]
) -> Response[bytes]:
    """What a person looks at: the PDF that came inside an electronic invoice or was made of a picture, else the original."""
    state = _seen(bench, visitor, document)
    sha256, media_type = shown_object(state)
    headers = _headers(sha256)
    if media_type == MediaType.XML:
        headers["Content-Disposition"] = _disposition(state.file_name, inline=False)
    if _known(request, headers["ETag"]):
        return Response(b"", status_code=304, headers=headers)
    return Response(_object(bench, sha256), media_type=media_type, headers=headers)


@get("/documents/{document:uuid}/words", sync_to_thread=True)
def words(bench: NamedDependency[Workbench], visitor: NamedDependency[Visitor], document: FromPath[UUID]) -> Response[bytes]:
    """The pages with their words and boxes in points, as recognition read them; none before it did."""
    pages = words_of(bench, _seen(bench, visitor, document))
    return Response(msgspec.json.encode(pages), media_type="application/json")


@get("/documents/{document:uuid}/thumbnail", sync_to_thread=True)
def thumbnail(
    bench: NamedDependency[Workbench],
    visitor: NamedDependency[Visitor],
    thumbnails: NamedDependency[Thumbnails],
    request: Request[Any, Any, Any],
    document: FromPath[UUID],
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """A small picture of a page of a PDF, drawn in the workshop; 503 when others are being drawn."""
    state = _seen(bench, visitor, document)
    sha256, media_type = shown_object(state)
    headers = _headers(f"{sha256}-{page}-{DPI}")
    if not _has_page(state, media_type, page) or thumbnails.is_bad(sha256, page):
        raise NotFoundError(f"page {page} of {document}")
    if _known(request, headers["ETag"]):
        return Response(b"", status_code=304, headers=headers)
    try:
        picture = thumbnails.draw(sha256, _object(bench, sha256), page)
    except Busy:
        return Response(b"", status_code=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    if picture is None:
        raise NotFoundError(f"page {page} of {document}")
    return Response(picture, media_type="image/png", headers=headers)


ROUTES = (original, shown, words, thumbnail)


def _seen(bench: Workbench, visitor: Visitor, document: UUID) -> Document:
    return seen_document(bench, visitor.actor, document)


def _has_page(state: Document, media_type: str, page: int) -> bool:
    """Whether there is such a page to draw: of a PDF that was opened before."""
    usable = media_type == MediaType.PDF and state.progress != Progress.UNUSABLE
    return usable and state.pages is not None and 1 <= page <= state.pages


def _bytes(bench: Workbench, state: Document) -> bytes:
    return _object(bench, state.sha256)


def _object(bench: Workbench, sha256: str) -> bytes:
    try:
        return bench.objects.get(sha256)
    except ObjectMissing as gone:
        raise NotFoundError("the bytes of the document") from gone


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": f'"{etag}"', "Cache-Control": PRIVATE, "Vary": "Cookie", "Content-Security-Policy": SANDBOX}


def _known(request: Request[Any, Any, Any], etag: str) -> bool:
    return etag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]


def _disposition(file_name: str, *, inline: bool) -> str:
    """RFC 6266: the name in UTF-8, and in ASCII for who does not know that."""
    plain = "".join(sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else "_" for sign in file_name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
