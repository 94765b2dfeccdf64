"""A stored event with our envelope columns, as it passes between mapper and recorder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from application.event_log import Context


@dataclass(frozen=True)
class NewEvent(StoredEvent):
    """To be appended. `new_key` is the wrapped data key of the stream when this event is the first sealed one in it."""

    context: Context
    new_key: bytes | None


class OldEvent(msgspec.Struct, frozen=True, gc=False):
    """Read back. To the library it is a `Notification`; constructing that frozen dataclass took a quarter of the time of all reading.

    `wrapped_key` is None when the stream has no key, or has it no more.
    """

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    id: int
    at: datetime
    by: UUID | None
    via: str
    correlation: UUID | None
    causation: str | None
    wrapped_key: bytes | None
