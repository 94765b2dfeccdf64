"""The embedded PostgreSQL server: the default database of an office that has no server of its own.

It is a foreground child of its owner (`daybook run`), listens on a unix socket only, and is gone when its owner is gone. Other processes
attach by `dsn`.

Who may connect: the socket's folder is open to the account the server runs as (and root) only, and the server itself asks the kernel
who is calling (`peer`): nobody but the owner and root is let in. Daybook connects as the role `daybook`, which owns its database and is
no superuser; `admin_dsn` is for making and dropping databases and for back-ups.

Two locks keep one data folder to one server. `owner.lock` is held by the owning process: a second one is refused at once. `server.lock` is
inherited by PostgreSQL and all its children, so whoever holds it knows that no server process is left alive: a `postmaster.pid` that is
still there is stale, whatever process has its number now.
"""

from __future__ import annotations

import fcntl
import signal
import subprocess
import time
from typing import TYPE_CHECKING, BinaryIO, Self
from urllib.parse import quote

import psycopg.pq

from adapters.postgres.child import start_child
from adapters.postgres.cluster import check_version, create_cluster, last_words, sweep, write_access_rules
from adapters.postgres.place import SHELTER, Place, PostgresUnusable, find_place, prepare_home, private_folder
from adapters.postgres.server import check_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORPHAN_PATIENCE = 60.0
"""Seconds given to the server of an owner that was killed: it is writing its last checkpoint."""
RECOVERY_WORTH_TELLING = 3.0
"""Seconds after which the operator is told why the start takes long; there is no limit to it."""
STOP_PATIENCE = 20.0
"""Seconds for a clean shutdown; after that the next start recovers from the write-ahead log, as after a power cut."""
LOG_LIMIT = 10_000_000
"""Bytes of `server.log` at which a start begins a new one; the previous is kept as `server.log.1`."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",  # an SSD, or a page that is in memory already
    "max_parallel_workers_per_gather": "0",  # the cores are shared with web and worker; and containers have little /dev/shm
    "jit": "off",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",  # acknowledged is on disk
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


class EmbeddedPostgres:
    """The server of one data folder, which is the server's alone (objects and keys live elsewhere). Start it from the main thread.

    `notices` collects what the operator should know about the start (data or binaries that live elsewhere), and each is passed to
    `notify` as it happens. Raises `PostgresUnusable` when the server cannot run, with the reason.
    """

    def __init__(self, data: Path, notify: Callable[[str], None] | None = None, *, shelter: Path = SHELTER) -> None:
        self.data = data
        self.notices: list[str] = []
        self._notify = notify
        self._shelter = shelter
        self._place: Place | None = None
        self._locks: list[BinaryIO] = []
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """Where Daybook's own database is."""
        return self._dsn("daybook", "daybook")

    @property
    def admin_dsn(self) -> str:
        """The server as its superuser, on the maintenance database."""
        return self._dsn("postgres", "postgres")

    @property
    def binaries(self) -> Path:
        """The folder of `pg_dump` and its companions of the same version."""
        return self.place.binaries

    @property
    def place(self) -> Place:
        """Where the server lives."""
        if self._place is None:
            self._place = find_place(self.data, self._notice, self._shelter)
        return self._place

    @property
    def pid(self) -> int | None:
        """The process number of the running server."""
        return self._server.pid if self._server else None

    @property
    def alive(self) -> bool:
        """Whether the server that was started here still runs."""
        return self._server is not None and self._server.poll() is None

    def start(self) -> str:
        """Start the server, wait until it answers, however long its crash recovery takes, and return the DSN."""
        try:
            prepare_home(self.place)
            server_lock = self._lock()
            private_folder(self.place.sockets, self.place.account)
            self._begin_log()
            create_cluster(self.place, server_lock.fileno(), self._log)
            check_version(self.place)
            self._server = self._launch(server_lock)
            server_lock.close()  # from here on only the server holds it
            self._await_answer(self._server)
            check_server(self.dsn)
        except BaseException:
            self.stop()
            raise
        return self.dsn

    def stop(self) -> None:
        """End the server cleanly: open transactions are rolled back. Harmless when it does not run."""
        server, self._server = self._server, None
        if server is not None:
            for last_resort in (signal.SIGINT, signal.SIGQUIT):
                server.send_signal(last_resort)
                try:
                    server.wait(STOP_PATIENCE)
                    break
                except subprocess.TimeoutExpired:
                    continue
        while self._locks:
            self._locks.pop().close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _dsn(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.place.sockets))}"

    def _notice(self, sentence: str) -> None:
        self.notices.append(sentence)
        if self._notify:
            self._notify(sentence)

    def _lock(self) -> BinaryIO:
        owner, server = self._open("owner.lock"), self._open("server.lock")
        if not _try_lock(owner):
            raise PostgresUnusable("Daybook draait al op {data}. Stop dat eerst, of kies met DAYBOOK_DATA een andere map.", data=self.data)
        began, told = time.monotonic(), False
        while not _try_lock(server):
            if time.monotonic() - began > ORPHAN_PATIENCE:
                raise PostgresUnusable("De vorige databankserver op {data} sluit niet af. Zie {log}.", data=self.data, log=self._log)
            if not told:
                self._notice("De vorige databankserver is nog aan het afsluiten; even wachten.")
                told = True
            time.sleep(0.01)
        return server

    def _open(self, name: str) -> BinaryIO:
        file = (self.place.home / name).open("ab")
        self._locks.append(file)
        return file

    @property
    def _log(self) -> Path:
        return self.place.home / "server.log"

    def _begin_log(self) -> None:
        if self._log.exists() and self._log.stat().st_size > LOG_LIMIT:
            self._log.replace(self._log.with_suffix(".log.1"))
        self._log.touch(0o600)  # statements that fail are in it, with what they were about

    def _launch(self, server_lock: BinaryIO) -> subprocess.Popen[bytes]:
        place = self.place
        sweep(place)
        settings = SETTINGS | write_access_rules(place) | {"unix_socket_directories": f'"{place.sockets}"'}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(place.binaries / "postgres"), "-D", str(place.cluster), *options]
        with self._log.open("ab") as output:
            return start_child(command, place.account, output=output, keep_open=[server_lock.fileno()])

    def _await_answer(self, server: subprocess.Popen[bytes]) -> None:
        began, told = time.monotonic(), False
        while psycopg.pq.PGconn.ping(self.dsn.encode()) != psycopg.pq.Ping.OK:
            if server.poll() is not None:
                raise PostgresUnusable("De databankserver start niet: {reason}", reason=last_words(self._log))
            if not told and time.monotonic() - began > RECOVERY_WORTH_TELLING:
                self._notice("De databank herstelt zich na een onverwachte stop; even wachten.")
                told = True
            time.sleep(0.005)


def _try_lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
