"""Random tokens that prove something, and what is kept of them: only a digest, so that a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

BYTES = 32


def new_token(prefix: str = "") -> str:
    """256 random bits in the alphabet of URLs."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(token: str) -> bytes:
    """What is stored instead of a token. It needs no salt: the token is random, not chosen."""
    return hashlib.sha256(token.encode()).digest()


def csrf_of(cookie: str) -> str:
    """The token a page sends back with every unsafe request: follows from the cookie's value, which other sites cannot read."""
    return hmac.digest(cookie.encode(), b"csrf", hashlib.sha256).hex()


def same(one: str, other: str) -> bool:
    """Compare without telling by time how much was right."""
    return hmac.compare_digest(one.encode(), other.encode())


def drafts_of(secret: bytes, user: UUID | None) -> str:
    """What a user's drafts are kept under and sealed with in a browser, half and half: the same in all his sessions, nobody else's."""
    return hmac.digest(secret, user.bytes, hashlib.sha256).hex() if user else ""
