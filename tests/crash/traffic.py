"""Clients and an employee who go on working, whatever happens to the system: what was acknowledged to them is noted down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import httpx

from domain.booking_proposal import proposal_of

if TYPE_CHECKING:
    from installation import Installation

ON_ITS_WAY = frozenset({"numbered", "sending", "handed_over", "accepted", "refused", "outcome_unknown", "confirmed"})

OPENED = frozenset({"recognised", "not_recognised"})
AT_ONCE = 5
"""Documents a person looks at before he acts: between two kills there is time for little on a busy machine."""
BETWEEN_DELIVERIES = 0.2
"""Seconds, so that what was delivered also gets further between two kills."""


class Traffic:
    """Threads between `start` and `stop`. `files` are delivered in this order, two at a time, each under its own key.

    A delivery of which no answer came is repeated under the same key until one comes: `delivered` holds document by key. `sent` are the
    documents whose proposal somebody was shown to be on its way to the books.
    """

    def __init__(self, office: Installation, files: Sequence[bytes], chance: Random) -> None:
        self._office, self._chance = office, chance
        self._waiting = [(f"crash-{place}", data) for place, data in enumerate(files)][::-1]
        self._unanswered: list[tuple[str, bytes]] = []
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._program, self._anna, self._bart = office.client(), office.sign_in("anna"), office.sign_in("bart")
        self.data: dict[str, bytes] = {}
        self.delivered: dict[str, UUID] = {}
        self.repeated = 0
        self.sent: set[UUID] = set()
        self._submitted: set[UUID] = set()
        works = (self._deliver, self._deliver, self._submit, self._check_and_send)
        self._threads = [threading.Thread(target=self._go_on, args=(work,), daemon=True) for work in works]
        self.broken: list[BaseException] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Deliver nothing new, but repeat what was not answered; the system must be there."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(30)
        while self._unanswered:
            self._deliver_one(*self._unanswered.pop())
        for one in (self._program, self._anna, self._bart):
            one.close()
        assert not self.broken, self.broken

    def _go_on(self, work: Callable[[], None]) -> None:
        while not self._stopping.wait(0.05):
            try:
                work()
            except httpx.TransportError:
                self._stopping.wait(0.1)
            except BaseException as error:
                self.broken.append(error)
                raise

    def _deliver(self) -> None:
        self._stopping.wait(BETWEEN_DELIVERIES)
        with self._guard:
            source = self._unanswered or self._waiting
            key, data = source.pop()
        try:
            self._deliver_one(key, data)
        except httpx.TransportError:
            with self._guard:
                self._unanswered.insert(0, (key, data))
            raise

    def _deliver_one(self, key: str, data: bytes) -> None:
        answer = self._office.deliver(self._program, data, key)
        assert answer.status_code in (200, 201) or answer.is_server_error, answer.text
        if answer.is_server_error:  # its database is going down
            raise httpx.ReadError(answer.text)
        self.repeated += answer.status_code == 200
        self.data[key], self.delivered[key] = data, UUID(answer.json()["id"])

    def _submit(self) -> None:
        """Anna hands everything that has been opened to her accountant."""
        waiting = [one for one in list(self.delivered.values()) if one not in self._submitted]
        ids = [one for one in self._a_few(waiting) if self._status(one) in OPENED]
        if ids and self._done(self._anna, f"/portal/{self._office.people.bakery}/mailboxes/selection", "submit", ids):
            self._submitted |= set(ids)

    def _check_and_send(self) -> None:
        """Bart looks at a few of what was handed to him, checks what is open, and sends what is checked."""
        where = f"/office/dossiers/{self._office.people.bakery}/worklist/selection"
        for document in self._a_few([one for one in list(self._submitted) if one not in self.sent]):
            status = self._status(document)
            if status in ON_ITS_WAY:
                self.sent.add(document)
            elif status == "open":
                self._done(self._bart, where, "check", [proposal_of(document)])
        self._done(self._bart, where, "send_checked", [])

    def _a_few(self, documents: list[UUID]) -> list[UUID]:
        """Any of them: a person does not wait for the one whose turn it is."""
        return self._chance.sample(documents, min(AT_ONCE, len(documents)))

    def _done(self, browser: httpx.Client, where: str, act: str, ids: Sequence[UUID]) -> bool:
        answer = browser.post(where, data={"do": act, "id": [str(one) for one in ids]})
        assert answer.status_code not in (400, 403, 405), answer.text
        return answer.is_redirect

    def _status(self, document: UUID) -> str:
        answer = self._program.get(f"/api/v1/documents/{document}")
        with suppress(ValueError, KeyError):
            return str(answer.json()["status"])
        return ""
