"""The invoice in XML that a PDF carries: Factur-X and ZUGFeRD under their names, and any other invoice, wherever it is attached."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pikepdf

from adapters import pdf
from adapters.unreadable import Unreadable
from application.file_types import INVOICE_ROOTS, xml_root
from application.recognition.reading import ReadWarning
from application.recognition.reading_warnings import warning
from domain.kernel import Refused

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""Of Factur-X and ZUGFeRD 2.1, of ZUGFeRD 1 and 2.0, and of its German profile."""
RELATIONS = frozenset({"/Data", "/Alternative", "/Source"})
"""What the XML may be to the page: the older versions and the German profile say Alternative."""
LARGEST, MOST = 10_000_000, 50
"""Bytes of an attachment, and attachments looked at: more is no invoice."""
_DECLARED = re.compile(rb"ConformanceLevel\s*(?:>|=\s*[\"'])\s*([^<\"']{1,40})")
_PROFILE = re.compile(
    rb">\s*urn:[^<]{0,120}?(minimum|basicwl|basic|extended|comfort|xrechnung)[^<]{0,20}<|>\s*urn:cen\.eu:(en16931):2017\s*<"
)
_OTHER_NAMES = {"COMFORT": "EN16931"}
_HEAD = 10_000
"""Bytes in which an invoice names its profile."""


class Attached(NamedTuple):
    """One file in a PDF: its name, what the PDF says it is to the page, and its bytes."""

    name: str
    relation: str | None
    data: bytes


class Inside(NamedTuple):
    """The invoice that was found, how many there are, and the profile that the PDF says it has."""

    invoice: Attached
    found: int
    declared: str | None

    def warnings(self) -> Iterator[ReadWarning]:
        """What the PDF says wrongly, or not, about its invoice."""
        if self.invoice.name.lower() not in NAMES:
            yield warning("xml-misnamed", name=self.invoice.name[:100])
        if self.invoice.relation not in RELATIONS or (self.invoice.relation == "/Source" and self.invoice.name == NAMES[0]):
            yield warning("xml-unrelated")
        if self.found > 1:
            yield warning("xml-several", count=self.found)
        profile = _profile(self.invoice.data)
        if self.declared is None:
            yield warning("xml-undeclared")
        elif profile and _plain(self.declared) != profile:
            yield warning("xml-other-profile", declared=self.declared, profile=profile)


def embedded(data: bytes) -> Inside | None:
    """The invoice in XML inside the PDF, or None. Raises `Unreadable` if the PDF cannot be opened."""
    if b"EmbeddedFile" not in data and not pdf.has_attachments(data):
        return None
    try:
        with pikepdf.open(io.BytesIO(data)) as document:  # always closed here: pikepdf can crash when attachments outlive their document
            found = [one for one in islice(_attached(document), MOST) if one.name.lower() in NAMES or _is_invoice(one.data)]
            declared = _declared(document)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("De PDF is beschadigd.") from error
    if not found:
        return None
    first = min(found, key=lambda one: NAMES.index(one.name.lower()) if one.name.lower() in NAMES else len(NAMES))
    return Inside(first, len({one.data for one in found}), declared)


def _attached(document: pikepdf.Pdf) -> Iterator[Attached]:
    """Every file, whether it hangs on the document, on a page, or on a note that was put on a page."""
    for name, listed in document.attachments.items():
        yield from _file(listed.obj, name)
    for holder in (document.Root, *(page.obj for page in islice(document.pages, MOST))):
        for one in _list(holder, "/AF"):
            yield from _file(one)
        for note in _list(holder, "/Annots"):
            if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment":
                yield from _file(note.get("/FS"))


def _list(holder: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    items = holder.get(key)
    return list(items) if isinstance(items, pikepdf.Array) else []


def _file(specification: pikepdf.Object | None, name: str = "") -> Iterator[Attached]:
    if not isinstance(specification, pikepdf.Dictionary) or not isinstance(specification.get("/EF"), pikepdf.Dictionary):
        return
    written = next((str(specification[key]) for key in ("/UF", "/F") if key in specification), name)
    stream = next((specification.EF[key] for key in ("/F", "/UF") if key in specification.EF), None)
    relation = specification.get("/AFRelationship")
    if isinstance(stream, pikepdf.Stream):
        data = bytes(stream.read_bytes())
        if len(data) <= LARGEST:
            yield Attached(re.split(r"[/\\]", written)[-1], str(relation) if relation is not None else None, data)


def _is_invoice(data: bytes) -> bool:
    if b"<" not in data[:8]:
        return False
    try:
        return xml_root(data) in INVOICE_ROOTS
    except Refused:
        return False


def _declared(document: pikepdf.Pdf) -> str | None:
    metadata = document.Root.get("/Metadata")
    found = _DECLARED.search(bytes(metadata.read_bytes())) if isinstance(metadata, pikepdf.Stream) else None
    return found[1].decode("ascii", "replace").strip() if found else None


def _profile(xml: bytes) -> str | None:
    found = _PROFILE.search(xml[:_HEAD])
    return _plain((found[1] or found[2]).decode()) if found else None


def _plain(profile: str) -> str:
    compact = re.sub(r"[\s_-]", "", profile).upper()
    return _OTHER_NAMES.get(compact, compact)
