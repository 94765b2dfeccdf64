"""Labels that OCR breaks (`Bil l to`, `n ° de clien t`), joins (`datefacture`) or misspells (`Factuumummer`): which phrase they are.

Two texts that a blurred page makes look the same have one shape: without spaces, and with one letter for those that are taken for another.
"""

from __future__ import annotations

from functools import cache

from application.recognition.vocabulary import phrases

SHORTEST = 7
"""Letters of a phrase that is recognised by its shape alone."""
MOST_PIECES = 8
"""Into so many pieces a phrase may be broken."""
_LOOKALIKES = (("rn", "m"), ("ri", "n"), ("vv", "w"), ("cl", "d"), ("i", "l"), ("1", "l"), ("0", "o"), ("5", "s"), ("8", "b"))

Tokens = list[tuple[str, int, int]]
"""Folded words with where they start and end."""


def mended(words: Tokens) -> Tokens:
    """The words of a line that OCR read, those of a known phrase as they were printed."""
    whole: Tokens = []
    index = 0
    while index < len(words):
        count, phrase = _phrase_in(words, index)
        if phrase:
            _, start, end = words[index]
            whole += [(word, start, end) for word in phrase[:-1]]
            whole.append((phrase[-1], words[index + count - 1][1] if len(phrase) > 1 and count > 1 else start, words[index + count - 1][2]))
        else:
            whole.append(words[index])
        index += count
    return whole


def _phrase_in(words: Tokens, index: int) -> tuple[int, tuple[str, ...]]:
    """How many words from here on are a known phrase by their shape, and which; the most there are. One and nothing where none is."""
    known = _shapes()
    for count in range(min(MOST_PIECES, len(words) - index), 0, -1):
        read = tuple(word for word, _, _ in words[index : index + count])
        phrase = known.get(_shape("".join(read)))
        if phrase is not None:
            return count, phrase
    return 1, ()


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    """The long phrases by their shape, except those that share it."""
    found: dict[str, tuple[str, ...]] = {}
    shared: set[str] = set()
    meanings = phrases()
    for phrase, meaning in meanings.items():
        shape = _shape("".join(phrase))
        if len(shape) >= SHORTEST:
            if shape in found and meanings[found[shape]] is not meaning:
                shared.add(shape)
            found[shape] = phrase
    return {shape: phrase for shape, phrase in found.items() if shape not in shared}


def _shape(text: str) -> str:
    for printed, read in _LOOKALIKES:
        text = text.replace(printed, read)
    return text
