"""Who may do what: one table of action × profile (FEATURES F2, G7), and the authority that looks a person up in it.

A person without any role in a dossier is told it does not exist (`NotFoundError`); one whose profile does not allow an action gets
`Forbidden`. Employees of the office act in a client's portal as themselves.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.event_log import Context, EventLog, NotFoundError, Via
from domain.access import DossierAccess, access_of
from domain.profiles import ClientProfile, OfficeProfile, Profile
from domain.user import User

if TYPE_CHECKING:
    from collections.abc import Mapping


class Action(StrEnum):
    """What can be done in a dossier (the first two groups) or in the office as a whole (the last)."""

    SEE_MAILBOXES = "see_mailboxes"
    DELIVER = "deliver"
    EDIT_DOCUMENTS = "edit_documents"
    SUBMIT = "submit"
    SEE_ARCHIVE = "see_archive"
    SEE_FEEDBACK = "see_feedback"
    ANSWER_QUESTIONS = "answer_questions"
    SEE_HISTORY = "see_history"
    PORTAL_SETTINGS = "portal_settings"

    SEE_WORKLIST = "see_worklist"
    EDIT_PROPOSALS = "edit_proposals"
    TRANSFER = "transfer"
    SEND = "send"
    SEE_DOSSIER = "see_dossier"
    DOSSIER_SETTINGS = "dossier_settings"
    SYNCHRONISE = "synchronise"
    OPEN_PORTAL = "open_portal"
    ERASE = "erase"

    OPEN_DOSSIERS = "open_dossiers"
    OFFICE_SETTINGS = "office_settings"
    SEE_HEALTH = "see_health"
    RETRY_TASKS = "retry_tasks"
    READ_FEED = "read_feed"


class Extent(StrEnum):
    """How far a permission goes: everything in the dossier, or only what the person delivered himself."""

    ALL = "all"
    OWN = "own"


class Forbidden(Exception):
    """The person is known here, but his profile does not allow this. The message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Je profiel laat dit niet toe.")


_C, _O = ClientProfile, OfficeProfile
_Profiles = frozenset[Profile]
_EVERYBODY_IN: _Profiles = frozenset({_C.ADMINISTRATOR, _C.FULL_ACCESS, _O.ADMIN, _O.EMPLOYEE})
_PROCESSING: _Profiles = _EVERYBODY_IN | _Profiles({_C.PROCESSING, _C.PROCESSING_ARCHIVE})
_DELIVERING: _Profiles = _PROCESSING | _Profiles({_C.DELIVERY})
_OFFICE: _Profiles = frozenset({_O.ADMIN, _O.EMPLOYEE, _O.SUPPORT})
_KEEPERS: _Profiles = frozenset({_O.ADMIN, _O.EMPLOYEE})
_ADMIN: _Profiles = frozenset({_O.ADMIN})

TABLE: Mapping[Action, frozenset[Profile]] = {
    Action.SEE_MAILBOXES: _DELIVERING,
    Action.DELIVER: _DELIVERING,
    Action.EDIT_DOCUMENTS: _PROCESSING,
    Action.SUBMIT: _PROCESSING,
    Action.ANSWER_QUESTIONS: _PROCESSING,
    Action.SEE_ARCHIVE: _EVERYBODY_IN | _Profiles({_C.PROCESSING_ARCHIVE, _C.FEEDBACK}),
    Action.SEE_FEEDBACK: _EVERYBODY_IN | _Profiles({_C.FEEDBACK}),
    Action.SEE_HISTORY: _PROCESSING | _Profiles({_O.SUPPORT}),
    Action.PORTAL_SETTINGS: frozenset({_C.ADMINISTRATOR, _O.ADMIN, _O.EMPLOYEE}),
    Action.SEE_WORKLIST: _OFFICE,
    Action.EDIT_PROPOSALS: _OFFICE,
    Action.TRANSFER: _KEEPERS,
    Action.SEND: _OFFICE,
    Action.SEE_DOSSIER: _OFFICE,
    Action.DOSSIER_SETTINGS: _KEEPERS,
    Action.SYNCHRONISE: _KEEPERS,
    Action.OPEN_PORTAL: _KEEPERS,
    Action.ERASE: _ADMIN,
    Action.OPEN_DOSSIERS: _ADMIN,
    Action.OFFICE_SETTINGS: _ADMIN,
    Action.SEE_HEALTH: _ADMIN,
    Action.RETRY_TASKS: _KEEPERS,
    Action.READ_FEED: frozenset({_O.ADMIN, _O.EMPLOYEE, _C.ADMINISTRATOR}),
}


def extent(profile: Profile, action: Action) -> Extent | None:
    """How far this profile may do this, or None. Document delivery sees only what it delivered."""
    if profile not in TABLE[action]:
        return None
    return Extent.OWN if profile == ClientProfile.DELIVERY and action == Action.SEE_MAILBOXES else Extent.ALL


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person (or his token) and the door he came through.

    `scopes` limits a token to some actions, `dossiers` to some dossiers: others do not exist for it. None: no limit.
    """

    user: UUID
    via: Via
    correlation: UUID | None = None
    scopes: frozenset[Action] | None = None
    dossiers: frozenset[UUID] | None = None

    @property
    def context(self) -> Context:
        """The envelope of what he does."""
        return Context(by=self.user, via=self.via, correlation=self.correlation)


class Authority:
    """Looks up a person's profiles in the log: decisions never rest on a read model."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def user(self, user: UUID) -> User:
        """The person, if he may sign in."""
        found = self._log.find(User, user)
        if found is None or not found.state.active:
            raise NotFoundError(f"user {user}")
        return found.state

    def profiles(self, user: UUID, dossier: UUID) -> list[Profile]:
        """A person's roles in one dossier: as an employee who reaches it, as a user of the client, as both, or none."""
        person = self.user(user)
        access = self._log.find(DossierAccess, access_of(dossier))
        if access is None:
            return []
        found: list[Profile] = []
        if person.profile == OfficeProfile.ADMIN or (person.profile and user in access.state.employees):
            found.append(person.profile)
        if user in access.state.clients:
            found.append(access.state.clients[user])
        return found

    def require(self, actor: Actor, action: Action, dossier: UUID) -> Extent:
        """Let the person pass, saying how far; raise `NotFoundError` for a stranger, `Forbidden` for a profile that may not."""
        profiles = self.profiles(actor.user, dossier) if _within(actor, dossier) else []
        if not profiles:
            raise NotFoundError(f"dossier {dossier}")
        extents = {extent(profile, action) for profile in profiles}
        if extents == {None} or (actor.scopes is not None and action not in actor.scopes):
            raise Forbidden
        return Extent.ALL if Extent.ALL in extents else Extent.OWN

    def allowed(self, actor: Actor, dossier: UUID) -> frozenset[Action]:
        """Everything the person may do in a dossier: for screens that offer only what is possible."""
        profiles = self.profiles(actor.user, dossier) if _within(actor, dossier) else []
        return frozenset(action for action in Action if any(extent(profile, action) for profile in profiles))

    def require_office(self, actor: Actor, action: Action) -> OfficeProfile:
        """Let an employee pass for something that concerns no single dossier. Anybody else is told it does not exist."""
        profile = self.user(actor.user).profile
        if profile is None or actor.dossiers is not None:
            raise NotFoundError("office")
        if extent(profile, action) is None or (actor.scopes is not None and action not in actor.scopes):
            raise Forbidden
        return profile


def _within(actor: Actor, dossier: UUID) -> bool:
    return actor.dossiers is None or dossier in actor.dossiers
