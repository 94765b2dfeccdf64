"""Pages made by hand: a text as a typewriter would put it, one row a line, two spaces or more between columns."""

from __future__ import annotations

import re

from application.recognition.labels import Labels
from application.recognition.layout import Layout
from application.recognition.reading import Box, Page, Word

CHARACTER, LINE, HEIGHT = 5.5, 14.0, 10.0
LEFT, TOP = 40.0, 30.0


def page_of(text: str, number: int = 1) -> Page:
    """An A4 page with the lines of `text`; the first empty line and common indentation are left out."""
    lines = text.strip("\n").split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    words = tuple(
        Word(match.group(), _box(row, match.start(), match.end()))
        for row, line in enumerate(lines)
        for match in re.finditer(r"\S+", line[margin:])
    )
    return Page(number=number, width=595.0, height=842.0, words=words)


def labels_of(text: str) -> Labels:
    """The labels of such a page."""
    return Labels(Layout((page_of(text),)))


def _box(row: int, start: int, end: int) -> Box:
    top = TOP + row * LINE
    return Box(LEFT + start * CHARACTER, top, LEFT + end * CHARACTER, top + HEIGHT)
