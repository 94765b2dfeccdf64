"""The mark of a sentence for people that is written in Python: what collects the catalogues looks for it."""

from __future__ import annotations


def _(sentence: str) -> str:
    """Mark a sentence that is translated where it is shown."""
    return sentence
