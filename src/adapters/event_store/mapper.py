"""Events to stored bytes and back: stable names, schema versions with upcasting, personal fields sealed."""

from __future__ import annotations

import threading
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper

from adapters.event_store.stored import NewEvent, OldEvent
from adapters.event_store.upcasters import UPCASTERS
from application.event_catalogue import EVENTS
from application.event_log import Context, Moment, Recorded, Via
from domain.kernel import ERASED, PERSONAL, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eventsourcing.domain import DomainEventProtocol
    from eventsourcing.persistence import StoredEvent

    from adapters.event_store.sealing import Sealer

Upcasters = dict[tuple[str, int], "Callable[[dict[str, Any]], dict[str, Any]]"]


class _Body(msgspec.Struct, omit_defaults=True):
    data: msgspec.Raw
    v: int = 1
    sealed: dict[str, str] = {}
    """Personal fields by name, base64; empty text when the stream was already erased as the event was written."""


def personal_fields(kind: type[Event]) -> dict[str, Any]:
    """The sealed fields of an event class, with what each reads as once erased: «gewist» for text, nothing for a list."""
    found = {}
    for field in cast("msgspec.inspect.StructType", msgspec.inspect.type_info(kind)).fields:
        members = field.type.types if isinstance(field.type, msgspec.inspect.UnionType) else (field.type,)
        for member in members:
            if isinstance(member, msgspec.inspect.Metadata) and (member.extra or {}).get(PERSONAL):
                found[field.encode_name] = _erased(kind, field.name, member.type)
    return found


def _erased(kind: type[Event], field: str, value_type: msgspec.inspect.Type) -> Any:
    if isinstance(value_type, msgspec.inspect.StrType):
        return ERASED
    if isinstance(value_type, msgspec.inspect.CollectionType):
        return []
    raise TypeError(f"{kind.__name__}.{field} is personal but neither text nor a collection")


class DaybookMapper(Mapper[UUID]):
    """`Recorded` ↔ `NewEvent`/`OldEvent`. `key_of(stream)` gives a stream's wrapped key, None when it never had one, b"" when erased."""

    def __init__(
        self,
        sealer: Sealer,
        key_of: Callable[[UUID], bytes | None],
        events: Mapping[str, type[Event]] = EVENTS,
        upcasters: Upcasters = UPCASTERS,
    ) -> None:
        super().__init__(JSONTranscoder())
        self._sealer, self._key_of, self._events, self._upcasters = sealer, key_of, events, upcasters
        self._personal = {kind.name: personal_fields(kind) for kind in events.values()}
        self._fresh = threading.local()

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Bytes of a `Recorded`, sealed with its stream's key; a stream's first personal value brings a new key along."""
        recorded = cast("Recorded", domain_event)
        event, new_key = recorded.event, None
        raw = msgspec.json.encode(event)
        sealed: dict[str, str] = {}
        if personal := self._personal[event.name]:
            data: dict[str, Any] = msgspec.json.decode(raw)
            private = {name: data.pop(name) for name in personal if name in data}
            if private:
                raw = msgspec.json.encode(data)
                sealed, new_key = self._seal(recorded, private)
        body = msgspec.json.encode(_Body(msgspec.Raw(raw), event.version, sealed))
        return NewEvent(recorded.stream, recorded.version, event.name, body, recorded.context, new_key)

    def _seal(self, recorded: Recorded, private: dict[str, Any]) -> tuple[dict[str, str], bytes | None]:
        stream = recorded.stream
        wrapped, new_key = (None if recorded.version == 1 else self._key_of(stream)), None
        if wrapped == b"":
            return dict.fromkeys(private, ""), None
        if wrapped is None:
            wrapped = new_key = self._fresh_key(stream, first=recorded.version == 1)
        sealed = {name: self._sealer.seal(wrapped, stream, msgspec.json.encode(value)) for name, value in private.items()}
        return {name: b64encode(value).decode() for name, value in sealed.items()}, new_key

    def _fresh_key(self, stream: UUID, *, first: bool) -> bytes:
        """A key that is not stored yet. Events of one append share it; the recorder stores it together with them."""
        made: tuple[UUID, bytes] | None = getattr(self._fresh, "made", None)
        if first or made is None or made[0] != stream:
            made = self._fresh.made = (stream, self._sealer.new_key(stream))
        return made[1]

    def to_domain_event(self, stored_event: StoredEvent) -> Moment:
        """The event again, in today's shape; erased fields read as «gewist»."""
        old = cast("OldEvent", stored_event)
        return Moment(
            stream=cast("UUID", old.originator_id),
            version=old.originator_version,
            event=self._event(old, msgspec.json.decode(old.state, type=_Body)),
            context=Context(by=old.by, via=Via(old.via), correlation=old.correlation, causation=old.causation),
            at=old.at,
            position=old.id,
        )

    def _event(self, old: OldEvent, body: _Body) -> Event:
        kind = self._events[old.topic]
        if body.v == kind.version and not body.sealed:
            return msgspec.json.decode(body.data, type=kind)
        data: dict[str, Any] = msgspec.json.decode(body.data)
        for name, sealed in body.sealed.items():
            data[name] = self._open(old, name, sealed)
        for version in range(body.v, kind.version):
            data = self._upcasters[old.topic, version](data)
        return msgspec.convert(data, kind)

    def _open(self, old: OldEvent, name: str, sealed: str) -> Any:
        if sealed and old.wrapped_key:
            return msgspec.json.decode(self._sealer.unseal(old.wrapped_key, cast("UUID", old.originator_id), b64decode(sealed)))
        return self._personal[old.topic].get(name, ERASED)
