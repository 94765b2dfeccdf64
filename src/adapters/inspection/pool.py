"""The pool of worker processes. They are started beforehand, so that opening a file costs no start of a process."""

from __future__ import annotations

import importlib
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Self, cast, get_type_hints

import msgspec

from adapters.inspection.protocol import Answer, Crash, Done, Limits, Ready, Refusal, Start, Task, receive, send
from application.ports import TaskFailed, WorkshopUnfit
from domain.kernel import Refused

TASK_MODULES = (
    "adapters.inspection.tasks",
    "adapters.pdf",
    "adapters.reading",
    "adapters.item_tables",
    "adapters.stamping",
    "adapters.page_cutting",
    "adapters.mail_parts",
)
START_PATIENCE = 60.0
"""Seconds in which a worker must have loaded its libraries (a cold disk)."""
LAST_BREATH = 2.0
"""Seconds between a process closing its pipes and its end."""
TASKS_A_WORKER = 500
"""A worker is replaced after so many tasks: what its libraries leak is then gone."""

DEFAULT_LIMITS = Limits()
DECODER: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
OUTSIDE_SIGNALS = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL})
"""A worker that ends by one of these was stopped by somebody, not by what it was doing."""
LIMIT_SIGNALS = frozenset({signal.SIGALRM, signal.SIGXCPU})

SOURCE = Path(__file__).parents[2]
PROGRAM = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from adapters.inspection.worker import main; main()"


class TaskRefused(Refused):
    """The task looked at the file and refuses it; the sentence tells the user why."""


class TaskInterrupted(Exception):
    """The task was stopped for a reason outside it and its file (shutdown, a signal, no room for a process): try it again later."""


class TaskCrashed(TaskFailed):
    """The task broke down (a fault in a library, too much memory); the message is for the log."""


class TaskTimedOut(TaskFailed):
    """The task took longer than its limit."""


class Worker:
    """One worker process, used by one thread at a time. It lives on after a refusal and after an exception in a task."""

    def __init__(self, limits: Limits, modules: tuple[str, ...], opening: Task | None = None) -> None:
        self.tasks = 0
        self.idle_since = time.monotonic()
        self._limits = limits
        self._ready = False
        self._lock = threading.Lock()
        self._waited_for = False
        self._overdue = False
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-I", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        with suppress(BrokenPipeError):  # then its first task says so
            send(self._requests, msgspec.msgpack.encode(Start(limits, modules, opening)))

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def run(self, task: Task, data: bytes) -> Done:
        """The result, or one of the exceptions above."""
        if not self._ready:
            self._await_start()
        self.tasks += 1
        answer = self._ask(self._limits.wall, msgspec.msgpack.encode(task), data)
        match answer:
            case Done():
                return answer
            case Refusal():
                raise TaskRefused(answer.sentence, **answer.values)
            case Crash():
                raise TaskCrashed(answer.reason)
            case Ready():
                self.kill()
                raise TaskCrashed("the worker answered out of turn")

    def _await_start(self) -> None:
        answer = self._ask(START_PATIENCE)
        if not isinstance(answer, Ready):
            self.kill()
            self._process.wait()
        match answer:
            case Crash():
                raise TaskInterrupted(answer.reason)
            case Refusal():
                raise WorkshopUnfit(str(Refused(answer.sentence, **answer.values)))
        self._ready = True

    def kill(self) -> None:
        """End the process, whatever it is doing; whoever waits for its answer gets an exception."""
        self._process.kill()

    def bury(self) -> None:
        """Kill, and give its resources back to the system. Nobody may be waiting for an answer."""
        self.kill()
        self._process.wait()
        self._answers.close()
        with suppress(BrokenPipeError):
            self._requests.close()

    def _ask(self, patience: float, *request: bytes) -> Answer:
        """One exchange; the process is killed when it takes longer than `patience` seconds."""
        self._waited_for = True
        clock = threading.Timer(patience, self._expire)
        clock.start()
        try:
            send(self._requests, *request)
            return DECODER.decode(receive(self._answers))
        except (OSError, EOFError):
            raise self._obituary() from None
        except msgspec.DecodeError as nonsense:
            self.kill()
            raise TaskCrashed("the worker answers nonsense") from nonsense
        finally:
            clock.cancel()
            with self._lock:
                self._waited_for = False

    def _expire(self) -> None:
        with self._lock:
            if self._waited_for:
                self._overdue = True
                self.kill()

    def _obituary(self) -> Exception:
        """Why the process closed its pipes."""
        try:
            ended_by = -self._process.wait(LAST_BREATH)
        except subprocess.TimeoutExpired:
            self.kill()
            return TaskCrashed("the worker closed its pipes and went on")
        if self._overdue or ended_by in LIMIT_SIGNALS:
            return TaskTimedOut(f"stopped after {self._limits.wall} s, or {self._limits.cpu} s of processor time")
        if ended_by in OUTSIDE_SIGNALS:
            return TaskInterrupted(f"the worker was stopped by signal {ended_by}")
        return TaskCrashed(f"the worker ended with status {-ended_by}")


class Workshop:
    """`size` workers for any number of threads: a call waits until one is free. A worker that dies is replaced at once.

    With `idle` a worker is started when there is work for it, and ended when there has been none for so many seconds: a small machine has
    its memory back. `opening`: see `Start`. The adapter behind `application.ports.Workshop`.
    """

    def __init__(
        self,
        size: int = 2,
        limits: Limits = DEFAULT_LIMITS,
        modules: tuple[str, ...] = TASK_MODULES,
        *,
        opening: Task | None = None,
        idle: float | None = None,
    ) -> None:
        self._size = size
        self._limits = limits
        self._modules = modules
        self._opening = opening
        self._idle = idle
        self._closed = False
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._busy: set[Worker] = set()
        self._clock: threading.Timer | None = None
        for _ in range(size):
            self._places.put(self._new() if idle is None else None)

    def run(self, task: str, data: bytes, /, **parameters: Any) -> Any:
        """Run `module:function(data, **parameters)` in a worker and return its result, typed as the function says.

        Raises `TaskRefused` (the file is not acceptable: tell the user), `TaskCrashed` or `TaskTimedOut` (both `TaskFailed`: it cannot be
        worked on), `TaskInterrupted` (nothing is known about the file: try again later) or `WorkshopUnfit` (it cannot begin).
        """
        if self._size == 0:
            raise TaskInterrupted("this process has no workers")
        module, _, function = task.partition(":")
        worker = self._take()
        try:
            done = worker.run(Task(module, function, parameters), data)
        finally:
            self._give_back(worker)
        return msgspec.msgpack.decode(done.result, type=_result_type(module, function))

    @property
    def busy(self) -> bool:
        """Whether a task would have to wait."""
        return self._places.empty()

    def close(self) -> None:
        """End all workers; a task that is under way, or waits for its turn, ends in `TaskInterrupted`."""
        self._closed = True
        if self._clock:
            self._clock.cancel()
        for worker in tuple(self._busy):
            worker.kill()
        while not self._places.empty():
            if idle := self._places.get():
                idle.bury()
        self._places.put(None)  # wakes whoever waits for a place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self) -> Worker:
        worker = self._places.get()
        if self._closed:
            self._places.put(None)
            raise TaskInterrupted("the workshop is closed")
        fit = worker if worker and worker.alive else self._replace(worker)
        if fit is None:
            self._places.put(None)
            raise TaskInterrupted("no worker process can be started")
        self._busy.add(fit)
        return fit

    def _give_back(self, worker: Worker) -> None:
        self._busy.discard(worker)
        if self._closed:
            worker.bury()
            return
        fit = worker.alive and worker.tasks < TASKS_A_WORKER
        worker.idle_since = time.monotonic()
        self._places.put(worker if fit else self._replace(worker) if self._idle is None else _ended(worker))
        if self._idle is not None:
            self._end_idle_after(self._idle)

    def _end_idle_after(self, seconds: float) -> None:
        """Unless there is work meanwhile: then it is looked at again after that."""
        if self._clock:
            self._clock.cancel()
        self._clock = threading.Timer(seconds, self._end_idle, (seconds,))
        self._clock.daemon = True
        self._clock.start()

    def _end_idle(self, seconds: float) -> None:
        resting: list[Worker | None] = []
        with suppress(queue.Empty):
            while not self._closed:
                resting.append(self._places.get_nowait())
        earlier = time.monotonic() - seconds
        for worker in reversed(resting):
            self._places.put(_ended(worker) if worker and (self._closed or worker.idle_since <= earlier) else worker)

    def _replace(self, worker: Worker | None) -> Worker | None:
        if worker:
            worker.bury()
        return self._new()

    def _new(self) -> Worker | None:
        try:
            return Worker(self._limits, self._modules, self._opening)
        except OSError:  # the machine has no room for another process now: tried again at the next task
            return None


def _ended(worker: Worker) -> Worker | None:
    """An empty place, where this worker was."""
    worker.bury()
    return None


@cache
def _result_type(module: str, function: str) -> Any:
    return get_type_hints(getattr(importlib.import_module(module), function)).get("return", Any)
