"""Documents made of other documents: cut into parts, joined into one, or begun again elsewhere (FEATURES B5, B6, I5, J2, J8).

What is made keeps its origin; its source ends, or stays when the person wants that. All of it can be undone while nothing was done with
what was made. The bytes of a source are never changed.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

QUARTERS = (0, 90, 180, 270)
"""Degrees, clockwise, that a page can be turned."""


class TakenPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One page of a document (from 1), turned clockwise by so many degrees."""

    document: UUID
    page: int
    turn: int = 0


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a document comes from: its sources, who delivered them and when; which pages, none for the whole file as it is."""

    documents: tuple[UUID, ...]
    at: datetime
    by: UUID | None = None
    pages: tuple[TakenPage, ...] = ()


class DocumentReplaced(Event, frozen=True, kw_only=True):
    """Other documents were made of it. `kept`: it stays beside them; `moved`: begun again in another mailbox or dossier."""

    name = "document.replaced"
    parts: tuple[UUID, ...]
    kept: bool = False
    moved: bool = False


class DocumentPutBack(Event, frozen=True, kw_only=True):
    """What was made of it was withdrawn: it stands where it stood."""

    name = "document.put_back"


class DocumentWithdrawn(Event, frozen=True, kw_only=True):
    """It was made of another document, and that was undone."""

    name = "document.withdrawn"


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    """Its document was replaced by others, or withdrawn."""

    name = "proposal.withdrawn"


class ProposalReturned(Event, frozen=True, kw_only=True):
    """Its document was put back: it is to be looked at again."""

    name = "proposal.returned"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A document somebody wants made: its name and its pages in order."""

    file_name: str
    pages: tuple[TakenPage, ...]


def check_parts(parts: Sequence[Part], page_counts: Mapping[UUID, int]) -> None:
    """Refuse what cannot be made: nothing, an empty document, a page that is not there or is wanted twice. A page may be left out."""
    if not parts or not all(part.pages for part in parts):
        raise Refused("Elk nieuw document heeft minstens één bladzijde nodig.")
    wanted = [one for part in parts for one in part.pages]
    for one in wanted:
        if not 1 <= one.page <= page_counts.get(one.document, 0) or one.turn not in QUARTERS:
            raise Refused("Bladzijde {page} bestaat niet in dit document.", page=one.page)
    twice = [one for one, count in Counter((one.document, one.page) for one in wanted).items() if count > 1]
    if twice:
        raise Refused("Bladzijde {page} staat in meer dan één nieuw document.", page=twice[0][1])
