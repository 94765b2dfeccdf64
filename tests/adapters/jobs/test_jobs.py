import signal
import threading
import time
from uuid import uuid4

import psycopg
import pytest
from job_cell import SLOW, eventually, open_cell, worker_processes

from adapters.jobs.deriver import JobDeriver
from adapters.jobs.table import JobTable
from adapters.jobs.worker import JobWorker, wait_before
from application.following import Overtaken
from application.jobs import JobKind, JobState, Later
from domain.document import DocumentRenamed


@pytest.fixture
def cell(database):
    with open_cell(database) as made:
        yield made


@pytest.fixture
def worker_process(cell):
    with worker_processes(cell) as start:
        yield start


def test_an_event_becomes_a_job_that_runs_within_a_moment(cell):
    ran = threading.Event()
    seen = []

    def handler(job):
        seen.append((job, time.monotonic()))
        ran.set()

    with cell.worker(handler, poll=5.0):
        time.sleep(0.3)
        started = time.monotonic()
        stream = cell.ask()
        assert ran.wait(5)
        eventually(lambda: cell.done() == 1)
    job, at = seen[0]
    assert (job.kind, job.subject, job.cause, job.attempt) == ("slow", stream, f"{stream}/1", 1)
    assert job.context.causation == f"{stream}/1"
    assert at - started < 0.5


def test_what_is_not_wanted_opens_no_job(cell):
    kind = JobKind(name="picky", triggers=(DocumentRenamed,), wanted=lambda moment: moment.event.file_name == "yes")
    deriver = JobDeriver(cell.pool, [kind])
    cell.runner.close()
    cell.ask("no")
    stream = cell.ask("yes")
    deriver.take(deriver.position(), cell.log.read(deriver.position()))
    assert cell.rows("SELECT subject FROM open_jobs WHERE kind = 'picky'") == [(stream,)]


def test_deriving_the_same_events_again_opens_nothing_twice(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    cell.runner.close()
    cell.rows("UPDATE job_deriver_position SET position = 0 RETURNING 1")
    deriver = JobDeriver(cell.pool, [SLOW])
    deriver.take(0, cell.log.read(0))
    assert cell.rows("SELECT count(*) FROM open_jobs") == [(1,)]
    with pytest.raises(Overtaken):
        deriver.take(0, cell.log.read(0))


def test_two_workers_run_every_job_once(cell):
    ran, guard = [], threading.Lock()

    def handler(job):
        with guard:
            ran.append(job.id)
        time.sleep(0.002)

    with cell.worker(handler), cell.worker(handler):
        for _ in range(60):
            cell.ask()
        eventually(lambda: cell.done() == 60)
    assert len(ran) == len(set(ran)) == 60


def test_work_that_goes_wrong_is_tried_again_and_then_listed_as_failed_until_somebody_retries_it(cell):
    broken, attempts = True, []

    def handler(job):
        attempts.append(job.attempt)
        if broken:
            raise ValueError("the package\nsays no")

    table = JobTable(cell.pool)
    with cell.worker(handler, poll=0.02):
        stream = cell.ask()
        eventually(lambda: table.counts().failed == 1)
        assert attempts == [1, 2, 3]
        [failed] = table.failed()
        assert (failed.subject, failed.error, failed.attempts) == (stream, "ValueError: the package says no", 3)
        broken = False
        assert table.retry(failed.id)
        eventually(lambda: cell.done() == 1)
        assert not table.retry(failed.id)
    assert attempts == [1, 2, 3, 1]


def test_a_job_that_is_too_early_comes_again_without_counting_as_an_error(cell):
    attempts = []

    def handler(job):
        attempts.append(job.attempt)
        if len(attempts) < 6:
            raise Later(0.02)

    with cell.worker(handler, poll=0.02):
        cell.ask()
        eventually(lambda: cell.done() == 1)
    assert attempts == [1] * 6


def test_waits_double_up_to_the_longest():
    kind = JobKind(name="k", triggers=(), first_wait=2.0, longest_wait=60.0)
    waits = [wait_before(kind, attempt) for attempt in range(1, 9)]
    for wait, nominal in zip(waits, [2, 4, 8, 16, 32, 60, 60, 60], strict=True):
        assert 0.75 * nominal <= wait <= 1.25 * nominal


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(cell, worker_process):
    doomed = worker_process(lease=1.0)
    cell.ask("30")
    eventually(lambda: cell.rows("SELECT count(*) FROM effects") == [(1,)])
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    killed = time.monotonic()
    again = []
    with cell.worker(again.append, lease=1.0):
        eventually(lambda: cell.done() == 1)
    assert time.monotonic() - killed < 3.0
    assert [job.attempt for job in again] == [2]


def test_a_job_that_kills_its_worker_every_time_ends_in_the_list(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    cell.rows("UPDATE open_jobs SET attempts = 3 RETURNING 1")
    ran = []
    with cell.worker(ran.append):
        eventually(lambda: JobTable(cell.pool).counts().failed == 1)
    assert ran == []
    assert "lost" in JobTable(cell.pool).failed()[0].error


def test_a_long_job_keeps_its_lease(cell):
    ran = []

    def handler(job):
        ran.append(job.id)
        time.sleep(1.2)

    with cell.worker(handler, lease=0.3, poll=0.05), cell.worker(handler, lease=0.3, poll=0.05):
        cell.ask()
        eventually(lambda: cell.done() == 1)
    assert len(ran) == 1


def test_messages_lost_with_the_memory_of_a_process_are_sent_again(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    assert len(JobTable(cell.pool).lease(["slow"], 8, 0.5)) == 1  # leased by a process whose queue is gone
    ran = []
    with cell.worker(ran.append):
        assert ran == []
        eventually(lambda: cell.done() == 1)


def test_only_one_of_two_messages_about_a_job_finds_it(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    table = JobTable(cell.pool)
    [(job, lease)] = table.lease(["slow"], 8, 10)
    assert table.take(job, lease, 10) is not None
    assert table.take(job, lease, 10) is None


def test_who_lost_the_lease_cannot_close_the_job(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    slow, quick = JobTable(cell.pool), JobTable(cell.pool)
    [(job, lease)] = slow.lease(["slow"], 8, 0)
    _, own = slow.take(job, lease, 0)
    [(job, lease)] = quick.lease(["slow"], 8, 10)
    assert quick.take(job, lease, 10) is not None
    slow.fail(job, own, "too late")
    assert quick.of(cell.rows("SELECT subject FROM open_jobs")[0][0])[0].state == JobState.OPEN


def test_stopping_gives_running_jobs_two_seconds_and_leaves_the_others_open(cell):
    def handler(_):
        time.sleep(1)

    worker = cell.worker(handler, threads=2)
    worker.start()
    for _ in range(10):
        cell.ask()
    eventually(lambda: JobTable(cell.pool).counts().running == 2)
    started = time.monotonic()
    worker.close()
    assert time.monotonic() - started < 3.0
    assert cell.rows("SELECT state, count(*) FROM open_jobs WHERE leased_until IS NULL GROUP BY state ORDER BY state") == [
        ("done", 2),
        ("open", 8),
    ]


def test_a_worker_leaves_kinds_it_has_no_handler_for_to_others(cell):
    cell.ask()
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(1,)])
    with JobWorker(cell.pool, [SLOW], {}, poll=0.02):
        time.sleep(0.2)
    assert cell.rows("SELECT leased_until, attempts FROM open_jobs") == [(None, 0)]


def test_a_restarted_database_delays_jobs_and_loses_none(cell):
    with cell.worker(lambda _: None, lease=1.0):
        cell.ask()
        with psycopg.connect(cell.dsn, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        eventually(lambda: try_ask(cell))
        eventually(lambda: cell.done() == 2)


def try_ask(cell):
    try:
        cell.ask()
    except psycopg.OperationalError:
        return False
    return True


def test_done_jobs_are_forgotten_after_a_while(cell):
    with cell.worker(lambda _: None):
        cell.ask()
        eventually(lambda: cell.done() == 1)
    table = JobTable(cell.pool)
    table.prune(1.0)
    assert cell.done() == 1
    cell.rows("UPDATE open_jobs SET finished_at = finished_at - interval '2 days' RETURNING 1")
    table.prune(1.0)
    assert cell.done() == 0


def test_the_list_of_one_thing_shows_its_jobs_in_order(cell):
    stream = uuid4()
    cell.ask("a", stream)
    cell.ask("b", stream)
    cell.ask("c")
    eventually(lambda: cell.rows("SELECT count(*) FROM open_jobs") == [(3,)])
    assert [one.cause for one in JobTable(cell.pool).of(stream)] == [f"{stream}/1", f"{stream}/2"]
