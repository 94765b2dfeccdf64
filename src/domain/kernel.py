"""Words every aggregate shares: a fact, a refusal, and which data is personal."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Protocol, Self

import msgspec

PERSONAL = "personal"
ERASED = "gewist"
"""What a personal text reads as once the key of its stream has been dropped."""

PersonalText = Annotated[str, msgspec.Meta(extra={PERSONAL: True})]
"""Text about a person (name, e-mail, private IBAN, free text): sealed with the key of its stream when stored."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fact about one aggregate, in the past tense. Never deleted, never renamed in the log.

    `name` is what the log stores and survives moving or renaming the class; raise `version` together with an upcaster.
    The log adds stream, version, position, time, actor and channel: an event holds none of these.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1


class Aggregate(Protocol):
    """State folded from one stream. `evolve` is pure; decisions are methods that return new events or raise `Refused`."""

    @classmethod
    def evolve(cls, state: Self | None, event: Event) -> Self:
        """State after one more event (`state` is None for the first)."""
        ...


class Refused(Exception):
    """The business says no. The sentence is Dutch, the reference language, and is translated where it is shown.

    Values are kept apart from the sentence so that it can be looked up in the catalogues: `Refused("Zie {number}.", number="12")`.
    """

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values
