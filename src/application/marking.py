"""The mark of a sentence for people that is written in Python: what collects the catalogues looks for it."""

from __future__ import annotations


class Marked(str):
    """A value of a sentence that is itself a marked sentence, translated with it: the name of something."""

    __slots__ = ()


def _(sentence: str) -> str:
    """Mark a sentence that is translated where it is shown."""
    return sentence
