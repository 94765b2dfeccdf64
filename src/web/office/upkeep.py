"""What keeps the office running: tasks that failed, and the health of the read models (for who may see them)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from adapters.inspection.pool import TaskInterrupted
from application import tasks
from application.event_log import NotFoundError
from application.jobs import JobRecord
from application.permissions import Action
from application.ports import TaskFailed
from application.validation.rule_sets import RULE_SETS, RuleSet
from domain.booking_proposal import proposal_of
from projections import status
from projections.parking import ask_retry
from web.answers import Answers
from web.frames import office_frame
from web.translations import _
from web.visiting import Visitor
from web.wiring import Cell
from web.workshops import ocr_state

TASKS = {
    "unpack_mail": _("Bijlagen uit een mail halen"),
    "inspect": _("Document openen"),
    "validate": _("E-factuur toetsen aan haar norm"),
    "recognise": _("Document herkennen"),
    "draft": _("Boekingsvoorstel maken"),
    "redraft": _("Boekingsvoorstel opnieuw maken"),
    "push": _("Verzenden naar het pakket"),
    "read_back": _("Boeking teruglezen"),
    "synchronise": _("Dossier synchroniseren"),
    "remove": _("Boeking verwijderen uit het pakket"),
    "stamp": _("Nummer op een kopie zetten"),
    "teach": _("Leren uit correcties"),
    "erase": _("Document wissen"),
    "fetch_rates": _("Wisselkoersen ophalen"),
    "apply_rates": _("Wisselkoersen toepassen"),
}
"""Kind of job → what it does."""
MODELS = {
    "directory": _("Mensen en dossiers"),
    "mailbox": _("Postbussen"),
    "worklist": _("Werklijst"),
    "archive": _("Archief"),
    "counterparties": _("Tegenpartijen"),
    "lessons": _("Lessen uit correcties"),
    "past_bookings": _("Vroegere boekingen, voor sjablonen"),
    "track_records": _("Correcties per tegenpartij"),
    "exchange_rates": _("Wisselkoersen"),
    "document_numbers": _("Documentnummers"),
    "public_events": _("Gebeurtenissen voor andere programma's"),
}


@get("/office/tasks", sync_to_thread=True)
def tasks_page(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[str]:
    """Failed tasks of the dossiers this employee reaches; those of no dossier are an administrator's."""
    frame = office_frame(cell, visitor, "tasks")
    failed = [(job, *_about(cell, job, dossier)) for job, dossier in tasks.failed_tasks(cell.bench, cell.jobs, visitor.actor)]
    return answers.page(visitor, "office/tasks.html", frame, failed=failed, counts=cell.jobs.counts(), tasks=TASKS)


@post("/office/tasks/{job:uuid}/retry", sync_to_thread=True)
def retry(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], job: FromPath[UUID]
) -> Redirect:
    """Try again, from the first attempt."""
    tasks.retry(cell.bench, cell.jobs, visitor.actor, job)
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
        counts=cell.jobs.counts(),
        size=_database_size(cell),
        anchor=cell.chain.remembered(),
        ocr=ocr_state(cell.settings),
    )


@get("/office/health/rules", sync_to_thread=True)
def rules_part(cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor]) -> Response[str]:
    """The official rules for electronic invoices, those of the operator's folder tried."""
    cell.bench.authority.require_office(visitor.actor, Action.SEE_HEALTH)
    return answers.fragment(visitor, "office/health_rules.html", sets=_rule_sets(cell))


def _rule_sets(cell: Cell) -> Sequence[RuleSet] | None:
    """None when the process that knows them cannot answer now."""
    try:
        return cast("Sequence[RuleSet]", cell.bench.rules.run(RULE_SETS, b""))
    except (TaskFailed, TaskInterrupted):
        return None


@post("/office/health/{model:str}/retry", sync_to_thread=True)
def retry_parked(
    cell: NamedDependency[Cell], answers: NamedDependency[Answers], visitor: NamedDependency[Visitor], model: FromPath[str]
) -> Redirect:
    """What a read model could not take is tried again, within a second."""
    cell.bench.authority.require_office(visitor.actor, Action.SEE_HEALTH)
    if model not in {one.name for one in cell.models}:
        raise NotFoundError(f"read model {model}")
    with cell.database.transaction() as db:
        ask_retry(db, model)
    return answers.redirect(visitor, "/office/health", toast=_("Wat overgeslagen werd, wordt opnieuw geprobeerd."))


def _about(cell: Cell, job: JobRecord, dossier: UUID | None) -> tuple[str, str, str]:
    """The dossier's name, what the job is about, and where that is seen."""
    card = cell.models.directory.dossier(dossier) if dossier else None
    if card is None:
        return "–", "–", ""
    row = cell.models.worklist.find(job.subject) or cell.models.worklist.find(proposal_of(job.subject))
    what = (row.invoice_number or row.file_name) if row else card.dossier_name
    href = f"/office/proposals/{row.id}" if row and row.drafted_at else f"/office/dossiers/{dossier}/worklist"
    return card.dossier_name, what, href


def _database_size(cell: Cell) -> int:
    """Bytes of the whole database."""
    with cell.database.transaction() as db:
        row = db.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


ROUTES = (tasks_page, retry, health_page, rules_part, retry_parked)
