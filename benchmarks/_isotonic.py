"""Isotonic regression: the rising steps that fit counts of right and wrong best, by pooling adjacent violators."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from application.recognition.calibration import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HIGHEST = 0.99
"""Nothing read from a page is certain, however many were right."""
BELIEVED, WITHIN = 10.0, 20
"""What the reader itself says counts as so many values in each of so many parts of the scale: where few were counted it is believed.

Documents made by a generator are kinder than those that come in: three guesses out of three that were right prove little.
"""


class Counted(NamedTuple):
    """How many values of a score were right and how many wrong."""

    score: float
    right: float
    wrong: float

    @property
    def share(self) -> float:
        """The share of right ones."""
        return self.right / (self.right + self.wrong)


def with_opinion(counts: Iterable[Counted], opinion: Callable[[float], float] = lambda score: score) -> list[Counted]:
    """The counts with what was thought before there were any: the score itself, unless there is a better opinion."""
    counts = list(counts)
    in_part = Counter(_part(one) for one in counts)
    return [
        one._replace(right=one.right + weight * opinion(one.score), wrong=one.wrong + weight * (1 - opinion(one.score)))
        for one in counts
        for weight in [BELIEVED / in_part[_part(one)]]
    ]


def rising_steps(counts: Iterable[Counted]) -> tuple[Step, ...]:
    """The chance by score: never falling, each step as likely as the counts it was pooled from."""
    blocks: list[Counted] = []
    for one in sorted(counts):
        blocks.append(one)
        while len(blocks) > 1 and blocks[-1].share <= blocks[-2].share:
            after, before = blocks.pop(), blocks.pop()
            blocks.append(Counted(before.score, before.right + after.right, before.wrong + after.wrong))
    chances = accumulate((round(min(HIGHEST, block.share), 3) for block in blocks), max)
    steps = [Step(block.score, chance) for block, chance in zip(blocks, chances, strict=True)]
    return tuple(steps[:1] + [step for before, step in pairwise(steps) if step.chance > before.chance])


def _part(one: Counted) -> int:
    return int(one.score * WITHIN)
