from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import msgspec
import pytest

from application.audit_chain import BEGINNING, Entry, digest

ENTRY = Entry(
    position=7,
    stream=UUID("5b1c8f0e-7d3a-4c57-9f4e-2a6d0b9c1e44"),
    version=2,
    name="till.cash_paid_in",
    at=datetime(2026, 3, 31, 12, 0, 0, 5, tzinfo=UTC),
    by=None,
    via="job",
    correlation=None,
    causation="a",
    state=b'{"data":{"cents":1}}',
)


def test_the_digest_is_what_an_auditor_computes_by_hand():
    def framed(text):
        return len(text).to_bytes(8, "big") + text

    none = b"\xff" * 8
    values = [b"7", b"5b1c8f0e-7d3a-4c57-9f4e-2a6d0b9c1e44", b"2", b"till.cash_paid_in", b"2026-03-31T12:00:00.000005+00:00"]
    frames = b"".join(map(framed, values)) + none + framed(b"job") + none + framed(b"a") + framed(b'{"data":{"cents":1}}')
    assert digest(BEGINNING, ENTRY) == sha256(BEGINNING + frames).digest()


def test_the_digest_will_never_change():
    assert digest(BEGINNING, ENTRY).hex() == "3577f23cd2b49039470eacd537754e97638bf0a6634842c6a876a7d4ca6156f7"


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("position", 8),
        ("stream", UUID(int=1)),
        ("version", 3),
        ("name", "till.opened"),
        ("at", ENTRY.at + timedelta(microseconds=1)),
        ("by", UUID(int=1)),
        ("via", "office"),
        ("correlation", UUID(int=1)),
        ("causation", None),
        ("state", b'{"data":{"cents":2}}'),
    ],
)
def test_every_value_counts(field, other):
    assert digest(BEGINNING, msgspec.structs.replace(ENTRY, **{field: other})) != digest(BEGINNING, ENTRY)


def test_what_came_before_counts():
    assert digest(digest(BEGINNING, ENTRY), ENTRY) != digest(BEGINNING, ENTRY)


def test_a_value_cannot_slide_into_its_neighbour():
    one = msgspec.structs.replace(ENTRY, name="ab", causation="c")
    other = msgspec.structs.replace(ENTRY, name="a", causation="bc")
    assert digest(BEGINNING, one) != digest(BEGINNING, other)


def test_an_absent_value_is_not_an_empty_one():
    assert digest(BEGINNING, msgspec.structs.replace(ENTRY, causation=None)) != digest(
        BEGINNING, msgspec.structs.replace(ENTRY, causation="")
    )


def test_a_moment_is_the_same_in_every_time_zone():
    brussels = msgspec.structs.replace(ENTRY, at=ENTRY.at.astimezone(timezone(timedelta(hours=2))))
    assert digest(BEGINNING, brussels) == digest(BEGINNING, ENTRY)
