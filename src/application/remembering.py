"""Recognition that remembers (FEATURES K2, K5): a document is read again with what is known of its supplier.

How a supplier's paper looks is the office's knowledge: it is remembered by VAT number, whichever client the invoice is for; of a
counterparty without a VAT number in its own dossier only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from application.recognition.known import PROVED, Party, find_party, with_party
from application.recognition.layout import Layout
from application.recognition.learned import read_learned
from application.recognition.reader import telling
from application.recognition.reading import Kind as ReadAs
from domain.anchor import remembered
from domain.document import Mailbox

if TYPE_CHECKING:
    from uuid import UUID

    from application.recognition.reading import ReadDocument, Reading
    from application.workbench import Workbench
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
    layout = Layout(telling(read.pages))
    match = find_party(read.reading, layout, _parties(bench, document), side, dossier.vat_number)
    reading = with_party(read.reading, match, side) if match else read.reading
    if side == "buyer":
        supplier = Supplier(dossier.vat_number, None)
    elif match is not None:
        supplier = Supplier(match.party.vat_number, match.party.id)
    else:
        vat = reading.fields.get("issuer_vat")
        supplier = Supplier(vat.value if vat and vat.confidence >= PROVED else None, None)
    anchors = remembered(bench.lessons.of(supplier.digest(bench))) if any(supplier) else ()
    return read_learned(reading, layout, anchors) if anchors else reading


def _parties(bench: Workbench, document: Document) -> list[Party]:
    """The counterparties of the dossier on this side of trade."""
    cards = bench.known_parties.everybody(document.dossier, document.mailbox.value)
    return [Party(card.id, card.party_name, card.vat_number, tuple(card.ibans)) for card in cards if card.id is not None]
