"""The hash chain over the log: one digest a position, each covering everything before it (FEATURES O2). Pure.

Whoever holds one digest can tell whether any event up to its position was changed, removed or put in between. Erasing a stream changes no
stored byte, so it does not break the chain.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

BEGINNING = sha256(b"daybook event chain 1").digest()
"""What stands before the first event."""


class Entry(msgspec.Struct, frozen=True):
    """One event as it is stored: the envelope, and `state` byte for byte."""

    position: int
    stream: UUID
    version: int
    name: str
    at: datetime
    by: UUID | None
    via: str
    correlation: UUID | None
    causation: str | None
    state: bytes


def digest(previous: bytes, entry: Entry) -> bytes:
    """SHA-256 over the previous digest and the ten values, in the order of `Entry`.

    Each value is preceded by its length in bytes (8, big-endian), so that no two entries read alike; an absent one is the length
    2⁶⁴-1 and nothing. Numbers are decimal text, ids lower-case hex with hyphens, moments ISO 8601 in UTC with microseconds.
    """
    return sha256(b"".join((previous, *_framed(entry)))).digest()


def _framed(entry: Entry) -> Iterable[bytes]:
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    texts = (entry.position, entry.stream, entry.version, entry.name, moment, entry.by, entry.via, entry.correlation, entry.causation)
    for text in texts:
        yield from _with_length(None if text is None else str(text).encode())
    yield from _with_length(entry.state)


def _with_length(value: bytes | None) -> tuple[bytes, bytes]:
    if value is None:
        return b"\xff" * 8, b""
    return len(value).to_bytes(8, "big"), value


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The chain as it stood: its digest at a position (lower-case hex), and when that was signed."""

    kind: str = "daybook.anchor/1"
    position: int
    digest: str
    at: datetime
