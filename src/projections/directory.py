"""Who is who, which dossiers there are, and who reaches them: for lists, menus and names beside ids. Decisions ask the log instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from application.event_log import Moment
from domain.access import ClientAccessWithdrawn, ClientProfileGiven, EmployeeAssigned, EmployeeUnassigned
from domain.dossier import DossierOpened
from domain.office import OfficeOpened, OfficeRenamed
from domain.profiles import OfficeProfile
from domain.synchronisation import DossierSynchronised
from domain.user import LanguageChosen, OfficeProfileGiven, UserDeactivated, UserReactivated, UserRegistered
from projections.read_model import ReadModel
from projections.sorting import sort_key


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    language: str
    profile: str | None
    active: bool

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        """For the round picture in the bar."""
        return (self.first_name[:1] + self.last_name[:1]).upper()


class DossierCard(msgspec.Struct, frozen=True):
    """One line of the list of clients."""

    id: UUID
    dossier_name: str
    enterprise_number: str
    vat_number: str | None
    package: str
    package_code: str
    manager: UUID | None
    synchronised_at: Any


class Member(msgspec.Struct, frozen=True):
    """A person's place in a dossier: a client profile, an employee's task, or both."""

    user: UUID
    profile: str | None
    employee: bool
    manager: bool


_CARDS = """
SELECT d.id, d.dossier_name, d.enterprise_number, d.vat_number, d.package, d.package_code, d.synchronised_at,
       (SELECT m."user" FROM members m WHERE m.dossier = d.id AND m.manager LIMIT 1) AS manager
FROM dossiers d
"""


class Directory(ReadModel):
    """People, dossiers, membership and the office's name."""

    name: ClassVar[str] = "directory"
    version: ClassVar[int] = 2
    events: ClassVar = (
        OfficeOpened,
        OfficeRenamed,
        UserRegistered,
        OfficeProfileGiven,
        UserDeactivated,
        UserReactivated,
        LanguageChosen,
        DossierOpened,
        DossierSynchronised,
        ClientProfileGiven,
        ClientAccessWithdrawn,
        EmployeeAssigned,
        EmployeeUnassigned,
    )
    schema: ClassVar[str] = """
        CREATE TABLE office (single boolean PRIMARY KEY DEFAULT true CHECK (single), office_name text NOT NULL);
        CREATE TABLE people (
            id uuid PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text NOT NULL, language text NOT NULL,
            profile text, active boolean NOT NULL DEFAULT true, sort_key text NOT NULL
        );
        CREATE TABLE dossiers (
            id uuid PRIMARY KEY, dossier_name text NOT NULL, enterprise_number text NOT NULL, vat_number text, package text NOT NULL,
            package_code text NOT NULL, synchronised_at timestamptz, sort_key text NOT NULL
        );
        CREATE INDEX dossiers_sorted ON dossiers (sort_key, id);
        CREATE INDEX dossiers_found ON dossiers USING gin (sort_key public.gin_trgm_ops);
        CREATE TABLE members (
            dossier uuid, "user" uuid, profile text, employee boolean NOT NULL DEFAULT false, manager boolean NOT NULL DEFAULT false,
            PRIMARY KEY (dossier, "user")
        );
        CREATE INDEX members_user ON members ("user");
    """

    def apply(self, batch: Sequence[Moment], db: psycopg.Connection) -> None:
        """One statement an event: these are few."""
        for moment in batch:
            db.execute(*_statement(moment))

    def office_name(self) -> str:
        """The name in every bar; empty before the office was opened."""
        with self.asking() as db:
            row = db.execute("SELECT office_name FROM office").fetchone()
        return str(row[0]) if row else ""

    def person(self, user: UUID) -> Person | None:
        """One person."""
        return next(iter(self.people([user])), None)

    def people(self, users: Iterable[UUID]) -> list[Person]:
        """The people with these ids, in no order."""
        with self.asking() as db, db.cursor(row_factory=class_row(Person)) as cursor:
            return cursor.execute(
                "SELECT id, first_name, last_name, email, language, profile, active FROM people WHERE id = ANY(%s)", (list(users),)
            ).fetchall()

    def names(self, users: Iterable[UUID | None]) -> dict[UUID, str]:
        """Full names by id."""
        return {person.id: person.full_name for person in self.people({user for user in users if user})}

    def everybody(self) -> list[Person]:
        """All people, by name."""
        with self.asking() as db, db.cursor(row_factory=class_row(Person)) as cursor:
            return cursor.execute(
                "SELECT id, first_name, last_name, email, language, profile, active FROM people ORDER BY sort_key, id"
            ).fetchall()

    def dossier(self, dossier: UUID) -> DossierCard | None:
        """One dossier."""
        with self.asking() as db, db.cursor(row_factory=class_row(DossierCard)) as cursor:
            return cursor.execute(_CARDS + "WHERE d.id = %s", (dossier,)).fetchone()

    def members(self, dossier: UUID) -> list[Member]:
        """Everybody with a place in a dossier."""
        with self.asking() as db, db.cursor(row_factory=class_row(Member)) as cursor:
            return cursor.execute('SELECT "user", profile, employee, manager FROM members WHERE dossier = %s', (dossier,)).fetchall()

    def dossiers_among(self, reach: Sequence[UUID] | None, *, after: str = "", limit: int = 100) -> list[DossierCard]:
        """Dossiers (None: all of them) by enterprise number, after this one."""
        query = f"{_CARDS} WHERE d.enterprise_number > %s AND (%s::uuid[] IS NULL OR d.id = ANY (%s)) ORDER BY d.enterprise_number LIMIT %s"
        among = None if reach is None else list(reach)
        with self.asking() as db, db.cursor(row_factory=class_row(DossierCard)) as cursor:
            return cursor.execute(query, (after, among, among, limit)).fetchall()

    def portal_dossiers(self, user: UUID) -> list[DossierCard]:
        """The dossiers this person is a client user of, by name."""
        query = _CARDS + 'JOIN members c ON c.dossier = d.id AND c."user" = %s AND c.profile IS NOT NULL ORDER BY d.sort_key, d.id'
        with self.asking() as db, db.cursor(row_factory=class_row(DossierCard)) as cursor:
            return cursor.execute(query, (user,)).fetchall()

    def office_dossiers(
        self, user: UUID, profile: str, *, text: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[list[DossierCard], int]:
        """A page of the dossiers an employee reaches (an admin: all), by name, and their count. `text`: part of a name or number."""
        where, values = ["true"], dict[str, Any](user=user, limit=limit, offset=offset)
        if profile != OfficeProfile.ADMIN:
            where.append('EXISTS (SELECT FROM members e WHERE e.dossier = d.id AND e."user" = %(user)s AND e.employee)')
        if wanted := sort_key(text):
            where.append("(d.sort_key LIKE %(like)s OR d.enterprise_number LIKE %(like)s)")
            values["like"] = f"%{wanted}%"
        condition = " AND ".join(where)
        with self.asking() as db, db.cursor(row_factory=class_row(DossierCard)) as cursor:
            page = cursor.execute(
                f"{_CARDS} WHERE {condition} ORDER BY d.sort_key, d.id LIMIT %(limit)s OFFSET %(offset)s", values
            ).fetchall()
            count = db.execute(f"SELECT count(*) FROM dossiers d WHERE {condition}", values).fetchone()
        return page, int(count[0]) if count else 0

    def reach(self, user: UUID, profile: str | None) -> list[UUID] | None:
        """The dossiers a person has any place in; None means all of them (an admin of the office)."""
        if profile == OfficeProfile.ADMIN:
            return None
        with self.asking() as db:
            found = db.execute('SELECT dossier FROM members WHERE "user" = %s AND (employee OR profile IS NOT NULL)', (user,))
            return [row[0] for row in found]

    def office_reach(self, user: UUID, profile: str | None) -> list[UUID] | None:
        """The dossiers an employee works for; None means all of them (an admin of the office)."""
        if profile == OfficeProfile.ADMIN:
            return None
        with self.asking() as db:
            return [row[0] for row in db.execute('SELECT dossier FROM members WHERE "user" = %s AND employee', (user,))]

    def colleagues(self, dossier: UUID, user: UUID) -> list[Person]:
        """The other employees who work for a dossier (admins: for each), by name."""
        query = """
            SELECT id, first_name, last_name, email, language, profile, active FROM people p WHERE active AND id <> %(user)s AND (
                profile = %(admin)s
                OR profile IS NOT NULL AND EXISTS (SELECT FROM members m WHERE m.dossier = %(dossier)s AND m."user" = p.id AND m.employee)
            ) ORDER BY sort_key, id
        """
        with self.asking() as db, db.cursor(row_factory=class_row(Person)) as cursor:
            return cursor.execute(query, {"user": user, "dossier": dossier, "admin": OfficeProfile.ADMIN.value}).fetchall()


_NEW_DOSSIER = """
INSERT INTO dossiers (id, dossier_name, enterprise_number, vat_number, package, package_code, sort_key)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_EMPLOYEE = """
INSERT INTO members (dossier, "user", employee, manager) VALUES (%s, %s, true, %s)
ON CONFLICT (dossier, "user") DO UPDATE SET employee = true, manager = excluded.manager
"""
_CLIENT = """
INSERT INTO members (dossier, "user", profile) VALUES (%s, %s, %s)
ON CONFLICT (dossier, "user") DO UPDATE SET profile = excluded.profile
"""


def _statement(moment: Moment) -> tuple[str, tuple[Any, ...]]:
    match moment.event:
        case OfficeOpened(office_name=name) | OfficeRenamed(office_name=name):
            return "INSERT INTO office (office_name) VALUES (%s) ON CONFLICT (single) DO UPDATE SET office_name = excluded.office_name", (
                name,
            )
        case UserRegistered() as one:
            key = sort_key(f"{one.last_name} {one.first_name}")
            return (
                "INSERT INTO people (id, first_name, last_name, email, language, sort_key) VALUES (%s, %s, %s, %s, %s, %s)",
                (moment.stream, one.first_name, one.last_name, one.email, one.language, key),
            )
        case OfficeProfileGiven(profile=profile):
            return "UPDATE people SET profile = %s WHERE id = %s", (profile.value, moment.stream)
        case UserDeactivated() | UserReactivated():
            return "UPDATE people SET active = %s WHERE id = %s", (isinstance(moment.event, UserReactivated), moment.stream)
        case LanguageChosen(language=language):
            return "UPDATE people SET language = %s WHERE id = %s", (language, moment.stream)
        case DossierOpened() as one:
            own = (one.dossier_name, one.enterprise_number, one.vat_number, one.package, one.package_code)
            return _NEW_DOSSIER, (moment.stream, *own, sort_key(one.dossier_name))
        case DossierSynchronised(dossier=dossier):
            return "UPDATE dossiers SET synchronised_at = %s WHERE id = %s", (moment.at, dossier)
        case ClientProfileGiven(dossier=dossier, user=user, profile=client):
            return _CLIENT, (dossier, user, client.value)
        case ClientAccessWithdrawn(dossier=dossier, user=user):
            return _CLIENT, (dossier, user, None)
        case EmployeeAssigned(dossier=dossier, user=user, manager=manager):
            return _EMPLOYEE, (dossier, user, manager)
        case EmployeeUnassigned(dossier=dossier, user=user):
            return 'UPDATE members SET employee = false, manager = false WHERE dossier = %s AND "user" = %s', (dossier, user)
    raise AssertionError(f"{moment.event!r} is not for the directory")
