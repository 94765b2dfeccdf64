"""Slowing down guessers: after a few failures in a row every further try has to wait twice as long."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from litestar.exceptions import TooManyRequestsException

from web.translations import _

if TYPE_CHECKING:
    import psycopg

    from application.cell_database import CellDatabase

FREE = {"account": 5, "address": 20}
"""Failures without consequence: for one account, and for one network address (behind which a whole office may sit)."""
LONGEST = 900
FORGET_AFTER = 86_400
"""Seconds: the longest wait, and after which a row of failures is forgotten."""


class HeldUp(TooManyRequestsException):
    """Too many tries: wait `seconds`. `sentence` says so to the user, with that number in it."""

    sentence = _("Er waren te veel pogingen. Wacht {seconds} seconden en probeer opnieuw.")

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})
        self.seconds = seconds


class Throttle:
    """Counts tries before they are judged, so that many at once gain nothing; a success clears the account."""

    def __init__(self, database: CellDatabase) -> None:
        self._database = database

    def attempt(self, account: str, address: str) -> None:
        """Let a try pass and count it as failed, or raise `HeldUp`. Subjects are locked in one order: two tries never deadlock."""
        with self._database.transaction() as db:
            wait = max(_count(db, "account", account), _count(db, "address", address))
            if wait:
                db.rollback()
        if wait:
            raise HeldUp(wait)

    def succeeded(self, account: str, address: str) -> None:
        """That was the right password: the account's failures are forgotten, and this try no longer counts for the address."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM sign_in_attempts WHERE subject = %s", (f"account:{account}",))
            db.execute("UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0) WHERE subject = %s", (f"address:{address}",))


def _count(db: psycopg.Connection, kind: str, value: str) -> int:
    """One more failure, returning 0; or the seconds still to wait, counting nothing."""
    subject = f"{kind}:{value}"
    db.execute("INSERT INTO sign_in_attempts (subject, failures) VALUES (%s, 0) ON CONFLICT DO NOTHING", (subject,))
    row = db.execute(
        "SELECT failures, extract(epoch FROM clock_timestamp() - last_at)::float FROM sign_in_attempts WHERE subject = %s FOR UPDATE",
        (subject,),
    ).fetchone()
    failures, age = row or (0, 0.0)
    if age > FORGET_AFTER:
        failures = 0
    over = failures - FREE[kind]
    wait = min(2 ** min(over, 20), LONGEST) - age if over >= 0 else 0.0
    if wait > 0:
        return math.ceil(wait)
    db.execute("UPDATE sign_in_attempts SET failures = %s, last_at = clock_timestamp() WHERE subject = %s", (failures + 1, subject))
    return 0
