"""Fetching something from an address an operator has set, without being led elsewhere.

A name is looked up once for each connection, and the connection goes to the address that was looked at: never to a private, loopback or
link-local one, also after a redirect. Only HTTPS. `trusted` (`host:port`) is excepted from both. Proxies of the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

Address = tuple[str, int]
Connect = Callable[[Address, float], socket.socket]

CHUNK = 65_536


class Unreachable(Exception):
    """Nothing was fetched: no answer, a refusing one, one that is too large or too slow, or an address that is not allowed."""


def fetch(url: str, *, trusted: Collection[str] = (), seconds: float = 20.0, largest: int = 30_000_000) -> bytes:
    """What stands at `url`; the whole may take three times `seconds`, in which nothing may be silent for longer. Raises `Unreachable`."""
    deadline = time.monotonic() + 3 * seconds
    try:
        request = Request(url, headers={"User-Agent": "daybook", "Accept-Encoding": "identity"})  # noqa: S310 - checked by the opener
        with _opener(trusted).open(request, timeout=seconds) as answer:
            return _read(answer, deadline, largest)
    except (OSError, http.client.HTTPException, ValueError) as trouble:  # also all of urllib's own
        raise Unreachable(f"{url}: {_said(trouble)}") from trouble


def _read(answer: Any, deadline: float, largest: int) -> bytes:
    found = bytearray()
    while chunk := answer.read1(CHUNK):
        found += chunk
        if len(found) > largest:
            raise ValueError(f"more than {largest} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("too slow")
    if answer.length:
        raise http.client.IncompleteRead(bytes(found), answer.length)
    return bytes(found)


def _said(trouble: Exception) -> str:
    inner = trouble.reason if isinstance(trouble, URLError) and not isinstance(trouble, HTTPError) else trouble
    return str(inner) or type(trouble).__name__


def _opener(trusted: Collection[str]) -> OpenerDirector:
    def connect(address: Address, seconds: float) -> socket.socket:
        return _connected(address, seconds, trusted)

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            if f"{self.host}:{self.port}" not in trusted:
                raise OSError("only HTTPS is allowed")
            self.sock = connect((self.host, self.port), self.timeout or 0)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            raw = connect((self.host, self.port), self.timeout or 0)
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)

    class PlainHandler(HTTPHandler):
        def http_open(self, req: Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(HTTPSHandler):
        def https_open(self, req: Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req)

    opener = OpenerDirector()
    for kind in (PlainHandler, SecureHandler, HTTPRedirectHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, UnknownHandler):
        opener.add_handler(kind())
    return opener


def _connected(address: Address, seconds: float, trusted: Collection[str]) -> socket.socket:
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(where[0]).partition("%")[0] for *_, where in found]
    if f"{host}:{port}" not in trusted and not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise OSError(f"{host} is not an address outside this network")
    for one in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((one, port), timeout=seconds)
    return socket.create_connection((addresses[-1], port), timeout=seconds)
