"""A supplier or customer of one dossier, and how its invoices are usually booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec

from domain.booking_template import TemplateLine, key_of
from domain.dossier import Kind
from domain.kernel import PERSONAL, Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class CounterpartyCreated(Event, frozen=True, kw_only=True):
    """A new counterparty: `kind` purchase for a supplier, sales for a customer. VAT number and IBANs compact.

    The name is sealed: a sole trader's is a person's. `package_id` when it came from the accounting package.
    """

    name = "counterparty.created"
    dossier: UUID
    kind: Kind
    party_name: PersonalText
    vat_number: str | None = None
    ibans: Annotated[tuple[str, ...], msgspec.Meta(extra={PERSONAL: True})] = ()
    package_id: str | None = None


class CounterpartyRenamed(Event, frozen=True, kw_only=True):
    """Another name."""

    name = "counterparty.renamed"
    party_name: PersonalText


class IbanConfirmed(Event, frozen=True, kw_only=True):
    """An employee accepted an account number of this counterparty."""

    name = "counterparty.iban_confirmed"
    iban: PersonalText


class DefaultsLearnt(Event, frozen=True, kw_only=True):
    """How a checked invoice of this counterparty was booked: account and VAT code of its largest line."""

    name = "counterparty.defaults_learnt"
    account: str
    vat_code: str
    proposal: UUID


class TemplateSaved(Event, frozen=True, kw_only=True):
    """An employee keeps these lines as a template: the next invoice of this counterparty is booked so when its VAT rates are the same."""

    name = "counterparty.template_saved"
    lines: tuple[TemplateLine, ...]


class TemplateDropped(Event, frozen=True, kw_only=True):
    """A saved template is used no more. `template` is its key: accounts and VAT codes in order."""

    name = "counterparty.template_dropped"
    template: str


class LineByLineSwitched(Event, frozen=True, kw_only=True):
    """Its invoices are booked line by line from now on, or no longer: the lines of those on paper are always read (FEATURES J5)."""

    name = "counterparty.line_by_line_switched"
    on: bool


class Counterparty(msgspec.Struct, frozen=True, kw_only=True):
    """Name, VAT number, known accounts, the booking last learnt, and whether its invoices are booked line by line."""

    dossier: UUID
    kind: Kind
    party_name: str
    vat_number: str | None
    ibans: tuple[str, ...]
    package_id: str | None
    account: str | None = None
    vat_code: str | None = None
    line_by_line: bool = False
    templates: dict[str, tuple[TemplateLine, ...]] = {}
    """Saved ones by their key, the last saved last."""

    def save_template(self, lines: tuple[TemplateLine, ...]) -> Sequence[Event]:
        """Keep a way of booking; one with the same accounts and VAT codes makes place for it."""
        if not lines or not all(line.account and line.vat_code for line in lines):
            raise Refused("Een sjabloon heeft op elke lijn een rekening en een btw-code nodig.")
        return [] if self.templates.get(key_of(lines)) == lines else [TemplateSaved(lines=lines)]

    def drop_template(self, template: str) -> Sequence[Event]:
        """Use a saved one no more."""
        return [TemplateDropped(template=template)] if template in self.templates else []

    def rename(self, party_name: str) -> Sequence[Event]:
        """Another name, not empty."""
        if not party_name.strip():
            raise Refused("Geef de tegenpartij een naam.")
        return [] if party_name.strip() == self.party_name else [CounterpartyRenamed(party_name=party_name.strip())]

    def confirm_iban(self, iban: str) -> Sequence[Event]:
        """Know this account number from now on."""
        return [] if iban in self.ibans else [IbanConfirmed(iban=iban)]

    def learn(self, account: str, vat_code: str, proposal: UUID) -> Sequence[Event]:
        """Book the next invoice like this one."""
        if (self.account, self.vat_code) == (account, vat_code):
            return []
        return [DefaultsLearnt(account=account, vat_code=vat_code, proposal=proposal)]

    def switch_line_by_line(self, *, on: bool) -> Sequence[Event]:
        """Book its invoices line by line, or no longer."""
        return [] if on is self.line_by_line else [LineByLineSwitched(on=on)]

    @classmethod
    def evolve(cls, state: Counterparty | None, event: Event) -> Counterparty:
        """State after one more event."""
        match state, event:
            case None, CounterpartyCreated():
                return cls(
                    dossier=event.dossier,
                    kind=event.kind,
                    party_name=event.party_name,
                    vat_number=event.vat_number,
                    ibans=event.ibans,
                    package_id=event.package_id,
                )
            case Counterparty(), CounterpartyRenamed(party_name=party_name):
                return msgspec.structs.replace(state, party_name=party_name)
            case Counterparty(), IbanConfirmed(iban=iban):
                return msgspec.structs.replace(state, ibans=(*state.ibans, iban))
            case Counterparty(), DefaultsLearnt(account=account, vat_code=vat_code):
                return msgspec.structs.replace(state, account=account, vat_code=vat_code)
            case Counterparty(), TemplateSaved(lines=lines):
                return msgspec.structs.replace(state, templates=_without(state.templates, key_of(lines)) | {key_of(lines): lines})
            case Counterparty(), TemplateDropped(template=template):
                return msgspec.structs.replace(state, templates=_without(state.templates, template))
            case Counterparty(), LineByLineSwitched(on=on):
                return msgspec.structs.replace(state, line_by_line=on)
        raise AssertionError(f"{event!r} cannot follow {state!r}")


def _without(templates: dict[str, tuple[TemplateLine, ...]], key: str) -> dict[str, tuple[TemplateLine, ...]]:
    return {one: lines for one, lines in templates.items() if one != key}
