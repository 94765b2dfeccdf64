"""Recognition that remembers (FEATURES K2, K5): a document is read again with what is known of its supplier.

How a supplier's paper looks is the office's knowledge: it is remembered by VAT number, whichever client the invoice is for; of a
counterparty without a VAT number in its own dossier only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from application.recognition.known import Party, find_party, proves, with_party
from application.recognition.layout import Layout
from application.recognition.learned import read_learned
from application.recognition.reader import telling
from application.recognition.reading import Kind as ReadAs
from domain.anchor import remembered
from domain.document import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from application.recognition.reading import ReadDocument, Reading
    from application.workbench import Workbench
    from domain.anchor import KnownAnchor
    from domain.document import Document
    from domain.dossier import Dossier

ON_PAPER = frozenset({ReadAs.TEXT_PDF, ReadAs.SCAN})
"""What is read from its page. XML says exactly what it means: there is nothing to learn."""


class Supplier(NamedTuple):
    """Whose paper it is."""

    vat_number: str | None
    counterparty: UUID | None

    def digest(self, bench: Workbench) -> UUID:
        """What it is remembered by: keyed as claims are, so that no number stands in what is remembered."""
        return bench.claims.stream("supplier", self.vat_number or str(self.counterparty))


def read_with_memory(bench: Workbench, document: Document, dossier: Dossier, read: ReadDocument) -> Reading:
    """What was read, with the counterparty that is known, and what its earlier corrections taught."""
    if document.mailbox == Mailbox.MISC or read.reading.kind not in ON_PAPER or not read.pages:
        return read.reading
    side = "issuer" if document.mailbox == Mailbox.PURCHASE else "buyer"
    return remember(read, side, _parties(bench, document), dossier.vat_number, lambda one: remembered(bench.lessons.of(one.digest(bench))))


def remember(
    read: ReadDocument, side: str, parties: Sequence[Party], own_vat: str | None, anchors_of: Callable[[Supplier], Sequence[KnownAnchor]]
) -> Reading:
    """The same in pure code, for what was read from its page. `side` is the field prefix of the other party."""
    layout = Layout(telling(read.pages))
    match = find_party(read.reading, layout, parties, side, own_vat)
    reading = with_party(read.reading, match, side) if match else read.reading
    if side == "buyer":
        supplier = Supplier(own_vat, None)
    elif match is not None:
        supplier = Supplier(match.party.vat_number, match.party.id)
    else:
        vat = reading.fields.get("issuer_vat")
        supplier = Supplier(vat.value if vat and proves(vat) else None, None)
    anchors = anchors_of(supplier) if any(supplier) else ()
    return read_learned(reading, layout, anchors) if anchors else reading


def _parties(bench: Workbench, document: Document) -> list[Party]:
    """The counterparties of the dossier on this side of trade."""
    cards = bench.known_parties.everybody(document.dossier, document.mailbox.value)
    return [Party(card.id, card.party_name, card.vat_number, tuple(card.ibans)) for card in cards if card.id is not None]
