"""What a person may keep of the worklist, and that his usual view is one he has."""

from uuid import uuid4

import pytest

from domain.kernel import Refused
from domain.worklist_views import LONGEST, LONGEST_NAME, MOST, UsualViewChosen, View, ViewDropped, ViewSaved, WorklistViews

ONE, TWO = uuid4(), uuid4()
SHOWN = "quick=unchecked&sort=-total"


def folded(*events):
    state = WorklistViews()
    for event in events:
        state = WorklistViews.evolve(state, event)
    return state


def saved(view=ONE, view_name="Te doen", shows=SHOWN):
    return ViewSaved(view=view, view_name=view_name, shows=shows)


def test_a_view_is_kept_under_its_name_and_not_twice():
    assert WorklistViews().save(ONE, "  Te   doen ", SHOWN) == [saved()]
    assert folded(saved()).save(ONE, "Te doen", SHOWN) == []


@pytest.mark.parametrize("view_name", ["", "  ", "x" * (LONGEST_NAME + 1), "te DOEN"])
def test_a_name_is_short_and_its_own(view_name):
    with pytest.raises(Refused):
        folded(saved()).save(TWO, view_name, SHOWN)


def test_what_a_view_shows_is_no_novel():
    with pytest.raises(Refused):
        WorklistViews().save(ONE, "Lang", "q=" + "x" * LONGEST)


def test_nobody_keeps_more_than_fit_in_a_menu():
    full = folded(*(saved(uuid4(), f"Weergave {number}") for number in range(MOST)))
    with pytest.raises(Refused, match=str(MOST)):
        full.save(uuid4(), "Nog een", SHOWN)


def test_a_view_has_another_name_and_shows_the_same():
    assert folded(saved(), *folded(saved()).rename(ONE, "Grote")).views == {ONE: View("Grote", SHOWN)}


def test_a_dropped_view_is_no_longer_the_usual_one_and_comes_back_when_undone():
    state = folded(saved(), UsualViewChosen(view=ONE), ViewDropped(view=ONE))
    assert (state.views, state.usual) == ({}, None)
    assert state.restore(ONE) == [saved()]


def test_only_a_view_that_is_there_is_the_usual_one():
    with pytest.raises(Refused, match="bestaat niet meer"):
        folded(saved()).choose_usual(TWO)
    assert folded(saved(), UsualViewChosen(view=ONE)).choose_usual(None) == [UsualViewChosen()]
