"""What a payer puts with a payment: the Belgian structured communication (OGM/VCS, Febelfin) and the creditor reference (RF, ISO 11649)."""

from __future__ import annotations

import re

_BELGIAN = re.compile(r"(?P<frame>\+{3}|\*{3}|)\s*(\d{3})\s*/?\s*(\d{4})\s*/?\s*(\d{5})\s*(?P=frame)", re.ASCII)
_FRAMED = re.compile(r"(?P<frame>\+{3}|\*{3})\s*\d{3}\s*/?\s*\d{4}\s*/?\s*\d{5}\s*(?P=frame)", re.ASCII)
_CREDITOR_REFERENCE = re.compile(r"RF\d{2}[A-Z0-9]{1,21}", re.ASCII)
_LARGEST_BASE = 10**10


def parse_structured_communication(text: str) -> str | None:
    """The structured communication in `text` as twelve digits, or None.

    Between `+++`, `***` or nothing, with or without slashes. The last two digits are the first ten modulo 97, 0 written as 97.
    """
    found = _BELGIAN.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[2] + found[3] + found[4]
    return digits if digits == structured_communication(int(digits[:10])) else None


def find_structured_communication(text: str) -> str | None:
    """The first structured communication that stands in a longer text between its marks, or alone without them; as twelve digits."""
    framed = (parse_structured_communication(found.group()) for found in _FRAMED.finditer(text))
    return next(filter(None, framed), None) or parse_structured_communication(text)


def structured_communication(base: int) -> str:
    """The twelve digits made from a number of at most ten digits (an invoice or customer number). Else `ValueError`."""
    if not 0 <= base < _LARGEST_BASE:
        raise ValueError(f"a structured communication is made from a number of at most 10 digits, not {base}")
    return f"{base:010d}{base % 97 or 97:02d}"


def format_structured_communication(digits: str) -> str:
    """Twelve digits as `+++026/0041/80029+++`."""
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def parse_creditor_reference(text: str) -> str | None:
    """The ISO 11649 reference in `text`, compact and in capitals (`RF18539007547034`), or None if its shape or check digits are wrong."""
    compact = re.sub(r"\s+", "", text).upper()
    if not _CREDITOR_REFERENCE.fullmatch(compact):
        return None
    return compact if compact == creditor_reference(compact[4:]) else None


def creditor_reference(reference: str) -> str:
    """The ISO 11649 reference of the creditor's own `reference` (1 to 21 capitals and digits): ISO 7064 modulo 97, 10."""
    remainder = int("".join(str(int(sign, 36)) for sign in f"{reference}RF00")) % 97
    return f"RF{98 - remainder:02d}{reference}"


def is_miswritten(reference: str) -> bool:
    """Whether it looks like a structured communication or creditor reference, and its check digits say that it is none.

    Twelve digits without any mark may be a number of the supplier's own.
    """
    text = reference.strip()
    if _BELGIAN.fullmatch(text) and not text.isdecimal():
        return parse_structured_communication(text) is None
    return bool(_CREDITOR_REFERENCE.fullmatch(re.sub(r"\s+", "", text).upper())) and parse_creditor_reference(text) is None


def format_payment_reference(reference: str) -> str:
    """Any payment reference as it is shown: OGM with its pluses, RF in fours, other text as it is."""
    belgian = parse_structured_communication(reference)
    if belgian is not None:
        return format_structured_communication(belgian)
    creditor = parse_creditor_reference(reference)
    if creditor is not None:
        return " ".join(creditor[start : start + 4] for start in range(0, len(creditor), 4))
    return reference
