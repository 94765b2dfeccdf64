"""The accounting office itself: one per installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class OfficeOpened(Event, frozen=True, kw_only=True):
    """The installation belongs to this office. `time_zone` is an IANA name."""

    name = "office.opened"
    office_name: str
    time_zone: str = "Europe/Brussels"


class OfficeRenamed(Event, frozen=True, kw_only=True):
    """The name shown at sign-in and in every bar."""

    name = "office.renamed"
    office_name: str


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """Name and time zone of the office."""

    office_name: str
    time_zone: str

    def rename(self, office_name: str) -> Sequence[Event]:
        """Another name, not empty."""
        office_name = " ".join(office_name.split())
        if not office_name:
            raise Refused("Geef het kantoor een naam.")
        return [] if office_name == self.office_name else [OfficeRenamed(office_name=office_name)]

    @classmethod
    def evolve(cls, state: Office | None, event: Event) -> Office:
        """State after one more event."""
        match state, event:
            case None, OfficeOpened(office_name=office_name, time_zone=time_zone):
                return cls(office_name=office_name, time_zone=time_zone)
            case Office(), OfficeRenamed(office_name=office_name):
                return msgspec.structs.replace(state, office_name=office_name)
        raise AssertionError(f"{event!r} cannot follow {state!r}")
