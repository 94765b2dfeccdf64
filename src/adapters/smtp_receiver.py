"""Mail is received by SMTP. 250 after a message means that it is kept; whatever goes wrong on our side is 4xx, so that it is sent again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from ssl import SSLContext
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from asyncio import BaseTransport

log = logging.getLogger(__name__)
D = TypeVar("D")

MOST_CONNECTIONS = 40
MOST_RECIPIENTS = 50
MOST_UNKNOWN = 5
"""Unknown recipients in one connection, after which somebody is guessing."""
LONGEST_LINE = 65_536
"""Bytes: more than the standard's 1,000, which some programs that send invoices do not keep to."""
AT_ONCE = 4
"""Messages being stored at the same time."""
PATIENCE = 60.0
"""Seconds of silence after which a connection ends."""

TRY_LATER = "451 4.3.0 The message could not be stored; try again later"
UNKNOWN = "550 5.1.1 No such mailbox"


class Reception(msgspec.Struct, Generic[D], frozen=True):
    """What stands behind the receiver: who is there (None: nobody), and the keeping of a message, durable when it returns."""

    find: Callable[[str], D | None]
    keep: Callable[[str, Sequence[D], bytes], object]


class Receiver(Generic[D]):
    """One SMTP listener."""

    def __init__(self, reception: Reception[D], *, host_name: str, largest: int, tls: SSLContext | None = None) -> None:
        self._reception, self._host_name, self._largest, self._tls = reception, host_name, largest, tls
        self._turn = asyncio.Semaphore(AT_ONCE)
        self.connections = 0

    def protocol(self) -> SMTP:
        """What talks to one client."""
        return _Conversation(
            self, data_size_limit=self._largest, hostname=self._host_name, ident="Daybook", tls_context=self._tls, timeout=PATIENCE
        )

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Sequence[str]) -> str:  # noqa: N802
        """Only addresses that exist: a message nobody can deliver is the sender's to know, at once."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        found = await asyncio.to_thread(self._reception.find, address)
        if found is None:
            unknown = session.__dict__.setdefault("unknown_recipients", [])
            unknown.append(address)
            if len(unknown) > MOST_UNKNOWN:
                if server.transport is not None:
                    server.transport.close()
                return "421 4.7.0 Too many unknown recipients"
            return UNKNOWN
        envelope.__dict__.setdefault("destinations", []).append(found)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message for all its recipients, then say so."""
        content = envelope.original_content or b""
        async with self._turn:
            try:
                await asyncio.to_thread(self._reception.keep, envelope.mail_from or "", envelope.__dict__["destinations"], content)
            except Exception:
                log.exception("a message from %s could not be stored", session.peer)
                return TRY_LATER
        return "250 2.0.0 The message is kept"

    async def handle_exception(self, error: Exception) -> str:
        """Our own error is never the sender's."""
        log.error("an SMTP conversation broke down", exc_info=error)
        return "451 4.3.0 Try again later"


class _Conversation(SMTP):
    """Refuses to start when too many are going on."""

    line_length_limit = LONGEST_LINE

    def __init__(self, receiver: Receiver[D], **settings: object) -> None:
        super().__init__(receiver, **settings)  # type: ignore[arg-type]
        self._receiver, self._counted = receiver, False

    def connection_made(self, transport: BaseTransport) -> None:
        """Count it, once: STARTTLS makes the same connection anew."""
        if not self._counted:
            self._counted = True
            self._receiver.connections += 1
        super().connection_made(transport)
        if self._receiver.connections > MOST_CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too busy, try again later\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """One less."""
        if self._counted:
            self._counted = False
            self._receiver.connections -= 1
        super().connection_lost(error)
