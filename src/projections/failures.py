"""Followers that cannot go on, written down for the health page until they can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.faults import describe

if TYPE_CHECKING:
    from application.cell_database import CellDatabase


def note(database: CellDatabase, follower: str, error: Exception) -> None:
    """This follower failed, for the first time or once more."""
    with database.transaction() as db:
        db.execute(
            "INSERT INTO follower_failures AS f (follower, error) VALUES (%s, %s) "
            "ON CONFLICT (follower) DO UPDATE SET error = excluded.error, times = f.times + 1",
            (follower, describe(error)),
        )


def forget(database: CellDatabase, follower: str) -> None:
    """This follower goes on again."""
    with database.transaction() as db:
        db.execute("DELETE FROM follower_failures WHERE follower = %s", (follower,))
