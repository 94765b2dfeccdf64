"""Setting up a real office from the command line: its first administrator, people, dossiers, tokens."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from application import dossiers, people
from application.event_log import Via
from application.permissions import Actor
from domain.booking_period import parse_booking_period
from domain.kernel import Refused
from domain.profiles import ClientProfile, OfficeProfile
from domain.user import User
from domain.vat_number import enterprise_number
from web.commands import first_start
from web.database import database_of
from web.formats import OFFICE_TIME
from web.output import tell
from web.security.door import Door
from web.settings import Settings
from web.wiring import Cell, open_cell


@contextmanager
def cell_of(settings: Settings) -> Iterator[Cell]:
    """The installation, for the length of a command."""
    with database_of(settings) as dsn:
        cell = open_cell(settings, dsn, threads=2, workshop_size=0)
        try:
            yield cell
        finally:
            cell.close()


def init(settings: Settings, office: str, first_name: str, last_name: str, email: str) -> int:
    """An empty office with its first administrator, who chooses a password by the link that is printed."""
    with cell_of(settings) as cell:
        user = first_start.open_with_admin(cell.bench, office, first_name=first_name, last_name=last_name, email=email)
        tell(f"{office} is ingericht. Start het met `daybook run`.")
        _tell_link(cell, settings, user, first_name)
    return 0


def add_user(settings: Settings, given: Namespace) -> int:
    """A person of the office or of a client; known people get one more dossier."""
    with cell_of(settings) as cell:
        office = _profile(given.profile)
        dossier = dossier_by_number(cell, given.dossier) if given.dossier else None
        if office is None and dossier is None:
            raise Refused("Zeg met --dossier bij welke klant deze gebruiker hoort.")
        user = cell.bench.claims.owner("email", given.email.strip().lower())
        if user is None:
            user = people.register_user(
                cell.bench, people.SYSTEM, first_name=given.first_name, last_name=given.last_name, email=given.email, profile=office
            )
            _tell_link(cell, settings, user, given.first_name)
        elif office is not None:
            cell.bench.log.decide(User, user, lambda state: state.give_office_profile(office), context=people.SYSTEM)
        if dossier is not None:
            _place(cell, dossier, user, office, given.profile)
    return 0


def add_dossier(settings: Settings, given: Namespace) -> int:
    """A client with its books in the built-in ledger."""
    with cell_of(settings) as cell:
        admin = user_by_email(cell, given.admin)
        number = enterprise_number(given.vat) or ""
        dossiers.open_dossier(
            cell.bench,
            Actor(user=admin, via=Via.CLI),
            name=given.name,
            vat_number=given.vat,
            package="sandbox",
            package_code=number,
            first_period=str(parse_booking_period(given.first_period)),
        )
        tell(f"Dossier {given.name} ({number}) is geopend.")
    return 0


def create_token(settings: Settings, email: str, scopes: Sequence[str], name: str, numbers: Sequence[str] = ()) -> int:
    """A token for a program, perhaps for the dossiers with these enterprise numbers only; it is shown once."""
    with cell_of(settings) as cell:
        only = [dossier_by_number(cell, one) for one in numbers]
        tell(Door(cell).create_token(email, scopes, name or "opdrachtregel", dossiers=only))
    return 0


def user_by_email(cell: Cell, email: str) -> UUID:
    """The person with this e-mail address."""
    user = cell.bench.claims.owner("email", email.strip().lower())
    if user is None:
        raise Refused("Er is geen gebruiker met e-mailadres {email}.", email=email)
    return user


def list_tokens(settings: Settings, email: str) -> int:
    """A person's tokens, newest first: all but the secrets themselves."""
    with cell_of(settings) as cell:
        for one in Door(cell).tokens_of(email):
            state = "ingetrokken" if one.revoked_at else "gebruikt" if one.first_used_at else "nog niet gebruikt"
            until = f" tot {one.expires_at.astimezone(OFFICE_TIME):%d/%m/%Y}" if one.expires_at else ""
            names = [card.dossier_name for card in map(cell.models.directory.dossier, one.dossiers or ()) if card]
            where = f"  {', '.join(names)}" if one.dossiers else ""
            tell(f"{one.id}  {one.name}  {', '.join(one.scopes or ('alles',))}{where}  {state}{until}")
    return 0


def revoke_token(settings: Settings, token_id: UUID) -> int:
    """No program gets in with this token any more."""
    with cell_of(settings) as cell:
        Door(cell).revoke_token(token_id)
        tell("De toegangssleutel is ingetrokken.")
    return 0


def _tell_link(cell: Cell, settings: Settings, user: UUID, first_name: str) -> None:
    tell(f"{first_name} kiest een wachtwoord op {settings.address}{Door(cell).invite(user)}")


def _profile(name: str) -> OfficeProfile | None:
    if name in set(OfficeProfile):
        return OfficeProfile(name)
    if name in set(ClientProfile):
        return None
    choices = ", ".join([*OfficeProfile, *ClientProfile])
    raise Refused("Profiel {name} bestaat niet. Kies uit: {choices}.", name=name, choices=choices)


def dossier_by_number(cell: Cell, number: str) -> UUID:
    """The dossier with this enterprise number."""
    dossier = dossiers.dossier_by_enterprise_number(cell.bench, enterprise_number(number) or "")
    if dossier is None:
        raise Refused("Er is geen dossier met ondernemingsnummer {number}.", number=number)
    return dossier


def _place(cell: Cell, dossier: UUID, user: UUID, office: OfficeProfile | None, profile: str) -> None:
    if office is None:
        people.let_client_in(cell.bench, people.SYSTEM, dossier, user, ClientProfile(profile))
    else:
        people.let_employee_in(cell.bench, people.SYSTEM, dossier, user, manager=False)
