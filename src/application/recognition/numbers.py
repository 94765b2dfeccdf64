"""Amounts as they are printed: 1.234,56 · 1,234.56 · 1 234,56 · 1'234.56 · 12,50- · (12,50) · 150,- · € 150. In cents, with their sign."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "eur": "EUR", "euro": "EUR", "usd": "USD", "gbp": "GBP", "chf": "CHF", "sek": "SEK"} | {
    "dkk": "DKK",
    "nok": "NOK",
    "pln": "PLN",
    "czk": "CZK",
    "huf": "HUF",
    "ron": "RON",
    "cad": "CAD",
    "jpy": "JPY",
    "inr": "INR",
    "us$": "USD",
    "euros": "EUR",
    "rs": "INR",
}
_CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
_SPACES = "  \u202f\u2009"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<before>[-−–]\s?)?(?:(?P<currency>(?<![a-z])(?:{_CURRENCY}))\s?)?(?P<sign>[-−–]\s?)?"
    r"(?<![\d.,/:])"
    rf"(?P<whole>\d{{1,3}}(?:[.,'’{_SPACES}]\d{{3}})+|\d+)(?:(?P<mark>[.,])(?P<cents>\d\d|[-–—=]{{1,2}}(?!\d)|(?P<apart>\s\d\d(?=\s*$))))?"
    rf"(?![\d%°]|[.,/:'-]\d|[.,]\d|\s?%)(?P<close>\))?(?:\s?(?P<behind>(?:{_CURRENCY})(?![a-z])))?(?P<after>\s?[-−–](?=\s|$))?",
    re.IGNORECASE,
)
_LONGEST = 12
"""Digits: more is an identifier, not an amount."""


class Amount(msgspec.Struct, frozen=True):
    """An amount in cents and where it stands in its text."""

    cents: int
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Every amount in `text`: with two decimals, or whole beside a currency. No percentages, no unit prices."""
    found = []
    for match in _AMOUNT.finditer(text):
        digits = re.sub(r"\D", "", match["whole"])
        marked = match["currency"] or match["behind"]
        if len(digits) > _LONGEST or not (match["cents"] or marked) or _mixed(match):
            continue
        if match["apart"] and not marked and text[: match.start("whole")].strip():
            continue  # `pagina 12, 15`
        negative = match["before"] or match["sign"] or match["after"] or (match["open"] and match["close"])
        cents = int(digits) * 100 + (int(match["cents"]) if (match["cents"] or "").strip().isdigit() else 0)
        found.append(
            Amount(-cents if negative else cents, match.start("whole"), match.end("cents") if match["cents"] else match.end("whole"))
        )
    return found


def decimal_string(cents: int) -> str:
    """`1234` → `12.34`: how an amount is handed on."""
    return str(Decimal(cents).scaleb(-2).quantize(Decimal("0.01")))


def _mixed(match: re.Match[str]) -> bool:
    """Two kinds of marks between thousands. A last group of two digits is always cents: a blurred 1.234,56 is read as 1.234.56."""
    separators = set(re.sub(r"\d", "", match["whole"]))
    return len(separators) > 1
