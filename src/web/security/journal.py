"""The security journal: what happened at the door, apart from the event log (DESIGN §3)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from application.cell_database import CellDatabase


class Entry(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_HELD_UP = "sign_in_held_up"
    SIGNED_OUT = "signed_out"
    LINK_MADE = "link_made"
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - a kind of entry
    TOKEN_MADE = "token_made"  # noqa: S105 - the same
    TOKEN_FIRST_USED = "token_first_used"  # noqa: S105 - the same
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the same


class Journal:
    """Writes entries. `account` is the keyed digest of an address nobody may have; `address` is that of the network."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database

    def write(self, kind: Entry, *, user: UUID | None = None, account: UUID | None = None, address: str = "", detail: str = "") -> None:
        """One entry, now."""
        with self._database.autocommit() as db:
            db.execute(
                'INSERT INTO security_journal (kind, "user", account, address, detail) VALUES (%s, %s, %s, %s, %s)',
                (kind.value, user, account, address, detail),
            )
