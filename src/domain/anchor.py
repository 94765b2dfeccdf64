"""How a supplier prints its invoices, as corrections have taught it (FEATURES K5): which value stands beside which label.

Labels and geometry only, never a value.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

FORGOTTEN_AT = 2
"""So many documents on which it read something else than a person stood for, and an anchor is believed no longer."""
MOST_OF_A_FIELD = 4
"""Anchors kept of one field: a supplier has a few layouts (invoice, credit note, two languages), and the oldest go."""


class Way(StrEnum):
    """How the eye goes from the label to the value: on in the same run of words, to the right, down; without a label, the place alone."""

    INSIDE = "inside"
    RIGHT = "right"
    BELOW = "below"
    PLACE = "place"


class Anchor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a field stands. `label`: its words without capitals, accents or digits.

    `nth` counts the values of this kind that way, from 0; -1 is the last. `x` and `y` are points from the nearest edges of the page to
    the value's nearest corner, negative from the right or the bottom; `page` counts from 1, -1 is the last. `shape` is how the value is
    written: `9` a digit, `A` a letter, other signs themselves; `mdy` for a date that begins with the month. `absent`: what stands there is
    *not* this field.
    """

    field: str
    way: Way
    label: str = ""
    nth: int = 0
    page: int = 1
    x: float = 0.0
    y: float = 0.0
    shape: str = ""
    absent: bool = False

    def replaces(self, other: Anchor) -> bool:
        """Whether it says something else about the same spot."""
        return (self.field, self.way, self.label) == (other.field, other.way, other.label)

    def agrees(self, other: Anchor) -> bool:
        """Whether it says the same, if perhaps of a value that stood a little further on the page."""
        return msgspec.structs.replace(self, page=other.page, x=other.x, y=other.y) == other


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """What the corrections of one document taught: anchors learnt, and known ones that read something else there."""

    document: UUID
    learnt: tuple[Anchor, ...] = ()
    refuted: tuple[Anchor, ...] = ()


class KnownAnchor(msgspec.Struct, frozen=True, kw_only=True):
    """An anchor as it is believed now; `doubts` counts the documents it has been wrong on since it was learnt."""

    anchor: Anchor
    doubts: int = 0


def remembered(lessons: Iterable[Lesson]) -> tuple[KnownAnchor, ...]:
    """What one supplier's lessons, oldest first, add up to: its anchors, latest first."""
    known: list[KnownAnchor] = []
    for lesson in lessons:
        known = [one for one in (_doubted(one, lesson) for one in known) if one.doubts < FORGOTTEN_AT]
        for anchor in lesson.learnt:
            others = [one for one in known if not anchor.replaces(one.anchor)]
            dropped = [one for one in others if one.anchor.field == anchor.field][MOST_OF_A_FIELD - 1 :]
            known = [KnownAnchor(anchor=anchor), *(one for one in others if one not in dropped)]
    return tuple(known)


def _doubted(known: KnownAnchor, lesson: Lesson) -> KnownAnchor:
    return msgspec.structs.replace(known, doubts=known.doubts + 1) if known.anchor in lesson.refuted else known
