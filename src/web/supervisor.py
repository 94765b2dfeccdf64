"""`daybook run`: one process that owns the database server, one web process and one worker process, and ends them in order."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from types import FrameType, TracebackType
from typing import Self

from adapters.postgres.embedded import EmbeddedPostgres
from web.child_log import ChildLog
from web.output import tell
from web.parent import ENVIRONMENT
from web.settings import Settings

STOP_PATIENCE = 2.3
"""Seconds a child gets to stop; with the database's own stop, Ctrl-C is done within three."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that ended is started again; doubling each time, from the beginning after a life longer than the longest."""
LOOK_EVERY = 0.25
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Child:
    """A process of ours that is started again, after a growing pause, when it ends by itself."""

    def __init__(self, name: str, module: str, environment: Mapping[str, str], log: ChildLog) -> None:
        self.name, self._module, self._environment, self._log = name, module, dict(environment), log
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._pause, self._next, self._started = FIRST_PAUSE, 0.0, 0.0

    @property
    def pid(self) -> int | None:
        """The process number, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process with a session of its own: Ctrl-C in the terminal reaches only the supervisor."""
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment,
            start_new_session=True,
        )
        self._started = time.monotonic()
        if self._process.stdout is not None:
            self._reader = self._log.follow(self._process.stdout)

    def look_after(self) -> None:
        """Start it again if it ended."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            code = self._process.returncode
            self._end_session(self._process)
            self._pause = FIRST_PAUSE if now - self._started > LONGEST_PAUSE else min(self._pause * 2, LONGEST_PAUSE)
            tell(f"Proces {self.name} stopte ({code}) en start opnieuw over {self._pause:.0f} s. Waarom staat in {self._log.path}.")
            self._process, self._next = None, now + self._pause
        if self._process is None and now >= self._next:
            self.start()

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait until the deadline, then end its whole session."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        self._end_session(self._process)
        self._process = None

    def _end_session(self, process: subprocess.Popen[bytes]) -> None:
        """Whoever is left of it: processes of its own that it had no time to end."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if self._reader is not None:
            self._reader.join(timeout=0.2)


class Supervisor:
    """Within its context the children run and are looked after; SIGINT, SIGTERM and SIGHUP set `stopping`. Main thread only."""

    def __init__(self, settings: Settings, dsn: str) -> None:
        self._settings = settings
        environment = os.environ | {
            "DAYBOOK_DATABASE_URL": dsn,
            "DAYBOOK_DATA": str(settings.data),
            "DAYBOOK_HOST": settings.host,
            "DAYBOOK_PORT": str(settings.port),
            ENVIRONMENT: "1",
        }
        logs = settings.data / "logs"
        self.children = tuple(
            Child(name, module, environment, ChildLog(logs / f"{name}.log"))
            for name, module in (("worker", "web.worker"), ("web", "web.web_process"), ("mail", "web.mail_process"))
            if name != "mail" or settings.mail_port
        )
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._look_after, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        for number in SIGNALS:
            signal.signal(number, self._signalled)
        for child in self.children:
            child.start()
        self._keeper.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.set()
        self._keeper.join()
        deadline = time.monotonic() + STOP_PATIENCE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop(deadline)

    @property
    def stopping(self) -> bool:
        """Whether a signal has come."""
        return self._stopping.is_set()

    def await_serving(self) -> bool:
        """Until the web process answers; False when a signal came first."""
        while not self._stopping.wait(0.02):
            if answers(self._settings.host, self._settings.port):
                return True
        return False

    def watch(self, server: EmbeddedPostgres | None) -> None:
        """Until a signal comes: the embedded database server is started again, here in the main thread, when it ended."""
        while not self._stopping.wait(LOOK_EVERY):
            if server is not None and not server.alive:
                tell("De databankserver stopte en start opnieuw.")
                server.stop()
                server.start()

    def _look_after(self) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            for child in self.children:
                child.look_after()

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()


def answers(host: str, port: int) -> bool:
    """Whether a web process is there."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
