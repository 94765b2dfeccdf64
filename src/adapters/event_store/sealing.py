"""Sealing personal fields: one data key per stream, wrapped by the installation's key. Dropping the key erases.

AES-256-GCM with a random nonce of 12 bytes before the ciphertext. The stream's id and the value's place in the stream (which event, which
field) are bound in: a value that is moved elsewhere does not open.
"""

from __future__ import annotations

import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class WrongKeyError(Exception):
    """The installation's key is not the one this log was written with, or a sealed value was tampered with."""


class Sealer:
    """Wraps stream keys with the installation's key (32 bytes) and seals values with stream keys."""

    def __init__(self, installation_key: bytes) -> None:
        self._wrapping = AESGCM(installation_key)
        self._cipher = lru_cache(maxsize=4096)(self._unwrap)

    def new_key(self, stream: UUID) -> bytes:
        """A fresh data key for a stream, wrapped."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, os.urandom(32), stream.bytes)

    def check(self, wrapped: bytes, stream: UUID) -> None:
        """Raise `WrongKeyError` unless this stream's key was wrapped with our installation key."""
        self._cipher(wrapped, stream.int)

    def seal(self, wrapped: bytes, stream: UUID, place: str, plain: bytes) -> bytes:
        """Nonce and ciphertext of a value."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(wrapped, stream.int).encrypt(nonce, plain, _bound(stream, place))

    def unseal(self, wrapped: bytes, stream: UUID, place: str, sealed: bytes) -> bytes:
        """The value again. Raises `WrongKeyError` when it was changed, moved, or sealed with another key."""
        try:
            return self._cipher(wrapped, stream.int).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(stream, place))
        except InvalidTag as error:
            raise WrongKeyError(f"the sealed value {place} of {stream} does not open: it was changed or moved") from error

    def _unwrap(self, wrapped: bytes, stream: int) -> AESGCM:
        """By the stream's number: hashing and comparing UUIDs is what a look-up in the cache would mostly consist of."""
        try:
            return AESGCM(self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], stream.to_bytes(16, "big")))
        except InvalidTag as error:
            raise WrongKeyError(f"the key of {UUID(int=stream)} was wrapped with another installation key") from error


def _bound(stream: UUID, place: str) -> bytes:
    return stream.int.to_bytes(16, "big") + place.encode()
