"""Documents and what is made from them, as content-addressed bytes; here on a local disk.

One object is one file, named after the SHA-256 of its content, in one of 256 folders. Stored means: still there after a power cut. So
the bytes go to a file in `incoming/`, reach the disk, and get their name in one step, which then reaches the disk too.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from application.ports import ObjectDamaged, ObjectMissing
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.ports import Objects

SHA256 = re.compile(r"[0-9a-f]{64}")
ABANDONED = 86_400.0
"""Seconds after which a file in `incoming/` can only be left over from a killed process."""


def open_objects(url: str) -> Objects:
    """The store at `file:///path` or `s3://bucket/prefix?endpoint=https://…&region=…` (each cell has a path or prefix of its own).

    S3's credentials come from the usual AWS_… variables. Raises `Refused` on anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        return LocalObjects(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        from adapters.objects_s3 import S3Objects  # noqa: PLC0415 - its library is loaded only where it is used

        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if not options.keys() - {"endpoint", "region"}:
            return S3Objects(parts.netloc, unquote(parts.path).strip("/"), **options)
    raise Refused("Daybook kan geen documenten bewaren op {url}. Kies file:///map of s3://bucket/prefix?endpoint=…&region=….", url=url)


def object_name(sha256: str) -> str:
    """Folder and file of an object: `ab/abcd…`. A text that is no digest never becomes a path."""
    if not SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a lower-case hex SHA-256")
    return f"{sha256[:2]}/{sha256}"


def check_content(sha256: str, data: bytes) -> bytes:
    """The same bytes, or `ObjectDamaged`."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ObjectDamaged(sha256)
    return data


class LocalObjects:
    """`application.ports.Objects` on a local file system. Safe for any number of threads and processes at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        self._prepare()

    def put(self, data: bytes) -> str:
        """Store, or confirm that the same bytes are stored already; damaged bytes under this digest are replaced."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not _holds(path, data):
            self._write(path, data)
        _sync(path.parent)  # also when somebody else has just given it its name
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, checked."""
        try:
            return check_content(sha256, self._path(sha256).read_bytes())
        except FileNotFoundError:
            raise ObjectMissing(sha256) from None

    def exists(self, sha256: str) -> bool:
        """Whether an object is stored under this digest; its bytes are not read."""
        return self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        """Remove the bytes, for good before this returns."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        _sync(path.parent)

    def _path(self, sha256: str) -> Path:
        return self._root / object_name(sha256)

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.rename(name, path)  # noqa: PTH104 - as its neighbours, on names
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108 - the same
            raise

    def _prepare(self) -> None:
        """All folders exist, on disk, before the first object: a put then has only its own folder to bring to disk."""
        self._root.mkdir(parents=True, exist_ok=True)
        present = {entry.name for entry in os.scandir(self._root)}
        absent = {f"{number:02x}" for number in range(256)} | {"incoming"}
        for name in absent - present:
            (self._root / name).mkdir(mode=0o700, exist_ok=True)
        if absent - present:
            _sync(self._root)
            _sync(self._root.parent)
        for left in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > ABANDONED:
                    left.unlink()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
