"""Claims: what must be unique is a stream of its own, found by a keyed digest, so that ids never derive from personal data."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import Change, EventLog
from domain.claim import Claim, ClaimTaken

if TYPE_CHECKING:
    from domain.kernel import Event


class AlreadyClaimed(Exception):
    """Somebody else owns the value: `owner`."""

    def __init__(self, owner: UUID) -> None:
        super().__init__(f"claimed by {owner}")
        self.owner = owner


class Claims:
    """Claim streams of one installation. `secret` (32 bytes) keeps them from being guessed from an e-mail address or a number."""

    def __init__(self, log: EventLog, secret: bytes) -> None:
        self._log, self._secret = log, secret

    def stream(self, kind: str, *parts: str) -> UUID:
        """The stream on which `kind` of these parts is claimed."""
        text = "\x1f".join((kind, *parts)).encode()
        return UUID(bytes=hmac.digest(self._secret, text, hashlib.sha256)[:16], version=4)

    def owner(self, kind: str, *parts: str) -> UUID | None:
        """Who owns the value now."""
        found = self._log.find(Claim, self.stream(kind, *parts))
        return found.state.owner if found else None

    def take_unseen(self, owner: UUID, kind: str, *parts: str) -> Change:
        """The change that claims a value nobody has ever claimed; appending it conflicts when somebody has."""
        return Change(stream=self.stream(kind, *parts), version=0, events=[ClaimTaken(owner=owner)])

    def take(self, owner: UUID, kind: str, *parts: str) -> Change:
        """The change that claims the value, to append together with what it is for. Raises `AlreadyClaimed`."""
        stream = self.stream(kind, *parts)
        found = self._log.find(Claim, stream)
        if found is None:
            return self.take_unseen(owner, kind, *parts)
        if found.state.owner not in (None, owner):
            raise AlreadyClaimed(found.state.owner)
        events: list[Event] = list(found.state.take(owner))
        return found.change(events)
