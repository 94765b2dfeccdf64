"""Events to stored bytes and back: stable names, schema versions with upcasting, personal fields sealed."""

from __future__ import annotations

import threading
from base64 import b64encode
from binascii import a2b_base64
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper

from adapters.event_store.personal import personal_fields
from adapters.event_store.stored import NewEvent, OldEvent
from adapters.event_store.upcasters import UPCASTERS, Upcasters
from application.event_catalogue import EVENTS
from application.event_log import Context, Moment, Recorded, Via
from domain.kernel import ERASED, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eventsourcing.domain import DomainEventProtocol
    from eventsourcing.persistence import StoredEvent

    from adapters.event_store.sealing import Sealer

FRESH_KEYS = 10_000
"""More streams than one append can start."""
_DOORS = {via.value: via for via in Via}


class UnreadableEventError(Exception):
    """The log holds an event that this version of the program cannot read, or is asked to store one it would not be able to."""


class Body(msgspec.Struct, omit_defaults=True):
    """The stored JSON: schema version, plain fields, and personal fields by name as base64."""

    data: msgspec.Raw
    v: int = 1
    sealed: dict[str, str] = {}
    """Empty text for a value when the stream was already erased as the event was written."""


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
        self._personal = {name: personal_fields(kind) for name, kind in events.items()}
        self._decode = {name: msgspec.json.Decoder(kind).decode for name, kind in events.items()}
        self._decode_body = msgspec.json.Decoder(Body).decode
        self._encode = msgspec.json.Encoder().encode
        self._fresh = threading.local()

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Bytes of a `Recorded`, sealed with its stream's key; a stream's first personal value brings a new key along."""
        recorded = cast("Recorded", domain_event)
        event, new_key = recorded.event, None
        personal = self._personal.get(event.name)
        if personal is None:
            raise UnreadableEventError(f"{type(event).__name__} ({event.name}) is not in the catalogue of events")
        raw = self._encode(event)
        sealed: dict[str, str] = {}
        if personal:
            data: dict[str, Any] = msgspec.json.decode(raw)
            private = {name: data.pop(name) for name in personal if name in data}
            if private:
                raw = self._encode(data)
                sealed, new_key = self._seal(recorded, private)
        body = self._encode(Body(msgspec.Raw(raw), event.version, sealed))
        return NewEvent(recorded.stream, recorded.version, event.name, body, recorded.context, new_key)

    def _seal(self, recorded: Recorded, private: dict[str, Any]) -> tuple[dict[str, str], bytes | None]:
        stream, version = recorded.stream, recorded.version
        wrapped, new_key = (None if version == 1 else self._key_of(stream)), None
        if wrapped == b"":
            return dict.fromkeys(private, ""), None
        if wrapped is None:
            wrapped = new_key = self._fresh_key(stream, first=version == 1)
        sealed = {name: self._sealer.seal(wrapped, stream, f"{version}.{name}", self._encode(value)) for name, value in private.items()}
        return {name: b64encode(value).decode() for name, value in sealed.items()}, new_key

    def _fresh_key(self, stream: UUID, *, first: bool) -> bytes:
        """A key that is not stored yet. A stream's events in one append share it, whatever stands between them; the recorder stores it."""
        made: dict[UUID, bytes] = self._fresh.__dict__.setdefault("made", {})
        if first or stream not in made:
            made.pop(stream, None)
            made[stream] = self._sealer.new_key(stream)
        if len(made) > FRESH_KEYS:
            made.pop(next(iter(made)))
        return made[stream]

    def to_domain_event(self, stored_event: StoredEvent) -> Moment:
        """The event again, in today's shape; erased fields read as «gewist». Raises `UnreadableEventError` or `WrongKeyError`."""
        old = cast("OldEvent", stored_event)
        try:
            event = self._event(old, self._decode_body(old.state))
        except msgspec.MsgspecError as error:
            raise UnreadableEventError(f"event {old.topic} at position {old.id} does not fit its class: {error}") from error
        return Moment(
            stream=old.originator_id,
            version=old.originator_version,
            event=event,
            context=Context(by=old.by, via=_DOORS[old.via], correlation=old.correlation, causation=old.causation),
            at=old.at,
            position=old.id,
        )

    def _event(self, old: OldEvent, body: Body) -> Event:
        kind = self._events.get(old.topic)
        if kind is None or body.v > kind.version:
            raise UnreadableEventError(
                f"event {old.topic}, version {body.v}, at position {old.id} is unknown to this version of the program"
            )
        whole: msgspec.Raw | bytes = body.data
        if body.sealed:
            whole = _joined(body.data, {name: value for name, sealed in body.sealed.items() if (value := self._open(old, name, sealed))})
        if body.v == kind.version:
            return self._decode[old.topic](whole)
        data: dict[str, Any] = msgspec.json.decode(whole)
        for version in range(body.v, kind.version):
            data = self._upcasters[old.topic, version](data)
        return msgspec.convert(data, kind)

    def _open(self, old: OldEvent, name: str, sealed: str) -> bytes:
        """The value as JSON; nothing when the field reads as if it had not been given."""
        if sealed and old.wrapped_key:
            stream, place = old.originator_id, f"{old.originator_version}.{name}"
            return self._sealer.unseal(old.wrapped_key, stream, place, a2b_base64(sealed))
        value = self._personal[old.topic].get(name, ERASED)
        return b"" if value is msgspec.UNSET else self._encode(value)


def _joined(data: msgspec.Raw, opened: Mapping[str, bytes]) -> bytes:
    """The JSON object with the opened values among its fields: joining bytes costs a fraction of decoding, adding and converting."""
    plain = bytes(data)[1:-1]
    fields = [b'"%b":%b' % (name.encode(), value) for name, value in opened.items()]
    return b"{%b}" % b",".join([plain, *fields] if plain else fields)
