"""Erasing the personal values of streams by dropping their keys. The events stay, and with them the hash chain over their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from adapters.event_store.connections import ThreadConnections

_ERASE = (
    "INSERT INTO stream_keys AS known (stream, wrapped, erased_at) "
    "SELECT stream, NULL::bytea, clock_timestamp() FROM events WHERE stream = ANY(%s) GROUP BY stream "
    "ON CONFLICT (stream) DO UPDATE SET wrapped = NULL, erased_at = excluded.erased_at WHERE known.wrapped IS NOT NULL"
)


class PostgresStreamKeys:
    """The keys of this log's streams (port `StreamKeys`)."""

    def __init__(self, connections: ThreadConnections) -> None:
        self._connections = connections

    def erase(self, streams: Sequence[UUID]) -> None:
        """Drop the keys. A stream that has none yet never gets one; a stream that does not exist is left alone."""
        self._connections.get().execute(_ERASE, (list(streams),))
