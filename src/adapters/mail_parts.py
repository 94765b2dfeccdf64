"""Opening a mail, in a limited process: which attachments a person meant to send, and which cannot be had. Messages lie, break and nest."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from PIL import Image

from application.incoming_mail import FoundPart, OpenedMail
from domain.kernel import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS = 500
"""Of any sort, in all nested messages together."""
MOST_ATTACHMENTS = 200
DEEPEST = 8
"""Messages and groups of parts inside one another."""
LARGEST_TOTAL = 150_000_000
"""Bytes of all attachments, unpacked."""
MOST_TIMES = 200
"""How many times larger than in its ZIP a file may be."""
ICON = 400
"""Pixels of the smaller side under which a picture inside the text is a logo or an icon."""
LONGEST_TEXT = 500
ASIDE = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar", "text/vcard"}
)
"""What mail programs add that nobody means to send."""
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
PICTURES_IN_TEXT = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp", "image/svg+xml"})
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

OUTLOOK = Refused(
    "De bijlagen zitten in een bestand dat alleen Outlook opent (winmail.dat). Stuur de mail opnieuw als HTML of als gewone tekst."
).sentence
ENCRYPTED = Refused("Deze mail is versleuteld. Stuur de bijlage in een gewone mail, of laad ze op in het portaal.").sentence
TOO_COMPLEX = Refused("Deze mail is te ingewikkeld: er zitten te veel delen in, of te diep in elkaar. Stuur de bijlagen apart.").sentence
TOO_LARGE_TOGETHER = Refused("De bijlagen zijn samen te groot. Verdeel ze over verschillende mails.").sentence
ZIP_TOO_MANY = Refused("Dit ZIP-bestand bevat te veel bestanden. Verdeel ze over verschillende ZIP-bestanden.").sentence
TOO_LARGE = Refused("Het bestand is uitgepakt te groot.").sentence
BAD_ZIP = Refused("Het ZIP-bestand is beschadigd. Maak het opnieuw en stuur het nog eens.").sentence
ZIP_PASSWORD = Refused("Het ZIP-bestand is met een wachtwoord beveiligd. Stuur het zonder wachtwoord.").sentence
ZIP_BOMB = Refused("Het ZIP-bestand pakt verdacht groot uit en is niet geopend.").sentence
ZIP_IN_ZIP = Refused("Een ZIP-bestand in een ZIP-bestand wordt niet geopend. Stuur de bestanden zelf.").sentence


def open_mail(data: bytes, largest: int) -> OpenedMail:
    """The attachments of a message, in their order. `largest`: bytes a file may have. Refused when it is too complex or too large."""
    try:
        message = message_from_bytes(data)
        parts = tuple(_Opening(largest).parts(message))
    except RecursionError:
        raise Refused(TOO_COMPLEX) from None
    return OpenedMail(
        author=parseaddr(_text(message.get("From")))[1][:LONGEST_TEXT],
        subject=_text(message.get("Subject"))[:LONGEST_TEXT],
        automatic=_is_automatic(message),
        parts=parts,
    )


class _Opening:
    """One message being gone through: what has been seen of it so far."""

    def __init__(self, largest: int) -> None:
        self._largest, self._seen, self._bytes, self._found = largest, 0, 0, 0

    def parts(self, message: Message) -> Iterator[FoundPart]:
        for one in self._within(message, 0):
            self._found += 1
            self._bytes += len(one.data)
            if self._found > MOST_ATTACHMENTS:
                raise Refused(TOO_COMPLEX)
            if self._bytes > LARGEST_TOTAL:
                raise Refused(TOO_LARGE_TOGETHER)
            yield one

    def _within(self, part: Any, depth: int) -> Iterator[FoundPart]:
        self._seen += 1
        if self._seen > MOST_PARTS or depth > DEEPEST:
            raise Refused(TOO_COMPLEX)
        inner = part.get_payload()
        if isinstance(inner, list):
            for one in inner:
                yield from self._within(one, depth + 1)
            return
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            yield from self._file(part, data, depth)

    def _file(self, part: Message, data: bytes, depth: int) -> Iterator[FoundPart]:
        kind, name = part.get_content_type(), base_name(_file_name(part))
        if kind in ASIDE or kind.startswith("multipart/") or _is_text(part, kind, name) or _is_icon(part, kind, data):
            return
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            yield FoundPart(file_name=name or "winmail.dat", reason=OUTLOOK)
        elif kind in SEALED:
            yield FoundPart(file_name=name or "smime.p7m", reason=ENCRYPTED)
        elif name.lower().endswith(".eml"):
            yield from self._within(message_from_bytes(data), depth + 1)
        elif data.startswith(ZIP_STARTS):
            yield from _unzipped(name, data, self._largest)
        else:
            yield FoundPart(file_name=name, data=data)


def _unzipped(name: str, data: bytes, largest: int) -> Iterator[FoundPart]:
    """The files of a ZIP, each by itself: one that cannot be had does not keep the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _is_office_file(archive):
                yield FoundPart(file_name=name, data=data)
                return
            entries = [one for one in archive.infolist() if not one.is_dir() and not base_name(one.filename).startswith(".")]
            if len(entries) > MOST_ATTACHMENTS:
                yield FoundPart(file_name=name, reason=ZIP_TOO_MANY)
                return
            total = 0
            for entry in entries:
                found = _entry(archive, entry, largest)
                total += len(found.data)
                if total > LARGEST_TOTAL:
                    yield FoundPart(file_name=name, reason=TOO_LARGE_TOGETHER)
                    return
                yield found
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        yield FoundPart(file_name=name, reason=BAD_ZIP)


def _is_office_file(archive: zipfile.ZipFile) -> bool:
    """A document of a word processor or spreadsheet, which is a ZIP inside: OOXML has a list of its types, OpenDocument one type first."""
    names = archive.namelist()
    return "[Content_Types].xml" in names or names[:1] == ["mimetype"]


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> FoundPart:
    name = base_name(entry.filename)
    if entry.flag_bits & 1:
        return FoundPart(file_name=name, reason=ZIP_PASSWORD)
    if entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
        return FoundPart(file_name=name, reason=ZIP_BOMB)
    try:
        with archive.open(entry) as file:
            data = file.read(largest + 1)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, RuntimeError):
        return FoundPart(file_name=name, reason=BAD_ZIP)
    except Exception as damaged:  # zlib, lzma and bz2 each have an error of their own
        if type(damaged).__name__ not in {"error", "LZMAError"}:
            raise
        return FoundPart(file_name=name, reason=BAD_ZIP)
    if len(data) > largest:
        return FoundPart(file_name=name, reason=TOO_LARGE)
    return FoundPart(file_name=name, reason=ZIP_IN_ZIP) if data.startswith(ZIP_STARTS) else FoundPart(file_name=name, data=data)


def base_name(name: str) -> str:
    """The last part of a path, on any system."""
    return name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip()[-LONGEST_TEXT:]


def _file_name(part: Message) -> str:
    """The name of an attachment, RFC 2231 or (as most programs do) RFC 2047."""
    try:
        return _text(part.get_filename())
    except (LookupError, ValueError, TypeError):
        return ""


def _text(header: object) -> str:
    """A header as text; what cannot be decoded stays as it is."""
    raw = str(header or "")
    try:
        text = str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        text = raw
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _is_text(part: Message, kind: str, name: str) -> bool:
    """The letter itself, in one of its forms."""
    return (
        kind in {"text/plain", "text/html", "text/richtext", "text/enriched"}
        and not name
        and part.get_content_disposition() != "attachment"
    )


def _is_icon(part: Message, kind: str, data: bytes) -> bool:
    """A logo or an icon in the text: small, and put inside it rather than attached."""
    if kind not in PICTURES_IN_TEXT or part.get_content_disposition() == "attachment":
        return False
    if not part.get("Content-ID") and part.get_content_disposition() != "inline":
        return False
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return min(picture.size) < ICON
    except (OSError, ValueError, Image.DecompressionBombError):
        return kind in {"image/svg+xml", "image/gif"}


def _is_automatic(message: Message) -> bool:
    said = str(message.get("Auto-Submitted") or "no").strip().lower()
    bulk = str(message.get("Precedence") or "").strip().lower() in {"bulk", "junk", "list", "auto_reply"}
    return said != "no" or bulk or message.get("List-Id") is not None or message.get("X-Auto-Response-Suppress") is not None
