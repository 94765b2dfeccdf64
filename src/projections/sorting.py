"""Sort keys for names: without accents, case and leading particles, as people look them up («De Smet» under S); and texts to search."""

from __future__ import annotations

import re
import unicodedata

PARTICLES = (
    *("de", "den", "der", "des", "het", "een", "van", "vande", "vanden", "vander", "te", "ten", "ter"),
    *("du", "la", "le", "les"),
)
"""Dutch and French ones, beside d', l' and 't. The ledger mirror's `mirror_sort_key` makes the same key in the database."""
_PARTICLES = re.compile(rf"^(?:(?:{'|'.join(PARTICLES)}) |[dl]' ?|'t )+(?=[a-z0-9])")
_LIKE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'"})
_MARKS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """The words and numbers of a text, without accents, case and punctuation: what is searched, and what is searched for."""
    return " ".join(re.findall(r"[a-z0-9]+", _bare(text)))


def figures(text: str) -> str:
    """What was typed as an amount (`1.234,5`), as it is stored (`1234.5`); any other text as it is."""
    return text.replace(".", "").replace(",", ".") if "," in text else text


LONGEST = 120
"""Characters of a key: an index takes no longer ones, and no name needs more."""


def sort_key(name: str) -> str:
    """The key a list of names is ordered by."""
    words = " ".join(re.findall(r"[a-z0-9']+", _bare(name)))
    return " ".join(_PARTICLES.sub("", words).replace("'", " ").split())[:LONGEST]


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LIKE)
