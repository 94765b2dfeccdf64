"""The worker process: read models, reactions and the audit chain follow the log; jobs open, read, push and synchronise."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from adapters.jobs.deriver import JobDeriver
from adapters.jobs.worker import JobWorker
from application import work
from application.reactions import ReactionFollower
from projections.runner import Runner
from web.auditing import Auditing
from web.database import database_of
from web.logs import configure_logs
from web.parent import OWNER_ONLY, end_with_parent
from web.rate_watch import RateWatch
from web.settings import Settings, read_settings
from web.wiring import Cell, open_cell

if TYPE_CHECKING:
    from application.following import Follower

log = logging.getLogger(__name__)


def main(part: str = "all") -> None:
    """Work until SIGTERM or SIGINT. `part`: only jobs, only what follows the log, or all."""
    os.umask(OWNER_ONLY)
    configure_logs()
    end_with_parent()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    settings = read_settings()
    with database_of(settings) as dsn:
        cell = open_cell(
            settings, dsn, threads=settings.worker_threads + 2, workshop_size=settings.workshop_size if part != "projector" else 0
        )
        try:
            _work(cell, settings, part, stopping)
        finally:
            cell.close()


def _work(cell: Cell, settings: Settings, part: str, stopping: threading.Event) -> None:
    runner = make_runner(cell) if part != "jobs" else None
    jobs = make_jobs(cell, settings) if part != "projector" else None
    if runner is not None:
        runner.start()
    if jobs is not None:
        jobs.start()
    auditing = Auditing(cell.chain) if runner is not None else None
    if auditing is not None:
        auditing.start()
    watch = RateWatch(cell.bench) if jobs is not None and cell.bench.rate_publisher.is_on else None
    if watch is not None:
        watch.start()
    log.info("working: %s", part)
    stopping.wait()
    if watch is not None:
        watch.close()
    if jobs is not None:
        jobs.close(patience=1.0)
    if runner is not None:
        runner.close()
    if auditing is not None:
        auditing.close()


def make_runner(cell: Cell) -> Runner:
    """Everything that follows the log, in one loop."""
    return Runner(cell.bench.log, cell.database, cell.models, followers(cell))


def followers(cell: Cell) -> Sequence[Follower]:
    """What follows the log beside the read models."""
    reactions = [ReactionFollower(one, cell.bench.log) for one in work.REACTIONS]
    return [JobDeriver(cell.database, work.JOB_KINDS), *reactions]


def make_jobs(cell: Cell, settings: Settings) -> JobWorker:
    """The jobs, woken in memory or through RabbitMQ."""
    return JobWorker(
        cell.database, work.JOB_KINDS, work.handlers(cell.bench), broker_url=settings.amqp_url or None, threads=settings.worker_threads
    )


if __name__ == "__main__":
    main()
