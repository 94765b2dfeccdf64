"""A claim on something that must be unique: an e-mail address, a counterparty's VAT number. Its stream conflicts on the second claim."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClaimTaken(Event, frozen=True, kw_only=True):
    """`owner` is the aggregate the value belongs to from now on."""

    name = "claim.taken"
    owner: UUID


class ClaimReleased(Event, frozen=True, kw_only=True):
    """The value is free again."""

    name = "claim.released"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who owns the value; None when it was released."""

    owner: UUID | None = None

    def take(self, owner: UUID) -> Sequence[Event]:
        """Claim a released value anew; refused while somebody else owns it."""
        if self.owner == owner:
            return []
        if self.owner is not None:
            raise Refused("Dit bestaat al.")
        return [ClaimTaken(owner=owner)]

    def release(self, owner: UUID) -> Sequence[Event]:
        """Give the value up; nothing happens when it is not this owner's."""
        return [ClaimReleased()] if self.owner == owner else []

    @classmethod
    def evolve(cls, _: Claim | None, event: Event) -> Claim:
        """State after one more event."""
        match event:
            case ClaimTaken(owner=owner):
                return cls(owner=owner)
            case ClaimReleased():
                return cls()
        raise AssertionError(f"{event!r} is not about a claim")
