"""Tokens of programs: `dbk_…`, shown once, acting as the person they belong to within some scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.permissions import Action
from domain.kernel import Refused
from web.security.secrets import digest, new_token

if TYPE_CHECKING:
    from application.cell_database import CellDatabase

PREFIX = "dbk_"

GROUPS: Mapping[str, frozenset[Action]] = {
    "documents": frozenset({Action.DELIVER, Action.SEE_MAILBOXES}),
    "feed": frozenset({Action.READ_FEED}),
    "proposals": frozenset({Action.SEE_WORKLIST, Action.SEE_HISTORY}),
    "archive": frozenset({Action.SEE_ARCHIVE, Action.SEE_FEEDBACK}),
}
"""Scopes by a short name; any action's own name is a scope too."""


class Token(msgspec.Struct, frozen=True):
    """A token as a list shows it: all but the secret itself. `scopes` None: whatever the person may do; `dossiers` None: wherever."""

    id: UUID
    user: UUID
    name: str
    scopes: list[str] | None
    dossiers: list[UUID] | None
    made_at: datetime
    expires_at: datetime | None
    first_used_at: datetime | None
    revoked_at: datetime | None


class Bearer(msgspec.Struct, frozen=True):
    """Whose token was shown, what it is limited to, and whether that was its first use."""

    id: UUID
    user: UUID
    scopes: frozenset[Action] | None
    dossiers: frozenset[UUID] | None
    first: bool


def scope_actions(scopes: Iterable[str]) -> frozenset[Action]:
    """The actions that names of scopes stand for. Refused when a name is unknown."""
    actions: set[Action] = set()
    for scope in scopes:
        if scope in GROUPS:
            actions |= GROUPS[scope]
        elif scope in set(Action):
            actions.add(Action(scope))
        else:
            raise Refused("“{scope}” is geen recht van een token. Kies uit: {known}.", scope=scope, known=", ".join([*GROUPS, *Action]))
    return frozenset(actions)


class ApiTokens:
    """The tokens of the cell."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database

    def make(
        self, token_id: UUID, user: UUID, name: str, scopes: Iterable[str], expires_at: datetime | None, dossiers: Iterable[UUID] = ()
    ) -> str:
        """A new token, to be shown once. No scopes: everything the person may do; no dossiers: in all that he reaches."""
        named = sorted(set(scopes))
        scope_actions(named)
        token = new_token(PREFIX)
        with self._database.autocommit() as db:
            db.execute(
                'INSERT INTO api_tokens (id, token_hash, "user", name, scopes, expires_at, dossiers) VALUES (%s, %s, %s, %s, %s, %s, %s)',
                (token_id, digest(token), user, name, named or None, expires_at, list(dossiers) or None),
            )
        return token

    def find(self, token: str) -> Bearer | None:
        """The bearer of a token that has neither expired nor been revoked."""
        if not token.startswith(PREFIX):
            return None
        with self._database.autocommit() as db:
            row = db.execute(_FIND, (digest(token),)).fetchone()
            if row is None:
                return None
            token_id, user, scopes, dossiers, used = row
            first = not used and self._mark_used(token_id)
        limits = None if scopes is None else scope_actions(scopes), None if dossiers is None else frozenset(dossiers)
        return Bearer(token_id, user, *limits, first)

    def revoke(self, token_id: UUID) -> UUID | None:
        """Close a token for good. Whose it was; None when it was not open."""
        with self._database.autocommit() as db:
            closing = 'UPDATE api_tokens SET revoked_at = now() WHERE id = %s AND revoked_at IS NULL RETURNING "user"'
            row = db.execute(closing, (token_id,)).fetchone()
        return row[0] if row else None

    def of(self, user: UUID) -> list[Token]:
        """A person's tokens, newest first."""
        with self._database.autocommit() as db, db.cursor(row_factory=class_row(Token)) as cursor:
            return cursor.execute(
                'SELECT id, "user", name, scopes, dossiers, made_at, expires_at, first_used_at, revoked_at FROM api_tokens '
                'WHERE "user" = %s ORDER BY made_at DESC',
                (user,),
            ).fetchall()

    def _mark_used(self, token_id: UUID) -> bool:
        with self._database.autocommit() as db:
            done = db.execute("UPDATE api_tokens SET first_used_at = now() WHERE id = %s AND first_used_at IS NULL", (token_id,))
            return done.rowcount == 1


_FIND = """
SELECT id, "user", scopes, dossiers, first_used_at IS NOT NULL FROM api_tokens
WHERE token_hash = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
"""
