"""One document of a client (FEATURES B7–B9): its pages beside what was recognised, where it is, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from application import asking, mailboxes
from application.event_log import NotFoundError
from application.file_types import MediaType
from application.history import pages_not_read
from application.permissions import Action
from application.processing import shown_object
from domain.document import Document, Progress
from domain.kernel import Refused
from web import faults
from web.answers import Answers
from web.errors import BadInput
from web.forms import Form
from web.frames import portal_frame
from web.portal import archive
from web.portal.mailbox_acts import perform, told, undo_address
from web.portal.mailbox_rows import TILES, line_of
from web.portal.mailboxes import listing_of, only_by, trail_of
from web.portal.readings import shown
from web.portal.states import CHANNELS, sentence_of
from web.translations import _, explained
from web.visiting import Visitor
from web.wiring import Cell

if TYPE_CHECKING:
    from application.accounting_package import PackageBooking
    from web.portal.trail import Trail

STAYS = frozenset({"unhandled", "restore"})
"""Acts after which the document stays on the screen; after the others the next one comes, when the person wants that."""


@get("/portal/{dossier:uuid}/documents/{document:uuid}", sync_to_thread=True)
def preview(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    document: FromPath[UUID],
) -> Response[str]:
    """The document and everything about it."""
    fresh = answers.caught_up(visitor, cell.models.mailbox, cell.models.archive)
    frame = portal_frame(cell, visitor, dossier, "archive" if _from_archive(request) else "mailboxes")
    state = seen_here(cell, visitor, dossier, document)
    values = _facts(cell, visitor, document, state) | {"trail": _trail(cell, visitor, request, dossier, document)}
    return answers.page(visitor, "portal/preview.html", frame, updating=not fresh, **values)


@post("/portal/{dossier:uuid}/documents/{document:uuid}/act", sync_to_thread=True)
def act(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Do one thing with the document; then on to the next one, or back to the list."""
    seen_here(cell, visitor, dossier, document)
    do, trail = form.text("do"), _trail(cell, visitor, request, dossier, document)
    here = f"/portal/{dossier}/documents/{document}?{trail.query}"
    outcome = perform(cell, visitor, dossier, do, [document])
    toast = told(visitor, do, outcome)
    if outcome.refused:
        return answers.redirect(visitor, here, toast=toast, problem=True)
    following = (trail.next or trail.back) if form.flag("then_next") or do != "handled" else here
    to = here if do in STAYS else following
    undo = undo_address(listing_of(request, dossier), do, outcome)
    return answers.redirect(visitor, to, position=outcome.position, toast=toast, undo=undo)


@post("/portal/{dossier:uuid}/documents/{document:uuid}/name", sync_to_thread=True)
def rename(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Give the document another title."""
    seen_here(cell, visitor, dossier, document)
    here = f"/portal/{dossier}/documents/{document}?{request.url.query}"
    try:
        position = mailboxes.rename(cell.bench, visitor.actor, document, form.text("file_name"))
    except Refused as refusal:
        return answers.redirect(visitor, here, toast=explained(refusal, visitor.language), problem=True)
    return answers.redirect(visitor, here, position=position, toast=_("De naam is gewijzigd."))


@post("/portal/{dossier:uuid}/documents/{document:uuid}/answer", sync_to_thread=True)
def answer(
    cell: NamedDependency[Cell],
    answers: NamedDependency[Answers],
    visitor: NamedDependency[Visitor],
    request: Request[Any, Any, Any],
    dossier: FromPath[UUID],
    document: FromPath[UUID],
    form: NamedDependency[Form],
) -> Redirect:
    """Answer a question of the office about the document."""
    seen_here(cell, visitor, dossier, document)
    here = f"/portal/{dossier}/documents/{document}?{request.url.query}"
    number = form.text("number")
    if not number.isdecimal():
        raise BadInput("number", _("Deze keuze bestaat niet."))
    try:
        position = asking.answer_question(cell.bench, visitor.actor, document, int(number), form.text("answer"))
    except Refused as refusal:
        return answers.redirect(visitor, here, toast=explained(refusal, visitor.language), problem=True)
    return answers.redirect(visitor, here, position=position, toast=_("Je accountant krijgt je antwoord."))


ROUTES = (preview, act, rename, answer)


def _from_archive(request: Request[Any, Any, Any]) -> bool:
    return request.query_params.get("from") == "archive"


def _trail(cell: Cell, visitor: Visitor, request: Request[Any, Any, Any], dossier: UUID, document: UUID) -> Trail:
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    if _from_archive(request) or Action.SEE_MAILBOXES not in allowed:
        return archive.trail_of(cell, request, dossier, document)
    return trail_of(cell, visitor, request, dossier, document)


def seen_here(cell: Cell, visitor: Visitor, dossier: UUID, document: UUID) -> Document:
    """The document, if the person may see it and it is of this dossier. Raises `NotFoundError`."""
    state = mailboxes.seen_document(cell.bench, visitor.actor, document)
    if state.dossier != dossier:
        raise NotFoundError(f"document {document}")
    return state


def _facts(cell: Cell, visitor: Visitor, document: UUID, state: Document) -> dict[str, Any]:
    bench, models = cell.bench, cell.models
    row = models.mailbox.find(document)
    if row is None:
        raise Refused("Dit document is nog niet klaar om te tonen. Probeer het over enkele seconden opnieuw.")
    allowed = bench.authority.allowed(visitor.actor, state.dossier)
    archived = models.archive.find(document) if Action.SEE_ARCHIVE in allowed else None
    booked = archived if archived and (archived.booked_at or archived.processed_at) else None
    media_type = shown_object(state)[1]
    may_answer = Action.ANSWER_QUESTIONS in allowed
    questions = asking.questions_about(bench, visitor.actor, document) if may_answer else ()
    people = models.directory.names({row.delivered_by, *(who for one in questions for who in (one.asker, one.answerer))})
    booking = bench.mirror.booking(state.dossier, row.id) if booked else None
    return {
        "dossier": state.dossier,
        "document": document,
        "line": line_of(row, people, allowed),
        "fields": shown(state.recognition, state.mailbox),
        "rates": state.recognition.rates if state.recognition else (),
        "faults": faults.shown(state.validation, visitor.language),
        "texts": state.recognition.line_texts if state.recognition else (),
        "ocr": state.recognition.ocr if state.recognition else "",
        "not_read": pages_not_read(state.recognition) if state.recognition else (),
        "picture": _PICTURES.get(MediaType(media_type), "") if state.progress != Progress.UNUSABLE else "",
        "xml": state.media_type == MediaType.XML,
        "twin": _twin(cell, visitor, state),
        "alike": models.mailbox.alike(state.dossier, [row], only_by(cell, visitor, state.dossier)).get(document)
        if Action.SEE_MAILBOXES in allowed
        else None,
        "channel": CHANNELS[row.channel],
        "sentence": sentence_of(row),
        "booked": booked,
        "booking": booking,
        "payment": archive.badge_of(_paid(booking), None if booking.credit_note else booking.due_date, bench.now().date())
        if booking
        else None,
        "tiles": TILES,
        "today": bench.now().date(),
        "may_see_history": Action.SEE_HISTORY in allowed,
        "may_edit": Action.EDIT_DOCUMENTS in allowed,
        "may_submit": Action.SUBMIT in allowed,
        "questions": questions,
        "may_answer": may_answer,
        "people": people,
    }


def _paid(booking: PackageBooking) -> str:
    return "yes" if booking.paid >= booking.total else "partly" if booking.paid else "no"


_PICTURES = {MediaType.PDF: "pdf", MediaType.JPEG: "image", MediaType.PNG: "image"}


def _twin(cell: Cell, visitor: Visitor, state: Document) -> UUID | None:
    """The first document with the same bytes, when the person may see that one too."""
    if state.twin is None:
        return None
    try:
        mailboxes.seen_document(cell.bench, visitor.actor, state.twin)
    except NotFoundError:
        return None
    return state.twin
