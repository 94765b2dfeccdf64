"""Texts as they are compared: words of letters and digits, lower case, without accents."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """The words with one space between them."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))
