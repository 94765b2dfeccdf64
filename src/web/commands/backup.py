"""`daybook backup` and `restore` (FEATURES N8): database, objects and keys as one consistent set, while the office works on.

The database is dumped first, as of one moment. Objects are written before the events that name them and never change, so copying
afterwards every object that the log up to that moment names gives a set that fits together.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from itertools import chain
from pathlib import Path

import msgspec
import psycopg
from psycopg import sql

from adapters.objects import LocalObjects, open_objects
from adapters.postgres.embedded import EmbeddedPostgres
from application.erasure import named_digests
from application.ports import Objects
from domain.kernel import Refused
from web.commands import first_start
from web.commands.manage import cell_of
from web.database import database_of
from web.output import progress, tell
from web.settings import Settings
from web.wiring import Cell

DUMP, OBJECTS, KEYS, MANIFEST = "database.dump", "objects", "keys", "backup.json"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup folder holds. `position` is the last event in it; `objects` the number of files; `dump_sha256` is of the dump."""

    format: int
    position: int
    objects: int
    dump_sha256: str


class ProgramFailed(Exception):
    """A PostgreSQL program ended with an error; the message is its own."""


def backup(settings: Settings, folder: Path) -> int:
    """Write a new backup folder. Refused when it exists: a backup is never overwritten."""
    if folder.exists():
        raise Refused("{folder} bestaat al: kies een nieuwe map voor deze back-up.", folder=folder)
    fresh = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    with database_of(settings) as dsn, cell_of(settings) as cell:
        # The keys first: the anchor kept beside them must not be younger than the dump.
        shutil.copytree(cell.keys.signing_file.parent, fresh / KEYS)
        position = _dump(settings, dsn, fresh / DUMP)
        count = _copy_objects(cell, position, cell.bench.objects, LocalObjects(fresh / OBJECTS))
    manifest = Manifest(format=1, position=position, objects=count, dump_sha256=_digest(fresh / DUMP))
    (fresh / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    for path in fresh.rglob("*"):
        _flush(path)
    fresh.rename(folder)
    tell(f"Back-up in {folder}: {position} gebeurtenissen, {count} bestanden. De map bevat ook de sleutels: bewaar ze veilig.")
    return 0


def restore(settings: Settings, folder: Path) -> int:
    """Fill an empty installation from a backup folder. Refused when the installation is not empty, or the backup is not whole."""
    manifest = _read_manifest(folder)
    _check_objects(folder, manifest.objects)
    keys = settings.key_file.parent if settings.key_file else settings.data / KEYS
    with database_of(settings) as dsn:
        if _in_use(dsn, settings.schema):
            raise Refused("Deze installatie is niet leeg: zet de back-up terug in een nieuwe map (DAYBOOK_DATA).")
        keys.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(folder / KEYS, keys, dirs_exist_ok=True)
        _program(settings, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={dsn}", str(folder / DUMP))
        with cell_of(settings) as cell:
            target = open_objects(settings.objects_url or f"file://{settings.data / 'objects'}")
            count = _copy_objects(cell, manifest.position, LocalObjects(folder / OBJECTS), target)
            if not first_start.is_open(cell.bench):
                raise Refused("De back-up bevat geen kantoor.")
    tell(f"Teruggezet: {manifest.position} gebeurtenissen, {count} bestanden.")
    return 0


def _dump(settings: Settings, dsn: str, file: Path) -> int:
    """Dump the database as it is at one moment; the last log position it holds."""
    with psycopg.connect(dsn) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute(
            sql.SQL("SELECT pg_export_snapshot(), coalesce(max(position), 0) FROM {}").format(sql.Identifier(settings.schema, "events"))
        ).fetchone()
        snapshot, position = row or ("", 0)
        _program(settings, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}", f"--dbname={dsn}")
    return int(position)


def _copy_objects(cell: Cell, upto: int, source: Objects, target: Objects) -> int:
    """Every object that the log up to a position names, and the anchors, checked on the way."""
    copied: set[str] = set()
    for sha256 in chain(named_digests(cell.bench.log, upto), cell.chain.anchor_objects()):
        if sha256 not in copied:
            target.put(source.get(sha256))
            copied.add(sha256)
            progress(f"{len(copied)} bestanden")
    progress("")
    return len(copied)


def _check_objects(folder: Path, expected: int) -> None:
    """Before anything is changed: all files are there, and none was damaged."""
    objects = LocalObjects(folder / OBJECTS)
    found = [path.name for path in (folder / OBJECTS).glob("??/*")]
    for sha256 in found:
        objects.get(sha256)
    if len(found) != expected:
        raise Refused(
            "De back-up in {folder} is onvolledig: {found} van {expected} bestanden.", folder=folder, found=len(found), expected=expected
        )


def _program(settings: Settings, name: str, *arguments: str) -> None:
    """Run a PostgreSQL program: the embedded server's own, or the one on the PATH for a server of the office's own."""
    program = name if settings.database_url else str(EmbeddedPostgres(settings.data / "postgres").binaries / name)
    try:
        subprocess.run([program, *arguments], check=True, capture_output=True, text=True)  # noqa: S603 - no input from outside
    except FileNotFoundError as error:
        raise Refused(
            "{name} is niet gevonden: installeer de PostgreSQL-programma's van dezelfde versie als de server.", name=name
        ) from error
    except subprocess.CalledProcessError as error:
        raise ProgramFailed(f"{name}: {error.stderr.strip()}") from error


def _in_use(dsn: str, schema: str) -> bool:
    with psycopg.connect(dsn) as connection:
        found = connection.execute("SELECT to_regclass(%s)", (f"{schema}.events",)).fetchone()
        return found is not None and found[0] is not None


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise Refused("{folder} is geen back-up van Daybook, of hij is niet afgewerkt.", folder=folder) from error
    if _digest(folder / DUMP) != manifest.dump_sha256:
        raise Refused("De back-up in {folder} is beschadigd: de databank klopt niet met haar controlegetal.", folder=folder)
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
