"""Which fields of an event are personal, and what each reads as once its stream was erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec.inspect import Metadata, StrType, StructType, Type, UnionType, type_info

from domain.kernel import ERASED, PERSONAL, Event

if TYPE_CHECKING:
    from collections.abc import Iterator


def personal_fields(kind: type[Event]) -> dict[str, Any]:
    """The sealed fields of an event class, with what each reads as once erased: «gewist» for text, UNSET (its default) for the rest.

    Raises `TypeError` for a mark that could not be honoured: deeper than a field, or on a field that has nothing to read as.
    """
    found: dict[str, Any] = {}
    for field in cast("StructType", type_info(kind)).fields:
        if not _is_marked(field.type):
            if any(_is_marked(part) for part in _inside(field.type)):
                raise TypeError(f"{kind.__name__}.{field.name} holds something personal: mark the whole field")
        elif _is_text(field.type):
            found[field.encode_name] = ERASED
        elif not field.required:
            found[field.encode_name] = msgspec.UNSET
        else:
            raise TypeError(f"{kind.__name__}.{field.name} is personal but neither text nor optional")
    return found


def _members(of: Type) -> tuple[Type, ...]:
    return of.types if isinstance(of, UnionType) else (of,)


def _is_marked(of: Type) -> bool:
    return any(isinstance(one, Metadata) and (one.extra or {}).get(PERSONAL) for one in _members(of))


def _is_text(of: Type) -> bool:
    plain = [one.type if isinstance(one, Metadata) else one for one in _members(of)]
    return any(isinstance(part, StrType) for one in plain for part in _members(one))


def _inside(of: Type, seen: tuple[type, ...] = ()) -> Iterator[Type]:
    """All types within one: a union's members, a collection's items, a struct's fields."""
    if isinstance(of, StructType):
        if of.cls in seen:
            return
        seen = (*seen, of.cls)
    for name in getattr(of, "__struct_fields__", ()):
        value = getattr(of, name)
        for part in value if isinstance(value, tuple) else (value,):
            inner = getattr(part, "type", None) if isinstance(part, msgspec.inspect.Field) else part
            if isinstance(inner, Type):
                yield inner
                yield from _inside(inner, seen)
