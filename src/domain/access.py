"""Who may come into a dossier: its client users with their profile, and the employees it is assigned to. One stream beside each dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event, Refused
from domain.profiles import ClientProfile

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClientProfileGiven(Event, frozen=True, kw_only=True):
    """A person of the client may do in this dossier what the profile allows."""

    name = "access.client_profile_given"
    dossier: UUID
    user: UUID
    profile: ClientProfile


class ClientAccessWithdrawn(Event, frozen=True, kw_only=True):
    """The person may no longer see this dossier."""

    name = "access.client_access_withdrawn"
    dossier: UUID
    user: UUID


class EmployeeAssigned(Event, frozen=True, kw_only=True):
    """An employee works for this dossier, as its manager or as a collaborator."""

    name = "access.employee_assigned"
    dossier: UUID
    user: UUID
    manager: bool = False


class EmployeeUnassigned(Event, frozen=True, kw_only=True):
    """The employee no longer works for this dossier."""

    name = "access.employee_unassigned"
    dossier: UUID
    user: UUID


def access_of(dossier: UUID) -> UUID:
    """The stream beside a dossier."""
    return uuid5(dossier, "access")


class DossierAccess(msgspec.Struct, frozen=True, kw_only=True):
    """Client profiles by user, and assigned employees (True: the manager)."""

    dossier: UUID
    clients: dict[UUID, ClientProfile] = {}
    employees: dict[UUID, bool] = {}

    def give_profile(self, user: UUID, profile: ClientProfile) -> Sequence[Event]:
        """Give or change a client user's profile; the last administrator stays one."""
        if self.clients.get(user) == profile:
            return []
        if profile != ClientProfile.ADMINISTRATOR:
            self._keep_an_administrator(user)
        return [ClientProfileGiven(dossier=self.dossier, user=user, profile=profile)]

    def withdraw(self, user: UUID) -> Sequence[Event]:
        """Take a client user's access away; the last administrator stays."""
        if user not in self.clients:
            return []
        self._keep_an_administrator(user)
        return [ClientAccessWithdrawn(dossier=self.dossier, user=user)]

    def assign(self, user: UUID, *, manager: bool = False) -> Sequence[Event]:
        """Let an employee work for this dossier."""
        if self.employees.get(user) is manager:
            return []
        return [EmployeeAssigned(dossier=self.dossier, user=user, manager=manager)]

    def unassign(self, user: UUID) -> Sequence[Event]:
        """The employee no longer works for it."""
        return [EmployeeUnassigned(dossier=self.dossier, user=user)] if user in self.employees else []

    def _keep_an_administrator(self, leaving: UUID) -> None:
        others = [user for user, profile in self.clients.items() if profile == ClientProfile.ADMINISTRATOR and user != leaving]
        if self.clients.get(leaving) == ClientProfile.ADMINISTRATOR and not others:
            raise Refused("Een dossier heeft minstens één beheerder. Maak eerst iemand anders beheerder.")

    @classmethod
    def evolve(cls, state: DossierAccess | None, event: Event) -> DossierAccess:
        """State after one more event."""
        match event:
            case ClientProfileGiven(dossier=dossier, user=user, profile=profile):
                state = state or cls(dossier=dossier)
                return msgspec.structs.replace(state, clients=state.clients | {user: profile})
            case EmployeeAssigned(dossier=dossier, user=user, manager=manager):
                state = state or cls(dossier=dossier)
                return msgspec.structs.replace(state, employees=state.employees | {user: manager})
            case ClientAccessWithdrawn(user=user) if state:
                return msgspec.structs.replace(state, clients={u: p for u, p in state.clients.items() if u != user})
            case EmployeeUnassigned(user=user) if state:
                return msgspec.structs.replace(state, employees={u: m for u, m in state.employees.items() if u != user})
        raise AssertionError(f"{event!r} cannot follow {state!r}")
