"""The accounting office itself: one per installation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from domain.deductible import check_deductible, with_deductible
from domain.kernel import Event, Refused
from domain.misc_types import BASE, LONGEST_TYPE, MOST_TYPES, MiscTypeDropped, MiscTypeSet
from domain.quality_control import ControlHoldSwitched, ControlShareSet
from domain.service_level import OfficeTermSet

if TYPE_CHECKING:
    from collections.abc import Sequence


class OfficeOpened(Event, frozen=True, kw_only=True):
    """The installation belongs to this office. `time_zone` is an IANA name."""

    name = "office.opened"
    office_name: str
    time_zone: str = "Europe/Brussels"


class OfficeRenamed(Event, frozen=True, kw_only=True):
    """The name shown at sign-in and in every bar."""

    name = "office.renamed"
    office_name: str


class TemplatesSet(Event, frozen=True, kw_only=True):
    """So many invoices of a counterparty booked the same way make a template (FEATURES J6)."""

    name = "office.templates_set"
    from_count: int


class OfficeDeductibleSet(Event, frozen=True, kw_only=True):
    """The percentage of the VAT on accounts that begin so that may be deducted, in every dossier that has none of its own (FEATURES F5)."""

    name = "office.deductible_set"
    account: str
    percent: Decimal | None = None


LAW = {"6143": Decimal(0), "6144": Decimal(0)}
"""Restaurant and reception costs: their VAT may not be deducted (VAT Code, art. 45 §3)."""
TEMPLATES_FROM = range(1, 21)


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """Name and time zone of the office, and what it has set for all its dossiers."""

    office_name: str
    time_zone: str
    templates_from: int = 3
    term: int = 0
    """Working days in which what is submitted is processed; 0: no promise."""
    control_share: int = 0
    """Percent of what an employee checks that is controlled, where `control_shares` has nothing for him."""
    control_shares: dict[UUID, int] = {}
    control_holds: bool = False
    """What was drawn waits with sending until it was controlled."""
    misc_types: dict[str, bool] = {}
    """The office's own types of miscellaneous documents → whether they usually are for the permanent file."""
    deductible: dict[str, Decimal] = msgspec.field(default_factory=LAW.copy)

    def set_templates(self, from_count: int) -> Sequence[Event]:
        """After how many invoices a template is made."""
        if from_count not in TEMPLATES_FROM:
            raise Refused("Kies een aantal tussen {first} en {last}.", first=TEMPLATES_FROM[0], last=TEMPLATES_FROM[-1])
        return [] if from_count == self.templates_from else [TemplatesSet(from_count=from_count)]

    def set_deductible(self, account: str, percent: Decimal | None) -> Sequence[Event]:
        """How much of the VAT on these accounts may be deducted."""
        check_deductible(account, percent)
        return [] if self.deductible.get(account) == percent else [OfficeDeductibleSet(account=account, percent=percent)]

    def set_misc_type(self, type_name: str, *, permanent: bool) -> Sequence[Event]:
        """A type of the office's own, or whether one is for the permanent file."""
        type_name = " ".join(type_name.split())
        if not 0 < len(type_name) <= LONGEST_TYPE:
            raise Refused("Geef het type een naam van hoogstens {most} tekens.", most=LONGEST_TYPE)
        if type_name in BASE or (type_name not in self.misc_types and len(self.misc_types) >= MOST_TYPES):
            raise Refused("Dit type kan niet toegevoegd worden.")
        return [] if self.misc_types.get(type_name) == permanent else [MiscTypeSet(type_name=type_name, permanent=permanent)]

    def drop_misc_type(self, type_name: str) -> Sequence[Event]:
        """Offer a type of the office's own no longer."""
        return [MiscTypeDropped(type_name=type_name)] if type_name in self.misc_types else []

    def rename(self, office_name: str) -> Sequence[Event]:
        """Another name, not empty."""
        office_name = " ".join(office_name.split())
        if not office_name:
            raise Refused("Geef het kantoor een naam.")
        return [] if office_name == self.office_name else [OfficeRenamed(office_name=office_name)]

    @classmethod
    def evolve(cls, state: Office | None, event: Event) -> Office:
        """State after one more event."""
        match state, event:
            case None, OfficeOpened(office_name=office_name, time_zone=time_zone):
                return cls(office_name=office_name, time_zone=time_zone)
            case Office(), OfficeRenamed(office_name=office_name):
                return msgspec.structs.replace(state, office_name=office_name)
            case Office(), TemplatesSet(from_count=from_count):
                return msgspec.structs.replace(state, templates_from=from_count)
            case Office(), ControlShareSet(employee=None, percent=percent):
                return msgspec.structs.replace(state, control_share=percent or 0)
            case Office(), ControlShareSet(employee=UUID() as employee, percent=percent):
                others = {one: share for one, share in state.control_shares.items() if one != employee}
                return msgspec.structs.replace(state, control_shares=others | ({} if percent is None else {employee: percent}))
            case Office(), ControlHoldSwitched(on=on):
                return msgspec.structs.replace(state, control_holds=on)
            case Office(), MiscTypeSet(type_name=type_name, permanent=permanent):
                return msgspec.structs.replace(state, misc_types=state.misc_types | {type_name: permanent})
            case Office(), MiscTypeDropped(type_name=type_name):
                left = {name: permanent for name, permanent in state.misc_types.items() if name != type_name}
                return msgspec.structs.replace(state, misc_types=left)
            case Office(), OfficeTermSet(days=days):
                return msgspec.structs.replace(state, term=days)
            case Office(), OfficeDeductibleSet(account=account, percent=percent):
                return msgspec.structs.replace(state, deductible=with_deductible(state.deductible, account, percent))
        raise AssertionError(f"{event!r} cannot follow {state!r}")
