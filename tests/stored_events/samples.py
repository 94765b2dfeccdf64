"""Samples of stored events: `<name>@<version>.json` in this folder, one for each shape the log may hold.

Optional fields that were added later are shown by a sample beside it: `<name>@<version>-<what>.json`.

A sample is what the log stores, except that personal values stand in it openly, under `sealed`; they are sealed when it is used.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from adapters.event_store.mapper import Body, DaybookMapper
from adapters.event_store.personal import personal_fields
from adapters.event_store.sealing import Sealer
from adapters.event_store.stored import OldEvent
from application.event_log import Moment
from domain.kernel import Event

FOLDER = Path(__file__).parent
STREAM = UUID("5b1c8f0e-7d3a-4c57-9f4e-2a6d0b9c1e44")


class Sample(msgspec.Struct):
    """`data`: the plain fields; `sealed`: the personal ones by name."""

    name: str
    v: int
    data: dict[str, Any]
    sealed: dict[str, Any] = {}

    @property
    def file_name(self) -> str:
        """Where it is kept."""
        return f"{self.name}@{self.v}.json"


def sample_of(event: Event) -> Sample:
    """How this event is stored today."""
    data = msgspec.json.decode(msgspec.json.encode(event))
    sealed = {name: data.pop(name) for name in personal_fields(type(event)) if name in data}
    return Sample(event.name, event.version, data, sealed)


def read_samples() -> list[Sample]:
    """All samples kept. A file whose name does not say what is in it is an error."""
    samples = []
    for file in sorted(FOLDER.glob("*.json")):
        sample = msgspec.json.decode(file.read_bytes(), type=Sample)
        if sample.file_name != file.name.partition("-")[0].removesuffix(".json") + ".json":
            raise ValueError(f"{file.name} holds {sample.file_name}")
        samples.append(sample)
    return samples


def write_sample(sample: Sample, folder: Path = FOLDER) -> Path:
    """Keep a sample. One that is there already is never written over: the log may hold such events."""
    file = folder / sample.file_name
    with file.open("xb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(sample), indent=2) + b"\n")
    return file


class Cabinet:
    """Loads samples through the log's mapper, as if they had just been read from the tables."""

    def __init__(self, **settings: Any) -> None:
        self._sealer = Sealer(bytes(32))
        self._key = self._sealer.new_key(STREAM)
        self._mapper = DaybookMapper(self._sealer, lambda _: self._key, **settings)

    def load(self, sample: Sample, *, erased: bool = False) -> Moment:
        """The sample as a reader of the log gets it."""
        sealed = {name: self._seal(name, value) for name, value in sample.sealed.items()}
        state = msgspec.json.encode(Body(msgspec.Raw(msgspec.json.encode(sample.data)), sample.v, sealed))
        key = None if erased else self._key
        moment = datetime(2026, 3, 31, 12, tzinfo=UTC)
        return self._mapper.to_domain_event(OldEvent(STREAM, 1, sample.name, state, 1, moment, None, "job", None, None, key))

    def _seal(self, name: str, value: Any) -> str:
        return b64encode(self._sealer.seal(self._key, STREAM, f"1.{name}", msgspec.json.encode(value))).decode()
