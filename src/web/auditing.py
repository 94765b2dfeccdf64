"""The audit chain's place in the worker: digests follow the log within a second, and the head is signed every few minutes."""

from __future__ import annotations

import logging
import threading
import time

from adapters.event_store.chain import ChainFollower

log = logging.getLogger(__name__)

FOLLOW_EVERY = 1.0
ANCHOR_EVERY = 300.0


class Auditing:
    """A thread that extends and anchors the chain. Several processes may have one: they take turns."""

    def __init__(self, chain: ChainFollower) -> None:
        self._chain = chain
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="auditing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the step in hand."""
        self._stopping.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        next_anchor = time.monotonic()
        while not self._stopping.wait(FOLLOW_EVERY):
            try:
                while self._chain.advance() and not self._stopping.is_set():
                    pass
                if time.monotonic() >= next_anchor:
                    self._chain.anchor()
                    next_anchor = time.monotonic() + ANCHOR_EVERY
            except Exception:
                log.exception("the audit chain cannot go on")
                self._stopping.wait(ANCHOR_EVERY / 10)
