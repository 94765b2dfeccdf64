"""Keys of this installation: 32 random bytes in a file that only its owner can read, made at the first start."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """The key; a new one when there is no such file. Several processes may start at once: the first one's key is everybody's."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        write_durably(fresh, os.urandom(KEY_BYTES))
        with suppress(FileExistsError):  # another process that started with us made one
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_bytes()


def write_durably(path: Path, data: bytes) -> None:
    """Write a private file that is on disk afterwards."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
