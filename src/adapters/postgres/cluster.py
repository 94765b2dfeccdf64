"""PostgreSQL's data directory: made once, complete or not at all, and who may connect to it."""

from __future__ import annotations

import importlib.metadata
import os
import pwd
import shutil
import tempfile
from pathlib import Path

from adapters.postgres.child import start_child
from adapters.postgres.place import WHEEL, Place, PostgresUnusable, owner_name
from adapters.postgres.server import EXTENSIONS

MAJOR = importlib.metadata.version(WHEEL).split(".")[0]
ROLES = ("daybook", "postgres")

INITDB = (
    "--username=postgres",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale-provider=builtin",  # the same order and case rules on every machine, whatever its libc
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
)
SETUP = (
    ("template1", "".join(f"CREATE EXTENSION {name};\n" for name in EXTENSIONS)),
    ("postgres", "CREATE ROLE daybook LOGIN;\nCREATE DATABASE daybook OWNER daybook;\n"),
)
"""Database → statements for a new cluster, one a line. Every database copied from template1 has the extensions."""


def create_cluster(place: Place, server_lock: int, log: Path) -> None:
    """Make the cluster beside its final name and move it there when complete: a start killed half-way leaves only a folder to sweep up.

    `server_lock` is inherited, so that no second start begins while a killed one's initdb is still ending.
    """
    for leftover in place.home.glob("initdb-*"):
        shutil.rmtree(leftover)
    if place.cluster.exists():
        return
    fresh = Path(tempfile.mkdtemp(prefix="initdb-", dir=place.home))
    if place.account.switch:
        os.chown(fresh, place.account.uid, place.account.gid)
    _run(place, server_lock, log, "initdb", "-D", str(fresh), *INITDB)
    for database, statements in SETUP:
        _run(place, server_lock, log, "postgres", "--single", "-D", str(fresh), "-c", "exit_on_error=on", database, statements=statements)
    fresh.rename(place.cluster)
    _sync(place.home)


def check_version(place: Place) -> None:
    """A data directory is readable by its own major version only."""
    found = (place.cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise PostgresUnusable(
            "De databank in {home} is van PostgreSQL {found}, dit programma gebruikt {ours}. Zet een back-up terug in een lege map.",
            home=place.home,
            found=found,
            ours=MAJOR,
        )


def write_access_rules(place: Place) -> dict[str, str]:
    """Only the owner and root may connect, as the kernel names them. Returns the settings that point to the rules."""
    rules, names = place.home / "hba.conf", place.home / "ident.conf"
    callers = {owner_name(), pwd.getpwuid(0).pw_name}
    rules.write_text(f"local all {','.join(ROLES)} peer map=owner\n")
    names.write_text("".join(f'owner "{caller}" {role}\n' for caller in sorted(callers) for role in ROLES))
    for file in (rules, names):
        file.chmod(0o644)  # the server reads them as another account, whatever the file mask
    return {"hba_file": str(rules), "ident_file": str(names)}


def sweep(place: Place) -> None:
    """Remove what a killed server left behind. Only for the holder of `server.lock`: it knows that no server is alive."""
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)
    for remains in place.sockets.glob(".s.PGSQL.*"):
        remains.unlink()


def last_words(log: Path, lines: int = 5) -> str:
    """The end of the server's log, for the operator."""
    return " / ".join(log.read_text(errors="replace").splitlines()[-lines:])


def _run(place: Place, server_lock: int, log: Path, program: str, *arguments: str, statements: str = "") -> None:
    with tempfile.TemporaryFile() as script, log.open("ab") as output:
        script.write(statements.encode())
        script.seek(0)
        command = [str(place.binaries / program), *arguments]
        child = start_child(command, place.account, script=script, output=output, keep_open=[server_lock])
        if child.wait() != 0:
            raise PostgresUnusable("De databank kon niet aangemaakt worden: {reason}", reason=last_words(log))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
