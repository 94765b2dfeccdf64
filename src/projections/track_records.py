"""How the latest proposals of each counterparty fared: accepted as proposed, or what people changed in them (FEATURES I4)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET

from application.enrichment.certainty import LOOKED_BACK, TrackRecord, track_record
from application.event_log import Moment
from domain.booking_proposal import ProposalChecked, ProposalCorrected, ProposalDeleted, ProposalDrafted, ProposalRedrafted
from projections.read_model import BeingRebuilt, RowModel

_PART_OF = {"party_name": "counterparty", "party_vat": "counterparty", "base": "total", "vat": "total", "lines": "account"}
"""Field of the proposal → the part of the stars it belongs to; the others are parts of their own."""
_NOT_PROPOSED = frozenset({"instruction"})
"""What no machine proposes: filling it in says nothing of a proposal."""


class TrackRow(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal: the parts people changed, and the log's position when it was last checked (None: not yet)."""

    id: UUID
    dossier: UUID
    counterparty: UUID | None
    changed: tuple[str, ...] = ()
    checked: int | None = None
    stale: bool = False


class TrackRecords(RowModel[TrackRow]):
    """A row per proposal."""

    name: ClassVar[str] = "track_records"
    row = TrackRow
    events: ClassVar = (ProposalDrafted, ProposalRedrafted, ProposalCorrected, ProposalChecked, ProposalDeleted)
    schema: ClassVar[str] = """
        CREATE TABLE track_records (
            id uuid PRIMARY KEY, dossier uuid NOT NULL, counterparty uuid, changed jsonb NOT NULL, checked bigint, stale boolean NOT NULL
        );
        CREATE INDEX track_records_latest ON track_records (dossier, counterparty, checked) WHERE checked IS NOT NULL;
    """

    def key(self, moment: Moment) -> UUID:
        """The proposal."""
        return moment.stream

    def fold(self, row: TrackRow | None, moment: Moment) -> TrackRow | None:
        """One event later. That checking makes a new party a counterparty is no change of a person's."""
        match moment.event:
            case ProposalDrafted(dossier=dossier, counterparty=counterparty):
                return TrackRow(id=moment.stream, dossier=dossier, counterparty=counterparty)
            case ProposalRedrafted(counterparty=counterparty) if row:
                return msgspec.structs.replace(row, counterparty=counterparty)
            case ProposalCorrected() as corrected if row:
                given = {name: value for name, value in msgspec.structs.asdict(corrected).items() if value is not UNSET}
                linked = row.counterparty is None and given.keys() == {"counterparty"}
                parts = (
                    () if linked else tuple(sorted({*row.changed, *(_PART_OF.get(name, name) for name in given.keys() - _NOT_PROPOSED)}))
                )
                counterparty = given.get("counterparty", row.counterparty)
                return msgspec.structs.replace(row, counterparty=counterparty, changed=row.changed if linked else parts)
            case ProposalChecked() if row:
                return msgspec.structs.replace(row, checked=moment.position)
            case ProposalDeleted():
                return None
        return row

    def of(self, dossier: UUID, counterparty: UUID) -> TrackRecord:
        """The record of one counterparty's latest checked invoices; an empty one while the model is being rebuilt."""
        where = "dossier = %s AND counterparty = %s AND checked IS NOT NULL"
        question = f"SELECT changed FROM track_records WHERE {where} ORDER BY checked DESC LIMIT %s"
        try:
            with self.asking() as db:
                found = db.execute(question, (dossier, counterparty, LOOKED_BACK)).fetchall()
        except BeingRebuilt:
            return TrackRecord()
        return track_record([changed for (changed,) in found])
