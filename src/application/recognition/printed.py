"""The values of a field as they stand in a text: what an anchor reads beside its label, and where a corrected value is looked for.

Dates and amounts are read as everywhere. A number is known by its shape: how the supplier writes it, `9` for a digit and `A` for a letter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from application.recognition.dates import find_dates
from application.recognition.numbers import decimal_string, find_amounts
from domain.iban import parse_iban
from domain.structured_communication import parse_structured_communication

DATES = frozenset({"issue_date", "due_date"})
AMOUNTS = frozenset({"total_incl", "total_excl", "vat"})
NUMBERS = frozenset({"invoice_number", "payment_reference"})
IBAN, REFERENCE = "iban", "payment_reference"
LEARNT_FIELDS = (*sorted(DATES | AMOUNTS | NUMBERS), IBAN)
"""The fields whose place can be learnt. Who the supplier is must be known before."""

MONTH_FIRST = "mdy"
"""The shape of a date that is written the American way."""
_SLACK = 2
"""By so many digits or letters the next number may be shorter or longer."""
_COMMUNICATION = 12
_GAP = r"[\s./+*-]{0,3}"
_IBAN = re.compile(rf"(?<![A-Z0-9])[A-Z]{{2}}{_GAP}\d\d(?:{_GAP}[A-Z0-9]){{11,30}}")


class Printed(NamedTuple):
    """A value, in the form recognition hands on, and where it stands in its text."""

    value: str
    start: int
    end: int


def printed(field: str, text: str, shape: str = "") -> list[Printed]:
    """The values in `text` that could be this field, from left to right."""
    if not any(map(str.isdigit, text)):
        return []
    if field in DATES:
        return [Printed(one.value.isoformat(), one.start, one.end) for one in find_dates(text, month_first=shape == MONTH_FIRST)]
    if field in AMOUNTS:
        return [Printed(decimal_string(abs(one.cents)), one.start, one.end) for one in find_amounts(text)]
    if field == IBAN:
        return _ibans(text)
    return _shaped(field, text, shape)


def shapes_of(field: str, value: str) -> tuple[str, ...]:
    """How this value may be written: one shape, except for a date, which can begin with its day or its month."""
    if field in DATES:
        return ("", MONTH_FIRST)
    return (_masked(value),) if field in NUMBERS else ("",)


def same(field: str, one: str, other: str) -> bool:
    """Whether two values of a field are the same, however they are spaced."""
    return one == other or (field in NUMBERS and _bare(one) == _bare(other))


def _ibans(text: str) -> list[Printed]:
    found = []
    for match in _IBAN.finditer(text.upper()):
        end = match.end()
        while end > match.start() and parse_iban(text[match.start() : end]) is None:
            end -= 1
        if iban := parse_iban(text[match.start() : end]):
            found.append(Printed(iban, match.start(), end))
    return found


def _shaped(field: str, text: str, shape: str) -> list[Printed]:
    if not shape:
        return []
    reference = field == REFERENCE and shape == "9" * _COMMUNICATION
    found = []
    for match in _pattern(shape, spread=reference).finditer(text):
        value = _bare(match.group()) if reference else match.group() if " " in shape else re.sub(r"\s", "", match.group())
        if not reference or parse_structured_communication(value):
            found.append(Printed(value, match.start(), match.end()))
    return found


@lru_cache(maxsize=1024)
def _pattern(shape: str, *, spread: bool) -> re.Pattern[str]:
    """What looks like `shape`. `spread`: signs may stand anywhere between its digits, as in a structured communication."""
    if spread:
        return re.compile(r"(?<!\d)" + _GAP.join([r"\d"] * len(shape)) + r"(?!\d)")
    parts = []
    for sign, run in groupby(shape.replace(" ", "")):
        length = len(list(run))
        if sign in "9A":
            kind = r"\d" if sign == "9" else r"[^\W\d_]"
            parts.append(f"{kind}{{{max(1, length - _SLACK)},{length + _SLACK}}}")
        else:
            parts.append(re.escape(sign * length))
    return re.compile(r"(?<![^\W_])(?<!\d[./-])" + r"\s?".join(parts) + r"(?![^\W_])(?![./-][^\W_])")


def _masked(value: str) -> str:
    return "".join("9" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in value)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()
