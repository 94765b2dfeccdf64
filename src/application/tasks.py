"""Tasks that failed for good: jobs a person has to look at, and may have tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import NotFoundError
from application.permissions import Action, Forbidden
from domain.booking_proposal import ProposalDrafted
from domain.document import DocumentReceived
from domain.dossier import DossierOpened
from domain.profiles import OfficeProfile
from domain.synchronisation import DossierSynchronised, SynchronisationRequested

if TYPE_CHECKING:
    from application.event_log import EventLog
    from application.jobs import JobRecord, Jobs
    from application.permissions import Actor
    from application.workbench import Workbench


def failed_tasks(bench: Workbench, jobs: Jobs, actor: Actor) -> list[tuple[JobRecord, UUID | None]]:
    """The failed tasks of the dossiers this employee reaches, each with its dossier; those of no dossier are an administrator's."""
    profile = bench.authority.require_office(actor, Action.RETRY_TASKS)
    found = [(job, dossier_of(bench.log, job.subject)) for job in jobs.failed()]
    return [(job, dossier) for job, dossier in found if _reaches(bench, actor, profile, dossier)]


def retry(bench: Workbench, jobs: Jobs, actor: Actor, job: UUID) -> None:
    """Try a failed task again, from its first attempt. One that has not failed, or is not this employee's, is told not to exist."""
    if not any(one.id == job for one, _ in failed_tasks(bench, jobs, actor)):
        raise NotFoundError(f"job {job}")
    jobs.retry(job)


def dossier_of(log: EventLog, subject: UUID) -> UUID | None:
    """The dossier of what a job is about, as the first event of its stream tells; None when that is no dossier's."""
    first = log.stream(subject, upto=1)
    match first[0].event if first else None:
        case DossierOpened():
            return subject
        case DocumentReceived(dossier=dossier) | ProposalDrafted(dossier=dossier):
            return dossier
        case SynchronisationRequested(dossier=dossier) | DossierSynchronised(dossier=dossier):
            return dossier
    return None


def _reaches(bench: Workbench, actor: Actor, profile: OfficeProfile, dossier: UUID | None) -> bool:
    if dossier is None:
        return profile == OfficeProfile.ADMIN
    try:
        bench.authority.require(actor, Action.RETRY_TASKS, dossier)
    except (NotFoundError, Forbidden):
        return False
    return True
