"""Money: a decimal amount with its currency, and amounts as people write and calculate them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import TYPE_CHECKING

import msgspec

from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_MINOR_UNITS = 2
MINOR_UNITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
"""Decimals of the currencies (ISO 4217) that do not have two."""


class Money(msgspec.Struct, frozen=True):
    """An amount in one currency (ISO 4217 code). Never rounded by itself; `rounded` gives what can be paid.

    Adding, subtracting or comparing two currencies raises `ValueError`; amounts of different currencies are never equal.
    """

    amount: Decimal
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount of money")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"{self.currency!r} is not an ISO 4217 code")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same_currency(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same_currency(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same_currency(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same_currency(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same_currency(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same_currency(other)

    def rounded(self) -> Money:
        """The amount in whole minor units of its currency (cents for EUR); a half goes away from zero."""
        return Money(round_amount(self.amount, self.currency), self.currency)

    def _same_currency(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added or compared")
        return other.amount


def round_amount(amount: Decimal, currency: str = "EUR") -> Decimal:
    """`amount` in whole minor units of `currency`; a half goes away from zero."""
    return amount.quantize(Decimal(1).scaleb(-MINOR_UNITS.get(currency, DEFAULT_MINOR_UNITS)), ROUND_HALF_UP)


_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\t", " ") | dict.fromkeys("\u2212\u2013", "-") | {"\u2019": "'"})
_CURRENCY = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+", re.ASCII)
_DECIMAL = re.compile(r"(\d*)[.,](\d+)", re.ASCII)
_GROUPED = re.compile(r"(\d{1,3}(?:([., '])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?", re.ASCII)
_LONGEST_AMOUNT = 30


def parse_amount(text: str) -> Decimal:
    """The amount written in `text`, in Belgian or international notation, with or without € or EUR.

    `1.234,56`, `1,234.56`, `1234.56`, `1 234,56`, `1'234.56`, `-54,20` and `54,20-` are understood. A single separator before exactly
    three digits, as in `1.234`, may mean thousands or decimals and is refused. Raises `Refused`.
    """
    written = text.translate(_SPACES).strip()
    number = _CURRENCY.sub("", written, count=1)
    negative = number.startswith("-") or number.endswith("-")
    number = number.removeprefix("-") if number.startswith("-") else number.removesuffix("-")
    number = _CURRENCY.sub("", number.strip(), count=1)
    amount = _unsigned(number, text)
    return -amount if negative else amount


def _unsigned(number: str, text: str) -> Decimal:
    if len(number) <= _LONGEST_AMOUNT:
        if _PLAIN.fullmatch(number):
            return Decimal(number)
        grouped = _GROUPED.fullmatch(number)
        decimal = _DECIMAL.fullmatch(number)
        if grouped and decimal and not number.startswith("0"):
            raise Refused(
                "“{text}” kan twee dingen betekenen: schrijf {thousands} of {decimals}.",
                text=text.strip(),
                thousands=decimal[1] + decimal[2],
                decimals=f"{decimal[1]},{decimal[2]}0",
            )
        if decimal:
            return Decimal(f"{decimal[1] or 0}.{decimal[2]}")
        if grouped and not number.startswith("0") and grouped[2] != grouped[3]:
            return (
                Decimal(re.sub(r"\D", "", grouped[1]) + "." + (grouped[4] or "0")) if grouped[4] else Decimal(re.sub(r"\D", "", grouped[1]))
            )
    raise Refused("“{text}” is geen bedrag. Schrijf het zoals 1.234,56.", text=text.strip())


_TOKEN = re.compile(r"\s*(\d[\d.,' ]*(?<![ '])|[.,]\d+|[-+*/()%])", re.ASCII)
_OPERATORS = str.maketrans({"×": "*", "x": "*", "X": "*", "÷": "/", ":": "/"})
_LONGEST_CALCULATION = 100
_LARGEST_RESULT = Decimal(10) ** 13


def calculate(text: str) -> Decimal:
    """The value of what was typed in an amount field: an amount, or a calculation with `+ - * / %` and brackets (FEATURES J5).

    `12+25`, `96,20+46`, `100*1,21`, `(10+5)*2`, `100*21%`; `100+21%` adds 21 % of what stands before, as on a desk calculator. `x`, `×`,
    `:` and `÷` work too and a leading `=` is ignored. Multiplication goes before addition. The value is not rounded: the field's currency
    decides. Raises `Refused`.
    """
    typed = text.translate(_SPACES).strip().removeprefix("=").strip()
    if re.fullmatch(r"[^-+*/():x×÷%]*-?", typed, re.IGNORECASE):
        return parse_amount(typed)
    if len(typed) > _LONGEST_CALCULATION:
        raise Refused("Deze berekening is te lang.")
    with localcontext(prec=50):
        try:
            value = _Calculation(typed.translate(_OPERATORS), text).value()
        except (DivisionByZero, InvalidOperation):
            raise Refused("Delen door nul kan niet.") from None
    if abs(value) >= _LARGEST_RESULT:
        raise Refused("De uitkomst van “{text}” is te groot.", text=text.strip())
    return +value


class _Calculation:
    """Recursive descent over the tokens of one calculation: sums of products of signed atoms."""

    def __init__(self, typed: str, text: str) -> None:
        self._text = text
        self._tokens = self._split(typed)
        self._next = next(self._tokens, "")

    def value(self) -> Decimal:
        result = self._sum()
        if self._next:
            raise self._not_a_calculation()
        return result

    def _split(self, typed: str) -> Iterator[str]:
        position = 0
        while position < len(typed):
            token = _TOKEN.match(typed, position)
            if token is None:
                raise self._not_a_calculation()
            yield token[1]
            position = token.end() if typed[token.end() :].strip() else len(typed)

    def _take(self) -> str:
        token, self._next = self._next, next(self._tokens, "")
        return token

    def _sum(self) -> Decimal:
        result, _ = self._product()
        while self._next in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            term, is_percent = self._product()
            result += sign * (result * term if is_percent else term)
        return result

    def _product(self) -> tuple[Decimal, bool]:
        """Its value, and whether it is a percentage alone."""
        result, is_percent = self._factor()
        while self._next in ("*", "/"):
            times = self._take() == "*"
            factor, _ = self._factor()
            result, is_percent = result * factor if times else result / factor, False
        return result, is_percent

    def _factor(self) -> tuple[Decimal, bool]:
        value, is_percent = self._atom(), False
        while self._next == "%":
            self._take()
            value, is_percent = value / 100, True
        return value, is_percent

    def _atom(self) -> Decimal:
        piece = self._take()
        if piece in ("-", "+"):
            return -self._atom() if piece == "-" else self._atom()
        if piece == "(":
            result = self._sum()
            if self._take() != ")":
                raise self._not_a_calculation()
            return result
        if not piece or piece in "*/)%":
            raise self._not_a_calculation()
        return parse_amount(piece)

    def _not_a_calculation(self) -> Refused:
        return Refused("“{text}” is geen berekening. Schrijf bijvoorbeeld 96,20+46.", text=self._text.strip())
