"""A whole installation as an operator has one: a data folder with its own database server, and `daybook run` in processes of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from adapters.postgres.embedded import EmbeddedPostgres
from web.security.door import Door
from web.security.secrets import csrf_of
from web.settings import Settings
from web.supervisor import answers
from web.wiring import Cell, open_cell
from world import PASSWORD, People, address, build

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds a start may take on a machine that does much else; how long it takes is for the benchmark to tell."""


READY = b"Ctrl-C"
"""The end of what an operator is told once it runs."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def eventually(check: Callable[[], object], seconds: float = PATIENCE, *, every: float = 0.05) -> None:
    """Wait until it holds, looking every so many seconds."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"did not happen in {seconds} s"
        time.sleep(every)


class Site:
    """What is served at an address: Anna's dossier (`world.build`), as programs and browsers see it. `token` is Anna's."""

    people: People
    token: str

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def answers(self) -> bool:
        """Whether the web process is there."""
        return answers(self.settings.host, self.settings.port)

    def client(self) -> httpx.Client:
        """Anna's program."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.settings.address, headers=headers, timeout=20, trust_env=False)

    def deliver(self, client: httpx.Client, data: bytes, key: str) -> httpx.Response:
        """A purchase invoice, by program."""
        headers = {"Idempotency-Key": key, "X-File-Name": f"{key}.xml", "Content-Type": "application/xml"}
        return client.post("/api/v1/dossiers/0999041206/mailboxes/purchase/documents", content=data, headers=headers)

    def sign_in(self, key: str) -> httpx.Client:
        """A browser in which this person is signed in; it sends the CSRF token along."""
        browser = httpx.Client(base_url=self.settings.address, timeout=20, trust_env=False)
        browser.get("/sign-in").raise_for_status()
        browser.headers["X-CSRFToken"] = csrf_of(browser.cookies["daybook-guest"])
        answer = browser.post("/sign-in", data={"email": address(key), "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        browser.headers["X-CSRFToken"] = csrf_of(browser.cookies["daybook"])
        return browser


class Installation(Site):
    """A site in a data folder of its own; `start` runs it."""

    def __init__(self, folder: Path, worker_threads: int = 2) -> None:
        data = folder / "data"
        super().__init__(
            Settings(data=data, port=free_port(), web_threads=6, worker_threads=worker_threads, workshop_size=1, session_idle_minutes=600)
        )
        self.folder = folder
        self.output = folder / "output"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.settings.data / "postgres")

    @property
    def environment(self) -> dict[str, str]:
        """That of an operator who knows this installation."""
        own = {name: str(getattr(self.settings, name)) for name in ("data", "port", "web_threads", "worker_threads", "workshop_size")}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DAYBOOK_")}
        return inherited | {f"DAYBOOK_{name.upper()}": value for name, value in own.items()}

    def fill(self) -> None:
        """The world, and a token with which Anna's program delivers documents."""
        with self.server as server, self.cell(server.dsn) as cell:
            self.people = build(cell)
            self.token = Door(cell).create_token(address("anna"), ["documents"], "test")

    @contextmanager
    def cell(self, dsn: str = "") -> Iterator[Cell]:
        """Its parts in this process, beside those that run."""
        opened = open_cell(self.settings, dsn or self.server.dsn, threads=4, workshop_size=0)
        try:
            yield opened
        finally:
            opened.close()

    def command(self, *words: str, **settings: object) -> subprocess.CompletedProcess[str]:
        """What the operator types, perhaps with other settings, and what he reads."""
        environment = self.environment | {f"DAYBOOK_{name.upper()}": str(value) for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, "-m", "web.cli", *words], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    def launch(self) -> subprocess.Popen[bytes]:
        """`daybook run`, not waited for."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "web.cli", "run"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return self.process

    def start(self) -> subprocess.Popen[bytes]:
        """`daybook run`, ready, and having said so."""
        said = self.output.stat().st_size if self.output.exists() else 0
        process = self.launch()
        eventually(lambda: process.poll() is not None or (self.answers() and READY in self.output.read_bytes()[said:]))
        assert process.poll() is None, self.output.read_text()
        return process

    def processes(self) -> dict[int, str]:
        """Everything that runs for this installation, PostgreSQL and the openers of files included: process numbers and command lines."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with suppress(OSError):
                    if self._is_ours(entry):
                        found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def child(self, module: str) -> int:
        """The process of a module, 0 when there is none."""
        return next((pid for pid, command in self.processes().items() if f"-m {module}" in command), 0)

    def kill_everything(self) -> None:
        """As a power cut would, as far as processes go: the supervisor first, so that nobody starts anything again."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        while present := self.processes():
            for pid in present:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _is_ours(self, entry: Path) -> bool:
        state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        if state == "Z":
            return False
        mark = os.fsencode(f"DAYBOOK_DATA={self.settings.data}")
        here = str(self.folder)
        return mark in (entry / "environ").read_bytes().split(b"\0") or (entry / "cwd").readlink().as_posix().startswith(here)


@contextmanager
def installation(worker_threads: int = 2) -> Iterator[Installation]:
    """One that is filled and does not run; at the end everything of it is gone.

    Not in pytest's own folder, which is closed (0700) to the user the database server runs as when the tests run as root.
    """
    folder = Path(tempfile.mkdtemp(prefix="daybook-installation-", dir="/var/tmp"))
    folder.chmod(0o711)
    made = Installation(folder, worker_threads)
    try:
        made.fill()
        yield made
    finally:
        made.kill_everything()
        shutil.rmtree(folder)
