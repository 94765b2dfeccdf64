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

FAINT, STEM = 0.04, 0.04
"""A row with less ink is white, or grain: a share of the fullest row's, or on a long line of the strip's height, a letter's stem."""
CORE = 0.3
"""Share of the fullest row's ink that the body of the letters has in each row."""
ACCENT = 0.08
"""In heights of the strip: white this high may lie between a letter and its accent."""
LEAST_BODY = 0.55
"""In heights of the strip: the body of letters is this high, even where a few digits have one full row only."""
ABOVE, BELOW = 1.1, 0.9
"""In heights of the letters' body: how far ascenders and descenders reach at most."""
UNWRITTEN_SPACE = 0.5
"""In heights of the line: white this wide separates words, even where the engine saw no space."""
AS_WIDE, ENOUGH = 0.85, 2
"""Share of the usual space the engine saw in the line (if it saw so many): white this wide is one too."""
NEVER_APART = frozenset(".,'’/-")
"""Signs with white around them inside a number or a date."""
NARROW, WIDE = frozenset("iljtfrI.,:;'’!|()[]-"), frozenset("mwMW@%€&")
"""Signs that are half as wide as a digit, and half as wide again."""
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
    return Line(top, bottom, tuple(_pieces(characters, cuts, *_ends(columns, gaps, characters, REACH * (bottom - top)))))


def _ends(columns: Mask, gaps: list[Gap], characters: Sequence[Character], reach: float) -> Gap:
    """Where the ink of the line begins and ends; what is printed further from its characters is somebody else's."""
    inked = np.flatnonzero(columns)
    width = len(columns)
    if not len(inked) or not characters:
        return 0.0, float(width)
    edges = [float(inked[0]), *(edge for gap in gaps for edge in gap), float(inked[-1] + 1)]
    first, last = characters[0].middle * width - reach, characters[-1].middle * width + reach
    own = [run for run in zip(edges[::2], edges[1::2], strict=True) if run[1] > first and run[0] < last]
    return (own[0][0], own[-1][1]) if own else (edges[0], edges[-1])


def inked(picture: NDArray[np.uint8], box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """A box (left, top, right, bottom) around one word, without the white at its edges."""
    left, top, right, bottom = box
    strip = picture[top:bottom, left:right]
    if not strip.size:
        return box
    ink = ink_of(strip)
    first, last = band(ink)
    columns = np.flatnonzero(ink[first:last].any(axis=0))
    across = (left + int(columns[0]), left + int(columns[-1]) + 1) if len(columns) else (left, right)
    return across[0], top + first, across[1], top + last


def laid_out(strip: NDArray[np.uint8], text: str, confidence: float) -> list[Character]:
    """The characters of a line of which an engine tells only the text: over its ink, each as wide as it usually is."""
    ink = ink_of(strip)
    top, bottom = band(ink)
    inked = np.flatnonzero(ink[top:bottom].any(axis=0))
    first, last = (inked[0], inked[-1] + 1) if len(inked) else (0, ink.shape[1])
    wide = [_usual_width(sign) for sign in text.strip()]
    scale = float(last - first) / sum(wide)
    characters, left = [], float(first)
    before = "x"
    for sign, width in zip(text.strip(), wide, strict=True):
        if not sign.isspace():
            characters.append(Character(sign, (left + width * scale / 2) / ink.shape[1], confidence, before.isspace()))
        left, before = left + width * scale, sign
    return characters


def _usual_width(sign: str) -> float:
    """In widths of a digit, in print without serifs."""
    if sign.isspace() or sign in NARROW:
        return 0.5
    return 1.5 if sign in WIDE else 1.2 if sign.isupper() else 1.0


def _cuts(characters: Sequence[Character], between: list[Gap | None], width: int, wide: float) -> list[Cut]:
    """Where the line falls into words: at the spaces the engine saw, and at white as wide as those."""
    spaces = [gap for gap, after in zip(between, characters[1:], strict=True) if gap and after.spaced]
    written = sorted(gap[1] - gap[0] for gap in spaces)
    least = AS_WIDE * written[len(written) // 2] if len(written) >= ENOUGH else wide
    cuts: list[Cut] = []
    for index, gap in enumerate(between, start=1):
        before, after = characters[index - 1], characters[index]
        if after.spaced:
            middle = (before.middle + after.middle) / 2 * width
            cuts.append((index, *(gap or (middle, middle))))
        elif gap and gap not in spaces and gap[1] - gap[0] > max(least, wide / 3) and NEVER_APART.isdisjoint((before.text, after.text)):
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
    body = max(core_bottom - core_top, LEAST_BODY * height)
    faint = min(FAINT * rows[fullest], STEM * height)
    top = _last_inked(rows[:core_top][::-1] > faint, ABOVE * body, ACCENT * height)
    bottom = _last_inked(rows[core_bottom:] > faint, BELOW * body, 0)
    return core_top - top, core_bottom + bottom


def _last_inked(printed: Mask, most: float, white: float) -> int:
    """How many rows there are to the last one that belongs to the line: `most` at most, over no more than so much white."""
    reached = 0
    for place, has_ink in enumerate(printed[: round(most)], start=1):
        if has_ink:
            reached = place
        elif place - reached > white:
            break
    return reached


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
