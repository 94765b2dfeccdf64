"""The log's recorder on PostgreSQL: appends by one server function, reads only what is final (ADR 0002)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import psycopg
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Notification, StoredEvent, Subscription, Tracking

from adapters.event_store.stored import NewEvent, OldEvent
from application.event_log import LogRecorder

if TYPE_CHECKING:
    from uuid import UUID

    from adapters.event_store.connections import ThreadConnections

_APPEND_ONE = "SELECT append_event(%s, %s, %s, %s, %s, %s, %s, %s)"
_APPEND = (
    "SELECT append_events(%s::uuid[], %s::bigint[], %s::text[], %s::bytea[], %s::uuid, %s::text, %s::uuid, %s::text, "
    "%s::uuid[], %s::bytea[], %s::text, %s::bigint)"
)
_COLUMNS = (
    "SELECT e.stream, e.version, e.name, e.state, e.position, e.at, e.by, e.via, e.correlation, e.causation, k.wrapped "
    "FROM events e LEFT JOIN stream_keys k ON k.stream = e.stream "
)
_HOLDERS = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory' AND classid = 3203 AND objid = 'events'::regclass::oid "
    "AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class PostgresRecorder(LogRecorder):
    """Appends and reads events. One connection a thread; every statement is its own transaction."""

    def __init__(self, connections: ThreadConnections, announce: Callable[[], None]) -> None:
        self._connections = connections
        self._announce = announce

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append in one transaction, with the streams' new keys and a reaction's position; return the positions.

        Raises `IntegrityError` when a stream already has one of the versions, when the reaction is already past its position, or when two
        appends waited for each other's streams and this one was ended.
        """
        new = cast("Sequence[NewEvent]", stored_events)
        tracking: Tracking | None = kwargs.get("tracking")
        context = new[0].context
        cursor = self._connections.cursor()
        keys = {cast("UUID", one.originator_id): one.new_key for one in new if one.new_key}
        try:
            if len(new) == 1 and not keys and tracking is None:
                one = new[0]
                values = (one.originator_id, one.originator_version, one.topic, one.state)
                cursor.execute(_APPEND_ONE, (*values, context.by, context.via.value, context.correlation, context.causation))
            else:
                cursor.execute(_APPEND, _arrays(new, keys, tracking))
        except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected) as error:
            raise IntegrityError(str(error)) from error
        return [row[0] for row in cursor.fetchall()]

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream with version > `gt` and ≤ `lte`."""
        where, values = "WHERE e.stream = %s", [cast("Any", originator_id)]
        if gt is not None:
            where, values = where + " AND e.version > %s", [*values, gt]
        if lte is not None:
            where, values = where + " AND e.version <= %s", [*values, lte]
        order = " ORDER BY e.version DESC" if desc else " ORDER BY e.version"
        if limit is not None:
            order, values = order + " LIMIT %s", [*values, limit]
        return [_old(row) for row in self._connections.cursor().execute(_COLUMNS + where + order, values, binary=True).fetchall()]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events in log order; never beyond the safe head, which is looked up unless the caller gives a `stop` he knows to be final."""
        stop = self.safe_head() if stop is None else stop
        first = (start or 0) - (1 if inclusive_of_start else 0)
        where = "WHERE e.position > %s AND e.position <= %s" + (" AND e.name = ANY(%s)" if topics else "")
        values = [first, stop, list(topics), limit] if topics else [first, stop, limit]
        query = _COLUMNS + where + " ORDER BY e.position LIMIT %s"
        return [_old(row) for row in self._connections.cursor().execute(query, values, binary=True).fetchall()]

    def max_notification_id(self) -> int | None:
        """The highest position visible now; lower ones may still be on their way (see `safe_head`)."""
        row = self._connections.get().execute("SELECT max(position) FROM events").fetchone()
        return cast("int | None", row[0] if row else None)

    def safe_head(self) -> int:
        """The highest position below which nothing can appear any more.

        Two statements, in this order: whoever got a lower position than the one read first took the lock before it, and PostgreSQL
        releases a lock only after its commit can be seen. So when today's holders are gone, everything up to it is visible.
        """
        head = self.max_notification_id() or 0
        connection = self._connections.get()
        holders = {row[0] for row in connection.execute(_HOLDERS)}
        while holders:
            time.sleep(0.0005)
            holders &= {row[0] for row in connection.execute(_HOLDERS)}
        return head

    def announce(self) -> None:
        """Wake the readers, soon and outside any transaction."""
        self._announce()

    def insert_tracking(self, tracking: Tracking) -> None:
        """Move a reaction on without appending anything."""
        moved = self._connections.get().execute(
            "INSERT INTO reaction_positions AS seen (reaction, position) VALUES (%s, %s) "
            "ON CONFLICT (reaction) DO UPDATE SET position = excluded.position WHERE seen.position < excluded.position",
            (tracking.application_name, tracking.notification_id),
        )
        if moved.rowcount == 0:
            raise IntegrityError(f"reaction {tracking.application_name} is already past {tracking.notification_id}")

    def max_tracking_id(self, application_name: str) -> int | None:
        """How far a reaction has come."""
        row = self._connections.get().execute("SELECT position FROM reaction_positions WHERE reaction = %s", (application_name,)).fetchone()
        return cast("int | None", row[0] if row else None)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered: followers of this log read in batches (`EventLog.read`)."""
        raise _no_subscription(gt, topics)


def _no_subscription(gt: int | None, topics: Sequence[str]) -> NotImplementedError:
    return NotImplementedError(f"follow the log with EventLog.read (after {gt}, {len(topics)} names)")


def _arrays(new: Sequence[NewEvent], keys: dict[UUID, bytes], tracking: Tracking | None) -> tuple[Any, ...]:
    context = new[0].context
    return (
        [one.originator_id for one in new],
        [one.originator_version for one in new],
        [one.topic for one in new],
        [one.state for one in new],
        context.by,
        context.via.value,
        context.correlation,
        context.causation,
        list(keys) or None,
        list(keys.values()) or None,
        tracking.application_name if tracking else None,
        tracking.notification_id if tracking else None,
    )


def _old(row: tuple[Any, ...]) -> Notification:
    return cast("Notification", OldEvent(*row))
