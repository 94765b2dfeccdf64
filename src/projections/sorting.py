"""Sort keys for names: without accents, case and leading particles, as people look them up («De Smet» under S)."""

from __future__ import annotations

import re
import unicodedata

_PARTICLES = re.compile(r"^(?:de|den|der|des|du|la|le|les|l|het|t|van|vande|vanden|vander|ter|ten|te)\s+")


def sort_key(name: str) -> str:
    """The key a list of names is ordered by."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = " ".join(re.findall(r"[a-z0-9]+", bare))
    stripped = words
    while (shorter := _PARTICLES.sub("", stripped, count=1)) != stripped and shorter:
        stripped = shorter
    return stripped
