"""A tempting way of knowing which positions are final. It is wrong, and kept here to show that the proofs notice.

As in the log itself, a writer takes a ticket before its position; here the ticket is a transaction id, not a lock.
"""

import time

from adapters.event_store.recorder import PostgresRecorder

LOCK = "pg_advisory_xact_lock_shared(3203, 'events'::regclass::oid::int)"
TRANSACTION_ID = "pg_current_xact_id()"
SNAPSHOT = (
    "SELECT (SELECT max(position) FROM events), pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint "
    "FROM pg_current_snapshot() AS now"
)


class OverlookingRecorder(PostgresRecorder):
    """Trusts that no transaction older than the newest *completed* one is open. A newer one with a lower position is overlooked."""

    def safe_head(self):
        head, oldest, newest = self._connections.get().execute(SNAPSHOT).fetchone()
        while oldest < newest:
            time.sleep(0.0005)
            _, oldest, _ = self._connections.get().execute(SNAPSHOT).fetchone()
        return head or 0


def take_ticket(sql, ticket, dawdle=""):
    """Rewrite the append function: another ticket, and something to do between ticket and position and after it."""
    (text,) = sql.execute("SELECT pg_get_functiondef('append_event'::regproc)").fetchone()
    assert f"PERFORM {LOCK};" in text
    text = text.replace(f"PERFORM {LOCK};", f"PERFORM {ticket}; {dawdle}").replace("RETURN given;", f"{dawdle} RETURN given;")
    sql.execute(text)
