"""`daybook run`: one process that owns the database server, one web process and one worker process, and ends them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

import httpx

from web.output import tell
from web.parent import ENVIRONMENT
from web.settings import Settings

STOP_PATIENCE = 2.3
"""Seconds a child gets to stop; with the database's own stop, Ctrl-C is done within three."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Child:
    """A process of ours that is started again, after a growing pause, when it ends by itself."""

    def __init__(self, name: str, module: str, environment: Mapping[str, str]) -> None:
        self.name, self._module, self._environment = name, module, dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._pause, self._next, self._started = FIRST_PAUSE, 0.0, 0.0

    @property
    def pid(self) -> int | None:
        """The process number, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process with a session of its own: Ctrl-C in the terminal reaches only the supervisor."""
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", self._module], stdin=subprocess.PIPE, env=self._environment, start_new_session=True
        )
        self._started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it ended."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            long_lived = now - self._started > LONGEST_PAUSE
            self._pause = FIRST_PAUSE if long_lived else min(self._pause * 2, LONGEST_PAUSE)
            tell(f"Proces {self.name} stopte ({self._process.returncode}); het start opnieuw over {self._pause:.0f} s.")
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
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


class Supervisor:
    """Runs the children until a signal comes. `before_serving` happens between the worker's start and the web's."""

    def __init__(self, settings: Settings, dsn: str) -> None:
        self._settings = settings
        environment = os.environ | {
            "DAYBOOK_DATABASE_URL": dsn,
            "DAYBOOK_DATA": str(settings.data),
            "DAYBOOK_HOST": settings.host,
            "DAYBOOK_PORT": str(settings.port),
            ENVIRONMENT: "1",
        }
        self._worker = Child("worker", "web.worker", environment)
        self._web = Child("web", "web.web_process", environment)
        self._stopping = threading.Event()

    def run(self, before_serving: Callable[[], None], when_serving: Callable[[], None]) -> None:
        """Start, look after, and stop at SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signalled)
        try:
            self._worker.start()
            before_serving()
            if not self._stopping.is_set():
                self._web.start()
                self._await_answer()
            if not self._stopping.is_set():
                when_serving()
            while not self._stopping.wait(0.25):
                self._worker.look_after()
                self._web.look_after()
        finally:
            self._stop([self._web, self._worker])

    @property
    def stopping(self) -> bool:
        """Whether a signal has come."""
        return self._stopping.is_set()

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()

    def _await_answer(self) -> None:
        """Until the web process answers, or a signal comes."""
        address = f"http://{self._settings.host}:{self._settings.port}/health"
        while not self._stopping.wait(0.05):
            self._web.look_after()
            with suppress(httpx.TransportError):
                if httpx.get(address, timeout=2, trust_env=False).status_code == httpx.codes.OK:
                    return

    def _stop(self, children: Sequence[Child]) -> None:
        deadline = time.monotonic() + STOP_PATIENCE
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop(deadline)
