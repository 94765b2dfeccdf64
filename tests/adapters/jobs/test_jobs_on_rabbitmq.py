"""Jobs whose messages go through a real RabbitMQ: shared, killed, lost, away."""

import socket
import threading
import time
from contextlib import suppress

import pika
import pytest
from job_cell import eventually, open_cell, worker_processes

from adapters.jobs.table import JobTable
from fixtures.rabbitmq import free_port


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
