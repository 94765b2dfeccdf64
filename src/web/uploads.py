"""Files on their way in, by the browser and by programs alike: read without blocking, taken in by one use-case."""

from __future__ import annotations

from asyncio import Semaphore
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from application import intake
from application.permissions import Action
from application.workbench import Workbench
from domain.document import Channel, Mailbox
from web.answers import Answers
from web.errors import BadInput
from web.translations import _
from web.visiting import Visitor

MULTIPART = 100_000
"""Bytes that a multipart body may be longer than the file in it."""
LONGEST_KEY = 200
LONGEST_NAME = 255
AT_ONCE = 8
"""Whole files in memory at the same time, from their last byte until they are on disk."""


class Uploads:
    """Takes files in; one for the whole application (dependency `uploads`)."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._turn = Semaphore(AT_ONCE)

    async def take(
        self, request: Request[Any, Any, Any], visitor: Visitor, dossier: UUID, mailbox: Mailbox, channel: Channel
    ) -> intake.Receipt:
        """The file of a request: a multipart field `file`, or the body itself with `X-File-Name`. Needs an Idempotency-Key.

        Who may not deliver is told so before anything else of his request is looked at.
        """
        await sync_to_thread(self._bench.authority.require, visitor.actor, Action.DELIVER, dossier)
        key = request.headers.get("idempotency-key", "").strip()
        if not 0 < len(key) <= LONGEST_KEY:
            raise BadInput("Idempotency-Key", _("Geef elk bestand een eigen sleutel mee, van hoogstens 200 tekens."))
        file = await _file(request)
        try:
            name = (file.filename or "").replace("\\", "/").rpartition("/")[2].strip()[-LONGEST_NAME:]
            async with self._turn:
                data = await file.read()
                delivery = intake.Delivery(dossier=dossier, mailbox=mailbox, channel=channel, file_name=name, data=data, key=key)
                return await sync_to_thread(intake.receive, self._bench, visitor.actor, delivery)
        finally:
            await file.close()


async def _file(request: Request[Any, Any, Any]) -> UploadFile:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        sent = (await request.form()).get("file")
        if not isinstance(sent, UploadFile):
            raise BadInput("file", _("Er zit geen bestand in het veld “file”."))
        return sent
    name = request.headers.get("x-file-name", "").strip()
    if not name:
        raise BadInput("X-File-Name", _("Geef de naam van het bestand mee."))
    body = UploadFile(request.headers.get("content-type", ""), unquote(name))
    try:
        async for chunk in request.stream():
            await body.write(chunk)
    except BaseException:
        await body.close()
        raise
    await body.seek(0)
    return body


def answer(receipt: intake.Receipt, address: str) -> Response[bytes]:
    """201 for a new document, 200 for one that was there under the same key; where it can be looked at, and its twin."""
    body = msgspec.json.encode({"id": receipt.document, "url": address, "duplicate_of": receipt.twin})
    if receipt.repeated:
        return Response(body, media_type=MediaType.JSON, status_code=200)
    return Response(body, media_type=MediaType.JSON, status_code=201, headers={"Location": address})


@post("/portal/{dossier:uuid}/mailboxes/{mailbox:str}/documents", opt={"body_is_large": True})
async def upload(
    request: Request[Any, Any, Any],
    uploads: NamedDependency[Uploads],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    dossier: FromPath[UUID],
    mailbox: FromPath[Mailbox],
) -> Response[bytes]:
    """From the page script: one request a file, `?channel=photo` when it was just taken."""
    channel = Channel.PHOTO if request.query_params.get("channel") == Channel.PHOTO else Channel.UPLOAD
    receipt = await uploads.take(request, visitor, dossier, mailbox, channel)
    await sync_to_thread(answers.wrote, visitor, receipt.position)
    return answer(receipt, f"/documents/{receipt.document}/original")


ROUTES = (upload,)
