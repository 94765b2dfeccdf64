"""Reading the files of euro reference rates: XML, CSV, or one of these in a ZIP; one day or many. Hostile until read.

They are what the ECB offers under «Euro foreign exchange reference rates»: `eurofxref-daily.xml`, `eurofxref-hist-90d.xml`,
`eurofxref-hist.xml`, `eurofxref.zip` and `eurofxref-hist.zip` (a CSV each).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from adapters.unreadable import Unreadable
from application.file_types import xml_root
from domain.exchange_rate import LARGEST, SMALLEST
from domain.kernel import Refused
from domain.rate_year import DayOfRates

LARGEST_FILE = 30_000_000
"""Bytes, unpacked; the ECB's whole history since 1999 is a third of it."""
NAMESPACE = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}"
FIRST_DAY = date(1999, 1, 4)
"""When the ECB began."""
_CODE = re.compile(r"[A-Z]{3}")
_LONGEST_NUMBER = 20
_NOT_QUOTED = frozenset({"", "N/A"})


def read_rates(data: bytes) -> tuple[DayOfRates, ...]:
    """The days in a file, oldest first. Raises `Unreadable` when it is not such a file, or is not whole."""
    if len(data) > LARGEST_FILE:
        raise Unreadable("Het bestand met wisselkoersen is te groot.")
    if data.startswith(b"PK"):
        data = _unpacked(data)
    days = {one.day: one for one in (_xml(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _csv(data))}
    if not days:
        raise Unreadable("In dit bestand staan geen wisselkoersen van de ECB.")
    return tuple(days[day] for day in sorted(days))


def _unpacked(data: bytes) -> bytes:
    """The only file in a ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) != 1:
                raise Unreadable("Het ZIP-bestand moet precies één bestand met wisselkoersen bevatten.")
            with archive.open(names[0]) as inside:
                unpacked = inside.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise Unreadable("Het ZIP-bestand is beschadigd. Haal het opnieuw op bij de ECB.") from fault
    if len(unpacked) > LARGEST_FILE:
        raise Unreadable("Het bestand met wisselkoersen is te groot.")
    return unpacked


def _xml(data: bytes) -> Iterator[DayOfRates]:
    try:
        xml_root(data)  # refuses a document type declaration, so that no entity is left to expand
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(data, parser)
    except (Refused, etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable("Het XML-bestand met wisselkoersen is beschadigd. Haal het opnieuw op bij de ECB.") from fault
    for cube in root.iter(f"{NAMESPACE}Cube"):
        if (day := cube.get("time")) is not None:
            yield _day(_date(day), ((one.get("currency", ""), one.get("rate", "")) for one in cube))


def _csv(data: bytes) -> Iterator[DayOfRates]:
    """A heading `Date, USD, …` and a line a day; a currency that was not quoted on a day is `N/A`."""
    try:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")), skipinitialspace=True, strict=True)
        heading = [name.strip() for name in next(rows, [])]
        if heading[:1] != ["Date"]:
            return
        for row in rows:
            if len(row) not in (0, len(heading)):
                raise Unreadable("Het bestand met wisselkoersen is niet volledig. Haal het opnieuw op bij de ECB.")
            if row:
                yield _day(_date(row[0]), zip(heading[1:], row[1:], strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise Unreadable("In dit bestand staan geen wisselkoersen van de ECB.") from fault


def _day(day: date, quoted: Iterable[tuple[str, str]]) -> DayOfRates:
    rates = {code: _rate(day, code, text.strip()) for code, text in quoted if text.strip() not in _NOT_QUOTED}
    if not rates:
        raise Unreadable("Op {date} staat er geen enkele koers in het bestand.", date=f"{day:%d/%m/%Y}")
    return DayOfRates(day=day, per_euro=rates)


def _rate(day: date, code: str, text: str) -> Decimal:
    try:
        rate = Decimal(text) if len(text) <= _LONGEST_NUMBER and _CODE.fullmatch(code) else Decimal(0)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not SMALLEST <= rate <= LARGEST:
        raise Unreadable(
            "“{text}” kan geen koers van {currency} op {date} zijn.", text=text[:40], currency=code[:10], date=f"{day:%d/%m/%Y}"
        )
    return rate


def _date(text: str) -> date:
    """`2026-11-23`, or `23 November 2026` as in the CSV of one day."""
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        try:
            found = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if found >= FIRST_DAY:
            return found
    raise Unreadable("“{text}” is geen dag waarop de ECB koersen publiceerde.", text=text[:40])
