"""The number of an invoice as people and programs write it, made comparable: the same invoice keyed twice has one number."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
_WORDS = re.compile(
    r"^(?:(?:verkoop|aankoop)?fact(?:uur|ure)?|fac|fa|fct|f|facnr|invoice|inv|rechnung|rg|re|rn|creditnota|creditnote|notedecredit|cn|nc|vf|"
    r"vkf|document|doc|nummer|number|numero|nr|no|n)+(?=[0-9])"
)
"""Words before a number that say only that it is one."""


def comparable(number: str) -> str:
    """The number without punctuation, case, leading zeros and the words that announce it; empty when there is nothing in it.

    `Factuur nr. 2026/001`, `F2026-001` and `2026001` are the same; `A12` and `B12` are two series.
    """
    plain = unicodedata.normalize("NFKD", number).lower()
    signs = re.sub(r"[^0-9a-z]", "", plain)[:LONGEST]
    return _WORDS.sub("", signs).lstrip("0")
