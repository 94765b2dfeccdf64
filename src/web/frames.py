"""The frames around our pages: menus offer only what the person's profiles allow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.event_log import NotFoundError
from application.permissions import Action, extent
from web.pages import Frame, MenuItem
from web.security.secrets import drafts_of
from web.translations import _
from web.visiting import Guest, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from web.wiring import Cell

LIVE = "/live"
SIGN_OUT = "/sign-out"
ACCOUNT = "/account"


class Entry(msgspec.Struct, frozen=True):
    """An entry that a menu may have: its key, its marked name, where it leads within the dossier, what it needs, its icon."""

    key: str
    label: str
    path: str
    needs: Action
    icon: str = ""


PORTAL = (
    Entry("mailboxes", _("Postbussen"), "/mailboxes", Action.SEE_MAILBOXES, "inbox"),
    Entry("archive", _("Archief"), "/archive", Action.SEE_ARCHIVE, "archive"),
)
DOSSIER = (
    Entry("worklist", _("Werklijst"), "/worklist", Action.SEE_WORKLIST),
    Entry("proposals", _("Boekingsvoorstellen"), "/proposals", Action.SEE_WORKLIST),
    Entry("synchronisation", _("Synchronisatie"), "/synchronisation", Action.SEE_DOSSIER),
    Entry("settings", _("Instellingen"), "/settings", Action.DOSSIER_SETTINGS),
)
OFFICE = (
    Entry("clients", _("Actieve klanten"), "/clients", Action.SEE_DOSSIER),
    Entry("help", _("Hulp"), "/help", Action.EDIT_PROPOSALS),
    Entry("control", _("Kwaliteitscontrole"), "/control", Action.EDIT_PROPOSALS),
    Entry("people", _("Medewerkers"), "/people", Action.OFFICE_SETTINGS),
    Entry("rates", _("Wisselkoersen"), "/rates", Action.SEE_WORKLIST),
    Entry("settings", _("Instellingen"), "/settings", Action.OFFICE_SETTINGS),
    Entry("tasks", _("Taken"), "/tasks", Action.RETRY_TASKS),
    Entry("health", _("Gezondheid"), "/health", Action.SEE_HEALTH),
)
CLIENT_PORTAL = Entry("portal", _("Klantenportaal"), "", Action.OPEN_PORTAL)


def guest_frame(cell: Cell, guest: Guest) -> Frame:
    """For pages without a menu: signing in, choosing a password, choosing a dossier."""
    if isinstance(guest, Visitor):
        return Frame(
            office_name=cell.models.directory.office_name(),
            csrf=guest.csrf,
            user_name=guest.name,
            sign_out_href=SIGN_OUT,
            settings_href=ACCOUNT,
            live=LIVE,
            drafts=drafts_of(cell.keys.drafts, guest.actor.user),
        )
    return Frame(office_name=cell.models.directory.office_name(), csrf=guest.csrf)


def portal_frame(cell: Cell, visitor: Visitor, dossier: UUID, current: str = "") -> Frame:
    """For a page of the client's portal; `current` is the key of a menu entry. Raises `NotFoundError` for a stranger."""
    card = cell.models.directory.dossier(dossier)
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    if card is None or not allowed:
        raise NotFoundError(f"dossier {dossier}")
    entries = _items(PORTAL, f"/portal/{dossier}", allowed, current)
    return msgspec.structs.replace(
        guest_frame(cell, visitor),
        menu=entries,
        phone_menu=entries,
        dossier=card.dossier_name,
        dossier_number=card.vat_number or card.enterprise_number,
        dossiers_href="/portal" if visitor.profile is None else "/office/clients",
    )


def office_frame(cell: Cell, visitor: Visitor, current: str = "", dossier: UUID | None = None, tab: str = "") -> Frame:
    """For a page of the office, perhaps inside a dossier. Raises `NotFoundError` for who is not an employee, or does not reach it."""
    if visitor.profile is None:
        raise NotFoundError("office")
    may = frozenset(action for action in Action if extent(visitor.profile, action))
    menu = _with_counts(_items(OFFICE, "/office", may, current), waiting_for(cell, visitor))
    frame = msgspec.structs.replace(guest_frame(cell, visitor), menu=menu, dossiers_href="/office/clients")
    if dossier is None:
        return frame
    card = cell.models.directory.dossier(dossier)
    allowed = cell.bench.authority.allowed(visitor.actor, dossier)
    if card is None or Action.SEE_DOSSIER not in allowed:
        raise NotFoundError(f"dossier {dossier}")
    tabs = _items(DOSSIER, f"/office/dossiers/{dossier}", allowed, tab)
    portal = _items((CLIENT_PORTAL,), f"/portal/{dossier}", allowed, tab)
    number = card.vat_number or card.enterprise_number
    return msgspec.structs.replace(frame, dossier=card.dossier_name, dossier_number=number, dossier_menu=tabs + portal)


def waiting_for(cell: Cell, visitor: Visitor) -> dict[str, int]:
    """What waits for this employee himself, by entry of the menu."""
    user, profile = visitor.actor.user, visitor.profile
    reach = cell.models.directory.office_reach(user, profile)
    help_counts = cell.models.worklist.help_counts(user, reach)
    return {"help": help_counts.asked + help_counts.answered, "control": cell.models.worklist.control_count(user, reach)}


def _with_counts(items: tuple[MenuItem, ...], counts: Mapping[str, int]) -> tuple[MenuItem, ...]:
    """The entries with what waits behind them; nothing is not told."""
    return tuple(msgspec.structs.replace(item, count=counts.get(item.href.rpartition("/")[2]) or None) for item in items)


def _items(entries: Iterable[Entry], base: str, allowed: frozenset[Action], current: str) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem(label=one.label, href=base + one.path, current=one.key == current, icon=one.icon)
        for one in entries
        if one.needs in allowed
    )
