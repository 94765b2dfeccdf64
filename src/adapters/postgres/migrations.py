"""The tables of a cell, as numbered SQL files that are each applied once.

A component (the event log, the jobs, one connector, …) keeps its files in a folder of its own: `0001_events.sql`, `0002_….sql`. What was
applied is written down with its digest, because a file that changes afterwards would leave two installations with different tables under
one number.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec
import psycopg
from psycopg import sql

from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCK_CLASS = 20_001
"""First half of the advisory lock's key; the second half is the schema. Chosen once, means nothing."""
FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")

HISTORY = """
CREATE TABLE IF NOT EXISTS migrations (
    component text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (component, number)
)
"""


class MigrationRefused(Refused):
    """The tables in the database and the files of the program do not follow from each other."""


class Migration(msgspec.Struct, frozen=True):
    """One file: its place in its component's history and what it does."""

    component: str
    number: int
    name: str
    statements: bytes

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.statements).hexdigest()

    def __str__(self) -> str:
        return f"{self.component}/{self.number:04}_{self.name}"


def migrate(dsn: str, schema: str, component_folders: Mapping[str, Path]) -> list[str]:
    """Bring `schema` (created if need be) up to date and return what was applied, as `component/0001_name`.

    Components go in the order given. All in one transaction: a file that fails leaves everything as it was. Processes that do this at the
    same time wait for each other, and the later ones find nothing left to do.
    """
    wanted = {component: _read(component, folder) for component, folder in component_folders.items()}
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (LOCK_CLASS, schema))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        connection.execute("SELECT set_config('search_path', quote_ident(%s) || ', public', true)", (schema,))
        connection.execute(HISTORY)
        pending = [migration for component, files in wanted.items() for migration in _pending(connection, component, files)]
        for migration in pending:
            connection.execute(migration.statements)
            connection.execute(
                "INSERT INTO migrations (component, number, name, sha256) VALUES (%s, %s, %s, %s)",
                (migration.component, migration.number, migration.name, migration.sha256),
            )
    return [str(migration) for migration in pending]


def _read(component: str, folder: Path) -> list[Migration]:
    found: list[Migration] = []
    for file in sorted(folder.glob("*.sql")):
        parts = FILE_NAME.fullmatch(file.name)
        if parts is None:
            raise ValueError(f"{file} is not called 0001_what_it_does.sql")
        if found and found[-1].number == int(parts[1]):
            raise ValueError(f"{file} has the number of {found[-1]}")
        found.append(Migration(component, int(parts[1]), parts[2], file.read_bytes()))
    return found


def _pending(connection: psycopg.Connection, component: str, files: list[Migration]) -> list[Migration]:
    rows = connection.execute("SELECT number, sha256 FROM migrations WHERE component = %s", (component,)).fetchall()
    applied: dict[int, str] = dict(rows)
    if unknown := applied.keys() - {file.number for file in files}:
        raise MigrationRefused(
            "De databank is van een nieuwere versie van Daybook: {component} kent migratie {number} al. Gebruik die versie.",
            component=component,
            number=max(unknown),
        )
    for file in files:
        if file.number in applied and applied[file.number] != file.sha256:
            raise MigrationRefused("Migratie {file} is gewijzigd nadat ze is toegepast. Herstel ze en maak een nieuwe migratie.", file=file)
        if file.number not in applied and file.number < max(applied, default=0):
            raise MigrationRefused("Migratie {file} komt te laat: een hoger nummer is al toegepast. Geef ze een nieuw nummer.", file=file)
    return [file for file in files if file.number not in applied]
