"""How long a program waits for its uploads: JSON lines `upload/acknowledged`, `upload/acknowledged-while-reading`, `upload/recognised`.

Eight at a time, PDF files of 100 KB go through `POST /api/v1/dossiers/…/documents` of a real web process on a database on disk. Floor, in
turns with it: eight at a time, the same files written with fsync under a name of their own, and a raw insert of the event's columns and
bytes with its commit. First with the web process alone; then with a worker beside it that opens and reads what came in: that slows both.
`upload/recognised`: seconds from the answer until the row of the list shows what was read, for one file after the other (to reach: 5).
"""

from __future__ import annotations

import io
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pikepdf
import psycopg
from _measure import database_on_disk, figure

from adapters.demo.generator import demo_invoices
from adapters.demo.paper import render_pdf
from adapters.demo.world import DOSSIERS
from application.dossiers import open_dossier
from application.event_log import Change, Via
from application.people import SYSTEM, give_client_profile, register_user
from application.permissions import Actor
from domain.document import Progress
from domain.office import OfficeOpened
from domain.profiles import ClientProfile, OfficeProfile
from web.commands.first_start import office_stream
from web.security.door import Door
from web.settings import Settings
from web.supervisor import answers
from web.wiring import open_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from web.wiring import Cell

AT_ONCE = 8
FILES = 96
"""In a round."""
ROUNDS = 5
SIZE = 100_000
SINGLES = 8
PORT = 8791
STATE = b'{"data":' + b"x" * 700 + b"}"
"""As many bytes as the event of a delivery."""


def pdf_of_size(page: bytes) -> bytes:
    """A real invoice, made 100 KB long by a stream that no page shows; no two are the same."""
    with pikepdf.open(io.BytesIO(page)) as pdf:
        filler = os.urandom(SIZE - len(page) - 500)
        pdf.Root["/Filler"] = pdf.make_stream(filler)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


class Client:
    """A program with one open connection, which costs as little as it can: it stands on the same machine."""

    def __init__(self, path: str, token: str) -> None:
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {token}\r\nX-File-Name: factuur.pdf\r\n"
            "Content-Type: application/pdf\r\n"
        )
        self._socket = socket.create_connection(("127.0.0.1", PORT))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def deliver(self, data: bytes) -> UUID:
        """Bring a file in and wait until it is acknowledged."""
        head = f"{self._head}Idempotency-Key: {uuid4().hex}\r\nContent-Length: {len(data)}\r\n\r\n"
        self._socket.sendall(head.encode() + data)
        answer = b""
        while not answer.endswith(b"}"):  # a small JSON object, whatever came before it
            part = self._socket.recv(65536)
            assert part, answer
            answer += part
        assert answer.startswith(b"HTTP/1.1 201 "), answer
        return UUID(json.loads(answer.rpartition(b"\r\n")[2])["id"])


class Floor:
    """A file and a row, durable."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self._folder = folder
        self._db = psycopg.connect(dsn, autocommit=True, prepare_threshold=0)

    def deliver(self, data: bytes) -> None:
        """Write a file with fsync, rename it, fsync its folder; insert a row."""
        name = uuid4().hex
        part = self._folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self._folder / name)
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(handle)
        os.close(handle)
        self._db.execute(
            "INSERT INTO floor (stream, version, name, by, via, state) VALUES (%s, 1, 'document.received', %s, 'api', %s)",
            (uuid4(), uuid4(), STATE),
        )


FLOOR = """
CREATE TABLE floor (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream uuid NOT NULL, version bigint NOT NULL, name text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), by uuid, via text NOT NULL, correlation uuid, causation text, state bytea NOT NULL,
    UNIQUE (stream, version)
)
"""


def per_second(deliveries: Sequence[Callable[[bytes], object]], files: Sequence[bytes]) -> float:
    """Files a second when each of the deliverers takes its share, one after the other."""
    with ThreadPoolExecutor(len(deliveries)) as pool:
        started = time.perf_counter()
        shares = [
            pool.submit(lambda deliver, share: [deliver(one) for one in share], deliver, files[number :: len(deliveries)])
            for number, deliver in enumerate(deliveries)
        ]
        for share in shares:
            share.result()
        return len(files) / (time.perf_counter() - started)


def office(cell: Cell) -> tuple[str, str]:
    """The address of a dossier's purchase mailbox, and a token of its client."""
    cell.bench.log.append(Change(stream=office_stream(cell.bench), version=0, events=[OfficeOpened(office_name="Kantoor")]), context=SYSTEM)
    admin = register_user(cell.bench, SYSTEM, first_name="A", last_name="B", email="a@voorbeeld.be", profile=OfficeProfile.ADMIN)
    client = register_user(cell.bench, SYSTEM, first_name="C", last_name="D", email="c@voorbeeld.be")
    actor = Actor(user=admin, via=Via.CLI)
    dossier = open_dossier(
        cell.bench, actor, name="Klant", vat_number="BE0999041206", package="sandbox", package_code="klant", first_period="2026-01"
    )
    give_client_profile(cell.bench, actor, dossier, client, ClientProfile.ADMINISTRATOR)
    return "/api/v1/dossiers/0999041206/mailboxes/purchase/documents", Door(cell).create_token("c@voorbeeld.be", ["documents"], "x")


@contextmanager
def process(module: str, settings: Settings, dsn: str, *words: str) -> Iterator[None]:
    """One of the installation's processes, as the supervisor starts it; `words` are its arguments."""
    environment = os.environ | {"DAYBOOK_DATABASE_URL": dsn, "DAYBOOK_DATA": str(settings.data), "DAYBOOK_PORT": str(PORT)}
    running = subprocess.Popen([sys.executable, "-m", module, *words], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own module
    try:
        yield
    finally:
        running.terminate()
        running.wait()


def rounds(name: str, clients: Sequence[Client], floors: Sequence[Floor], page: bytes) -> None:
    """Ours and the floor in turns."""
    ours, floor = [], []
    for _ in range(ROUNDS):
        files = [pdf_of_size(page) for _ in range(FILES)]
        ours.append(per_second([one.deliver for one in clients], files))
        floor.append(per_second([one.deliver for one in floors], files))
    figure(name, ours, floor, "files/s")


def until_recognised(cell: Cell, client: Client, pages: Sequence[bytes]) -> None:
    """How long single files take until they are read, the worker being idle."""
    waits = []
    for page in pages:
        document = client.deliver(pdf_of_size(page))
        started = time.perf_counter()
        while (row := cell.models.mailbox.find(document)) is None or row.progress != Progress.RECOGNISED:
            assert time.perf_counter() - started < 60, row  # noqa: PLR2004 - a minute
            time.sleep(0.02)
        waits.append(time.perf_counter() - started)
    line = {
        "figure": "upload/recognised",
        "ours": round(statistics.median(waits), 2),
        "worst": round(max(waits), 2),
        "to_reach": 5,
        "unit": "s",
    }
    print(json.dumps(line), flush=True)


def main() -> None:
    """On an embedded server of its own, on disk."""
    invoices = demo_invoices(7, DOSSIERS[0], date(2026, 6, 1), SINGLES)
    pages = [render_pdf(one) for one in invoices][:SINGLES]
    with database_on_disk() as server:
        folder = server.data.parent
        settings = Settings(data=folder / "data", port=PORT)
        cell = open_cell(settings, server.dsn, threads=4, workshop_size=0)
        path, token = office(cell)
        with psycopg.connect(server.dsn, autocommit=True) as db:
            db.execute(FLOOR)
        plain = folder / "floor"
        plain.mkdir()
        floors = [Floor(server.dsn, plain) for _ in range(AT_ONCE)]
        with process("web.web_process", settings, server.dsn):
            while not answers("127.0.0.1", PORT):
                time.sleep(0.1)
            clients = [Client(path, token) for _ in range(AT_ONCE)]
            with process("web.worker", settings, server.dsn):
                while cell.models.mailbox.position() < cell.bench.log.recorder.safe_head():
                    time.sleep(0.1)
                until_recognised(cell, clients[0], pages)
            per_second([one.deliver for one in clients], [pdf_of_size(pages[0]) for _ in range(AT_ONCE * 2)])
            rounds("upload/acknowledged", clients, floors, pages[0])
            with process("web.worker", settings, server.dsn):
                rounds("upload/acknowledged-while-reading", clients, floors, pages[0])
        cell.close()


if __name__ == "__main__":
    main()
