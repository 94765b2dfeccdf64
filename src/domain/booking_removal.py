"""Taking a booking out of the books again (FEATURES I7): asked of the package, which is the master, and final once it says so.

The proposal then stands in the worklist again with the number it had; only deleting it there frees that number or makes it void.
"""

from __future__ import annotations

from domain.kernel import Event, PersonalText


class RemovalRequested(Event, frozen=True, kw_only=True):
    """A person wants the booking out of the books."""

    name = "proposal.removal_requested"
    reason: PersonalText = ""


class BookingRemoved(Event, frozen=True, kw_only=True):
    """The package does not hold it, or no longer: back in the worklist, to be looked at."""

    name = "proposal.booking_removed"


class RemovalRefused(Event, frozen=True, kw_only=True):
    """The package keeps it, and says why: it stays booked."""

    name = "proposal.removal_refused"
    reason: PersonalText
