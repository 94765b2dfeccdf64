"""Where a request really comes from."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


def client_address(peer: str, forwarded_for: str, trusted: Container[str]) -> str:
    """The address of the client: that of the peer, or, behind proxies of ours, the last one of X-Forwarded-For that is not one of them."""
    address = peer
    for hop in reversed([hop.strip() for hop in forwarded_for.split(",") if hop.strip()]):
        if address not in trusted:
            break
        try:
            address = str(ip_address(hop))
        except ValueError:
            break
    return address


def from_ourselves(headers: Mapping[str, str], own_address: str) -> bool:
    """Whether the browser says that a page of ours sends this; programs and old browsers say nothing, then the token alone decides."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    return origin == own_address or urlsplit(origin).netloc == headers.get("host")
