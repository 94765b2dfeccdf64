"""How amounts, dates and numbers are written and read in Belgium. The Jinja filters, and what a form field is read with."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.private_share import PrivateShare

OFFICE_TIME = ZoneInfo("Europe/Brussels")
NOTHING = "–"
"""What a cell shows that has no value."""
CENT = Decimal("0.01")
KILO = 1000


def amount(value: Decimal | str | None) -> str:
    """An amount in euro, without sign of currency: `1.234,56`, `-54,20`. Rounded to the cent, half away from zero.

    What is no amount (an old reading of a document) is shown as it is.
    """
    if value is None:
        return NOTHING
    try:
        cents = Decimal(value).quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        return str(value)
    if not cents:
        cents = CENT * 0
    return f"{cents:,.2f}".translate(str.maketrans(",.", ".,"))


def rate(value: Decimal | None) -> str:
    """An exchange rate with all its decimals, at least two: `1,0842`, `16.290,5`."""
    if value is None:
        return NOTHING
    plain = value.normalize()
    places = max(2, -int(plain.as_tuple().exponent))
    return f"{plain:,.{places}f}".translate(str.maketrans(",.", ".,"))


def read_amount(text: str) -> Decimal | None:
    """An amount as typed: `1.234,56`, `1234,5`, `€ 96.20`; None when the field is empty.

    A comma is the decimal sign; a point is one when it is the only sign and one or two digits follow. Raises `ValueError`.
    """
    digits = re.sub(r"[\s\u00a0€]", "", text)
    if not digits:
        return None
    if "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    elif not re.fullmatch(r"[+-]?\d*\.\d{1,2}", digits):
        digits = digits.replace(".", "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(text)
    return value


def percent(value: Decimal | None) -> str:
    """A percentage without its sign and without zeros behind it: `12,5`."""
    return NOTHING if value is None else f"{value.normalize():f}".replace(".", ",")


def private(value: PrivateShare | None) -> str:
    """The private part of a line as it is typed: `30 %`, or an amount."""
    return "" if value is None else f"{percent(value.value)} %" if value.percent else amount(value.value)


def number(value: int | None) -> str:
    """A count with the thousands apart: `14.448`."""
    return NOTHING if value is None else f"{value:,}".replace(",", ".")


def date(value: dt.date | str | None) -> str:
    """`dd/mm/yyyy`. A text is an ISO date; any other text (an old reading of a document) is shown as it is."""
    if not value:
        return NOTHING
    try:
        day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def read_date(text: str) -> dt.date | None:
    """A date as typed: `05/03/2026`, `5-3-26`, `05.03.2026`, ISO; None when the field is empty. Raises `ValueError`."""
    text = text.strip()
    if not text:
        return None
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", text):
        day, month, year = (int(part) for part in match.groups())
        return dt.date(year + 2000 if len(match[3]) == len("yy") else year, month, day)
    return dt.date.fromisoformat(text)


def today(now: dt.datetime) -> dt.date:
    """The day it is in the office at this moment."""
    return now.astimezone(OFFICE_TIME).date()


def moment(value: dt.datetime | None) -> str:
    """`dd/mm/yyyy hh:mm` on the office's clock. The value has a time zone (the log's are UTC)."""
    if value is None:
        return NOTHING
    if value.tzinfo is None:
        raise ValueError("a moment without time zone")
    local = value.astimezone(OFFICE_TIME)
    return f"{date(local.date())} {local:%H:%M}"


def clock(value: dt.datetime) -> str:
    """`hh:mm` on the office's clock."""
    return f"{value.astimezone(OFFICE_TIME):%H:%M}"


def safe_cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_read(text: str) -> str:
    """A value of a reading, whose amounts and dates are written as machines do; any other text as it is."""
    if re.fullmatch(r"-?\d+\.\d{2}", text):
        return amount(text)
    return date(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def period(value: str | dt.date | None) -> str:
    """A booking period `mm/yyyy`, from `2026-03` or any day in it. Any other text (typed in an address) is shown as it is."""
    if not value:
        return NOTHING
    if isinstance(value, dt.date):
        return f"{value.month:02}/{value.year:04}"
    return f"{value[5:7]}/{value[:4]}" if re.match(r"\d{4}-\d\d(?!\d)", value) else value


def vat(value: str | None) -> str:
    """A VAT number; a Belgian one as `BE 0998.110.303`, any other as country and number."""
    if not value:
        return NOTHING
    country, digits = value[:2], value[2:]
    if country == "BE":
        digits = f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return f"{country} {digits}"


def iban(value: str | None) -> str:
    """An IBAN in fours: `BE06 7310 0441 8222`."""
    return " ".join(re.findall(r".{1,4}", value)) if value else NOTHING


def filesize(value: int | None) -> str:
    """`820 B`, `184 kB`, `12,6 MB`: thousands, as file managers show them."""
    if value is None:
        return NOTHING
    if value < KILO:
        return f"{value} B"
    if value < KILO * KILO:
        return f"{round(value / KILO)} kB"
    return f"{value / KILO / KILO:.1f} MB".replace(".", ",")


FILTERS: dict[str, Callable[..., str]] = {
    "amount": amount,
    "rate": rate,
    "percent": percent,
    "private": private,
    "number": number,
    "date": date,
    "moment": moment,
    "clock": clock,
    "period": period,
    "vat": vat,
    "iban": iban,
    "filesize": filesize,
}
"""Name in the templates → function."""
