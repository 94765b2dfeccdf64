"""Who has a proposal open is seen by the others in the list and on its screen, as long as he looks at it."""

import re

import pytest

from web.presence import GONE_SECONDS, Present


@pytest.fixture
def bart(work):
    return work.world.browser("bart")


@pytest.fixture
def dora(work):
    return work.world.browser("dora")


def open_by(page):
    return re.findall(r'class="lbl flr who" title="([^"]+)"', page.text)


def test_a_colleague_sees_who_has_a_row_open_until_he_leaves_it(work, bart, dora):
    here = f"/office/proposals/{work.ids[0]}/here"
    assert bart.post(here).json() == {"others": []}
    assert open_by(dora.get(work.worklist)) == ["Open bij Bart Peeters"]
    assert open_by(bart.get(work.worklist)) == []
    assert dora.post(here).json() == {"others": ["Bart Peeters"]}
    bart.post(here, data={"leaving": "1"})
    assert open_by(dora.get(work.worklist)) == []


def test_a_screen_that_says_nothing_any_more_is_not_there(work, bart, dora):
    bart.post(f"/office/proposals/{work.ids[0]}/here")
    with work.world.cell.database.autocommit() as db:
        db.execute("UPDATE presence SET seen_at = now() - make_interval(secs => %s)", (GONE_SECONDS + 1,))
    assert open_by(dora.get(work.worklist)) == []


def test_what_is_open_in_one_dossier_is_not_told_in_another(work):
    one = Present(work.world.bakery, work.ids[0], work.world.users["bart"])
    work.world.cell.presence.here(one)
    assert work.world.cell.presence.everywhere() == {one}
    assert work.world.cell.presence.of_dossier(work.world.garage, work.world.users["dora"]) == {}
