"""Sessions, kept in the database: a cookie holds a random value and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from application.cell_database import CellDatabase
from web.security.secrets import digest, new_token

SEEN_EVERY = 60
"""Seconds between two writes of «last seen»: reading pages costs no write each."""


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the next page says: a sentence in the user's language, perhaps with the address that undoes what was done."""

    text: str
    undo: str = ""
    problem: bool = False


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One signed-in browser. `position` is the log position of the last thing written in it."""

    key: bytes
    user: UUID
    position: int
    message: Message | None


class Sessions:
    """All sessions of the cell; each ends after `hours` in all, or `idle_minutes` without a request."""

    def __init__(self, database: CellDatabase, *, hours: int, idle_minutes: int) -> None:
        self._database = database
        self._limits: dict[str, Any] = {"hours": hours, "idle": idle_minutes}

    def open(self, user: UUID) -> str:
        """A new session; returns what its cookie holds. Sessions that have ended are cleared away."""
        token = new_token()
        with self._database.transaction() as db:
            db.execute(f"DELETE FROM sessions WHERE NOT ({_ALIVE})", self._limits)  # noqa: S608 - a constant
            db.execute('INSERT INTO sessions (token_hash, "user") VALUES (%s, %s)', (digest(token), user))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a cookie, if it has not ended; this request counts as life."""
        values = self._limits | {"key": digest(token), "every": SEEN_EVERY}
        with self._database.autocommit() as db:
            row = db.execute(_FIND, values).fetchone()
            if row is None:
                return None
            user, position, message, stale = row
            if stale:
                db.execute("UPDATE sessions SET seen_at = now() WHERE token_hash = %(key)s", values)
        return Session(
            key=values["key"], user=user, position=position, message=msgspec.convert(message, Message) if message is not None else None
        )

    def lives(self, key: bytes) -> bool:
        """Whether a session has not ended. Asking does not count as life."""
        with self._database.autocommit() as db:
            query = f"SELECT 1 FROM sessions WHERE token_hash = %(key)s AND {_ALIVE}"  # noqa: S608 - a constant
            return db.execute(query, self._limits | {"key": key}).fetchone() is not None

    def close(self, key: bytes) -> None:
        """Sign out."""
        with self._database.autocommit() as db:
            db.execute("DELETE FROM sessions WHERE token_hash = %s", (key,))

    def close_all(self, user: UUID) -> None:
        """Sign a person out everywhere: his password changed, or he left."""
        with self._database.autocommit() as db:
            db.execute('DELETE FROM sessions WHERE "user" = %s', (user,))

    def others(self, user: UUID, key: bytes) -> int:
        """How many other browsers the person is signed in with."""
        query = f'SELECT count(*) FROM sessions WHERE "user" = %(user)s AND token_hash <> %(key)s AND {_ALIVE}'  # noqa: S608 - a constant
        with self._database.autocommit() as db:
            row = db.execute(query, self._limits | {"user": user, "key": key}).fetchone()
        return int(row[0]) if row else 0

    def close_others(self, user: UUID, key: bytes) -> None:
        """Sign a person out everywhere but here."""
        with self._database.autocommit() as db:
            db.execute('DELETE FROM sessions WHERE "user" = %s AND token_hash <> %s', (user, key))

    def remember(self, key: bytes, position: int, message: Message | None = None) -> None:
        """What was written, and what the next page says about it."""
        text = msgspec.json.encode(message).decode() if message else None
        with self._database.autocommit() as db:
            db.execute(
                "UPDATE sessions SET position = greatest(position, %s), message = coalesce(%s::jsonb, message) WHERE token_hash = %s",
                (position, text, key),
            )

    def told(self, key: bytes) -> None:
        """The message has been shown."""
        with self._database.autocommit() as db:
            db.execute("UPDATE sessions SET message = NULL WHERE token_hash = %s", (key,))


_ALIVE = "opened_at > now() - make_interval(hours => %(hours)s) AND seen_at > now() - make_interval(mins => %(idle)s)"
_FIND = f"""
SELECT "user", position, message, seen_at < now() - make_interval(secs => %(every)s)
FROM sessions WHERE token_hash = %(key)s AND {_ALIVE}
"""  # noqa: S608 - a constant
