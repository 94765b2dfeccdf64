"""What commands say to the operator, in the terminal."""

from __future__ import annotations

import sys
import time

SELDOM = 5.0
"""Seconds between lines of progress where they stay: in a file, or in the log of a service."""

_last = [-SELDOM]


def tell(sentence: str) -> None:
    """One line, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def progress(sentence: str) -> None:
    """A line that the next one replaces, in a terminal; elsewhere a line now and then. An empty one ends it."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\x1b[K{sentence}")
        sys.stdout.flush()
    elif sentence and time.monotonic() >= _last[0] + SELDOM:
        _last[0] = time.monotonic()
        tell(sentence)
