"""How the latest proposals of a counterparty fared."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from application.enrichment.certainty import LOOKED_BACK, TrackRecord
from domain.booking_proposal import ProposalChecked, ProposalCorrected, ProposalDeleted, ProposalDrafted
from domain.dossier import Kind
from projections.track_records import TrackRecords
from read_models import fill, moments

BAKERY, GARAGE = uuid4(), uuid4()
CHANGED, NEW, CHOSEN, ELSEWHERE, BUSY = (uuid4() for _ in range(5))


def drafted(counterparty, dossier=BAKERY):
    return ProposalDrafted(dossier=dossier, document=uuid4(), kind=Kind.PURCHASE, source="AIR", journal="CFAAN", counterparty=counterparty)


def lived(first, *later):
    """A proposal's whole life on a stream of its own, checked at its end."""
    stream = uuid4()
    return [(stream, event) for event in (first, *later)]


@pytest.fixture
def model(pool):
    filled = TrackRecords(pool)
    changes = ProposalCorrected(invoice_date=date(2026, 3, 5), base=Decimal(1), vat=Decimal(2), lines=())
    chosen = ProposalCorrected(counterparty=CHOSEN, party_name="Drukkerij De Pers")
    facts = [
        *lived(drafted(CHANGED), changes, ProposalChecked()),
        *lived(drafted(CHANGED)),
        *lived(drafted(None), ProposalCorrected(counterparty=NEW), ProposalChecked()),
        *lived(drafted(uuid4()), chosen, ProposalChecked()),
        *lived(drafted(ELSEWHERE, GARAGE), ProposalChecked()),
        *lived(drafted(ELSEWHERE), ProposalChecked(), ProposalDeleted()),
        *lived(drafted(BUSY), ProposalCorrected(total=Decimal(3)), ProposalChecked()),
    ]
    for _ in range(LOOKED_BACK):
        facts += lived(drafted(BUSY), ProposalChecked())
    fill(filled, moments(*facts))
    return filled


def test_what_people_changed_counts_by_part_once_an_invoice_is_checked(model):
    assert model.of(BAKERY, CHANGED) == TrackRecord(invoices=1, changed={"account": 1, "invoice_date": 1, "total": 1})


def test_a_new_party_that_checking_makes_a_counterparty_was_not_changed(model):
    assert model.of(BAKERY, NEW) == TrackRecord(invoices=1, unchanged=1)


def test_another_counterparty_was_chosen_by_a_person(model):
    assert model.of(BAKERY, CHOSEN).changed == {"counterparty": 1}


def test_only_this_dossier_and_what_was_not_deleted_counts(model):
    assert model.of(BAKERY, ELSEWHERE) == TrackRecord()


def test_only_the_latest_count(model):
    assert model.of(BAKERY, BUSY) == TrackRecord(invoices=LOOKED_BACK, unchanged=LOOKED_BACK)
