"""What changed, for the streams of this process: one thread follows the log from its head, and tells once the read models show it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
import psycopg

from application.event_log import Moment
from application.listening import EVENTS_APPENDED, Listener
from domain import booking_proposal as proposals
from domain import document as documents
from domain.synchronisation import DossierSynchronised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from web.presence import Present
    from web.wiring import Cell

log = logging.getLogger(__name__)

POLL = 1.0
"""Seconds a lost NOTIFY costs."""
MODELS_PATIENCE = 5.0
"""Seconds the news waits for the read models; then it is told all the same, and once more when they have caught up."""
RECENT = 5.0
"""Seconds: a new subscription hears what was told so long ago, since its page may have been made before that."""
REMEMBERED = 50_000
"""Streams whose dossier is kept in memory."""
DOCUMENT_AREAS, PROPOSAL_AREAS, SYNCHRONISED_AREAS = ("mailbox", "worklist"), ("mailbox", "worklist", "archive"), ("archive", "dossier")


class Change(msgspec.Struct, frozen=True):
    """Something changed in an area of a dossier; without a dossier it concerns the office (`tasks`)."""

    area: str
    dossier: UUID | None = None


class Subscription:
    """The changes one stream has yet to hear of. Belongs to one event loop."""

    def __init__(self, recent: frozenset[Change]) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: set[Change] = set(recent)
        self._woken = asyncio.Event()
        if recent:
            self._woken.set()

    def tell(self, changes: frozenset[Change]) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._tell, changes)

    async def next(self, patience: float) -> frozenset[Change]:
        """What has changed since the last time, as soon as there is something to look at; nothing after `patience` seconds."""
        try:
            await asyncio.wait_for(self._woken.wait(), patience)
        except TimeoutError:
            return frozenset()
        self._woken.clear()
        heard, self._waiting = frozenset(self._waiting), set()
        return heard

    def _tell(self, changes: frozenset[Change]) -> None:
        self._waiting |= changes
        self._woken.set()


class Newsroom:
    """Starts with the first subscription; `close` ends the thread and wakes all who wait."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._subscriptions: set[Subscription] = set()
        self._dossiers: OrderedDict[UUID, UUID] = OrderedDict()
        self._guard = threading.Lock()
        self._closing = threading.Event()
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._failed_tasks = 0
        self._present: frozenset[Present] = frozenset()
        self._recent: deque[tuple[float, frozenset[Change]]] = deque()
        self._owed: set[Change] = set()
        self._owed_upto = 0

    @property
    def closing(self) -> bool:
        """Whether streams are to end."""
        return self._closing.is_set()

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return len(self._subscriptions)

    def subscribe(self) -> Subscription:
        """Hear of every change from now on, until `unsubscribe`. Called on the event loop."""
        with self._guard:
            since = time.monotonic() - RECENT
            subscription = Subscription(frozenset(change for at, changes in self._recent if at > since for change in changes))
            self._subscriptions.add(subscription)
            if self._thread is None and not self.closing:
                self._listener = Listener(self._cell.database.dsn, EVENTS_APPENDED)
                self._thread = threading.Thread(target=self._run, args=(self._listener,), name="newsroom", daemon=True)
                self._thread.start()
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """No more."""
        with self._guard:
            self._subscriptions.discard(subscription)

    def close(self) -> None:
        """Streams are to end now."""
        self._closing.set()
        self._publish(frozenset())
        if self._thread is not None and self._listener is not None:
            self._listener.poke()
            self._thread.join(timeout=2)
            self._listener.close()

    def _run(self, listener: Listener) -> None:
        after: int | None = None
        while not self.closing:
            try:
                if after is None:
                    after = self._begin()
                listener.wait(POLL)
                after = self._look(after)
            except psycopg.Error as error:
                log.warning("the news is late: %s", error)
                self._closing.wait(POLL)
            except Exception:  # one event nobody foresaw must not silence all that follow
                log.exception("some news was lost")
                after = None
                self._closing.wait(POLL)

    def _begin(self) -> int:
        """From the head of the log; those who subscribed before it was read look once for themselves."""
        head = self._cell.bench.log.recorder.safe_head()
        self._await_models(head)
        self._publish(frozenset())
        return head

    def _look(self, after: int) -> int:
        piece = self._cell.bench.log.read(after)
        changes = {change for moment in piece.events for change in self._changes(moment)} | self._tasks() | self._presence()
        if piece.upto > after and not self._await_models(piece.upto):
            self._owed |= changes
            self._owed_upto = piece.upto
        elif self._owed_upto and self._shown(self._owed_upto):
            changes |= self._owed
            self._owed, self._owed_upto = set(), 0
        if changes or piece.upto > after:
            self._publish(frozenset(changes))
        return piece.upto

    def _await_models(self, position: int) -> bool:
        deadline = time.monotonic() + MODELS_PATIENCE
        while not self.closing and time.monotonic() < deadline:
            if all(model.wait_for(position, 0.2) for model in self._cell.models):
                return True
        return False

    def _shown(self, position: int) -> bool:
        return all(model.position() >= position for model in self._cell.models)

    def _publish(self, changes: frozenset[Change]) -> None:
        now = time.monotonic()
        with self._guard:
            self._recent.append((now, changes))
            while self._recent[0][0] < now - RECENT:
                self._recent.popleft()
            listening = list(self._subscriptions)
        for subscription in listening:
            subscription.tell(changes)

    def _changes(self, moment: Moment) -> Sequence[Change]:
        name = moment.event.name
        if isinstance(moment.event, DossierSynchronised):
            return [Change(area, moment.event.dossier) for area in SYNCHRONISED_AREAS]
        areas = DOCUMENT_AREAS if name.startswith("document.") else PROPOSAL_AREAS if name.startswith("proposal.") else ()
        dossier = self._dossier(moment) if areas else None
        return [Change(area, dossier) for area in areas] if dossier else []

    def _dossier(self, moment: Moment) -> UUID | None:
        """The dossier of a document or proposal: only the first event of its stream tells."""
        known = self._dossiers.get(moment.stream)
        if known is None:
            first = moment if moment.version == 1 else self._cell.bench.log.stream(moment.stream, upto=1)[0]
            match first.event:
                case documents.DocumentReceived(dossier=dossier) | proposals.ProposalDrafted(dossier=dossier):
                    known = dossier
                case _:
                    return None
        self._dossiers[moment.stream] = known
        self._dossiers.move_to_end(moment.stream)
        if len(self._dossiers) > REMEMBERED:
            self._dossiers.popitem(last=False)
        return known

    def _presence(self) -> set[Change]:
        """Who looks at what is no event either."""
        present, before = self._cell.presence.everywhere(), self._present
        self._present = present
        return {Change("presence", one.dossier) for one in present ^ before}

    def _tasks(self) -> set[Change]:
        """Failed tasks are no events: their number is looked at."""
        failed, before = self._cell.jobs.counts().failed, self._failed_tasks
        self._failed_tasks = failed
        return {Change("tasks")} if failed != before else set()
