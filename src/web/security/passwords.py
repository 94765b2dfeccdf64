"""Passwords: chosen with few rules, hashed with argon2id."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from application.cell_database import CellDatabase

LEAST = 12
MOST = 1000
"""Longer texts are not hashed: the work must not depend on a stranger's wish."""
AT_ONCE = 2
"""Hashes computed at the same time: each takes 64 MiB and a whole core for some hundredths of a second."""


def check(password: str, email: str) -> None:
    """Refuse a password that is too short, too long, or the person's own address."""
    if len(password) < LEAST:
        raise Refused("Kies een wachtwoord van minstens {least} tekens.", least=LEAST)
    if len(password) > MOST:
        raise Refused("Kies een wachtwoord van hoogstens {most} tekens.", most=MOST)
    if email and email.lower() in password.lower():
        raise Refused("Je e-mailadres is geen goed wachtwoord. Kies iets wat alleen jij weet.")


class Passwords:
    """The stored hashes. `hasher` says how much work a guess must cost."""

    def __init__(self, database: CellDatabase, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        with self._hashing():
            self._nobody = self._hasher.hash("there is nobody with this address")

    def choose(self, user: UUID, password: str, email: str) -> None:
        """Set a person's password, after `check`."""
        check(password, email)
        with self._hashing():
            stored = self._hasher.hash(password)
        self._store(user, stored)

    def matches(self, user: UUID | None, password: str) -> bool:
        """Whether this is the person's password. For nobody, and for a person without one, it takes the same time and is False."""
        stored = self._stored(user) if user else None
        with self._hashing():
            try:
                self._hasher.verify(stored or self._nobody, password[:MOST])
            except (VerificationError, InvalidHashError):
                return False
            if stored is None or user is None:
                return False
            renewed = self._hasher.hash(password) if self._hasher.check_needs_rehash(stored) else None
        if renewed:
            self._store(user, renewed)
        return True

    @contextmanager
    def _hashing(self) -> Iterator[None]:
        with self._turn:
            yield

    def _stored(self, user: UUID) -> str | None:
        with self._database.autocommit() as db:
            row = db.execute('SELECT hash FROM passwords WHERE "user" = %s', (user,)).fetchone()
        return str(row[0]) if row else None

    def _store(self, user: UUID, stored: str) -> None:
        with self._database.autocommit() as db:
            db.execute(
                'INSERT INTO passwords ("user", hash) VALUES (%s, %s) '
                'ON CONFLICT ("user") DO UPDATE SET hash = excluded.hash, changed_at = now()',
                (user, stored),
            )
