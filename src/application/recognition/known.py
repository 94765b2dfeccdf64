"""Step 8: the other party is one the dossier knows: by VAT number, then account number, then name (FEATURES K2).

What the page says of itself comes first: a company that proves another VAT number is not the known one, however alike the names are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from rapidfuzz import fuzz

from application.recognition.identifiers import ibans, vat_numbers
from application.recognition.labels import Labels
from application.recognition.reading import FieldReading
from application.recognition.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from application.recognition.layout import Layout
    from application.recognition.reading import Reading

KNOWN = "known"
"""The source of a value that was not read here but is known of the party that was recognised."""
BY_VAT, BY_IBAN, BY_NAME = 0.99, 0.95, 0.85
"""How sure it is that this is the party."""
ALIKE, MARGIN = 92, 5
"""Percent: how much alike two names must be, and how much less alike the next one."""
SHORTEST_NAME = 5
LIKELY = 0.6
"""From this chance on a VAT number with the right check digits speaks against a name."""
LETTERHEAD = 0.25
"""Share of the height of the first page: what stands there in full may be the party's name."""

_FORMS = re.compile(
    r"\b(?:bv|bvba|nv|srl|sprl|sa|sc|scrl|cv|cvba|vof|snc|commv|comm v|gcv|vzw|asbl|sarl|sas|"
    r"gmbh|ag|kg|ohg|ug|ltd|limited|llc|inc|plc|spa)\b"
)


class Party(NamedTuple):
    """A counterparty of the dossier: name as it is known, numbers compact."""

    id: UUID
    name: str
    vat_number: str | None
    ibans: tuple[str, ...] = ()


class Match(NamedTuple):
    """The known party this is, by what (`vat`, `iban` or `name`), and how sure that is."""

    party: Party
    by: str
    confidence: float


def find_party(reading: Reading, layout: Layout, parties: Sequence[Party], side: str, own_vat: str | None = None) -> Match | None:
    """The known party on this document. `side` is the field prefix of the other party: `issuer` on a purchase, `buyer` on a sale."""
    vat = reading.fields.get(f"{side}_vat")
    if vat is not None and (one := _only(party for party in parties if party.vat_number == vat.value)):
        return Match(one, "vat", BY_VAT)
    if vat is not None and proves(vat):
        return None  # somebody else, who proves it
    labels = Labels(layout)
    if one := _by_numbers(labels, parties, own_vat):
        return Match(one, "vat", BY_VAT)
    accounts = {found.value for found in ibans(labels)} if side == "issuer" else set()
    if one := _only(party for party in parties if accounts & set(party.ibans)):
        return Match(one, "iban", BY_IBAN)
    one = _by_name(reading, layout, parties, side)
    return Match(one, "name", BY_NAME) if one else None


def proves(vat: FieldReading) -> bool:
    """Whether a VAT number proves who it is: a mistyped one does not, however often such a number is what was printed."""
    return vat.source == "checksum" and vat.confidence >= LIKELY


def with_party(reading: Reading, match: Match, side: str) -> Reading:
    """The reading with the known party's name and VAT number where the page did not give them, or gave them less surely."""
    fields = dict(reading.fields)
    for name, value in ((f"{side}_name", match.party.name), (f"{side}_vat", match.party.vat_number)):
        read = fields.get(name)
        if not value or (read is not None and read.confidence >= match.confidence):
            continue
        if read is not None and (read.value == value or (name.endswith("_name") and alike(read.value, value) >= ALIKE)):
            fields[name] = msgspec.structs.replace(read, confidence=match.confidence)
        else:
            fields[name] = FieldReading(value=value, confidence=match.confidence, source=KNOWN)
    return msgspec.structs.replace(reading, fields=fields)


def alike(one: str, other: str) -> float:
    """How much alike two names are, in percent, whatever their legal form, accents and order of words."""
    first, second = core(one), core(other)
    return fuzz.token_sort_ratio(first, second) if first and second else 0.0


def core(name: str) -> str:
    """A name without legal form, accents, capitals and signs."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(name).replace(".", ""))
    return " ".join(_FORMS.sub(" ", words).split())


def _by_numbers(labels: Labels, parties: Sequence[Party], own_vat: str | None) -> Party | None:
    """The only known party whose VAT number stands anywhere on the page."""
    printed = {found.value for found in vat_numbers(labels)} - {own_vat}
    return _only(party for party in parties if party.vat_number in printed)


def _by_name(reading: Reading, layout: Layout, parties: Sequence[Party], side: str) -> Party | None:
    """The known party whose name was read, or stands in full in the letterhead; None when two are nearly as much alike."""
    read = reading.fields.get(f"{side}_name")
    if read is not None:
        scored = sorted(((alike(read.value, party.name), party) for party in parties), key=lambda one: one[0], reverse=True)[:2]
        if scored and scored[0][0] >= ALIKE and len(core(read.value)) >= SHORTEST_NAME:
            clear = len(scored) == 1 or scored[1][0] < scored[0][0] - MARGIN
            return scored[0][1] if clear else None
    if side != "issuer":
        return None
    heads = {core(one.text) for one in layout.segments if one.page.number == 1 and one.bottom < LETTERHEAD * one.page.height}
    return _only(party for party in parties if len(core(party.name)) >= SHORTEST_NAME and core(party.name) in heads)


def _only(parties: Iterable[Party]) -> Party | None:
    """The one there is; None where two fit."""
    first, *others = [*parties, None]
    return first if len(others) <= 1 else None
