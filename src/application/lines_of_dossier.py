"""What the lines of a proposal need of the dossier they are booked in: its dimensions, and where private parts go (FEATURES J5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from application.enrichment.vat_choice import code_without_vat
from domain.dossier import Dossier
from domain.kernel import Refused
from domain.private_share import Booked, booked

if TYPE_CHECKING:
    from application.workbench import Workbench
    from domain.booking_proposal import BookingProposal


class PrivateBooking(NamedTuple):
    """Where the private part of a line is booked: account, and a VAT code that is told in no return."""

    account: str
    vat_code: str


def must_fit(bench: Workbench, state: BookingProposal) -> None:
    """Refused when a line cannot be booked here: a dimension the package does not have or asks for, a private part with nowhere to go."""
    known = {one.code: one for one in bench.mirror.dimensions(state.dossier)}
    asked = [one for one in known.values() if one.mandatory]
    for line in state.lines:
        for dimension, value in line.dimensions.items():
            if dimension not in known or value not in {one.code for one in known[dimension].values}:
                raise Refused("{value} is geen waarde van {dimension} in dit dossier. Kies ze opnieuw.", value=value, dimension=dimension)
        for one in asked:
            if one.code not in line.dimensions:
                raise Refused("Het boekhoudpakket vraagt op elke lijn: {dimension}.", dimension=one.name)
    if any(line.private for line in state.lines):
        private_booking(bench, state)


def private_booking(bench: Workbench, state: BookingProposal) -> PrivateBooking:
    """Account and VAT code of the private parts. Refused where there are none, or where the buyer owes the VAT of all of the line."""
    account = bench.log.load(Dossier, state.dossier).state.private_account
    if account is None:
        raise Refused("Dit dossier heeft nog geen privérekening. Kies ze eerst in de instellingen van het dossier.")
    codes = bench.mirror.vat_codes(state.dossier, state.kind)
    reverse = {code.code for code in codes if code.reverse_charge}
    for line in state.lines:
        if line.private is not None and line.vat_code in reverse:
            raise Refused(
                "Bij btw-code {code} is de btw op het geheel verschuldigd: een privégedeelte kan niet. Kies een code met beperkte aftrek.",
                code=line.vat_code,
            )
    code = code_without_vat(codes, state.kind)
    if not code:
        raise Refused("Dit dossier heeft geen btw-code buiten de aangifte: die is nodig voor een privégedeelte.")
    return PrivateBooking(account, code)


def as_booked(bench: Workbench, state: BookingProposal) -> list[Booked]:
    """The lines with their private parts on the dossier's private account. Raises `Refused` when they have nowhere to go."""
    if not any(line.private for line in state.lines):
        return booked(state.lines, "", "", state.currency)
    to = private_booking(bench, state)
    return booked(state.lines, to.account, to.vat_code, state.currency)
