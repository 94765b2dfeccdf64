"""`daybook run` with real processes: started, stopped, killed, and started twice."""

import os
import signal
import time
from contextlib import ExitStack

import psycopg
import pytest

from adapters.accounting.sandbox.faults import Call, Fault
from adapters.demo.peppol import render_ubl
from application.dossiers import request_synchronisation
from application.event_log import Via
from application.permissions import Actor
from installation import eventually, free_port, installation
from invoices import bought

STOP = 4.0
"""Seconds: three are promised, on a machine that does nothing else."""


@pytest.fixture(scope="module")
def office():
    with installation() as made:
        yield made


@pytest.fixture
def running(office):
    """The office at work; started again when the test before ended it."""
    if office.process is None or office.process.poll() is not None:
        office.start()
    return office


def seconds_to_stop(office, number):
    began = time.monotonic()
    office.process.send_signal(number)
    office.process.wait(30)
    return time.monotonic() - began


def test_a_second_start_on_the_same_folder_is_refused(running):
    again = running.command("run", port=free_port())
    assert again.returncode == 1
    assert "draait al op" in again.stderr


def test_a_second_start_on_the_same_port_is_refused(running, tmp_path):
    again = running.command("run", data=tmp_path / "other")
    assert again.returncode == 1
    assert "is bezet" in again.stderr
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("module", ["web.worker", "web.web_process"])
def test_a_process_that_was_killed_is_started_again(running, module):
    killed = running.child(module)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: running.child(module) not in (0, killed))
    eventually(running.answers)
    with running.client() as client:
        delivered = running.deliver(client, render_ubl(bought(1)[0]), f"after-{module}").json()["id"]
        eventually(lambda: client.get(f"/api/v1/documents/{delivered}").json()["status"] == "recognised")


def test_a_database_server_that_was_killed_is_started_again(running):
    pid = next(pid for pid, command in running.processes().items() if "bin/postgres -D" in command)
    os.kill(pid, signal.SIGKILL)
    with running.client() as client:

        def takes_documents():
            return running.deliver(client, render_ubl(bought(2)[1]), "after-the-database").status_code in (200, 201)

        eventually(takes_documents)


def test_ctrl_c_with_ten_open_streams_and_a_running_job_ends_in_three_seconds_and_loses_nothing(running):
    with running.cell() as cell, ExitStack() as open_streams:
        package = cell.bench.packages["sandbox"]
        package.set_fault("claes", Fault.ANSWER_LATE, call=Call.SYNCHRONISE, seconds=60)
        request_synchronisation(cell.bench, Actor(user=running.people.users["dora"], via=Via.OFFICE), running.people.bakery)
        eventually(lambda: cell.jobs.counts().running == 1)
        anna = running.sign_in("anna")
        open_streams.callback(anna.close)
        for _ in range(10):
            stream = open_streams.enter_context(anna.stream("GET", "/live"))
            assert next(stream.iter_raw())
        with running.client() as client:
            delivered = running.deliver(client, render_ubl(bought(3)[2]), "before-the-end").json()["id"]
        assert seconds_to_stop(running, signal.SIGINT) < STOP
    assert running.process.returncode == 0
    assert running.processes() == {}
    running.start()
    with running.client() as client, running.cell() as cell:
        eventually(lambda: client.get(f"/api/v1/documents/{delivered}").json()["status"] == "recognised")
        eventually(lambda: cell.jobs.counts().waiting + cell.jobs.counts().running == 0)
        assert cell.jobs.counts().failed == 0


def test_sigterm_stops_everything(running):
    assert seconds_to_stop(running, signal.SIGTERM) < STOP
    assert running.processes() == {}


def test_what_an_operator_reads_is_calm(running):
    running.output.write_bytes(b"")
    seconds_to_stop(running, signal.SIGTERM)
    running.start()
    seconds_to_stop(running, signal.SIGTERM)
    lines = [line.partition(" (")[0] for line in running.output.read_text().splitlines()]
    assert lines == ["Gestopt.", f"Daybook staat klaar op {running.settings.address}", "Stoppen: Ctrl-C", "Gestopt."]
    assert (running.settings.data / "logs" / "web.log").read_text()


def test_a_supervisor_that_was_killed_takes_everything_along(running):
    assert len(running.processes()) > 5
    running.process.kill()
    running.process.wait()
    eventually(lambda: running.processes() == {}, 10)
    running.start()
    with psycopg.connect(running.server.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
