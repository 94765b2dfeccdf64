"""People: getting an account, an office profile, a place in a dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from application.claims import AlreadyClaimed
from application.event_log import Change, Context, NotFoundError, Via
from application.permissions import Action, Actor
from domain.access import DossierAccess, access_of
from domain.kernel import Event, Refused
from domain.user import OfficeProfileGiven, User, register

if TYPE_CHECKING:
    from application.workbench import Workbench
    from domain.profiles import ClientProfile, OfficeProfile

SYSTEM = Context(by=None, via=Via.CLI)
"""The installation itself, at its first start or on its own command line."""


def register_user(
    bench: Workbench,
    context: Context,
    *,
    first_name: str,
    last_name: str,
    email: str,
    language: str = "nl",
    profile: OfficeProfile | None = None,
    together: Sequence[Change] = (),
) -> UUID:
    """A new person with his own address, perhaps an employee. Refused when the address is in use.

    Called by those who may: the command line, and use-cases that have asked the authority. `together` are changes that belong to it, such
    as the opening of the office: all of it happens or nothing.
    """
    events = [*register(first_name, last_name, email, language)]
    if profile is not None:
        events.append(OfficeProfileGiven(profile=profile))
    user = bench.new_id()
    try:
        claim = bench.claims.take(user, "email", email.strip().lower())
        bench.log.append(*together, claim, Change(stream=user, version=0, events=events), context=context)
    except (AlreadyClaimed, IntegrityError) as taken:
        raise Refused("Er is al een gebruiker met dit e-mailadres.") from taken
    return user


def choose_language(bench: Workbench, actor: Actor, language: str) -> int:
    """Somebody chooses the language of his own screens and mails. Returns the log position."""
    bench.authority.user(actor.user)
    return bench.log.decide(User, actor.user, lambda state: state.choose_language(language), context=actor.context)


def register_employee(
    bench: Workbench, actor: Actor, *, first_name: str, last_name: str, email: str, profile: OfficeProfile
) -> tuple[UUID, int]:
    """An administrator of the office adds an employee. Also returns the log position."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    user = register_user(bench, actor.context, first_name=first_name, last_name=last_name, email=email, profile=profile)
    return user, bench.log.stream(user)[-1].position


def change_employee_profile(bench: Workbench, actor: Actor, user: UUID, profile: OfficeProfile) -> int:
    """An employee gets another office profile. An administrator keeps his own, so that there always is one."""
    _must_be_employee(bench, actor, user)
    if user == actor.user:
        raise Refused("Je kunt je eigen profiel niet wijzigen. Vraag het aan een andere beheerder.")
    return bench.log.decide(User, user, lambda state: state.give_office_profile(profile), context=actor.context)


def deactivate_employee(bench: Workbench, actor: Actor, user: UUID) -> int:
    """An employee can no longer sign in. An administrator does not do that to himself, so that there always is one."""
    _must_be_employee(bench, actor, user)
    if user == actor.user:
        raise Refused("Je kunt je eigen account niet afsluiten. Vraag het aan een andere beheerder.")
    return bench.log.decide(User, user, User.deactivate, context=actor.context)


def reactivate_employee(bench: Workbench, actor: Actor, user: UUID) -> int:
    """An employee can sign in again."""
    _must_be_employee(bench, actor, user)
    return bench.log.decide(User, user, User.reactivate, context=actor.context)


def _must_be_employee(bench: Workbench, actor: Actor, user: UUID) -> None:
    """An administrator of the office acts, and it is about one of its people."""
    bench.authority.require_office(actor, Action.OFFICE_SETTINGS)
    if bench.log.load(User, user).state.profile is None:
        raise NotFoundError(f"employee {user}")


def give_client_profile(bench: Workbench, actor: Actor, dossier: UUID, user: UUID, profile: ClientProfile) -> int:
    """Give somebody a profile in a dossier, or change it. Returns the log position."""
    bench.authority.require(actor, Action.PORTAL_SETTINGS, dossier)
    return let_client_in(bench, actor.context, dossier, user, profile)


def add_client_user(
    bench: Workbench, actor: Actor, dossier: UUID, *, first_name: str, last_name: str, email: str, profile: ClientProfile
) -> tuple[UUID, bool, int]:
    """Let a person into a dossier by his address: somebody new (True), or the one who already has it. Also returns the log position."""
    bench.authority.require(actor, Action.PORTAL_SETTINGS, dossier)
    known = bench.claims.owner("email", email.strip().lower())
    user = known or register_user(bench, actor.context, first_name=first_name, last_name=last_name, email=email)
    return user, known is None, give_client_profile(bench, actor, dossier, user, profile)


def withdraw_client(bench: Workbench, actor: Actor, dossier: UUID, user: UUID) -> int:
    """Take a client user's access to a dossier away."""
    bench.authority.require(actor, Action.PORTAL_SETTINGS, dossier)
    return bench.log.decide(DossierAccess, access_of(dossier), lambda access: access.withdraw(user), context=actor.context)


def unassign_employee(bench: Workbench, actor: Actor, dossier: UUID, user: UUID) -> int:
    """An employee no longer works for a dossier."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    return bench.log.decide(DossierAccess, access_of(dossier), lambda access: access.unassign(user), context=actor.context)


def assign_employee(bench: Workbench, actor: Actor, dossier: UUID, user: UUID, *, manager: bool = False) -> int:
    """Let an employee work for a dossier. Returns the log position."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    return let_employee_in(bench, actor.context, dossier, user, manager=manager)


def let_client_in(bench: Workbench, context: Context, dossier: UUID, user: UUID, profile: ClientProfile) -> int:
    """What `give_client_profile` does, for the command line too."""
    bench.authority.user(user)
    return change_access(bench, context, dossier, lambda access: access.give_profile(user, profile))


def let_employee_in(bench: Workbench, context: Context, dossier: UUID, user: UUID, *, manager: bool) -> int:
    """What `assign_employee` does, for the command line too."""
    if bench.authority.user(user).profile is None:
        raise Refused("Alleen medewerkers van het kantoor kunnen aan een dossier werken.")
    return change_access(bench, context, dossier, lambda access: access.assign(user, manager=manager))


def change_access(bench: Workbench, context: Context, dossier: UUID, decision: Callable[[DossierAccess], Sequence[Event]]) -> int:
    """Decide on who may come into a dossier. `NotFoundError` when there is no such dossier."""
    return bench.log.decide(DossierAccess, access_of(dossier), decision, context=context)
