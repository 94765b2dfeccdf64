"""Where the words of a line stand, by the ink.

An engine finds lines with a margin around them and knows only roughly where a character is. What is exact is the ink: the white between
two runs of it, and where a line's own ink ends above and below.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Gap = tuple[float, float]
    Cut = tuple[int, float, float]
    """Index of the character that begins a word, end of the ink before it, beginning of its own."""

FAINT = 0.04
"""Share of the fullest row's ink below which a row is white: grain, not print."""
CORE = 0.3
"""Share of the fullest row's ink that the body of the letters has in each row."""
ABOVE, BELOW = 1.1, 0.9
"""In heights of the letters' body: how far ascenders and descenders reach at most."""
UNWRITTEN_SPACE = 0.5
"""In heights of the line: white this wide separates words, even where the engine saw no space."""
AS_WIDE, ENOUGH = 0.85, 2
"""Share of the usual space the engine saw in the line (if it saw so many): white this wide is one too."""
NEVER_APART = frozenset(".,'’/-")
"""Signs with white around them inside a number or a date."""
REACH = 0.9
"""In heights of the line: how far from where the engine saw a space the white may be."""


class Character(NamedTuple):
    """One printed character: its middle as a share (0–1) of the line's width, and whether white space comes before it."""

    text: str
    middle: float
    confidence: float
    spaced: bool


class Piece(NamedTuple):
    """One word of a line; edges in pixels of the line's strip."""

    text: str
    left: float
    right: float
    confidence: float


class Line(NamedTuple):
    """The words of a strip, and where the line's ink begins and ends, in pixels of the strip."""

    top: float
    bottom: float
    words: tuple[Piece, ...]


def separate(strip: NDArray[np.uint8], characters: Sequence[Character]) -> Line:
    """The words of a line, from a picture of it (grey or RGB, upright) and the characters an engine read there."""
    ink = ink_of(strip)
    width = ink.shape[1]
    top, bottom = band(ink)
    columns: Mask = np.asarray(ink[top:bottom].any(axis=0), np.bool_)
    gaps = _gaps(columns)
    between = [
        _gap_between(gaps, before.middle * width, after.middle * width, REACH * (bottom - top) if after.spaced else 0.0)
        for before, after in pairwise(characters)
    ]
    cuts = _cuts(characters, between, width, UNWRITTEN_SPACE * (bottom - top))
    inked = np.flatnonzero(columns)
    left, right = (float(inked[0]), float(inked[-1] + 1)) if len(inked) else (0.0, float(width))
    return Line(top, bottom, tuple(_pieces(characters, cuts, left, right)))


def _cuts(characters: Sequence[Character], between: list[Gap | None], width: int, wide: float) -> list[Cut]:
    """Where the line falls into words: at the spaces the engine saw, and at white as wide as those."""
    written = sorted(gap[1] - gap[0] for gap, after in zip(between, characters[1:], strict=True) if gap and after.spaced)
    least = AS_WIDE * written[len(written) // 2] if len(written) >= ENOUGH else wide
    cuts: list[Cut] = []
    for index, gap in enumerate(between, start=1):
        before, after = characters[index - 1], characters[index]
        if after.spaced:
            middle = (before.middle + after.middle) / 2 * width
            cuts.append((index, *(gap or (middle, middle))))
        elif gap and gap[1] - gap[0] > max(least, wide / 3) and NEVER_APART.isdisjoint((before.text, after.text)):
            cuts.append((index, *gap))
    return cuts


def ink_of(strip: NDArray[np.uint8]) -> Mask:
    """Which pixels are printed: the darker ones, or in a dark bar the lighter ones."""
    grey = strip if strip.ndim == 2 else cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)  # noqa: PLR2004 - grey has no third dimension
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark: Mask = grey <= threshold
    return ~dark if dark.mean() > 0.5 else dark  # noqa: PLR2004 - paper is most of a line


def band(ink: Mask) -> tuple[int, int]:
    """First and one past the last row of the line in the middle of a strip: its neighbours' ink is left out."""
    rows = ink.sum(axis=1)
    height = len(rows)
    inner = rows[height // 5 : height - height // 5]
    if not len(inner) or not inner.max():
        return 0, height
    fullest = int(inner.argmax()) + height // 5
    core_top, core_bottom = fullest, fullest + 1
    while core_top > 0 and rows[core_top - 1] >= CORE * rows[fullest]:
        core_top -= 1
    while core_bottom < height and rows[core_bottom] >= CORE * rows[fullest]:
        core_bottom += 1
    body = core_bottom - core_top
    top, bottom = core_top, core_bottom
    while top > max(0, core_top - ABOVE * body) and rows[top - 1] > FAINT * rows[fullest]:
        top -= 1
    while bottom < min(height, core_bottom + BELOW * body) and rows[bottom] > FAINT * rows[fullest]:
        bottom += 1
    return top, bottom


def _gaps(columns: Mask) -> list[Gap]:
    """The runs of white between ink, from left to right: first white pixel, first pixel of ink after it."""
    edges = np.flatnonzero(np.diff(columns.astype(np.int8)))
    inked = np.flatnonzero(columns)
    if not len(inked):
        return []
    inner = [int(edge) + 1 for edge in edges if inked[0] <= edge < inked[-1]]
    return [(float(first), float(last)) for first, last in zip(inner[::2], inner[1::2], strict=False)]


def _gap_between(gaps: list[Gap], left: float, right: float, reach: float) -> Gap | None:
    """The widest white around where two characters meet; wider counts more than nearer."""
    middle = (left + right) / 2
    near = [gap for gap in gaps if gap[1] > min(left, middle - reach) and gap[0] < max(right, middle + reach)]
    return max(near, key=lambda gap: (gap[1] - gap[0]) - 0.3 * abs((gap[0] + gap[1]) / 2 - middle), default=None)


def _pieces(characters: Sequence[Character], cuts: list[Cut], left: float, right: float) -> list[Piece]:
    words = []
    first, begin = 0, left
    for index, end, following in [*cuts, (len(characters), right, right)]:
        letters = characters[first:index]
        if letters:
            text = "".join(letter.text for letter in letters)
            words.append(Piece(text, begin, max(end, begin + 1), min(letter.confidence for letter in letters)))
        first, begin = index, following
    return words
