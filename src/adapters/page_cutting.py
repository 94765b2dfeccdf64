"""New PDFs of the pages of others, by pikepdf: pages are carried over as they are, never drawn or packed again (FEATURES B5, B6).

Takes bytes and returns bytes, so that it runs in a limited subprocess. Only pages come along: no script, attachment or signature does.
"""

from __future__ import annotations

import io
from contextlib import ExitStack

import pikepdf

from adapters import pictures
from application.file_types import MediaType
from domain.kernel import Refused


def cut(_data: bytes, sources: list[bytes], media_types: list[str], parts: list[list[tuple[int, int, int]]]) -> list[bytes]:
    """A PDF for each part. Each of its pages is the number of a source (from 0), a page of that (from 1), degrees to turn it clockwise."""
    try:
        with ExitStack() as stack:
            opened = [stack.enter_context(_opened(data, MediaType(kind))) for data, kind in zip(sources, media_types, strict=True)]
            return [_made(opened, part) for part in parts]
    except pikepdf.PasswordError:
        raise _protected() from None
    except (pikepdf.PdfError, ValueError, IndexError, KeyError, TypeError):
        raise Refused("Dit bestand is beschadigd en kan niet gesplitst of samengevoegd worden.") from None


def _opened(data: bytes, kind: MediaType) -> pikepdf.Pdf:
    """The source as a PDF; a picture becomes a page of its size on paper."""
    if kind != MediaType.PDF:
        data = pictures.as_pdf(pictures.frames(data, kind))
    document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    if document.is_encrypted and not (document.allow.modify_assembly and document.allow.extract):
        document.close()
        raise _protected()
    return document


def _made(sources: list[pikepdf.Pdf], part: list[tuple[int, int, int]]) -> bytes:
    with pikepdf.new() as made:
        for source, page, turn in part:
            taken = sources[source].pages[page - 1]
            made.pages.append(taken)
            added = made.pages[-1]
            _keep_fields(made, added, sources[source], taken)
            for action in ("/AA", "/Thumb", "/B"):
                if action in added:
                    del added[action]
            if turn:
                added.rotate(turn, relative=True)
        out = io.BytesIO()
        made.save(out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def _keep_fields(made: pikepdf.Pdf, added: pikepdf.Page, source: pikepdf.Pdf, taken: pikepdf.Page) -> None:
    """What was filled in on the page's form stays on it."""
    if source.acroform.exists and "/Annots" in taken:
        made.acroform.fix_copied_annotations(added, taken, source.acroform)


def _protected() -> Refused:
    return Refused("Deze PDF is beveiligd: splitsen en samenvoegen zijn er niet op toegelaten. Bewaar een kopie zonder beveiliging.")
