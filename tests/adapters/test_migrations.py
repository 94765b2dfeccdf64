import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from adapters.postgres.migrations import MigrationRefused, migrate

MIGRATE = """
import sys
from pathlib import Path
from adapters.postgres.migrations import migrate
print("loaded", flush=True)
sys.stdin.readline()
print(migrate(sys.argv[1], "cell", {"books": Path(sys.argv[2])}))
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "0001_books.sql").write_text("CREATE TABLE books (title text); INSERT INTO books VALUES ('100 % of it');")
    (tmp_path / "0002_pages.sql").write_text("ALTER TABLE books ADD COLUMN pages integer; UPDATE books SET pages = 7;")
    return tmp_path


def rows(database, query):
    with psycopg.connect(database) as connection:
        return connection.execute(query).fetchall()


def test_files_are_applied_in_order_and_once(database, files):
    assert migrate(database, "cell", {"books": files}) == ["books/0001_books", "books/0002_pages"]
    assert migrate(database, "cell", {"books": files}) == []
    assert rows(database, "SELECT title, pages FROM cell.books") == [("100 % of it", 7)]


def test_two_cells_in_one_database_have_tables_of_their_own(database, files):
    migrate(database, "one", {"books": files})
    migrate(database, "two", {"books": files})
    assert rows(database, "SELECT (SELECT count(*) FROM one.books), (SELECT count(*) FROM two.books)") == [(1, 1)]


def test_a_later_file_is_applied_on_what_is_there(database, files):
    migrate(database, "cell", {"books": files})
    (files / "0003_more.sql").write_text("UPDATE books SET pages = pages + 1")
    assert migrate(database, "cell", {"books": files}) == ["books/0003_more"]
    assert rows(database, "SELECT pages FROM cell.books") == [(8,)]


def test_four_processes_at_once_apply_everything_once(database, files):
    command = [sys.executable, "-c", MIGRATE, database, files]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.stdout.readline() for process in started] == ["loaded\n"] * 4
    with ThreadPoolExecutor(4) as threads:
        said = sorted(answer.strip() for answer, _ in threads.map(lambda process: process.communicate("go\n"), started))
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert said == ["['books/0001_books', 'books/0002_pages']", "[]", "[]", "[]"]


def test_a_file_changed_after_it_was_applied_is_refused(database, files):
    migrate(database, "cell", {"books": files})
    (files / "0001_books.sql").write_text("CREATE TABLE books (title text);")
    with pytest.raises(MigrationRefused, match="books/0001_books is gewijzigd"):
        migrate(database, "cell", {"books": files})


def test_a_file_that_fails_leaves_nothing(database, files):
    (files / "0002_pages.sql").write_text("SELECT 1/0")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(database, "cell", {"books": files})
    assert rows(database, "SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'cell'") == []


def test_a_database_of_a_newer_program_is_refused(database, files):
    migrate(database, "cell", {"books": files})
    (files / "0002_pages.sql").unlink()
    with pytest.raises(MigrationRefused, match="nieuwere versie"):
        migrate(database, "cell", {"books": files})


def test_a_file_numbered_before_what_was_applied_is_refused(database, files):
    (files / "0002_pages.sql").rename(files / "0003_pages.sql")
    migrate(database, "cell", {"books": files})
    (files / "0002_between.sql").write_text("SELECT 1")
    with pytest.raises(MigrationRefused, match="komt te laat"):
        migrate(database, "cell", {"books": files})


def test_a_file_with_an_unknown_kind_of_name_is_a_mistake_of_ours(database, files):
    (files / "later.sql").write_text("SELECT 1")
    with pytest.raises(ValueError, match="0001_what_it_does"):
        migrate(database, "cell", {"books": files})
