"""The door of a cell: signing in and out, invitations, tokens. Everything is written into the security journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from application.event_log import NotFoundError
from domain.kernel import Refused
from web.security.api_tokens import ApiTokens, Bearer, Token
from web.security.journal import Entry, Journal
from web.security.passwords import Passwords, check
from web.security.sessions import Session, Sessions
from web.security.throttle import HeldUp, Throttle
from web.security.welcome_links import WelcomeLinks

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from web.wiring import Cell


class Door:
    """What the routes and the command line ask. `hasher` is given by tests that sign in often."""

    def __init__(self, cell: Cell, hasher: PasswordHasher | None = None) -> None:
        self._bench = cell.bench
        database, settings = cell.database, cell.settings
        self.sessions = Sessions(database, hours=settings.session_hours, idle_minutes=settings.session_idle_minutes)
        self.passwords = Passwords(database, hasher)
        self.tokens = ApiTokens(database)
        self.links = WelcomeLinks(database)
        self.journal = Journal(database)
        self._throttle = Throttle(database)

    def sign_in(self, email: str, password: str, address: str) -> str:
        """Return the cookie of a new session. Refused with one sentence whatever is wrong; `HeldUp` after too many tries."""
        email = email.strip().lower()
        account = self._bench.claims.stream("email", email)
        try:
            self._throttle.attempt(str(account), address)
        except HeldUp:
            self.journal.write(Entry.SIGN_IN_HELD_UP, account=account, address=address)
            raise
        user = self._active(self._bench.claims.owner("email", email))
        if not self.passwords.matches(user, password) or user is None:
            self.journal.write(Entry.SIGN_IN_FAILED, account=account, address=address)
            raise Refused("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk ze na en probeer opnieuw.")
        self._throttle.succeeded(str(account), address)
        self.journal.write(Entry.SIGNED_IN, user=user, address=address)
        return self.sessions.open(user)

    def sign_out(self, key: bytes, user: UUID, address: str) -> None:
        """End this session."""
        self.sessions.close(key)
        self.journal.write(Entry.SIGNED_OUT, user=user, address=address)

    def invite(self, user: UUID) -> str:
        """The path of a one-time link with which the person chooses a password: `/welcome/…`."""
        self.journal.write(Entry.LINK_MADE, user=user)
        return f"/welcome/{self.links.make(user)}"

    def choose_password(self, token: str, password: str, address: str) -> str:
        """Use an invitation; every other session of the person ends. Returns the cookie of a new one."""
        user = self._active(self.links.owner(token))
        if user is None:
            raise NotFoundError("welcome link")
        email = self._bench.authority.user(user).email
        check(password, email)  # before the link is used up
        if self.links.use(token) is None:
            raise NotFoundError("welcome link")
        self.passwords.choose(user, password, email)
        self.sessions.close_all(user)
        self.journal.write(Entry.PASSWORD_CHOSEN, user=user, address=address)
        return self.sessions.open(user)

    def change_password(self, session: Session, current: str, password: str, address: str) -> None:
        """Somebody who is signed in chooses another password; his other sessions end. Refused when the current one is wrong."""
        email = self._bench.authority.user(session.user).email
        account = str(self._bench.claims.stream("email", email))
        self._throttle.attempt(account, address)
        if not self.passwords.matches(session.user, current):
            raise Refused("Je huidige wachtwoord klopt niet. Kijk het na en probeer opnieuw.")
        self._throttle.succeeded(account, address)
        self.passwords.choose(session.user, password, email)
        self.sessions.close_others(session.user, session.key)
        self.journal.write(Entry.PASSWORD_CHOSEN, user=session.user, address=address)

    def create_token(self, email: str, scopes: Iterable[str], name: str, days: int | None = None, dossiers: Iterable[UUID] = ()) -> str:
        """A token for a program that acts as this person, perhaps for some days or in some dossiers only.

        Refused when there is no such person.
        """
        user = self._active(self._bench.claims.owner("email", email.strip().lower()))
        if user is None:
            raise Refused("Er is geen gebruiker met dit e-mailadres.")
        token_id = self._bench.new_id()
        expires_at = self._bench.now() + timedelta(days=days) if days is not None else None
        token = self.tokens.make(token_id, user, name, scopes, expires_at, dossiers)
        self.journal.write(Entry.TOKEN_MADE, user=user, detail=str(token_id))
        return token

    def bearer(self, token: str, address: str) -> Bearer | None:
        """Who shows this token."""
        bearer = self.tokens.find(token)
        if bearer is not None and bearer.first:
            self.journal.write(Entry.TOKEN_FIRST_USED, user=bearer.user, address=address, detail=str(bearer.id))
        return bearer

    def tokens_of(self, email: str) -> list[Token]:
        """A person's tokens, newest first. Refused when there is no such person; one who may no longer sign in still has his."""
        user = self._bench.claims.owner("email", email.strip().lower())
        if user is None:
            raise Refused("Er is geen gebruiker met dit e-mailadres.")
        return self.tokens.of(user)

    def revoke_token(self, token_id: UUID) -> None:
        """Close a token. Refused when none is open under this id."""
        user = self.tokens.revoke(token_id)
        if user is None:
            raise Refused("Er is geen open toegangssleutel met dit id.")
        self.journal.write(Entry.TOKEN_REVOKED, user=user, detail=str(token_id))

    def _active(self, user: UUID | None) -> UUID | None:
        try:
            return user if user is not None and self._bench.authority.user(user) else None
        except NotFoundError:
            return None
