"""Sealing personal fields: one data key per stream, wrapped by the installation's key. Dropping the key erases.

AES-256-GCM with a random nonce of 12 bytes before the ciphertext; the stream id is bound in, so a value cannot be moved elsewhere.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from uuid import UUID

NONCE = 12


class WrongKeyError(Exception):
    """The installation's key is not the one this log was written with."""


class Sealer:
    """Wraps stream keys with the installation's key (32 bytes) and seals values with stream keys."""

    def __init__(self, installation_key: bytes) -> None:
        self._wrapping = AESGCM(installation_key)
        self._cipher = lru_cache(maxsize=4096)(self._unwrap)

    def new_key(self, stream: UUID) -> bytes:
        """A fresh data key for a stream, wrapped."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, os.urandom(32), stream.bytes)

    def seal(self, wrapped: bytes, stream: UUID, plain: bytes) -> bytes:
        """Nonce and ciphertext of a value."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(wrapped, stream).encrypt(nonce, plain, stream.bytes)

    def unseal(self, wrapped: bytes, stream: UUID, sealed: bytes) -> bytes:
        """The value again. Raises `WrongKeyError` when it was changed or sealed with another key."""
        try:
            return self._cipher(wrapped, stream).decrypt(sealed[:NONCE], sealed[NONCE:], stream.bytes)
        except InvalidTag as error:
            raise WrongKeyError(f"a sealed value of {stream} does not open") from error

    def _unwrap(self, wrapped: bytes, stream: UUID) -> AESGCM:
        try:
            return AESGCM(self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], stream.bytes))
        except InvalidTag as error:
            raise WrongKeyError(f"the key of {stream} was wrapped with another installation key") from error
