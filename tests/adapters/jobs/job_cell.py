"""A cell with the log, the runner and the jobs, and a worker that can run in a process of its own:

`python job_cell.py DSN LEASE BROKER_URL` (the last may be empty) runs jobs of the kind «slow»: each sleeps as long as its event says.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from adapters import jobs
from adapters.jobs.deriver import JobDeriver
from adapters.jobs.worker import JobWorker
from adapters.postgres.pool import Database
from application.jobs import Job, JobKind
from domain.document import DocumentRenamed
from projections.runner import Runner
from read_models import MIGRATIONS, append, open_log

SLOW = JobKind(name="slow", triggers=(DocumentRenamed,), first_wait=0.05, longest_wait=0.2, attempts=3)
FOLDERS = MIGRATIONS | {"jobs": Path(jobs.__file__).parent / "migrations"}


class JobCell:
    """The parts, and shorthands for the tests. `effects` is what the handlers did: a row per run."""

    def __init__(self, log, pool: Database) -> None:
        self.log, self.pool, self.dsn = log, pool, pool.dsn
        self.runner = Runner(log, pool, (), [JobDeriver(pool, [SLOW])])
        with pool.transaction() as db:
            db.execute("CREATE TABLE effects (job uuid, who text, at timestamptz DEFAULT clock_timestamp())")

    def ask(self, name: str = "0", stream: UUID | None = None) -> UUID:
        """An event that asks for a job; gives the stream."""
        stream = stream or uuid4()
        append(self.log, stream, DocumentRenamed(file_name=name))
        return stream

    def rows(self, query: str, *values: object) -> list[tuple]:
        with self.pool.transaction() as db:
            return db.execute(query, values).fetchall()

    def done(self) -> int:
        return self.rows("SELECT count(*) FROM open_jobs WHERE state = 'done'")[0][0]

    def worker(self, handler, **options) -> JobWorker:
        return JobWorker(self.pool, [SLOW], {"slow": handler}, **options)


@contextmanager
def open_cell(dsn: str) -> Iterator[JobCell]:
    with open_log(dsn, FOLDERS) as log, Database(dsn, "cell", size=12) as pool:
        cell = JobCell(log, pool)
        cell.runner.start()
        try:
            yield cell
        finally:
            cell.runner.close()


@contextmanager
def worker_processes(cell: JobCell, url: str = "") -> Iterator[Callable[[float], subprocess.Popen[bytes]]]:
    """Starts workers as processes of their own, given the seconds of a lease; ends them all."""
    root = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"}
    started = []

    def start(lease: float) -> subprocess.Popen[bytes]:
        command = [sys.executable, __file__, cell.dsn, str(lease), url]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        started.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.communicate()


def eventually(check, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.01)


def main(dsn: str, lease: str, url: str) -> None:
    with Database(dsn, "cell", size=6) as pool, open_log(dsn, FOLDERS) as log:

        def slow(job: Job) -> None:
            with pool.transaction() as db:
                db.execute("INSERT INTO effects (job, who) VALUES (%s, 'process')", (job.id,))
            time.sleep(float(log.stream(job.subject)[0].event.file_name))

        with JobWorker(pool, [SLOW], {"slow": slow}, broker_url=url or None, lease=float(lease)):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
