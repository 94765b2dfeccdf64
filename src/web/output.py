"""What commands say to the operator, in the terminal."""

from __future__ import annotations

import sys


def tell(sentence: str) -> None:
    """One line, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def progress(sentence: str) -> None:
    """A line that the next one replaces, in a terminal; a line like any other in a file."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\x1b[K{sentence}")
        sys.stdout.flush()
    else:
        tell(sentence)
