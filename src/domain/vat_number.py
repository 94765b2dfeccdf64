"""VAT and enterprise numbers: which texts are one, how they are kept (compact) and how they are shown."""

from __future__ import annotations

import re

from domain.eu_vat_formats import EU_VAT_FORMATS

_SEPARATORS = re.compile(r"[\s.\-/\u2010-\u2013·()]+")
_LABEL = re.compile(r"(?:BTW|TVA|VAT|MWST)(?:N[RO°]?)?:?(?=[A-Z0-9])")
_BELGIAN = re.compile(r"(?:BE)?([01]?\d{9})")
_OLD_LENGTH = 9
_FIRST_DIGITS = 8


def enterprise_number(text: str) -> str | None:
    """The Belgian enterprise number in `text` as ten digits (`0999041206`), or None if there is none or its check digits are wrong.

    Accepts separators, a BE prefix, and the old nine digits (a 0 is put before them). First digit 0 or 1; the last two digits are
    97 minus the first eight modulo 97, so 01 to 97 (Crossroads Bank for Enterprises).
    """
    found = _BELGIAN.fullmatch(_compact(text))
    if found is None:
        return None
    digits = found[1].zfill(_OLD_LENGTH + 1)
    return digits if digits == complete_enterprise_number(int(digits[:_FIRST_DIGITS])) and int(digits) else None


def complete_enterprise_number(first_eight: int) -> str:
    """The ten digits of the enterprise number that starts with `first_eight` (below 20,000,000)."""
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"


def parse_vat_number(text: str) -> str | None:
    """The VAT number in `text`, compact with its country prefix (`BE0999041206`, `IE6388047V`), or None.

    Digits without a prefix are read as Belgian. Other EU countries (Greece as EL) and Northern Ireland (XI) are checked by their pattern,
    and by their check digits where the rule is simple. Being well formed does not mean that the number exists.
    """
    compact = _LABEL.sub("", _compact(text), count=1)
    belgian = enterprise_number(compact)
    if belgian is not None:
        return f"BE{belgian}"
    country, number = compact[:2].replace("GR", "EL"), compact[2:]
    known = EU_VAT_FORMATS.get(country)
    return f"{country}{number}" if known is not None and known.accepts(number) else None


def format_vat_number(vat_number: str) -> str:
    """A compact VAT number as it is shown: `BE 0999.041.206`, and other countries as `IE 6388047V`. Other text comes back as it is."""
    belgian = enterprise_number(vat_number) if vat_number.startswith("BE") else None
    if belgian is not None:
        return f"BE {format_enterprise_number(belgian)}"
    parsed = parse_vat_number(vat_number)
    return f"{parsed[:2]} {parsed[2:]}" if parsed is not None else vat_number


def format_enterprise_number(digits: str) -> str:
    """Ten digits as `0999.041.206`."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", text).upper()
