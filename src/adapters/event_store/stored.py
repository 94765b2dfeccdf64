"""A stored event with our envelope columns, as it passes between mapper and recorder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from application.event_log import Context


@dataclass(frozen=True)
class NewEvent(StoredEvent):
    """To be appended. `new_key` is the wrapped data key of the stream when this event is the first sealed one in it."""

    context: Context
    new_key: bytes | None


@dataclass(frozen=True)
class OldEvent(Notification):
    """Read back. `wrapped_key` is None when the stream has no key, or has it no more."""

    at: datetime
    by: UUID | None
    via: str
    correlation: UUID | None
    causation: str | None
    wrapped_key: bytes | None
