"""A cash till: an aggregate small enough to try the log with, with personal values of every kind."""

from typing import Annotated

import msgspec

from domain.kernel import PERSONAL, Event, PersonalText, Refused


class TillOpened(Event):
    name = "till.opened"
    owner: PersonalText
    remark: PersonalText | None = None
    helpers: Annotated[tuple[str, ...], msgspec.Meta(extra={PERSONAL: True})] = ()


class CashPaidIn(Event):
    name = "till.cash_paid_in"
    cents: int


class PayerNamed(Event):
    name = "till.payer_named"
    payer: PersonalText


class Till(msgspec.Struct, frozen=True):
    owner: str
    cents: int = 0

    def pay_in(self, cents):
        if cents < 0:
            raise Refused("Een storting is nooit negatief.")
        return [CashPaidIn(cents=cents)] if cents else []

    @classmethod
    def evolve(cls, state, event):
        match event:
            case TillOpened(owner=owner):
                return cls(owner)
            case CashPaidIn(cents=cents):
                state = state or cls("")
                return msgspec.structs.replace(state, cents=state.cents + cents)
        return state


EVENTS = {kind.name: kind for kind in (TillOpened, CashPaidIn, PayerNamed)}
