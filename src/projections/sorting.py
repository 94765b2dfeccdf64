"""Sort keys for names: without accents, case and leading particles, as people look them up («De Smet» under S); and texts to search."""

from __future__ import annotations

import re
import unicodedata

_PARTICLES = re.compile(r"^(?:de|den|der|des|du|la|le|les|l|het|t|van|vande|vanden|vander|ter|ten|te)\s+")


def folded(text: str) -> str:
    """The words and numbers of a text, without accents, case and punctuation: what is searched, and what is searched for."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def figures(text: str) -> str:
    """What was typed as an amount (`1.234,5`), as it is stored (`1234.5`); any other text as it is."""
    return text.replace(".", "").replace(",", ".") if "," in text else text


def sort_key(name: str) -> str:
    """The key a list of names is ordered by."""
    stripped = folded(name)
    while (shorter := _PARTICLES.sub("", stripped, count=1)) != stripped and shorter:
        stripped = shorter
    return stripped
