"""Files of exchange rates as the European Central Bank publishes them, with rates of our own."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

Quoted = Mapping[date, Mapping[str, str]]

FRIDAY, MONDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)
RATES: Quoted = {
    FRIDAY: {"USD": "1.0842", "JPY": "161.35", "GBP": "0.84215"},
    MONDAY: {"USD": "1.0911", "JPY": "162.02", "GBP": "0.84100"},
    TUESDAY: {"USD": "1.0873", "JPY": "161.88", "GBP": "0.84330"},
}


def decimals(rates: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(rate) for code, rate in rates.items()}


def as_xml(quoted: Quoted = RATES) -> bytes:
    """Newest day first, as in the file of ninety days; with one day it is the daily file."""
    days = "".join(
        f"<Cube time='{day}'>" + "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in rates.items()) + "</Cube>\n"
        for day, rates in sorted(quoted.items(), reverse=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">\n'
        "\t<gesmes:subject>Reference rates</gesmes:subject>\n"
        "\t<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>\n"
        f"\t<Cube>\n{days}</Cube>\n</gesmes:Envelope>"
    ).encode()


def as_history_csv(quoted: Quoted = RATES) -> bytes:
    """The file of all days: ISO dates, a comma at the end of each line, `N/A` for what was not quoted."""
    codes = sorted({code for rates in quoted.values() for code in rates})
    lines = [f"Date,{','.join(codes)},"]
    lines += [f"{day},{','.join(rates.get(code, 'N/A') for code in codes)}," for day, rates in sorted(quoted.items(), reverse=True)]
    return "\n".join(lines).encode() + b"\n"


def as_daily_csv(day: date = TUESDAY) -> bytes:
    """The file of one day: spaces after the commas, the month in words."""
    rates = RATES[day]
    return f"Date, {', '.join(rates)}, \n{day.day} {day:%B %Y}, {', '.join(rates.values())}, \n".encode()


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()
