"""Letters without their case and accents, so that a word is found however it is printed. The length never changes: positions stay valid."""

from __future__ import annotations

import re
import unicodedata


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


_PLAIN = {code: _plain(chr(code)) for code in (*range(ord("A"), ord("Z") + 1), *range(0xA1, 0x250), *range(0x1E00, 0x1F00))} | {
    ord("ß"): "s",
    ord("œ"): "o",
    ord("æ"): "a",
    ord("ø"): "o",
    ord("Ø"): "o",
    ord("°"): "o",  # n° and nº read as "no"
    ord("º"): "o",
    ord("№"): "n",
    ord("’"): "'",
    ord("‘"): "'",
    ord("−"): "-",
    ord("–"): "-",
    ord("\xa0"): " ",
    ord("\u202f"): " ",
    ord("\u2009"): " ",
}

TOKEN = re.compile(r"(?:\b[a-z]\.){2,}[a-z]?(?![a-z])|[a-z]+|\d+")
"""A word or a number of folded text; an abbreviation with dots (t.v.a.) is one word."""


def fold(text: str) -> str:
    """`text` in lower case without accents, character for character."""
    return text.translate(_PLAIN)


def tokens(folded: str) -> list[tuple[str, int, int]]:
    """The words of folded text with where they start and end."""
    return [(match.group().replace(".", ""), match.start(), match.end()) for match in TOKEN.finditer(folded)]
