"""Between a numbered proposal and the books: handing over, reading back, bringing the mirror up to date (FEATURES L2–L4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.accounting_package import Booking, BookingLine, BookingParty, ForeignAmounts, PushReceipt
from application.event_log import Change, Context
from application.lines_of_dossier import as_booked
from application.ports import AccountingPackage, OutcomeUnknown, PackageRefused, PackageUnreachable
from domain.booking_proposal import BookingProposal, Stage
from domain.counterparty import Counterparty
from domain.currency import EURO
from domain.document import Document
from domain.dossier import Dossier
from domain.in_euro import in_euro
from domain.synchronisation import DossierSynchronised, Synchronisation, synchronisation_of

if TYPE_CHECKING:
    from application.workbench import Workbench
    from domain.private_share import Booked

PRIVATE_PART = "Privégedeelte"
"""How the line of a private part is described in the books, which are kept in Dutch."""


def push_booking(bench: Workbench, proposal: UUID, context: Context) -> None:
    """Hand a numbered proposal to the package and record what it answered.

    A worker that died during the call leaves the stage at «sending»: then the package is read back instead of being sent to again.
    Raises `PackageUnreachable` when nothing was handed over, to be tried again later.
    """
    state = bench.log.load(BookingProposal, proposal).state
    package, code = _package(bench, state.dossier)
    if state.stage == Stage.SENDING:
        _settle_interrupted(bench, proposal, package, code, context)
        state = bench.log.load(BookingProposal, proposal).state
    if state.stage != Stage.NUMBERED:
        return
    booking, document = booking_of(bench, proposal, state), _original(bench, state)
    bench.log.decide(BookingProposal, proposal, BookingProposal.start_sending, context=context)
    try:
        receipt = package.push(code, booking, document)
    except PackageRefused as refusal:
        reason = str(refusal)
        bench.log.decide(BookingProposal, proposal, lambda now: now.refuse(reason), context=context)
    except OutcomeUnknown as lost:
        reason = str(lost)
        bench.log.decide(BookingProposal, proposal, lambda now: now.lose_outcome(reason), context=context)
    except PackageUnreachable:
        bench.log.decide(BookingProposal, proposal, BookingProposal.abandon_sending, context=context)
        raise
    else:
        _record(bench, proposal, receipt, context)


def _record(bench: Workbench, proposal: UUID, receipt: PushReceipt, context: Context) -> None:
    package_id = receipt.package_id
    if package_id is None:
        bench.log.decide(BookingProposal, proposal, BookingProposal.hand_over, context=context)
    else:
        bench.log.decide(BookingProposal, proposal, lambda now: now.accept(package_id), context=context)


def _settle_interrupted(bench: Workbench, proposal: UUID, package: AccountingPackage, code: str, context: Context) -> None:
    """A call of which no answer was recorded: ask the package. What it does not hold stays unknown until a person decides."""
    found = package.find(code, str(proposal))
    if found is not None:
        bench.log.decide(BookingProposal, proposal, lambda now: now.accept(found.package_id), context=context)
        return
    reason = "Het verzenden werd onderbroken voor het pakket antwoordde."
    bench.log.decide(BookingProposal, proposal, lambda now: now.lose_outcome(reason), context=context)


def read_back(bench: Workbench, proposal: UUID, context: Context) -> bool:
    """Look for one of our bookings in the package's books; whether its fate is now known.

    A booking whose answer was lost and that is not there is marked so; one that was handed over is waited for, and may still be refused.
    """
    state = bench.log.load(BookingProposal, proposal).state
    if state.stage not in (Stage.HANDED_OVER, Stage.ACCEPTED, Stage.UNKNOWN):
        return True
    package, code = _package(bench, state.dossier)
    try:
        found = package.find(code, str(proposal))
    except PackageRefused as refusal:
        reason = str(refusal)
        bench.log.decide(BookingProposal, proposal, lambda now: now.refuse(reason), context=context)
        return True
    if found is not None:
        bench.log.decide(BookingProposal, proposal, lambda now: now.confirm(found.package_id), context=context)
        return True
    if state.stage == Stage.UNKNOWN:
        bench.log.decide(BookingProposal, proposal, BookingProposal.miss, context=context)
        return True
    return False


def remove_booking(bench: Workbench, proposal: UUID, context: Context) -> None:
    """Have the package take a booking out of its books, and record what it answered. Asked again it is the same removal.

    Raises `PackageUnreachable` or `OutcomeUnknown` when it is to be tried again later.
    """
    state = bench.log.load(BookingProposal, proposal).state
    if state.stage != Stage.REMOVING:
        return
    package, code = _package(bench, state.dossier)
    try:
        package.delete(code, str(proposal))
    except PackageRefused as refusal:
        reason = str(refusal)
        bench.log.decide(BookingProposal, proposal, lambda now: now.refuse_removal(reason), context=context)
    else:
        bench.log.decide(BookingProposal, proposal, BookingProposal.finish_removal, context=context)


def synchronise(bench: Workbench, dossier: UUID, position: int, context: Context) -> None:
    """Replace the ledger mirror by what the package holds, unless a reading that began after `position` has done so already."""
    stream = synchronisation_of(dossier)
    known = bench.log.find(Synchronisation, stream)
    if known is not None and known.state.upto >= position:
        return
    upto = bench.log.recorder.safe_head()
    package, code = _package(bench, dossier)
    changes = bench.mirror.replace(dossier, package.synchronise(code), upto)
    if changes is None:
        return
    outcome = DossierSynchronised(dossier=dossier, upto=upto, added=changes.added, changed=changes.changed, removed=changes.removed)

    def attempt() -> int:
        found = bench.log.find(Synchronisation, stream)
        state = found.state if found else Synchronisation(dossier=dossier)
        change = Change(stream=stream, version=found.version if found else 0, events=state.complete(outcome))
        return bench.log.append(change, context=context)

    bench.log.twice(attempt, stream)


def booking_of(bench: Workbench, proposal: UUID, state: BookingProposal) -> Booking:
    """The booking as the package gets it: in euro, beside what an invoice in another currency said."""
    if state.invoice_date is None or state.total is None or state.counterparty is None or not state.period or not state.number:
        raise ValueError(f"proposal {proposal} is not complete")
    made = as_booked(bench, state)
    said = msgspec.structs.replace(state, lines=tuple(one.line for one in made))
    euro = in_euro(said)
    if euro is None:
        raise ValueError(f"proposal {proposal} has no exchange rate")
    party = bench.log.load(Counterparty, state.counterparty).state
    return Booking(
        id=str(proposal),
        kind=state.kind.value,
        credit_note=state.credit_note,
        journal=state.journal,
        number=state.number,
        period=state.period,
        party=BookingParty(
            id=party.package_id or str(state.counterparty),
            name=party.party_name,
            vat_number=party.vat_number,
            iban=party.ibans[0] if party.ibans else None,
        ),
        invoice_number=state.invoice_number,
        invoice_date=state.invoice_date,
        due_date=state.due_date,
        currency=EURO,
        total=euro.total,
        lines=tuple(
            BookingLine(
                account=line.account,
                vat_code=line.vat_code,
                base=line.base,
                vat=line.vat,
                description=_described(state, one),
                dimensions=line.dimensions,
            )
            for line, one in zip(euro.lines, made, strict=True)
        ),
        payment_reference=state.payment_reference or None,
        instruction=state.instruction,
        foreign=_foreign(said, state.total),
        discount=state.discount,
    )


def _described(state: BookingProposal, one: Booked) -> str:
    remark = dict(enumerate(state.remarks)).get(one.place, "")
    return ": ".join(filter(None, (PRIVATE_PART, remark))) if one.is_private else remark


def _foreign(state: BookingProposal, total: Decimal) -> ForeignAmounts | None:
    if state.currency == EURO or state.rate is None:
        return None
    return ForeignAmounts(
        currency=state.currency,
        total=total,
        lines=tuple((line.base, line.vat) for line in state.lines),
        per_euro=state.rate.per_euro,
        rate_day=state.rate.day,
    )


def _package(bench: Workbench, dossier: UUID) -> tuple[AccountingPackage, str]:
    state = bench.log.load(Dossier, dossier).state
    return bench.packages[state.package], state.package_code


def _original(bench: Workbench, state: BookingProposal) -> bytes | None:
    document = bench.log.load(Document, state.document).state
    return None if document.erased else bench.objects.get(document.sha256)
