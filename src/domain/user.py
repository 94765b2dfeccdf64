"""A person who can sign in: of the office, of one or several clients, or both. What he may do in a dossier is in `access`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from domain.kernel import Event, PersonalText, Refused
from domain.profiles import OfficeProfile

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("nl", "fr", "en", "de")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class UserRegistered(Event, frozen=True, kw_only=True):
    """Somebody got an account; the address is claimed, in lower case."""

    name = "user.registered"
    first_name: PersonalText
    last_name: PersonalText
    email: PersonalText
    language: str = "nl"


class OfficeProfileGiven(Event, frozen=True, kw_only=True):
    """The person works for the office with this profile."""

    name = "user.office_profile_given"
    profile: OfficeProfile


class UserDeactivated(Event, frozen=True, kw_only=True):
    """The person can no longer sign in; what he did stays."""

    name = "user.deactivated"


class UserReactivated(Event, frozen=True, kw_only=True):
    """The person can sign in again."""

    name = "user.reactivated"


class LanguageChosen(Event, frozen=True, kw_only=True):
    """The language of screens and mails: nl, fr, en or de."""

    name = "user.language_chosen"
    language: str


def register(first_name: str, last_name: str, email: str, language: str = "nl") -> Sequence[Event]:
    """The first event of a user."""
    first_name, last_name, email = first_name.strip(), last_name.strip(), email.strip().lower()
    if not first_name or not last_name:
        raise Refused("Vul een voornaam en een naam in.")
    if not _EMAIL.fullmatch(email):
        raise Refused("Dit e-mailadres klopt niet.")
    if language not in LANGUAGES:
        raise Refused("Kies Nederlands, Frans, Engels of Duits.")
    return [UserRegistered(first_name=first_name, last_name=last_name, email=email, language=language)]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Name, address, language, the profile at the office (None: only a client) and whether he may sign in."""

    first_name: str
    last_name: str
    email: str
    language: str
    profile: OfficeProfile | None = None
    active: bool = True

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    def give_office_profile(self, profile: OfficeProfile) -> Sequence[Event]:
        """Make the person an employee, or change what kind of employee."""
        return [] if profile == self.profile else [OfficeProfileGiven(profile=profile)]

    def deactivate(self) -> Sequence[Event]:
        """No more signing in."""
        return [UserDeactivated()] if self.active else []

    def reactivate(self) -> Sequence[Event]:
        """Signing in again."""
        return [] if self.active else [UserReactivated()]

    def choose_language(self, language: str) -> Sequence[Event]:
        """One of the four languages of the product."""
        if language not in LANGUAGES:
            raise Refused("Kies Nederlands, Frans, Engels of Duits.")
        return [] if language == self.language else [LanguageChosen(language=language)]

    @classmethod
    def evolve(cls, state: User | None, event: Event) -> User:
        """State after one more event."""
        match state, event:
            case None, UserRegistered():
                return cls(first_name=event.first_name, last_name=event.last_name, email=event.email, language=event.language)
            case User(), OfficeProfileGiven(profile=profile):
                return msgspec.structs.replace(state, profile=profile)
            case User(), UserDeactivated():
                return msgspec.structs.replace(state, active=False)
            case User(), UserReactivated():
                return msgspec.structs.replace(state, active=True)
            case User(), LanguageChosen(language=language):
                return msgspec.structs.replace(state, language=language)
        raise AssertionError(f"{event!r} cannot follow {state!r}")
