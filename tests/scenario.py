"""Given-when-then for aggregates: facts that happened, a decision, the facts or the refusal that follow.

    scenario(Document).given(received).when(Document.rename, "Factuur").then(DocumentRenamed(file_name="Factuur"))
    scenario(Document).given(received, submitted).when(Document.rename, "Factuur").then_refused("al verzonden")

Any other exception than `Refused` surfaces where it was raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar

from domain.kernel import Aggregate, Event, Refused

A = TypeVar("A", bound=Aggregate)
P = ParamSpec("P")


class Given(Generic[A]):
    """An aggregate and what has happened to it."""

    def __init__(self, kind: type[A], events: tuple[Event, ...] = ()) -> None:
        self._kind, self._events = kind, events

    def given(self, *events: Event) -> Given[A]:
        """These facts happened, after those already given."""
        return Given(self._kind, self._events + events)

    @property
    def state(self) -> A:
        """What the facts add up to."""
        state: A | None = None
        for event in self._events:
            state = self._kind.evolve(state, event)
        assert state is not None, f"nothing was given of this {self._kind.__name__}"
        return state

    def when(self, decision: Callable[Concatenate[A, P], Sequence[Event]], *args: P.args, **kwargs: P.kwargs) -> Outcome[A]:
        """A method of the aggregate decides on its state."""
        state = self.state
        return Outcome(self, lambda: decision(state, *args, **kwargs))

    def when_new(self, decision: Callable[P, Sequence[Event]], *args: P.args, **kwargs: P.kwargs) -> Outcome[A]:
        """A function or class method decides without any state: how an aggregate begins."""
        return Outcome(self, lambda: decision(*args, **kwargs))


class Outcome(Generic[A]):
    """What a decision led to."""

    def __init__(self, before: Given[A], decide: Callable[[], Sequence[Event]]) -> None:
        self._before = before
        self._events: tuple[Event, ...] = ()
        self._refusal: Refused | None = None
        try:
            self._events = tuple(decide())
        except Refused as refusal:
            self._refusal = refusal

    @property
    def after(self) -> Given[A]:
        """The aggregate with the new facts, to go on from or to look at its `state`."""
        self._not_refused()
        return self._before.given(*self._events)

    def then(self, *events: Event) -> Self:
        """Exactly these facts followed, in this order."""
        self._not_refused()
        assert events, "say then_nothing() when nothing should follow"
        assert self._events == events
        return self

    def then_nothing(self) -> Self:
        """It was already so."""
        self._not_refused()
        assert self._events == ()
        return self

    def then_refused(self, part: str) -> Self:
        """The business said no, in a sentence that contains this."""
        assert self._refusal is not None, f"not refused, but {_named(self._events)}"
        assert part in str(self._refusal)
        return self

    def _not_refused(self) -> None:
        if self._refusal is not None:
            raise AssertionError(f"refused: {self._refusal}") from self._refusal


def scenario(kind: type[A]) -> Given[A]:
    """A story about one aggregate, to begin with `given` or, for its beginning, `when_new`."""
    return Given(kind)


def _named(events: tuple[Any, ...]) -> str:
    return ", ".join(map(repr, events)) or "nothing happened"
