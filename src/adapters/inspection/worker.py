"""The worker process: runs one task after another on bytes it does not trust.

Its memory, processor time and wall time are limited by the kernel; it cannot write files; and where the server is root, it gives that
up before it reads a single submitted byte. Only modules named at its start can be called.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from adapters.inspection.protocol import Crash, Done, Limits, Ready, Refusal, Start, Task, frames, receive, send
from domain.kernel import Refused

if TYPE_CHECKING:
    from adapters.inspection.protocol import Answer

NO_ONE = 65_533
"""User and group id of a worker of root: no account has it, so nothing on the machine belongs to it (unlike `nobody`'s files)."""
OUT_OF_MEMORY = 71
"""Exit status."""
LOADED_LATE = (
    "encodings.cp1252",
    "encodings.idna",
    "encodings.latin_1",
    "encodings.utf_16",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
)
"""Modules that libraries import at the moment they need them: they may be out of reach once root is given up."""


def main() -> None:
    """Serve until the server closes the pipe."""
    requests, answers = _take_over_pipes()
    start = msgspec.msgpack.decode(receive(requests), type=Start)
    encode = msgspec.msgpack.Encoder().encode
    prepared = _prepare(start)
    send(answers, encode(prepared))
    if not isinstance(prepared, Ready):
        return
    for request in frames(requests):
        task = msgspec.msgpack.decode(request, type=Task)
        data = receive(requests)
        _begin_clock(start.limits)
        answer = _answer(task, data, start.modules)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(answers, encode(answer))


def _prepare(start: Start) -> Answer:
    try:
        for module in (*start.modules, *LOADED_LATE):
            importlib.import_module(module)
        if start.opening:
            _done(start.opening, b"")
    except Refused as refused:
        return Refusal(refused.sentence, refused.values)
    except Exception:  # noqa: BLE001 - whatever a module does wrong, the server is to hear of it
        return Crash(traceback.format_exc())
    _limit(start.limits)
    _give_up_root()
    return Ready()


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to ourselves: what a library prints goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return requests, answers


def _limit(limits: Limits) -> None:
    with suppress(ValueError):  # macOS does not limit address space
        resource.setrlimit(resource.RLIMIT_DATA if limits.reserves else resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _give_up_root() -> None:
    if os.geteuid() != 0:
        return
    with suppress(OSError):  # a container whose root may not do this has little to give up
        os.setgroups([])
        os.setgid(NO_ONE)
        os.setuid(NO_ONE)


def _begin_clock(limits: Limits) -> None:
    """The kernel ends a task that takes too long, also when it is stuck in a library, also when the server is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + limits.cpu + 1, hard))
    signal.setitimer(signal.ITIMER_REAL, limits.wall)


def _answer(task: Task, data: bytes, modules: tuple[str, ...]) -> Answer:
    try:
        if task.module not in modules or task.function.startswith("_"):
            raise LookupError(f"{task.module}:{task.function} is no task of this pool")  # noqa: TRY301 - answered like any mistake
        return Done(msgspec.Raw(msgspec.msgpack.encode(_done(task, data))))
    except Refused as refused:
        return Refusal(refused.sentence, refused.values)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # who knows what is left half-done
    except Exception:  # noqa: BLE001 - whatever a library makes of a hostile file must not end the pool
        return Crash(traceback.format_exc(limit=-5))


def _done(task: Task, data: bytes) -> Any:
    return getattr(importlib.import_module(task.module), task.function)(data, **task.parameters)
