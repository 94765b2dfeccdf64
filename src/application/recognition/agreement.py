"""Whether the page of an electronic invoice shows what its XML says: for every field, or a warning names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace

from application.recognition.calibration import UNPROVED
from application.recognition.dates import find_dates
from application.recognition.numbers import decimal_string, find_amounts
from application.recognition.reading import FieldReading, Page, ReadWarning
from application.recognition.reading_warnings import warning

DOUBTED = 0.8
"""What the XML is worth where its own page surely says otherwise: somebody looks at it."""
AMOUNTS = frozenset({"total_incl", "total_excl", "vat"})
COMPARED = AMOUNTS | {"invoice_number", "issue_date", "due_date", "currency", "iban", "payment_reference", "issuer_vat", "buyer_vat"}
"""Names are not: a page shows a brand where the XML has the company."""


def placed(exact: Mapping[str, FieldReading], seen: Mapping[str, FieldReading]) -> dict[str, FieldReading]:
    """The exact values with the place where the page shows the same value."""
    return {
        name: replace(field, page=there.page, box=there.box) if (there := seen.get(name)) and there.value == field.value else field
        for name, field in exact.items()
    }


def contradicted(exact: Mapping[str, FieldReading], seen: Mapping[str, FieldReading], pages: tuple[Page, ...]) -> tuple[ReadWarning, ...]:
    """The fields of which the page surely shows another value, and nowhere the one of the XML."""
    found = []
    for name, field in exact.items():
        there = seen.get(name)
        if there is None or name not in COMPARED or there.confidence < UNPROVED or _same(name, field.value, there.value):
            continue
        if not _printed(name, field.value, pages):
            found.append(warning("page-differs", field=name, xml=field.value, page=there.value))
    return tuple(found)


def doubted(exact: Mapping[str, FieldReading], warnings: tuple[ReadWarning, ...]) -> dict[str, FieldReading]:
    """The fields, those that the page contradicts with less confidence."""
    against = {one.values["field"] for one in warnings if one.code == "page-differs"}
    return {name: replace(field, confidence=min(field.confidence, DOUBTED)) if name in against else field for name, field in exact.items()}


def _same(name: str, xml: str, page: str) -> bool:
    """A credit note may be printed with a minus, and a number without its zeros or separators."""
    if name in AMOUNTS:
        return abs(Decimal(xml)) == abs(Decimal(page))
    return _compact(xml) == _compact(page)


def _printed(name: str, value: str, pages: tuple[Page, ...]) -> bool:
    texts = [" ".join(word.text for word in page.words) for page in pages]
    if name in AMOUNTS:
        wanted = f"{abs(Decimal(value)):.2f}"
        return any(decimal_string(abs(amount.cents)) == wanted for text in texts for amount in find_amounts(text))
    if name.endswith("_date"):
        return value in set(_dates(texts))
    if name == "currency":
        return any(value in text for text in texts)
    return any(_compact(value) in _compact(text) for text in texts)


def _dates(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for month_first in (False, True):
            yield from (printed.value.isoformat() for printed in find_dates(text, month_first=month_first))


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()
