"""A plausible event of a class, every field filled, made from the types of its fields. The same class always gives the same event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import inspect

from domain.kernel import Event

WORDS = {
    "name": "Bakkerij Peeters",
    "first_name": "Jan",
    "last_name": "Peeters",
    "email": "jan.peeters@voorbeeld.be",
    "iban": "BE68539007547034",
    "vat_number": "BE0403170701",
    "enterprise_number": "0403170701",
    "payment_reference": "090933755493",
    "currency": "EUR",
    "language": "nl",
    "period": "2026-03",
    "number": "26000123",
    "account": "604000",
    "vat": "BE0403170701",
    "vat_code": "A21",
    "journal": "CFAAN",
    "code": "CFAAN",
    "media_type": "application/pdf",
    "file_name": "factuur 26-0123.pdf",
    "package": "sandbox",
    "package_id": "7041",
    "package_code": "PEETERS",
    "invoice_number": "2026/0123",
    "category": "S",
    "description": "levering maart",
    "engine": "daybook 1",
    "kind": "text-pdf",
    "field": "invoice_number",
    "value": "2026/0123",
    "source": "label",
    "confidence": "invoice_number",
    "why": "invoice_number",
    "words": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "view": "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "time_zone": "Europe/Brussels",
    "number_format": "yy000###",
}
"""What a text field holds when its name ends so; the longest ending counts."""

PLAIN: dict[type[inspect.Type], Any] = {
    inspect.BoolType: True,
    inspect.FloatType: 0.75,
    inspect.DecimalType: "1234.56",
    inspect.DateType: "2026-03-31",
    inspect.DateTimeType: "2026-03-31T12:34:56.789012Z",
    inspect.TimeType: "12:34:56",
    inspect.BytesType: "AAEC",
    inspect.AnyType: "iets",
}


def plausible(kind: type[Event]) -> Event:
    """An event of this class. Raises `TypeError` for a type of field nobody has thought of yet."""
    return msgspec.convert(_struct(cast("inspect.StructType", inspect.type_info(kind))), kind)


def _struct(of: inspect.StructType) -> Any:
    values = {field.encode_name: _value(field.type, field.encode_name) for field in of.fields}
    return list(values.values()) if of.array_like else values


def _value(of: inspect.Type, field: str) -> Any:
    if type(of) in PLAIN:
        return PLAIN[type(of)]
    if type(of) not in MADE:
        raise TypeError(f"no sample value is known for {field}: {of}")
    return MADE[type(of)](of, field)


def _text(field: str) -> str:
    endings = [ending for ending in WORDS if f"_{field}".rstrip("s").endswith(f"_{ending}")]
    return WORDS[max(endings, key=len)] if endings else f"een {field.replace('_', ' ')}"


def _whole(of: inspect.IntType) -> int:
    return max(3, of.ge or 0, (of.gt or 0) + 1)


def _first_real(of: inspect.UnionType, field: str) -> Any:
    real = [one for one in of.types if not isinstance(one, inspect.NoneType)]
    return _value(real[0], field)


MADE: dict[type[inspect.Type], Callable[[Any, str], Any]] = {
    inspect.Metadata: lambda of, field: _value(of.type, field),
    inspect.StrType: lambda _, field: _text(field),
    inspect.IntType: lambda of, _: _whole(of),
    inspect.UUIDType: lambda _, field: str(uuid5(NAMESPACE_URL, field)),
    inspect.EnumType: lambda of, _: next(iter(of.cls)).value,
    inspect.LiteralType: lambda of, _: of.values[0],
    inspect.UnionType: _first_real,
    inspect.StructType: lambda of, _: _struct(of),
    inspect.TupleType: lambda of, field: [_value(one, field) for one in of.item_types],
    inspect.VarTupleType: lambda of, field: [_value(of.item_type, field)],
    inspect.ListType: lambda of, field: [_value(of.item_type, field)],
    inspect.SetType: lambda of, field: [_value(of.item_type, field)],
    inspect.FrozenSetType: lambda of, field: [_value(of.item_type, field)],
    inspect.DictType: lambda of, field: {_value(of.key_type, field): _value(of.value_type, field)},
}
