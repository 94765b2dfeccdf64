"""What a dossier has set about how its proposals are made (FEATURES F5, G5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from application.permissions import Action, Actor
from domain.counterparty import Counterparty
from domain.dossier import Dossier, Kind
from domain.kernel import Event, Refused

if TYPE_CHECKING:
    from application.workbench import Workbench


def choose_fallback(bench: Workbench, actor: Actor, dossier: UUID, kind: Kind, counterparty: UUID | None) -> int:
    """The counterparty of invoices on which nobody is found; refused when it is not the dossier's, on this side of trade."""

    def decision(state: Dossier) -> Sequence[Event]:
        found = bench.log.find(Counterparty, counterparty) if counterparty else None
        if counterparty and (found is None or (found.state.dossier, found.state.kind) != (dossier, kind)):
            raise Refused("Deze tegenpartij hoort niet bij dit dossier.")
        return state.choose_fallback(kind, counterparty)

    return _decide(bench, actor, dossier, decision)


def set_payment_days(bench: Workbench, actor: Actor, dossier: UUID, days: int | None) -> int:
    """The usual term, where neither the invoice nor its counterparty tells one."""
    return _decide(bench, actor, dossier, lambda state: state.set_payment_days(days))


def switch_payment_preparation(bench: Workbench, actor: Actor, dossier: UUID, *, on: bool) -> int:
    """Whether purchases may be put ready for payment where they are booked."""
    return _decide(bench, actor, dossier, lambda state: state.switch_payment_preparation(on=on))


def switch_import_licence(bench: Workbench, actor: Actor, dossier: UUID, *, on: bool) -> int:
    """Whether VAT on imported goods goes on the return (ET 14.000)."""
    return _decide(bench, actor, dossier, lambda state: state.switch_import_licence(on=on))


def set_deductible(bench: Workbench, actor: Actor, dossier: UUID, account: str, percent: Decimal | None) -> int:
    """How much of the VAT on accounts that begin so may be deducted; None: as the office has it."""
    return _decide(bench, actor, dossier, lambda state: state.set_deductible(account, percent))


def set_private_account(bench: Workbench, actor: Actor, dossier: UUID, account: str | None) -> int:
    """Where the private part of a cost is booked; None: there is none. Refused when its books do not have the account."""

    def decision(state: Dossier) -> Sequence[Event]:
        if account is not None and account not in {one.code for one in bench.mirror.accounts(dossier)}:
            raise Refused("Rekening “{text}” bestaat niet in dit dossier. Kies ze uit de lijst.", text=account)
        return state.set_private_account(account)

    return _decide(bench, actor, dossier, decision)


def _decide(bench: Workbench, actor: Actor, dossier: UUID, decision: Callable[[Dossier], Sequence[Event]]) -> int:
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    return bench.log.decide(Dossier, dossier, decision, context=actor.context)
