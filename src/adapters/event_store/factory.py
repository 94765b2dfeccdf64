"""Builds the log's parts for the `eventsourcing` application, from a DSN, a schema and the installation's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import InfrastructureFactory, TrackingRecorder
from eventsourcing.utils import Environment

from adapters.event_store.announcer import Announcer
from adapters.event_store.connections import ThreadConnections
from adapters.event_store.erasure import PostgresStreamKeys
from adapters.event_store.mapper import DaybookMapper
from adapters.event_store.recorder import PostgresRecorder
from adapters.event_store.sealing import Sealer
from adapters.event_store.upcasters import UPCASTERS, Upcasters
from application.event_catalogue import EVENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder, Mapper, ProcessRecorder, Transcoder

    from domain.kernel import Event


class PostgresFactory(InfrastructureFactory[TrackingRecorder]):
    """One cell's log. The tables come from migrations, never from the library."""

    def __init__(
        self,
        dsn: str,
        schema: str,
        installation_key: bytes,
        *,
        events: Mapping[str, type[Event]] = EVENTS,
        upcasters: Upcasters = UPCASTERS,
    ) -> None:
        super().__init__(Environment())
        self._dsn, self._schema = dsn, schema
        self.connections = ThreadConnections(self.connect)
        self._announcer = Announcer(self.connect)
        self.recorder = PostgresRecorder(self.connections, self._announcer.announce)
        self._sealer = Sealer(installation_key)
        self._mapper = DaybookMapper(self._sealer, self.key_of, events, upcasters)

    def connect(self) -> psycopg.Connection:
        """A new autocommit connection that sees the cell's schema; statements are prepared at their first use."""
        options = f"-c search_path={self._schema},public -c timezone=UTC"
        return psycopg.connect(self._dsn, autocommit=True, prepare_threshold=0, options=options)

    def key_of(self, stream: UUID) -> bytes | None:
        """A stream's wrapped key; None when it never had one, b"" when it was erased."""
        row = self.connections.get().execute("SELECT coalesce(wrapped, '') FROM stream_keys WHERE stream = %s", (stream,)).fetchone()
        return None if row is None else bytes(row[0])

    def check_key(self) -> None:
        """Raise `WrongKeyError` when this log was written with another installation key. Done before the first append of a process."""
        row = self.connections.get().execute("SELECT wrapped, stream FROM stream_keys WHERE wrapped IS NOT NULL LIMIT 1").fetchone()
        if row is not None:
            self._sealer.check(*row)

    def stream_keys(self) -> PostgresStreamKeys:
        """What erases the personal values of streams."""
        return PostgresStreamKeys(self.connections)

    def mapper(self, transcoder: Transcoder | None = None, mapper_class: type[Mapper[Any]] | None = None) -> Mapper[Any]:  # noqa: ARG002 - the library's signature
        """Our mapper; the library's transcoder is not used."""
        return self._mapper

    def process_recorder(self) -> ProcessRecorder:
        """Our recorder: appends and a reaction's position in one transaction."""
        return self.recorder

    def application_recorder(self) -> ApplicationRecorder:
        """The same recorder: there is one log."""
        return self.recorder

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:  # noqa: ARG002 - the library's signature
        """The same recorder: snapshots are not kept (streams stay short)."""
        return self.recorder

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> TrackingRecorder:  # noqa: ARG002 - the library's signature
        """The same recorder."""
        return self.recorder

    def close(self) -> None:
        """Close every connection and stop announcing."""
        self._announcer.close()
        self.connections.close()
