"""What keeps the office running: tasks that failed, and the health of the read models (for who may see them)."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from adapters.event_store.anchors import AnchorKeeper
from adapters.jobs.table import JobTable
from application.audit_chain import Anchor
from application.event_log import NotFoundError
from application.jobs import JobRecord
from application.permissions import Action
from domain.booking_proposal import proposal_of
from projections import status
from web.answers import Answers
from web.frames import office_frame
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell

TASKS = {
    "inspect": _("Document openen"),
    "recognise": _("Document herkennen"),
    "draft": _("Boekingsvoorstel maken"),
    "push": _("Verzenden naar het pakket"),
    "read_back": _("Boeking teruglezen"),
    "synchronise": _("Dossier synchroniseren"),
    "erase": _("Document wissen"),
}
"""Kind of job → what it does."""
MODELS = {
    "directory": _("Mensen en dossiers"),
    "mailbox": _("Postbussen"),
    "worklist": _("Werklijst"),
    "archive": _("Archief"),
    "counterparties": _("Tegenpartijen"),
    "public_events": _("Gebeurtenissen voor andere programma's"),
}


@get("/office/tasks", sync_to_thread=True)
def tasks_page(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[str]:
    """Failed tasks of the dossiers this employee reaches; those of no dossier are an administrator's."""
    frame = office_frame(cell, visitor, "tasks")
    cell.bench.authority.require_office(visitor.actor, Action.RETRY_TASKS)
    jobs = JobTable(cell.database)
    failed = [(job, *found) for job in jobs.failed() if (found := _about(cell, visitor, job)) is not None]
    return answers.page(visitor, "office/tasks.html", frame, failed=failed, counts=jobs.counts(), tasks=TASKS)


@post("/office/tasks/{job:uuid}/retry", sync_to_thread=True)
def retry(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], job: FromPath[UUID]
) -> Redirect:
    """Try again, from the first attempt."""
    cell.bench.authority.require_office(visitor.actor, Action.RETRY_TASKS)
    jobs = JobTable(cell.database)
    record = next((one for one in jobs.failed() if one.id == job), None)
    if record is None or _about(cell, visitor, record) is None:
        raise NotFoundError(f"job {job}")
    jobs.retry(job)
    return answers.redirect(visitor, "/office/tasks", toast=_("De taak wordt opnieuw geprobeerd."))


@get("/office/health", sync_to_thread=True)
def health_page(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[str]:
    """How far the read models are behind the log, and what fails."""
    frame = office_frame(cell, visitor, "health")
    cell.bench.authority.require_office(visitor.actor, Action.SEE_HEALTH)
    log = cell.bench.log
    return answers.page(
        visitor,
        "office/health.html",
        frame,
        models=status.status(cell.models, log, cell.database),
        failing=status.failing(cell.database),
        names=MODELS,
        head=log.recorder.max_notification_id() or 0,
        counts=JobTable(cell.database).counts(),
        size=_database_size(cell),
        anchor=_anchor(cell),
    )


def _about(cell: Cell, visitor: Visitor, job: JobRecord) -> tuple[str, str, str] | None:
    """The dossier's name, what the job is about, and where that is seen; None when it is not this employee's."""
    reach = cell.models.directory.reach(visitor.actor.user, visitor.profile.value if visitor.profile else None)
    row = cell.models.worklist.find(job.subject) or cell.models.worklist.find(proposal_of(job.subject))
    dossier = row.dossier if row else job.subject
    card = cell.models.directory.dossier(dossier)
    if card is None:
        return ("–", "–", "") if reach is None else None
    if reach is not None and dossier not in reach:
        return None
    what = (row.invoice_number or row.file_name) if row else card.dossier_name
    href = f"/office/proposals/{row.id}" if row and row.drafted_at else f"/office/dossiers/{dossier}/worklist"
    return card.dossier_name, what, href


def _database_size(cell: Cell) -> int:
    """Bytes of the whole database."""
    with cell.database.transaction() as db:
        row = db.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def _anchor(cell: Cell) -> Anchor | None:
    """Up to where the log was last signed; None before the first time, or where this process has no key to tell."""
    if not cell.keys.signing_file.exists():
        return None
    keeper = AnchorKeeper(cell.keys.signing_file)
    return keeper.read(keeper.remembered())


ROUTES = (tasks_page, retry, health_page)
