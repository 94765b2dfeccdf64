"""What tests of commands share."""

import shlex

import pytest

from web.cli import main


@pytest.fixture
def daybook(monkeypatch, world, capsys):
    """Type a command on the installation of the test's world; gives its exit status and what it said."""
    monkeypatch.setenv("DAYBOOK_DATABASE_URL", world.cell.database.dsn)
    monkeypatch.setenv("DAYBOOK_DATA", str(world.cell.settings.data))

    def run(typed):
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(typed))
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return run
