"""One-time links with which an invited person chooses a password."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from web.security.secrets import digest, new_token

if TYPE_CHECKING:
    from application.cell_database import CellDatabase

DAYS = 7


class WelcomeLinks:
    """The links that are out. A new link for a person replaces the former ones; each works once."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database

    def make(self, user: UUID) -> str:
        """The token of a new link, valid for a week."""
        token = new_token()
        with self._database.transaction() as db:
            db.execute('DELETE FROM welcome_links WHERE "user" = %s AND used_at IS NULL', (user,))
            db.execute(
                'INSERT INTO welcome_links (token_hash, "user", expires_at) VALUES (%s, %s, now() + make_interval(days => %s))',
                (digest(token), user, DAYS),
            )
        return token

    def owner(self, token: str) -> UUID | None:
        """Whose link this is, while it can be used."""
        with self._database.autocommit() as db:
            row = db.execute(
                'SELECT "user" FROM welcome_links WHERE token_hash = %s AND used_at IS NULL AND expires_at > now()', (digest(token),)
            ).fetchone()
        return row[0] if row else None

    def use(self, token: str) -> UUID | None:
        """Use the link up; None when it is no (longer a) link, also for the slower of two."""
        with self._database.autocommit() as db:
            row = db.execute(
                "UPDATE welcome_links SET used_at = now() WHERE token_hash = %s AND used_at IS NULL AND expires_at > now() "
                'RETURNING "user"',
                (digest(token),),
            ).fetchone()
        return row[0] if row else None
