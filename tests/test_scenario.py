from typing import ClassVar

import msgspec
import pytest
from tests.scenario import scenario

from domain.kernel import Event, Refused


class LampBought(Event):
    name = "lamp.bought"


class LampSwitched(Event):
    name = "lamp.switched"
    on: bool


class Lamp(msgspec.Struct, frozen=True):
    on: bool = False
    limit: ClassVar[int] = 100

    def switch(self, *, on, watts=40):
        if watts > self.limit:
            raise Refused("Meer dan {limit} watt mag niet.", limit=self.limit)
        return [] if on is self.on else [LampSwitched(on=on)]

    def break_down(self):
        raise ZeroDivisionError

    @classmethod
    def evolve(cls, state, event):
        return cls(event.on) if isinstance(event, LampSwitched) else state or cls()


bought = scenario(Lamp).given(LampBought())


def test_the_facts_that_follow_are_compared_all_and_in_order():
    bought.when(Lamp.switch, on=True).then(LampSwitched(on=True))
    with pytest.raises(AssertionError):
        bought.when(Lamp.switch, on=True).then(LampSwitched(on=False))
    with pytest.raises(AssertionError):
        bought.when(Lamp.switch, on=True).then(LampSwitched(on=True), LampSwitched(on=True))


def test_nothing_is_an_outcome_of_its_own():
    bought.when(Lamp.switch, on=False).then_nothing()
    with pytest.raises(AssertionError):
        bought.when(Lamp.switch, on=True).then_nothing()
    with pytest.raises(AssertionError, match="then_nothing"):
        bought.when(Lamp.switch, on=False).then()


def test_a_refusal_is_known_by_a_part_of_its_sentence():
    bought.when(Lamp.switch, on=True, watts=200).then_refused("100 watt")
    with pytest.raises(AssertionError):
        bought.when(Lamp.switch, on=True, watts=200).then_refused("60 watt")


def test_what_was_not_refused_fails_a_refusal():
    with pytest.raises(AssertionError, match="not refused, but LampSwitched"):
        bought.when(Lamp.switch, on=True).then_refused("watt")
    with pytest.raises(AssertionError, match="nothing happened"):
        bought.when(Lamp.switch, on=False).then_refused("watt")


@pytest.mark.parametrize("expect", [lambda out: out.then(LampBought()), lambda out: out.then_nothing(), lambda out: out.after])
def test_a_refusal_fails_every_other_expectation_with_its_sentence(expect):
    with pytest.raises(AssertionError, match="100 watt"):
        expect(bought.when(Lamp.switch, on=True, watts=200))


def test_any_other_exception_surfaces():
    with pytest.raises(ZeroDivisionError):
        bought.when(Lamp.break_down)


def test_a_story_goes_on_after_an_outcome():
    lit = bought.when(Lamp.switch, on=True).after
    assert lit.state == Lamp(on=True)
    lit.given(LampSwitched(on=False)).when(Lamp.switch, on=False).then_nothing()


def test_a_decision_on_nothing_says_so():
    scenario(Lamp).when_new(lambda: [LampBought()]).then(LampBought())
    with pytest.raises(AssertionError, match="nothing was given of this Lamp"):
        scenario(Lamp).when(Lamp.switch, on=True)
