"""Looking into an installation from the command line: how far it is, whether its log is whole, what happened to a document."""

from __future__ import annotations

import sys
from datetime import datetime
from uuid import UUID

from application.audit_report import report_lines
from domain.kernel import Refused
from projections import generations
from projections.status import status as model_status
from web.commands.manage import cell_of
from web.formats import OFFICE_TIME
from web.history import print_history
from web.output import tell
from web.settings import Settings
from web.wiring import Cell


def status(settings: Settings) -> int:
    """Position and lag of every read model, and the jobs. Exit status 1 when something needs attention."""
    with cell_of(settings) as cell:
        lines, well = status_lines(cell)
    for line in lines:
        tell(line)
    return 0 if well else 1


def status_lines(cell: Cell) -> tuple[list[str], bool]:
    """The lines of `daybook status`, and whether all is well."""
    lines = [f"Logboek: positie {cell.bench.log.recorder.max_notification_id() or 0}"]
    well = True
    for one in model_status(cell.models, cell.bench.log, cell.database):
        trouble = [f"{len(one.parked)} geparkeerd"] * bool(one.parked) + [failure.error for failure in one.failures]
        well = well and one.serves and not trouble
        state = (
            "wordt opgebouwd" if one.filling is not None else "actueel" if one.lag == 0 else f"{one.lag} achter ({one.lag_seconds:.0f} s)"
        )
        lines.append(f"{one.name:<16} {one.position:>9}  {state}{'  ' + '; '.join(trouble) if trouble else ''}")
    jobs = cell.jobs.counts()
    lines.append(f"Taken: {jobs.waiting} wachten, {jobs.running} bezig, {jobs.failed} mislukt")
    return lines, well and not jobs.failed


def verify(settings: Settings) -> int:
    """Compare the log with its digest chain and the signed anchors. Exit status 1 when something was changed or removed."""
    with cell_of(settings) as cell:
        cell.chain.advance(limit=sys.maxsize)
        report = cell.chain.verify()
    for line in report_lines(report):
        tell(line)
    return 0 if report.intact else 1


def history(settings: Settings, identity: str, at: str | None) -> int:
    """What happened to a document or a proposal, up to a moment on the office's clock, and its state then."""
    document = document_id(identity)
    with cell_of(settings) as cell:
        lines = print_history(cell, document, _moment(at) if at else None)
    for line in lines:
        tell(line)
    return 0


def document_id(text: str) -> UUID:
    """The id somebody typed."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused("“{given}” is geen id van een document.", given=text) from error


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("“{given}” is geen moment. Schrijf het als 2026-03-12T10:00.", given=text) from error
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_TIME)


def rebuild(settings: Settings, model: str) -> int:
    """Have a read model filled anew beside the one that serves; the running worker does it."""
    with cell_of(settings) as cell:
        found = next((one for one in cell.models if one.name == model), None)
        if found is None:
            tell(f"Leesmodel {model} bestaat niet. Kies uit: {', '.join(one.name for one in cell.models)}.")
            return 1
        generations.rebuild(found, cell.bench.log)
    tell(f"{model} wordt opnieuw opgebouwd; intussen blijft het bestaande dienen.")
    return 0
