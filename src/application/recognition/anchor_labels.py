"""The label an anchor remembers: the words that stand right before a value, or at the end of the run of words beside or above it.

The same rule finds it where it is learnt and where it is looked for: `totaal excl btw` is never taken for `btw`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.recognition.numbers import CURRENCIES

if TYPE_CHECKING:
    from application.recognition.layout import Segment

MOST_WORDS, MOST_LETTERS = 4, 40
"""Longer text is a sentence, in which somebody may be named."""
FEWEST_LETTERS = 2
RATE = 2
"""Digits of a VAT rate, as in `btw 21 %`."""

Words = tuple[tuple[str, int], ...]
"""Folded words with where each starts in its segment."""


def label_words(segment: Segment, end: int | None = None) -> Words:
    """The last words before `end` (all, when not given), letters only; a rate and a currency right before `end` are no part of it."""
    words = [(word, start) for word, start, stop in segment.tokens if end is None or stop <= end]
    while words and (words[-1][0] in CURRENCIES or (words[-1][0].isdigit() and len(words[-1][0]) <= RATE)):
        words.pop()
    taken: list[tuple[str, int]] = []
    for word, start in reversed(words):
        if not word.isalpha() or len(taken) == MOST_WORDS:
            break
        taken.insert(0, (word, start))
    return tuple(taken) if FEWEST_LETTERS <= len(written(taken)) <= MOST_LETTERS else ()


def written(words: Words | list[tuple[str, int]]) -> str:
    """The label as it is remembered."""
    return " ".join(word for word, _ in words)


def says_something(segment: Segment) -> bool:
    """Whether it is more than a cell with a value: what stands behind it belongs to something else."""
    return any(word.isalpha() and word not in CURRENCIES for word, _, _ in segment.tokens)
