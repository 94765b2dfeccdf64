"""A real RabbitMQ of our own: its node, data and ports are this test's, next to whatever the machine runs."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pika
import pytest
from job_cell import eventually, open_cell, worker_processes

from adapters.jobs.table import JobTable


def installed() -> bool:
    """RabbitMQ from the distribution's packages, installed when it is not there and we may."""
    if shutil.which("rabbitmq-server") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        no_service = Path("/usr/sbin/policy-rc.d")
        ours = not no_service.exists()
        if ours:
            no_service.write_text("#!/bin/sh\nexit 101\n")
            no_service.chmod(0o755)
        try:
            install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "rabbitmq-server"]
            subprocess.run(install, capture_output=True, check=False, timeout=300)
        finally:
            if ours:
                no_service.unlink()
    return shutil.which("rabbitmq-server") is not None


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Rabbit:
    """A RabbitMQ node on loopback, with a name server (epmd) of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, names = home, free_port(), str(free_port())
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}"
        (home / "enabled_plugins").write_text("[].")
        (home / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n")
        environment = os.environ | {
            "HOME": str(home),
            "RABBITMQ_NODENAME": f"daybook-{uuid4().hex[:8]}@localhost",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(home / "data"),
            "RABBITMQ_LOG_BASE": str(home / "log"),
            "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "ERL_EPMD_PORT": names,
        }
        script = next(one for one in ("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server") if shutil.which(one))
        self.output = (home / "output").open("wb")
        quiet = {"stdout": self.output, "stderr": self.output, "start_new_session": True}
        self.processes = [
            subprocess.Popen(["epmd", "-port", names, "-address", "127.0.0.1"], **quiet),
            subprocess.Popen([script], env=environment, **quiet),
        ]

    def answers(self) -> bool:
        assert self.processes[1].poll() is None, (self.home / "output").read_text()
        try:
            pika.BlockingConnection(pika.URLParameters(self.url)).close()
        except (pika.exceptions.AMQPError, OSError):
            return False
        return True

    def close(self) -> None:
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.output.close()

    def purge(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self.url))
        connection.channel().queue_purge("cell_jobs")
        connection.close()


class Door:
    """A port in front of the broker that can be shut: connections break, new ones are refused."""

    def __init__(self, behind: int) -> None:
        self.behind, self.port = behind, free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}"
        self.sockets: list[socket.socket] = []

    def open(self) -> None:
        listening = socket.create_server(("127.0.0.1", self.port))
        self.sockets = [listening]
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def shut(self) -> None:
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                inner, outer = listening.accept()[0], socket.create_connection(("127.0.0.1", self.behind))
                self.sockets += [inner, outer]
                for source, target in ((inner, outer), (outer, inner)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def rabbit():
    if not installed():
        pytest.skip("RabbitMQ is not here and cannot be installed")
    home = Path(tempfile.mkdtemp(prefix="daybook-rabbit-", dir="/var/tmp"))
    server = Rabbit(home)
    try:
        eventually(server.answers, 90)
        yield server
    finally:
        server.close()
        shutil.rmtree(home)


@pytest.fixture
def cell(database, rabbit):
    with open_cell(database) as made:
        made.url = rabbit.url
        yield made
    connection = pika.BlockingConnection(pika.URLParameters(rabbit.url))
    for queue in ("cell_jobs", "cell_jobs.DQ", "cell_jobs.XQ"):
        connection.channel().queue_delete(queue)
    connection.close()


@pytest.fixture
def worker_process(cell):
    with worker_processes(cell, cell.url) as start:
        yield start


def test_two_workers_share_the_queue_and_run_every_job_once(cell):
    ran, guard = [], threading.Lock()

    def handler(job):
        with guard:
            ran.append(job.id)

    with cell.worker(handler, broker_url=cell.url), cell.worker(handler, broker_url=cell.url):
        for _ in range(40):
            cell.ask()
        eventually(lambda: cell.done() == 40)
    assert len(ran) == len(set(ran)) == 40


def test_a_worker_killed_in_the_middle_of_its_jobs_loses_nothing(cell, worker_process):
    doomed = worker_process(lease=1.0)
    for _ in range(6):
        cell.ask("30")
    eventually(lambda: cell.rows("SELECT count(*) FROM effects")[0][0] == 4)
    doomed.kill()
    doomed.wait()
    killed = time.monotonic()
    with cell.worker(lambda _: None, broker_url=cell.url, lease=1.0):
        eventually(lambda: cell.done() == 6)
    assert time.monotonic() - killed < 4.0


def test_messages_that_a_purged_queue_lost_are_sent_again(cell, rabbit):
    release = threading.Event()
    with cell.worker(lambda _: release.wait(10), broker_url=cell.url, threads=1, lease=0.8):
        for _ in range(6):
            cell.ask()
        eventually(lambda: JobTable(cell.pool).counts().running == 1)
        rabbit.purge()
        release.set()
        eventually(lambda: cell.done() == 6)


def test_a_broker_that_is_away_delays_jobs_and_loses_none(cell, rabbit):
    door = Door(rabbit.port)
    door.open()
    with cell.worker(lambda _: None, broker_url=door.url, lease=1.0):
        cell.ask()
        eventually(lambda: cell.done() == 1)
        door.shut()
        cell.ask()
        time.sleep(0.5)
        assert cell.done() == 1
        door.open()
        eventually(lambda: cell.done() == 2, 20)
    door.shut()
