"""The file inside an invoice in XML: most senders put the invoice as people read it, a PDF, into the document."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from adapters.ubl.xml import ATTACHED, ATTACHMENTS, LARGE, parse

if TYPE_CHECKING:
    from collections.abc import Iterator


def embedded_pdf(xml: bytes) -> bytes | None:
    """The PDF attached to the document (the first that is one), or None. Raises `Unreadable`."""
    for encoded in _large(xml) if len(xml) > LARGE else _parsed(xml):
        try:
            content = base64.b64decode(encoded)
        except (binascii.Error, ValueError):
            continue
        if content.lstrip().startswith(b"%PDF"):
            return content
    return None


def _parsed(xml: bytes) -> Iterator[str]:
    for element in parse(xml).iter(*(f"{{*}}{name}" for name in ATTACHMENTS)):
        yield element.text or ""


def _large(xml: bytes) -> Iterator[bytes]:
    return (match[2] for match in ATTACHED.finditer(xml))
