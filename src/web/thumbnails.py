"""Small pictures of pages. Drawing a hostile page may take all its time, so it never holds up more than a few requests, and only once."""

from __future__ import annotations

from collections import OrderedDict
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from adapters.inspection.pool import TaskInterrupted
from application.ports import TaskFailed
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.ports import Workshop

DPI = 40
AT_ONCE = 2
"""Requests that wait for a picture; the others are told to come back."""
BAD_PAGES = 10_000
"""Pages that are remembered because they cannot be drawn; the oldest is forgotten first."""


class Busy(Exception):
    """No picture now: ask again in a moment."""


class Thumbnails:
    """Draws pages in the workshop; one for the whole application (dependency `thumbnails`)."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._places = BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._bad: OrderedDict[tuple[str, int], None] = OrderedDict()

    def is_bad(self, sha256: str, page: int) -> bool:
        """Whether this page of the file with this hash could not be drawn before."""
        return (sha256, page) in self._bad

    def draw(self, sha256: str, data: bytes, page: int) -> bytes | None:
        """A PNG, or None when the page cannot be drawn. Raises `Busy` without waiting when enough others wait for theirs."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            picture: bytes = self._workshop.run("adapters.inspection.tasks:render", data, page=page, dpi=DPI)
        except TaskInterrupted as interrupted:
            raise Busy from interrupted
        except (TaskFailed, Refused):
            self._remember((sha256, page))
            return None
        finally:
            self._places.release()
        return picture

    def _remember(self, page: tuple[str, int]) -> None:
        with self._lock:
            self._bad[page] = None
            self._bad.move_to_end(page)
            if len(self._bad) > BAD_PAGES:
                self._bad.popitem(last=False)
