"""The web process as it is started in production: its own process, granian, real sockets."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from serving import free_port
from world import ubl

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 60


@pytest.fixture
def process(world):
    """The process, and its address; whatever a test leaves of it is killed."""
    port = free_port()
    environment = os.environ | {
        "DAYBOOK_DATABASE_URL": world.cell.database.dsn,
        "DAYBOOK_DATA": str(world.cell.settings.data),
        "DAYBOOK_PORT": str(port),
        "PYTHONPATH": str(SOURCE),
    }
    environment.pop("DAYBOOK_SUPERVISED", None)
    with subprocess.Popen([sys.executable, "-m", "web.web_process"], env=environment, stderr=subprocess.PIPE) as started:
        address = f"http://127.0.0.1:{port}"
        try:
            _await_answer(started, address)
            yield started, address
        finally:
            started.kill()


def _await_answer(started, address):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and started.poll() is None:
        try:
            assert httpx.get(f"{address}/health", timeout=5).json() == {"status": "ok"}
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the web process does not answer")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well_within_three_seconds_with_ten_open_streams(world, process, number):
    started, address = process
    headers = world.token("dora")
    opened, ended = threading.Semaphore(0), []

    def listen():
        with httpx.stream("GET", f"{address}/api/v1/events/stream", headers=headers, timeout=PATIENCE) as answer:
            lines = answer.iter_lines()
            next(lines)
            opened.release()
            for _ in lines:
                pass
        ended.append("properly")

    listeners = [threading.Thread(target=listen) for _ in range(10)]
    for listener in listeners:
        listener.start()
    for _ in listeners:
        assert opened.acquire(timeout=PATIENCE)
    asked = time.monotonic()
    started.send_signal(number)
    assert started.wait(PATIENCE) == 0
    assert time.monotonic() - asked < 2.5
    for listener in listeners:
        listener.join(PATIENCE)
    assert ended == ["properly"] * 10


def test_the_log_is_json_and_a_page_is_served_with_everything_it_needs(process):
    started, address = process
    answer = httpx.get(f"{address}/sign-in")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"]
    script = answer.text.partition('<script src="')[2].partition('"')[0]
    assert httpx.get(address + script).status_code == 200
    started.send_signal(signal.SIGTERM)
    lines = started.stderr.read().decode().splitlines()
    assert lines
    assert all(line.startswith("{") for line in lines)


def test_a_file_that_is_too_large_gets_its_sentence_although_nobody_reads_it_all(world, process):
    _started, address = process
    headers = world.token("anna") | {"Idempotency-Key": "een", "X-File-Name": "groot.pdf"}
    target = f"{address}/api/v1/dossiers/0999041206/mailboxes/purchase/documents"
    answer = httpx.post(target, content=b"%PDF-1.7" + b"x" * 60_000_000, headers=headers, timeout=PATIENCE)
    assert (answer.status_code, answer.json()["detail"]) == (413, "Het bestand is groter dan toegelaten.")
    assert httpx.post(target, content=ubl(), headers=headers | {"X-File-Name": "klein.xml"}).status_code == 201
