"""Who has a booking proposal open on his screen, for whoever else looks at it. Ephemeral: kept in a table, never in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from application.cell_database import CellDatabase

BEAT_SECONDS = 20
"""How often a screen says that it is still there."""
GONE_SECONDS = 50
"""A screen that said nothing for so long has been closed."""


class Present(NamedTuple):
    """Somebody looks at a proposal of a dossier."""

    dossier: UUID
    proposal: UUID
    user: UUID


class Presence:
    """What the screens of all web processes say."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database

    def here(self, present: Present) -> None:
        """Somebody has a proposal on his screen, from now until `GONE_SECONDS` later."""
        with self._database.autocommit() as db:
            db.execute(_HERE, present._asdict())
            db.execute("DELETE FROM presence WHERE seen_at < now() - make_interval(secs => %s)", (GONE_SECONDS * 10,))

    def gone(self, present: Present) -> None:
        """He left it."""
        with self._database.autocommit() as db:
            db.execute('DELETE FROM presence WHERE proposal = %s AND "user" = %s', (present.proposal, present.user))

    def everywhere(self) -> frozenset[Present]:
        """All that are there now."""
        with self._database.autocommit() as db:
            return frozenset(Present(*row) for row in db.execute(f'SELECT dossier, proposal, "user" {_NOW}', (GONE_SECONDS,)))

    def of_dossier(self, dossier: UUID, but: UUID) -> Mapping[UUID, Sequence[UUID]]:
        """Proposal → the people who have it open, without one of them."""
        found: defaultdict[UUID, list[UUID]] = defaultdict(list)
        with self._database.autocommit() as db:
            where = f'{_NOW} AND dossier = %s AND "user" <> %s ORDER BY seen_at'
            for proposal, user in db.execute(f'SELECT proposal, "user" {where}', (GONE_SECONDS, dossier, but)):
                found[proposal].append(user)
        return found


_NOW = "FROM presence WHERE seen_at > now() - make_interval(secs => %s)"
_HERE = """
INSERT INTO presence (proposal, "user", dossier) VALUES (%(proposal)s, %(user)s, %(dossier)s)
ON CONFLICT (proposal, "user") DO UPDATE SET seen_at = now(), dossier = excluded.dossier
"""
