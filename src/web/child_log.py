"""Where the words of a supervised process go: a file of its own that rolls over; only what is wrong reaches the terminal."""

from __future__ import annotations

import logging
import threading
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

import msgspec

from web.output import tell

LARGEST, KEPT = 10_000_000, 3
"""Bytes at which a new file is begun, and how many full ones are kept beside it (`web.log.1`, …)."""
QUIET = 10.0
"""Seconds after a line on the terminal in which the same process gets no other: the file has them all."""
WRONG = frozenset({"error", "critical"})


class _Line(msgspec.Struct):
    """What `web.logs` writes, as far as it matters here."""

    level: str = ""
    event: str = ""


class ChildLog:
    """The log file of one process, kept over its restarts."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self._file = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        self._decode = msgspec.json.Decoder(_Line).decode
        self._next_word = 0.0

    def follow(self, output: IO[bytes]) -> threading.Thread:
        """Keep what is written to this pipe until its last writer is gone, in a thread that is returned."""
        thread = threading.Thread(target=self._keep, args=(output,), name=f"log-{self.path.stem}", daemon=True)
        thread.start()
        return thread

    def _keep(self, output: IO[bytes]) -> None:
        with output:
            for line in output:
                text = line.decode(errors="replace").rstrip("\n")
                self._file.handle(logging.makeLogRecord({"msg": text}))
                self._mention(text)

    def _mention(self, text: str) -> None:
        try:
            found = self._decode(text)
        except msgspec.DecodeError:
            return  # a library's own words, or a traceback on the way out: that the process stopped is said by the supervisor
        if found.level in WRONG and time.monotonic() >= self._next_word:
            self._next_word = time.monotonic() + QUIET
            tell(f"Fout in {self.path.stem}: {found.event} (meer in {self.path})")
