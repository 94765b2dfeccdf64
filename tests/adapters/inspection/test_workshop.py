"""The pool goes on working whatever a task does. The tasks that misbehave are functions of the standard library that really do."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from adapters.inspection.pool import TaskCrashed, TaskInterrupted, TaskRefused, TaskTimedOut, Workshop
from adapters.inspection.protocol import Limits

CRASH = "ctypes:string_at"
"""Reads as many bytes from an address as it is told: a segmentation fault."""
HANG = "re:match"
"""With this pattern, for longer than the universe lasts."""
ENDLESS = b"(a+)+$"
TEXT = b"a" * 60 + b"b"
EAT = "zlib:decompress"
BOMB = zlib.compress(bytes(600_000_000), 1)
INSPECT = "adapters.inspection.tasks:inspect"
MODULES = ("adapters.inspection.tasks", "ctypes", "re", "zlib", "time", "os")


def workshop(size=1, **limits):
    return Workshop(size, Limits(**{"memory": 500_000_000, "cpu": 20, "wall": 20.0} | limits), MODULES)


@pytest.fixture(scope="module")
def blank():
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(buffer)
    return buffer.getvalue()


def works(pool, blank):
    return pool.run(INSPECT, blank, media_type="application/pdf").pages == 1


def running(pid):
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_task_that_crashes_its_process_is_reported_and_the_pool_goes_on(blank):
    with workshop() as pool:
        with pytest.raises(TaskCrashed, match=r"ended with status -\d+"):
            pool.run(CRASH, b"", size=200_000_000)
        assert works(pool, blank)


def test_a_task_that_hangs_is_stopped_by_the_clock_and_the_pool_goes_on(blank):
    with workshop(wall=2.0) as pool:
        began = time.monotonic()
        with pytest.raises(TaskTimedOut):
            pool.run(HANG, ENDLESS, string=TEXT)
        assert time.monotonic() - began < 15
        assert works(pool, blank)


def test_a_task_that_computes_too_long_is_stopped_by_the_processor_time_it_used(blank):
    with workshop(cpu=1) as pool:
        with pytest.raises(TaskTimedOut):
            pool.run(HANG, ENDLESS, string=TEXT)
        assert works(pool, blank)


def test_a_task_that_eats_memory_is_stopped_and_the_pool_goes_on(blank):
    with workshop() as pool:
        with pytest.raises(TaskCrashed, match="status 71"):
            pool.run(EAT, BOMB)
        assert works(pool, blank)


def test_an_exception_in_a_task_is_reported_with_where_it_happened(blank):
    with workshop() as pool:
        with pytest.raises(TaskCrashed, match="incorrect header check"):
            pool.run(EAT, b"not zlib")
        assert works(pool, blank)


@pytest.mark.parametrize("task", ["subprocess:run", "adapters.inspection.tasks:_inspect_xml", "adapters.inspection.tasks:nothing"])
def test_only_public_functions_of_the_agreed_modules_are_tasks(task):
    with workshop() as pool, pytest.raises(TaskCrashed, match=r"no task of this pool|no attribute"):
        pool.run(task, b"")


def test_a_worker_that_was_killed_while_idle_is_not_noticed(blank):
    with workshop() as pool:
        assert works(pool, blank)
        os.kill(pool._places.queue[0]._process.pid, signal.SIGKILL)
        time.sleep(0.05)
        assert works(pool, blank)


def test_eight_threads_share_two_workers_while_some_tasks_crash(blank):
    def one(number):
        if number % 10 == 0:
            with pytest.raises(TaskCrashed):
                pool.run(CRASH, b"", size=200_000_000)
            return True
        return works(pool, blank)

    with workshop(2) as pool, ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(40)))
        assert pool._places.qsize() == 2


def test_a_worker_is_replaced_before_its_leaks_grow(blank, monkeypatch):
    monkeypatch.setattr("adapters.inspection.pool.TASKS_A_WORKER", 2)
    with workshop() as pool:
        first = pool._places.queue[0]
        assert all(works(pool, blank) for _ in range(3))
        assert pool._places.queue[0] is not first
        assert not first.alive


def test_a_worker_that_somebody_kills_says_nothing_about_the_file(blank):
    with workshop() as pool, ThreadPoolExecutor(1) as threads:
        assert works(pool, blank)
        process = pool._places.queue[0]._process
        task = threads.submit(pool.run, HANG, ENDLESS, string=TEXT)
        while not pool._busy:
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert isinstance(task.exception(5), TaskInterrupted)
        assert works(pool, blank)


def test_a_workshop_without_workers_says_so():
    with Workshop(0) as pool, pytest.raises(TaskInterrupted, match="no workers"):
        pool.run(INSPECT, b"")


def test_closing_ends_a_task_that_is_under_way():
    with workshop() as pool, ThreadPoolExecutor(1) as threads:
        pool_task = threads.submit(pool.run, HANG, ENDLESS, string=TEXT)
        while not pool._busy:
            time.sleep(0.01)
        time.sleep(0.2)
        pool.close()
        with pytest.raises(TaskInterrupted):
            pool_task.result(5)
    with pytest.raises(TaskInterrupted, match="closed"):
        pool.run(EAT, b"")


def test_who_waits_for_a_worker_is_told_that_the_workshop_closed():
    pool = workshop()
    with ThreadPoolExecutor(2) as threads:
        tasks = [threads.submit(pool.run, HANG, ENDLESS, string=TEXT) for _ in range(2)]
        while not pool._busy:
            time.sleep(0.01)
        pool.close()
        assert [type(task.exception(5)) for task in tasks] == [TaskInterrupted, TaskInterrupted]


def test_a_module_that_cannot_be_loaded_is_named():
    with Workshop(1, Limits(), ("adapters.nowhere",)) as pool, pytest.raises(TaskInterrupted, match=r"adapters\.nowhere"):
        pool.run("adapters.nowhere:anything", b"")


def test_a_worker_cannot_write_files_and_is_not_root():
    with workshop() as pool:
        worker = pool._places.queue[0]
        with pytest.raises(TaskCrashed):
            pool.run(EAT, b"")
        limits = Path(f"/proc/{worker._process.pid}/limits").read_text().splitlines()
        assert next(line.split()[3:5] for line in limits if line.startswith("Max file size")) == ["0", "0"]
        assert Path(f"/proc/{worker._process.pid}").stat().st_uid != 0


def test_a_large_file_goes_through_whole():
    data = os.urandom(20_000_000)
    with workshop() as pool:
        assert pool.run("zlib:crc32", data) == zlib.crc32(data)


def test_workers_do_not_outlive_a_server_that_is_killed():
    program = """
import os, sys, threading, time
from adapters.inspection.pool import Workshop
from adapters.inspection.protocol import Limits
pool = Workshop(2, Limits(wall=1.0), ("re",))
threading.Thread(target=pool.run, args=("re:match", b"(a+)+$"), kwargs={"string": b"a" * 60 + b"b"}, daemon=True).start()
pool.run("re:escape", b"ready")
workers = [*pool._busy, *pool._places.queue]
while sum(worker.tasks for worker in workers) < 2:
    time.sleep(0.01)
time.sleep(0.1)
pids = [worker._process.pid for worker in workers]
print(*pids, flush=True)
time.sleep(60)
"""
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in server.stdout.readline().split()]
    server.kill()
    server.communicate()
    assert len(pids) == 2
    until = time.monotonic() + 5
    while any(running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(running(pid) for pid in pids)


def test_no_thread_is_left_when_the_pool_is_closed(blank):
    before = threading.active_count()
    with workshop() as pool:
        assert works(pool, blank)
    time.sleep(0.1)
    assert threading.active_count() == before


def test_a_refusal_does_not_cost_a_worker(blank):
    with workshop() as pool:
        worker = pool._places.queue[0]
        with pytest.raises(TaskRefused):
            pool.run(INSPECT, blank[:50], media_type="application/pdf")
        assert pool._places.queue[0] is worker
