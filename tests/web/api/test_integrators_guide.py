"""What `docs/integrators.md` tells is true: its examples run, its tables are complete."""

import re
from pathlib import Path

from application.permissions import Action
from projections import public_events
from web.api.documents import DocumentAnswer
from web.security.api_tokens import GROUPS
from world import ubl

GUIDE = (Path(__file__).parents[3] / "docs/integrators.md").read_text()


def rows(heading):
    """The rows of the table under a heading, by what their first cell says."""
    section = GUIDE.partition(heading)[2].partition("\n## ")[0]
    return {row.split("|")[1].strip().strip("`"): row for row in section.splitlines() if row.startswith("| `")}


def test_the_examples_run_as_they_stand(world, tmp_path, monkeypatch, capsys):
    (tmp_path / "invoice.xml").write_bytes(ubl())
    monkeypatch.chdir(tmp_path)
    world.settle()
    with world.serve() as address:
        token = world.token("dora")["Authorization"].removeprefix("Bearer ")
        code = "\n".join(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
        code = code.replace("http://127.0.0.1:8000", address).replace("dbk_…", token)
        names = {}
        exec(compile(code, "integrators.md", "exec"), names)  # noqa: S102 - our own guide
        names["api"].close()
    told = capsys.readouterr().out
    assert "be.daybook.dossier.opened.v1" in told
    assert "Dit bestaat niet" in told


def test_every_public_event_and_what_it_tells_is_in_the_table():
    table = rows("### Types of events")
    types = {public_events.TYPE_PREFIX + name: kind for kind, name in public_events._TYPES.items()}
    assert set(table) == set(types)
    for name, kind in types.items():
        fields = re.findall(r"`(\w+)`", table[name].split("|")[3])
        assert fields == list(public_events._SHOWN.get(kind, ())), name


def test_every_group_of_scopes_is_in_the_table():
    assert set(GROUPS) <= set(rows("## Tokens"))
    assert "submit" in set(Action)


def test_what_the_guide_says_about_a_status_is_what_the_interface_says():
    described = DocumentAnswer.__doc__ or ""
    for word in ("received", "unusable", "recognised", "not_recognised", "submitted"):
        assert f"`{word}`" in GUIDE
        assert word in described
