"""A worker process's jobs: a dispatcher, a dramatiq worker with threads, and a heartbeat that keeps the leases of running jobs.

Without a broker's URL the messages go through memory inside this process; with one, through RabbitMQ to whichever process is free.
Retries and failures are kept in the table, so the broker has no middleware of its own for them and stores no results.
"""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING, Self
from uuid import UUID

import dramatiq
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.stub import StubBroker

from adapters.jobs.dispatcher import Dispatcher
from adapters.jobs.heartbeat import Heartbeat
from adapters.jobs.table import JobTable
from application.jobs import Handler, Job, JobKind, Later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dramatiq import Broker

    from application.cell_database import CellDatabase

log = logging.getLogger(__name__)


def open_broker(url: str | None) -> Broker:
    """RabbitMQ at this URL (`amqp://…`), or memory."""
    return RabbitmqBroker(url=url, middleware=[], confirm_delivery=True) if url else StubBroker(middleware=[])


class JobWorker:
    """Runs jobs of the kinds it has a handler for, `threads` at a time.

    A lease lasts `lease` seconds and is renewed while the job runs: that long after a worker was killed, another has its jobs.
    """

    def __init__(
        self,
        database: CellDatabase,
        kinds: Sequence[JobKind],
        handlers: Mapping[str, Handler],
        *,
        broker_url: str | None = None,
        threads: int = 4,
        lease: float = 10.0,
        poll: float = 0.25,
        keep_days: float = 14.0,
    ) -> None:
        self._kinds = {kind.name: kind for kind in kinds if kind.name in handlers}
        self._handlers, self._lease = handlers, lease
        self._table = JobTable(database)
        self._heart = Heartbeat(self._table, lease)
        self._broker = open_broker(broker_url)
        queue = f"{database.schema}_jobs"
        self._actor = dramatiq.actor(actor_name="run_job", queue_name=queue, broker=self._broker)(self._run)
        self._worker = dramatiq.Worker(self._broker, worker_threads=threads, worker_timeout=200)
        self._dispatcher = Dispatcher(
            database.dsn, self._table, list(self._kinds), self._send, room=2 * threads, lease=lease, poll=poll, keep_days=keep_days
        )

    def start(self) -> None:
        """Begin to take jobs."""
        self._heart.start()
        self._worker.start()
        self._dispatcher.start()

    def close(self, patience: float = 2.0) -> None:
        """Take no more jobs; those running get `patience` seconds, after which their leases run out and somebody else does them."""
        self._dispatcher.close()
        self._table.release()
        self._worker.stop(timeout=round(patience * 1000))
        self._heart.close()
        self._broker.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, job: UUID, lease: UUID) -> None:
        self._actor.send(str(job), str(lease))

    def _run(self, job_id: str, lease: str) -> None:
        taken = self._table.take(UUID(job_id), UUID(lease), self._lease)
        self._dispatcher.poke()
        if taken is None:
            return
        job, own = taken
        kind = self._kinds.get(job.kind)
        with self._heart.keeping(own):
            if kind is None:  # leased by a process of another version
                self._table.postpone(job.id, own, self._lease)
            elif job.attempt > kind.attempts:
                self._table.fail(job.id, own, f"the worker was lost during each of {kind.attempts} attempts")
            else:
                self._handle(kind, job, own)

    def _handle(self, kind: JobKind, job: Job, own: UUID) -> None:
        try:
            self._handlers[job.kind](job)
        except Later as later:
            self._table.postpone(job.id, own, later.seconds)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises ends in the task list
            self._went_wrong(kind, job, own, error)
        else:
            self._table.finish(job.id, own)

    def _went_wrong(self, kind: JobKind, job: Job, own: UUID, error: Exception) -> None:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:2000]
        if job.attempt >= kind.attempts:
            log.error("%s of %s has failed for good", job.kind, job.subject, exc_info=error)
            self._table.fail(job.id, own, said)
            return
        log.warning("%s of %s went wrong at attempt %s: %s", job.kind, job.subject, job.attempt, said)
        self._table.back_off(job.id, own, wait_before(kind, job.attempt), said)


def wait_before(kind: JobKind, attempt: int) -> float:
    """Seconds between this failed attempt and the next: doubling up to the longest, give or take a quarter so that not all come at once."""
    wait = min(kind.first_wait * 2.0 ** (attempt - 1), kind.longest_wait)
    return wait * random.uniform(0.75, 1.25)  # noqa: S311 - spreading load
