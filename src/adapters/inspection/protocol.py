"""What the server and a worker process say to each other over two pipes: frames of a length and that many bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH_BYTES = 4
LARGEST_FRAME = 256_000_000
"""Bytes; whoever announces more has lost its way."""


class Limits(msgspec.Struct, frozen=True):
    """What one worker may use: memory in bytes, and for each task seconds of processor and of the clock.

    Memory is address space, or with `reserves` what is written to: for a library that reserves much more than it ever uses.
    """

    memory: int = 1_500_000_000
    reserves: bool = False
    cpu: int = 30
    wall: float = 30.0


class Task(msgspec.Struct, frozen=True):
    """A frame that announces a task; the submitted bytes follow as the next frame."""

    module: str
    function: str
    parameters: dict[str, Any]


class Start(msgspec.Struct, frozen=True):
    """First frame to a worker: its limits, and the modules of tasks it loads beforehand. Tasks of other modules it refuses.

    `opening` is done before the worker gives up its rights: it loads files that are out of reach afterwards.
    """

    limits: Limits
    modules: tuple[str, ...]
    opening: Task | None = None


class Done(msgspec.Struct, frozen=True, tag=True):
    """The task's result, as msgpack."""

    result: msgspec.Raw


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """The task refused the file; see `domain.kernel.Refused`."""

    sentence: str
    values: dict[str, Any]


class Crash(msgspec.Struct, frozen=True, tag=True):
    """The task ended in an exception nobody foresaw; `reason` is its traceback."""

    reason: str


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker has loaded its modules and set its limits."""


Answer = Done | Refusal | Crash | Ready


def send(pipe: BinaryIO, *frames: bytes) -> None:
    """Write frames. Raises `BrokenPipeError` when the other side is gone."""
    for frame in frames:
        pipe.write(len(frame).to_bytes(LENGTH_BYTES, "big"))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """Read one frame. Raises `EOFError` when the other side is gone or announces nonsense."""
    header = pipe.read(LENGTH_BYTES)
    length = int.from_bytes(header, "big")
    if len(header) < LENGTH_BYTES or length > LARGEST_FRAME:
        raise EOFError
    frame = pipe.read(length)
    if len(frame) < length:
        raise EOFError
    return frame


def frames(pipe: BinaryIO) -> Iterable[bytes]:
    """All frames until the other side closes."""
    while True:
        try:
            yield receive(pipe)
        except EOFError:
            return
