"""Dates as they are printed in four languages: 12/03/2024, 2024-03-12, 12 maart 2024, March 12, 2024, 3.IV stays unread."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from application.recognition.text import fold

_NAMES = (
    "januari january janvier januar jan janv janner enero gennaio",
    "februari february fevrier februar feb fevr fev feber febrero febbraio",
    "maart march mars marz maerz mrt mar marzo",
    "april avril apr avr abril aprile",
    "mei may mai mayo maggio",
    "juni june juin jun junio giugno",
    "juli july juillet jul juil julio luglio",
    "augustus august aout aug agosto",
    "september septembre sep sept septiembre settembre",
    "oktober october octobre okt oct octubre ottobre",
    "november novembre nov noviembre",
    "december decembre dezember dec dez diciembre dicembre",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)(?!\d)"
_DATE = re.compile(
    rf"(?<![\d.,/-])(?P<iso>(?P<iy>20\d\d)[-./](?P<im>\d\d?)[-./](?P<id>\d\d?))(?![\d])"
    rf"|(?<![\d.,/+-])(?P<num>(?P<na>\d\d?)\s?[./-]\s?(?P<nb>\d\d?)\s?[./-]\s?(?P<ny>{_YEAR}))(?![./-]?\d)"
    rf"|(?<!\d)(?P<named>(?P<dd>\d\d?)(?:er|e|st|nd|rd|th|ste|de)?[\s./-]{{0,3}}(?:(?:de|of)\s)?(?P<dm>{_MONTH})(?![a-z])"
    rf"\.?[\s,./-]{{0,3}}(?:del?\s)?(?P<dy>{_YEAR}))"
    rf"|\b(?P<english>(?P<em>{_MONTH})\.?\s?(?P<ed>\d\d?)(?:st|nd|rd|th)?\s?,?\s(?P<ey>(?:19|20)\d\d))(?!\d)"
    r"|(?<![\d.,/-])(?P<packed>(?P<py>20\d\d)(?P<pm>[01]\d)(?P<pd>[0-3]\d)"
    r"|(?P<sd>\d\d)\s(?P<sm>\d\d)\s(?P<sy>20\d\d))(?!\d|[.,/-]\d)"
)
_CENTURY = 2000
_LAST_MONTH = 12


class PrintedDate(msgspec.Struct, frozen=True):
    """A date and where it stands in its text. `ambiguous`: day and month could be exchanged."""

    value: date
    start: int
    end: int
    ambiguous: bool = False
    packed: bool = False
    """Eight bare digits, or 05 03 2026: a date only where a label says so."""


def find_dates(text: str, *, month_first: bool = False) -> list[PrintedDate]:
    """Every date in `text`. In numbers the day comes first unless `month_first` says otherwise or it cannot be a month."""
    matches = _DATE.finditer(fold(text))
    return [printed for match in matches if (printed := _printed(match, month_first=month_first)) is not None]


def month_comes_first(texts: list[str]) -> bool:
    """Whether this document writes 3/25/2024: some date that can only be read so, and none that can only be read the other way."""
    pairs = [(int(m["na"]), int(m["nb"])) for text in texts for m in _DATE.finditer(fold(text)) if m["num"]]
    return any(b > _LAST_MONTH >= a for a, b in pairs) and not any(a > _LAST_MONTH for a, _ in pairs)


def _printed(match: re.Match[str], *, month_first: bool) -> PrintedDate | None:
    part = match.groupdict()
    ambiguous = False
    if part["iso"]:
        year, month, day = part["iy"], part["im"], part["id"]
    elif part["num"]:
        day, month, year = part["na"], part["nb"], part["ny"]
        ambiguous = int(day) <= _LAST_MONTH and int(month) <= _LAST_MONTH and day != month
        if int(month) > _LAST_MONTH or (month_first and int(day) <= _LAST_MONTH):
            day, month = month, day
    elif part["named"]:
        day, month, year = part["dd"], str(MONTHS[part["dm"]]), part["dy"]
    elif part["english"]:
        day, month, year = part["ed"], str(MONTHS[part["em"]]), part["ey"]
    else:
        year, month, day = part["py"] or part["sy"], part["pm"] or part["sm"], part["pd"] or part["sd"]
    year = year.lstrip("'")
    full = int(year) if len(year) > 2 else _CENTURY + int(year)  # noqa: PLR2004 - two digits of a year
    try:
        return PrintedDate(date(full, int(month), int(day)), match.start(), match.end(), ambiguous, bool(part["packed"]))
    except ValueError:
        return None
