"""Dossiers: opening one for a client, and its settings."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from application.claims import AlreadyClaimed
from application.event_log import Change
from application.permissions import Action, Actor
from application.ports import PackageRefused
from domain.access import EmployeeAssigned, access_of
from domain.dossier import BookYearOpened, Dossier, DossierOpened, JournalSet, JournalSettings, Kind, check_first_period
from domain.kernel import Event, Refused
from domain.synchronisation import Synchronisation, synchronisation_of
from domain.vat_number import enterprise_number, parse_vat_number

if TYPE_CHECKING:
    from application.workbench import Workbench

STANDARD_JOURNALS = (
    JournalSettings(code="CFAAN", kind=Kind.PURCHASE, number_format="yy000###", alias="Aankopen"),
    JournalSettings(
        code="CFCNAK", kind=Kind.PURCHASE, number_format="yy000###", alias="Creditnota's aankoop", credit_notes_only=True, active=False
    ),
    JournalSettings(code="CFVER", kind=Kind.SALES, number_format="yy000###", alias="Verkopen"),
    JournalSettings(
        code="CFCNVK", kind=Kind.SALES, number_format="yy000###", alias="Creditnota's verkoop", credit_notes_only=True, active=False
    ),
)
"""The journals every dossier starts with (FEATURES F4)."""


def open_dossier(
    bench: Workbench, actor: Actor, *, name: str, vat_number: str, package: str, package_code: str, first_period: str, language: str = "nl"
) -> UUID:
    """A new client: claimed by its enterprise number, with the standard journals and one open book year.

    The employee who opens it manages it. Refused when the office already has this enterprise number.
    """
    bench.authority.require_office(actor, Action.OPEN_DOSSIERS)
    enterprise = enterprise_number(vat_number)
    if enterprise is None:
        raise Refused("“{number}” is geen geldig ondernemingsnummer. Kijk de cijfers na.", number=vat_number)
    if not name.strip():
        raise Refused("Geef het dossier een naam.")
    if package not in bench.packages:
        raise Refused("Boekhoudpakket {package} is niet gekoppeld.", package=package)
    check_first_period(first_period)
    dossier = bench.new_id()
    events: list[Event] = [
        DossierOpened(
            dossier_name=name.strip(),
            enterprise_number=enterprise,
            vat_number=parse_vat_number(vat_number),
            package=package,
            package_code=package_code,
            language=language,
        ),
        *(JournalSet(journal=journal) for journal in STANDARD_JOURNALS),
        BookYearOpened(first_period=first_period),
    ]
    access = Change(stream=access_of(dossier), version=0, events=[EmployeeAssigned(dossier=dossier, user=actor.user, manager=True)])
    _link(bench, package, package_code, name.strip(), first_period)
    try:
        claims = [bench.claims.take(dossier, "enterprise", enterprise), bench.claims.take(dossier, "package", package, package_code)]
        bench.log.append(*claims, Change(stream=dossier, version=0, events=events), access, context=actor.context)
    except (AlreadyClaimed, IntegrityError) as taken:
        raise Refused("Er is al een dossier met dit ondernemingsnummer ({number}) of deze dossiercode.", number=enterprise) from taken
    return dossier


def open_book_year(bench: Workbench, actor: Actor, dossier: UUID, first_period: str) -> int:
    """Another book year of twelve open periods, in the dossier and in its package."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    state = bench.log.load(Dossier, dossier).state
    _link(bench, state.package, state.package_code, state.dossier_name, first_period)
    return bench.log.decide(Dossier, dossier, lambda now: now.open_book_year(first_period), context=actor.context)


def _link(bench: Workbench, package: str, code: str, name: str, first_period: str) -> None:
    try:
        bench.packages[package].link(code, name, first_period)
    except PackageRefused as refusal:
        raise Refused("Het boekhoudpakket kent dit dossier niet: {reason}", reason=str(refusal)) from refusal


def dossier_by_enterprise_number(bench: Workbench, number: str) -> UUID | None:
    """The dossier with these ten digits, whoever asks: the caller still has to be let in."""
    return bench.claims.owner("enterprise", number)


def set_journal(bench: Workbench, actor: Actor, dossier: UUID, journal: JournalSettings) -> int:
    """Add or change a journal."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)
    return bench.log.decide(Dossier, dossier, lambda state: state.set_journal(journal), context=actor.context)


def switch_period(bench: Workbench, actor: Actor, dossier: UUID, period: str, *, is_open: bool) -> int:
    """Close or reopen a booking period."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)

    def decision(state: Dossier) -> list[Event]:
        return list(state.reopen_period(period) if is_open else state.close_period(period))

    return bench.log.decide(Dossier, dossier, decision, context=actor.context)


def choose_vat_codes(bench: Workbench, actor: Actor, dossier: UUID, offered: Collection[str], known: Collection[str]) -> int:
    """Which of the package's VAT codes (`known`) are offered in this dossier."""
    bench.authority.require(actor, Action.DOSSIER_SETTINGS, dossier)

    def decision(state: Dossier) -> list[Event]:
        return [event for code in sorted(known) for event in state.switch_vat_code(code, on=code in offered)]

    return bench.log.decide(Dossier, dossier, decision, context=actor.context)


def request_synchronisation(bench: Workbench, actor: Actor, dossier: UUID) -> int:
    """Ask for the ledger mirror to be replaced by what the package holds now."""
    bench.authority.require(actor, Action.SYNCHRONISE, dossier)
    stream = synchronisation_of(dossier)

    def attempt() -> int:
        found = bench.log.find(Synchronisation, stream)
        state = found.state if found else Synchronisation(dossier=dossier)
        change = Change(stream=stream, version=found.version if found else 0, events=state.request())
        return bench.log.append(change, context=actor.context)

    return bench.log.twice(attempt, stream)
