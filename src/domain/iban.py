"""Bank account numbers: IBAN (ISO 13616), kept compact and shown in fours."""

from __future__ import annotations

import re

IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28,
    "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26,
    "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
"""Length of a whole IBAN by country (SWIFT's IBAN registry)."""

_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]+", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\-]+")


def parse_iban(text: str) -> str | None:
    """The IBAN in `text`, compact and in capitals (`BE68539007547034`), or None if its country, length or check digits are wrong.

    An `IBAN` label before it and spaces, dots or dashes in it are ignored. The domestic check digits inside a Belgian number are not
    looked at: banks hand out sandbox accounts that do not have them.
    """
    compact = _SEPARATORS.sub("", text).upper()
    compact = re.sub("^IBAN:?", "", compact)
    if not _SHAPE.fullmatch(compact) or IBAN_LENGTHS.get(compact[:2]) != len(compact):
        return None
    return compact if compact[2:4] == iban_check_digits(compact[:2], compact[4:]) else None


def iban_check_digits(country: str, account: str) -> str:
    """The two digits (02 to 98) that make country + digits + account an IBAN: ISO 7064 modulo 97, 10, letters counted as 10 to 35."""
    return f"{98 - int(''.join(str(int(sign, 36)) for sign in f'{account}{country}00')) % 97:02d}"


def belgian_iban(bank_and_account: str) -> str:
    """The IBAN of a Belgian account given its ten digits (three of the bank, seven of the account), without their check digits."""
    account = f"{bank_and_account}{int(bank_and_account) % 97 or 97:02d}"
    return f"BE{iban_check_digits('BE', account)}{account}"


def format_iban(iban: str) -> str:
    """A compact IBAN in groups of four: `BE68 5390 0754 7034`."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
