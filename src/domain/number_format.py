"""The format of a journal's document numbers, such as `yy000###` (FEATURES F4, G6, K7)."""

from __future__ import annotations

import re

import msgspec

from domain.kernel import Refused

_PIECES = re.compile(r"y+|#+|[^y#]")
_LITERAL = re.compile(r"[0-9A-Z./_-]", re.ASCII)
_YEAR_WIDTHS = (2, 4)
_CENTURY = 2000
_LONGEST = 20


class DocumentNumber(msgspec.Struct, frozen=True):
    """What a document number says: the running number, and the book year where the format holds one."""

    year: int | None
    number: int


class NumberFormat(msgspec.Struct, frozen=True):
    """How a journal writes its document numbers, always with one running number that starts at 1 in each book year.

    `text` is the format as the office wrote it: `yy` or `yyyy` is the book year, the run of `#` the running number with leading zeros,
    digits, capitals and `- / . _` stand for themselves. `yy000###` gives 26000083; `####yyyy` (running number left) gives 00832026.
    A running number with more digits than `#` widens the document number: it never starts over and is never cut.
    """

    text: str

    def __post_init__(self) -> None:
        refusal = _refusal(self.text)
        if refusal is not None:
            raise ValueError(str(refusal))

    def render(self, year: int, number: int) -> str:
        """The document number of running number `number` (from 1) in book year `year` (2000 to 2099). Raises `ValueError` outside these."""
        if number < 1 or not _CENTURY <= year < _CENTURY + 100:
            raise ValueError(f"no document number {number} in book year {year}")
        return "".join(_rendered(piece, year, number) for piece in _PIECES.findall(self.text))

    def read(self, text: str) -> DocumentNumber | None:
        """The running number and book year of a document number, or None if it is not one of this format."""
        found = re.fullmatch("".join(_pattern(piece) for piece in _PIECES.findall(self.text)), text, re.ASCII)
        if found is None or int(found["number"]) < 1:
            return None
        years = {_CENTURY + int(year) % 100 for name, year in found.groupdict().items() if name != "number"}
        year = years.pop() if years else None
        document_number = DocumentNumber(year, int(found["number"]))
        return document_number if self.render(year or _CENTURY, document_number.number) == text else None


def parse_number_format(text: str) -> NumberFormat:
    """The format an office typed. Raises `Refused` with the rule it breaks."""
    refusal = _refusal(text.strip())
    if refusal is not None:
        raise refusal
    return NumberFormat(text.strip())


def _refusal(text: str) -> Refused | None:
    pieces = _PIECES.findall(text)
    counters = [piece for piece in pieces if piece.startswith("#")]
    years = [piece for piece in pieces if piece.startswith("y")]
    unknown = [piece for piece in pieces if piece[0] not in "y#" and not _LITERAL.fullmatch(piece)]
    if len(text) > _LONGEST:
        return Refused("Dit formaat is te lang: hoogstens {longest} tekens.", longest=_LONGEST)
    if not counters:
        return Refused("In dit formaat ontbreekt het volgnummer: schrijf # voor elk cijfer ervan, zoals in yy000###.")
    if len(counters) > 1:
        return Refused("Dit formaat heeft meer dan één volgnummer: zet alle # bij elkaar, zoals in yy000###.")
    if len(years) > 1 or any(len(piece) not in _YEAR_WIDTHS for piece in years) or "YY" in text:
        return Refused("Schrijf het boekjaar één keer, als yy (26) of yyyy (2026).")
    if unknown:
        return Refused("“{sign}” kan niet in een nummerformaat: gebruik yy, yyyy, #, cijfers, hoofdletters en - / . _", sign=unknown[0])
    return None


def _rendered(piece: str, year: int, number: int) -> str:
    if piece.startswith("#"):
        return str(number).zfill(len(piece))
    return str(year)[-len(piece) :] if piece.startswith("y") else piece


def _pattern(piece: str) -> str:
    if piece.startswith("#"):
        return rf"(?P<number>\d{{{len(piece)},}})"
    return rf"(?P<year>\d{{{len(piece)}}})" if piece.startswith("y") else re.escape(piece)
