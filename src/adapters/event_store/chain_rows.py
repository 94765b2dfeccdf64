"""The tables of the hash chain: reading the events as they are stored, their digests, and the anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.audit_chain import BEGINNING, Entry, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg

    from application.audit_check import Pair

_ENTRIES = (
    "SELECT position, stream, version, name, at, by, via, correlation, causation, state FROM events "
    "WHERE position > %s AND position <= %s ORDER BY position LIMIT %s"
)
_LINKS = "SELECT position, digest FROM event_chain ORDER BY position"
_EXTEND = "INSERT INTO event_chain (position, digest) SELECT * FROM unnest(%s::bigint[], %s::bytea[])"
_LAST_POSITION = 2**63 - 1


def chain_end(connection: psycopg.Connection) -> tuple[int, bytes]:
    """Position and digest of the last link."""
    row = connection.execute("SELECT position, digest FROM event_chain ORDER BY position DESC LIMIT 1").fetchone()
    return (0, BEGINNING) if row is None else row


def extend_chain(connection: psycopg.Connection, head: int, limit: int) -> int:
    """Add the links of at most `limit` events up to `head`; return how many."""
    last, previous = chain_end(connection)
    positions, digests = [], []
    for row in connection.execute(_ENTRIES, (last, head, limit), binary=True):
        previous = digest(previous, Entry(*row))
        positions.append(row[0])
        digests.append(previous)
    if positions:
        connection.execute(_EXTEND, (positions, digests))
    return len(positions)


def digest_at(connection: psycopg.Connection, after: int, previous: bytes, head: int) -> bytes:
    """The digest at `head`, computed from the events after a position whose digest is known."""
    for entry in _entries(connection, after, head):
        previous = digest(previous, entry)
    return previous


def pairs(connection: psycopg.Connection) -> Iterator[Pair]:
    """Every position that has an event, a link, or both, in order. Needs a transaction that sees both tables at one moment."""
    with connection.cursor("links", scrollable=False) as cursor:
        cursor.itersize = 5000
        links: Iterator[tuple[int, bytes]] = iter(cursor.execute(_LINKS, binary=True))
        position, link = next(links, (0, b""))
        for entry in _entries(connection, 0, _LAST_POSITION):
            while link and position < entry.position:
                yield position, None, link
                position, link = next(links, (0, b""))
            if link and position == entry.position:
                yield position, entry, link
                position, link = next(links, (0, b""))
            else:
                yield entry.position, entry, None
        while link:
            yield position, None, link
            position, link = next(links, (0, b""))


def _entries(connection: psycopg.Connection, after: int, head: int) -> Iterator[Entry]:
    with connection.cursor("entries", scrollable=False) as cursor:
        cursor.itersize = 1000
        for row in cursor.execute(_ENTRIES, (after, head, None), binary=True):
            yield Entry(*row)


def anchor_documents(connection: psycopg.Connection) -> Sequence[tuple[int, bytes, str]]:
    """Position, signed document and object of every anchor, oldest first."""
    return connection.execute("SELECT position, document, object FROM event_anchors ORDER BY position").fetchall()


def store_anchor(connection: psycopg.Connection, position: int, document: bytes, stored_as: str) -> None:
    """Keep an anchor; what stood at its position was not truly signed and is replaced."""
    connection.execute(
        "INSERT INTO event_anchors (position, document, object) VALUES (%s, %s, %s) "
        "ON CONFLICT (position) DO UPDATE SET document = excluded.document, object = excluded.object",
        (position, document, stored_as),
    )
