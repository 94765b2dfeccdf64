"""How one company writes its amounts, dates and numbers: the same on the whole page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from babel.dates import format_date

from domain.iban import format_iban
from domain.structured_communication import format_structured_communication
from domain.vat_number import format_enterprise_number, format_vat_number

if TYPE_CHECKING:
    from datetime import date
    from random import Random

_HARD_SPACE = "\u00a0"
_SEPARATORS = {
    "nl": (".,", ".,", " ,", ","),
    "fr": (_HARD_SPACE + ",", ".,", " ,", ","),
    "de": (".,", ".,", ","),
    "en": (",.", ",.", ".,", "."),
}
_DATES = {
    "nl": ("dd/MM/y", "dd-MM-y", "d/MM/y", "d MMMM y", "dd.MM.y", "dd/MM/yy"),
    "fr": ("dd/MM/y", "dd-MM-y", "d MMMM y", "dd.MM.y", "dd/MM/yy"),
    "en": ("dd/MM/y", "d MMMM y", "dd MMM y", "y-MM-dd", "MMMM d, y"),
    "de": ("dd.MM.y", "d. MMMM y", "dd.MM.yy", "dd/MM/y"),
}
_SIGNS = {"EUR": "€", "USD": "$"}


class Notation(msgspec.Struct, frozen=True):
    """Separators of an amount, where its currency stands (`sign %`, `% sign`, `code %`, `% code` or nothing), and the rest by number."""

    thousands: str
    decimal: str
    currency: str
    everywhere: bool
    date: str
    language: str
    variant: int
    negative: str

    def money(self, amount: Decimal, currency: str, *, final: bool = False) -> str:
        """An amount; the currency stands with the final one, or with all."""
        text = f"{abs(amount):,.2f}".translate({ord(","): self.thousands, ord("."): self.decimal})
        if amount < 0:
            text = {"minus": f"-{text}", "brackets": f"({text})", "trailing": f"{text}-"}[self.negative]
        if not (final or self.everywhere):
            return text
        return self.currency.replace("%", text).replace("sign", _SIGNS[currency]).replace("code", currency)

    def number(self, amount: Decimal) -> str:
        """A quantity or a price with its own decimals."""
        return f"{amount.normalize():f}".replace(".", self.decimal)

    def day(self, moment: date) -> str:
        """A date."""
        return format_date(moment, self.date, locale=self.language)

    def vat_number(self, number: str) -> str:
        """A VAT number."""
        if not number.startswith("BE"):
            return number
        dotted = format_enterprise_number(number[2:])
        return (format_vat_number(number), number, f"BE {number[2:]}", f"BE {dotted.replace('.', ' ')}", f"BE-{dotted}", f"BE{dotted}")[
            self.variant % 6
        ]

    def iban(self, number: str) -> str:
        """An account number."""
        return (format_iban(number), format_iban(number), number)[self.variant % 3]

    def reference(self, digits: str) -> str:
        """A structured communication; other references stay as they are."""
        if not digits.isdigit():
            return digits
        framed = format_structured_communication(digits)
        return (framed, framed.replace("+", "*"), f"+++ {framed[3:-3].replace('/', ' / ')} +++", framed)[self.variant % 4]


def notation(random: Random, language: str, negative: str, *, terse: bool) -> Notation:
    """One of the usual ways of a language; an amount in brackets or with a minus as told. On terse paper the currency stands once."""
    separators = random.choice(_SEPARATORS[language])
    return Notation(
        thousands=separators[:-1],
        decimal=separators[-1],
        currency=random.choice(("sign %", "% sign", "code %", "% code", "sign %", "sign%")),
        everywhere=random.random() < 0.4 and not terse,  # noqa: PLR2004 - two in five write it with every amount
        date=random.choice(_DATES[language]),
        language="en_GB" if language == "en" else language,
        variant=random.randrange(12),
        negative=negative,
    )
