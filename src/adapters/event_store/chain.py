"""The follower that writes the hash chain behind the log, signs its head every few minutes, and verifies the whole of it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg import IsolationLevel

from adapters.event_store.anchors import AnchorKeeper
from adapters.event_store.chain_rows import anchor_documents, chain_end, digest_at, extend_chain, pairs, store_anchor
from application.audit_chain import BEGINNING, Anchor
from application.audit_check import Defect, Findings, VerifyReport, check_log
from application.ports import ObjectDamaged, ObjectMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

    from adapters.event_store.factory import PostgresFactory
    from application.ports import Objects

_ALONE = "SELECT pg_try_advisory_xact_lock(3204, 'event_chain'::regclass::oid::int)"
_NOTHING_ANCHORED = Anchor(position=0, digest=BEGINNING.hex(), at=datetime.min.replace(tzinfo=UTC))


class ChainBrokenError(Exception):
    """The events since the last anchor do not lead to the chain's head: nothing is signed. `daybook verify` tells what is wrong."""


class ChainFollower:
    """The hash chain of one cell's log. Any number of processes may call it; one at a time does the work."""

    def __init__(self, factory: PostgresFactory, objects: Objects, key_file: Path) -> None:
        """`key_file` holds the signing key (made when there is none); the last anchor is kept beside it."""
        self._factory, self._objects = factory, objects
        self._keeper = AnchorKeeper(key_file)

    def remembered(self) -> Anchor | None:
        """The last anchor kept beside the key; None before the first."""
        return self._keeper.read(self._keeper.remembered())

    def advance(self, limit: int = 5000) -> int:
        """Add the digests of at most `limit` further events, up to the safe head. Returns how many."""
        head = self._factory.recorder.safe_head()
        with self._alone() as connection:
            return 0 if connection is None else extend_chain(connection, head, limit)

    def anchor(self) -> Anchor | None:
        """Sign the chain's head; keep that in the database, in the object store and beside the key. None when there is nothing new.

        The way from the last anchor to the head is recomputed first: a rewritten chain is not signed but raises `ChainBrokenError`.
        """
        with self._alone() as connection:
            if connection is None:
                return None
            head, link = chain_end(connection)
            last = self._last_anchor(connection)
            if (head, link.hex()) == (last.position, last.digest):
                return None
            if digest_at(connection, last.position, bytes.fromhex(last.digest), head) != link:
                raise ChainBrokenError(
                    f"the chain at position {head} does not follow from the anchor at {last.position}: run daybook verify"
                )
            anchor = Anchor(position=head, digest=link.hex(), at=datetime.now(UTC))
            document = self._keeper.sign(anchor)
            store_anchor(connection, head, document, self._objects.put(document))
        self._keeper.remember(document)
        return anchor

    def verify(self) -> VerifyReport:
        """Recompute everything from the events table and compare it with chain and anchors, as of one moment. Reads only."""
        with self._factory.connect() as connection:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            with connection.transaction():
                findings = Findings()
                anchors = self._true_anchors(connection, findings)
                end, _ = chain_end(connection)
                return check_log(pairs(connection), end, anchors, findings)

    def anchor_objects(self) -> list[str]:
        """The digests under which the anchors are kept in the object store: a back-up needs them."""
        with self._factory.connect() as connection:
            return [stored_as for _, _, stored_as in anchor_documents(connection)]

    def _true_anchors(self, connection: psycopg.Connection, findings: Findings) -> list[Anchor]:
        true: dict[int, Anchor] = {}
        copies: dict[int, str] = {}
        for position, document, stored_as in anchor_documents(connection):
            anchor = self._keeper.read(document)
            if anchor is None or anchor.position != position:
                findings.add(Defect.FORGED_ANCHOR, position, 0)
            else:
                true[position], copies[position] = anchor, stored_as
        last = self._keeper.read(self._keeper.remembered())
        if last is not None:
            true.setdefault(last.position, last)
        if true and not self._holds(copies.get(max(true))):
            findings.add(Defect.ANCHOR_REMOVED, max(true), 0)
        return list(true.values())

    def _holds(self, stored_as: str | None) -> bool:
        try:
            return stored_as is not None and self._keeper.read(self._objects.get(stored_as)) is not None
        except (ObjectMissing, ObjectDamaged):
            return False

    def _last_anchor(self, connection: psycopg.Connection) -> Anchor:
        """The youngest true one, from the database or from beside the key."""
        documents = [document for _, document, _ in anchor_documents(connection)]
        anchors = [self._keeper.read(document) for document in (*documents, self._keeper.remembered())]
        return max((one for one in anchors if one), key=lambda one: one.position, default=_NOTHING_ANCHORED)

    @contextmanager
    def _alone(self) -> Iterator[psycopg.Connection | None]:
        """A transaction that no other process is in at the same time; None when another one is."""
        connection = self._factory.connections.get()
        with connection.transaction():
            row = connection.execute(_ALONE).fetchone()
            yield connection if row and row[0] else None
