"""Bringing a dossier's ledger mirror up to date: when it was asked for and what each reading brought. One stream beside each dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event

if TYPE_CHECKING:
    from collections.abc import Sequence


class SynchronisationRequested(Event, frozen=True, kw_only=True):
    """Somebody asked for the ledger mirror to be brought up to date."""

    name = "dossier.synchronisation_requested"
    dossier: UUID


class DossierSynchronised(Event, frozen=True, kw_only=True):
    """The ledger mirror was replaced by what the package holds. Counts of what changed, by kind of record.

    `upto` is the log position when reading the package began: what was booked before it is in the mirror.
    """

    name = "dossier.synchronised"
    dossier: UUID
    upto: int = 0
    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    removed: dict[str, int] = {}


def synchronisation_of(dossier: UUID) -> UUID:
    """The stream beside a dossier."""
    return uuid5(dossier, "synchronisation")


class Synchronisation(msgspec.Struct, frozen=True, kw_only=True):
    """How far the mirror of a dossier has come."""

    dossier: UUID
    upto: int = 0

    def request(self) -> Sequence[Event]:
        """Ask for the mirror to be brought up to date; each request counts."""
        return [SynchronisationRequested(dossier=self.dossier)]

    def complete(self, outcome: DossierSynchronised) -> Sequence[Event]:
        """The mirror was replaced; a reading that began earlier than the last one is not news."""
        return [outcome] if outcome.upto > self.upto else []

    @classmethod
    def evolve(cls, state: Synchronisation | None, event: Event) -> Synchronisation:
        """State after one more event."""
        match event:
            case SynchronisationRequested(dossier=dossier):
                return state or cls(dossier=dossier)
            case DossierSynchronised(dossier=dossier, upto=upto):
                return cls(dossier=dossier, upto=max(upto, state.upto if state else 0))
        raise AssertionError(f"{event!r} is not about a synchronisation")
