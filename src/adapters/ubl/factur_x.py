"""The invoice in XML that a Factur-X or ZUGFeRD PDF carries."""

from __future__ import annotations

import io

import pikepdf

from adapters.unreadable import Unreadable

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
LARGEST = 10_000_000
"""Bytes: a larger attachment is no invoice."""


def embedded_xml(pdf: bytes) -> bytes | None:
    """The XML attached under one of the names of the standard, or None. Raises `Unreadable` if the PDF cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:  # always closed here: pikepdf can crash when attachments outlive their document
            for name, attachment in document.attachments.items():
                if name.lower() in NAMES:
                    data = bytes(attachment.get_file().read_bytes())
                    return data if len(data) <= LARGEST else None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError) as error:
        raise Unreadable("De PDF is beschadigd.") from error
    return None
