"""The patterns of the VAT numbers of the other EU member states and Northern Ireland, and check digits where the rule is short.

Source of patterns: the European Commission's VIES documentation. A pattern covers what follows the two-letter prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec


class VatFormat(msgspec.Struct, frozen=True):
    """One country: the pattern after the prefix, and the check on it that goes with it."""

    pattern: str
    check: Callable[[str], bool] = lambda _number: True

    def accepts(self, number: str) -> bool:
        """Whether `number` (without prefix, without separators) is well formed. Zeros alone are no number."""
        return re.fullmatch(self.pattern, number, re.ASCII) is not None and number.strip("0") != "" and self.check(number)


def _weighted(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def _luhn(number: str) -> bool:
    doubled = (int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def _mod_11_10(number: str) -> bool:
    """ISO 7064 modulo 11, 10 (Germany, Croatia)."""
    check = 5
    for digit in number:
        check = ((check or 10) * 2 % 11 + int(digit)) % 10
    return check == 1


def _austria(number: str) -> bool:
    digits = [int(digit) for digit in number[1:]]
    total = sum(digit if place % 2 == 0 else digit * 2 // 10 + digit * 2 % 10 for place, digit in enumerate(digits[:-1]))
    return (6 - total) % 10 == digits[-1]


def _finland(number: str) -> bool:
    return _weighted(number, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


def _france(number: str) -> bool:
    """SIREN passes Luhn (Monaco, 000…, excepted); a numeric key is the number followed by 12, modulo 97."""
    key, siren = number[:2], number[2:]
    if not siren.startswith("000") and not _luhn(siren):
        return False
    return not key.isdigit() or int(key) == int(f"{siren}12") % 97


def _ireland(number: str) -> bool:
    """Seven digits, a check letter modulo 23 and optionally a second letter that counts nine times; old numbers have no check here."""
    if not number[:7].isdigit():
        return True
    letters = "WABCDEFGHIJKLMNOPQRSTUV"
    extra = letters.index(number[8]) * 9 if len(number) > len("1234567A") else 0
    return letters[(_weighted(number, (8, 7, 6, 5, 4, 3, 2)) + extra) % 23] == number[7]


def _luxembourg(number: str) -> bool:
    return int(number[:6]) % 89 == int(number[6:])


def _netherlands(number: str) -> bool:
    """Legal persons: modulo 11 over the first nine digits. Sole traders (since 2020): modulo 97 over all, letters as 10–35."""
    old = _weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0
    return old or int("".join(str(int(sign, 36)) for sign in f"NL{number}")) % 97 == 1


def _poland(number: str) -> bool:
    return _weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7, -1)) % 11 == 0


def _portugal(number: str) -> bool:
    return (11 - _weighted(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11) % 11 % 10 == int(number[8])


EU_VAT_FORMATS = {
    "AT": VatFormat(r"U\d{8}", _austria),
    "BG": VatFormat(r"\d{9,10}"),
    "CY": VatFormat(r"\d{8}[A-Z]"),
    "CZ": VatFormat(r"\d{8,10}"),
    "DE": VatFormat(r"[1-9]\d{8}", _mod_11_10),
    "DK": VatFormat(r"[1-9]\d{7}", lambda number: _weighted(number, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0),
    "EE": VatFormat(r"\d{9}", lambda number: _weighted(number, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0),
    "EL": VatFormat(r"\d{9}"),
    "ES": VatFormat(r"[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]"),
    "FI": VatFormat(r"\d{8}", _finland),
    "FR": VatFormat(r"[0-9A-HJ-NP-Z]{2}\d{9}", _france),
    "HR": VatFormat(r"\d{11}", _mod_11_10),
    "HU": VatFormat(r"\d{8}", lambda number: _weighted(number, (9, 7, 3, 1, 9, 7, 3, 1)) % 10 == 0),
    "IE": VatFormat(r"\d[A-Z0-9+*]\d{5}[A-W]|\d{7}[A-W][A-I]", _ireland),
    "IT": VatFormat(r"\d{11}", _luhn),
    "LT": VatFormat(r"\d{9}|\d{12}"),
    "LU": VatFormat(r"\d{8}", _luxembourg),
    "LV": VatFormat(r"\d{11}"),
    "MT": VatFormat(r"[1-9]\d{7}", lambda number: _weighted(number, (3, 4, 6, 7, 8, 9, 10, 1)) % 37 == 0),
    "NL": VatFormat(r"(?!0{9})\d{9}B(?!00)\d{2}", _netherlands),
    "PL": VatFormat(r"\d{10}", _poland),
    "PT": VatFormat(r"[1-9]\d{8}", _portugal),
    "RO": VatFormat(r"\d{2,10}"),
    "SE": VatFormat(r"\d{10}01", lambda number: _luhn(number[:10])),
    "SI": VatFormat(r"[1-9]\d{7}"),
    "SK": VatFormat(r"[1-9]\d{9}", lambda number: int(number) % 11 == 0),
    "XI": VatFormat(r"\d{9}|\d{12}|GD\d{3}|HA\d{3}"),
}
