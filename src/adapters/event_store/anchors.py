"""Anchors: the chain's head signed with a key that is not in the database (Ed25519), and the last of them kept beside that key.

Who can write in the database can rewrite events and chain, but not what was signed; and what he removes there is still in the file.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.key_file import read_or_make_key, write_durably
from application.audit_chain import Anchor

LAST_ANCHOR = "last-anchor.json"
"""File name, in the folder of the key."""


class SignedAnchor(msgspec.Struct):
    """The document that is stored. `anchor` is signed byte for byte; key and signature are lower-case hex."""

    anchor: msgspec.Raw
    public_key: str
    signature: str


class AnchorKeeper:
    """Signs anchors, tells true ones from forged ones, and remembers the last."""

    def __init__(self, key_file: Path) -> None:
        """The key is 32 bytes in a file that only its owner can read; it is made when there is none."""
        self._key = Ed25519PrivateKey.from_private_bytes(read_or_make_key(key_file))
        self._last = key_file.with_name(LAST_ANCHOR)

    def sign(self, anchor: Anchor) -> bytes:
        """The document to store."""
        statement = msgspec.json.encode(anchor)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return msgspec.json.encode(SignedAnchor(msgspec.Raw(statement), public.hex(), self._key.sign(statement).hex()))

    def read(self, document: bytes | None) -> Anchor | None:
        """The anchor in a stored document; None when it is not signed with our key, or there is no document."""
        try:
            signed = msgspec.json.decode(document or b"", type=SignedAnchor)
            statement = bytes(signed.anchor)
            self._key.public_key().verify(bytes.fromhex(signed.signature), statement)
            return msgspec.json.decode(statement, type=Anchor)
        except (InvalidSignature, ValueError):
            return None

    def remember(self, document: bytes) -> None:
        """Keep the last document outside the database, durably."""
        write_durably(self._last.with_suffix(".new"), document)
        self._last.with_suffix(".new").rename(self._last)

    def remembered(self) -> bytes | None:
        """The last document kept."""
        return self._last.read_bytes() if self._last.exists() else None
