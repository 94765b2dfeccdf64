"""The mail addresses of a dossier: enterprise number at the office's own domain, with the mailbox before it (FEATURES A4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from application.dossiers import dossier_by_enterprise_number
from domain.document import Mailbox

if TYPE_CHECKING:
    from application.workbench import Workbench

PREFIXES = {
    "aankoop": Mailbox.PURCHASE,
    "achat": Mailbox.PURCHASE,
    "purchase": Mailbox.PURCHASE,
    "verkoop": Mailbox.SALES,
    "vente": Mailbox.SALES,
    "sales": Mailbox.SALES,
    "divers": Mailbox.MISC,
    "misc": Mailbox.MISC,
}
_LOCAL = re.compile(r"(?:([a-z]+)-)?([0-9]{10})")


class Destination(msgspec.Struct, frozen=True):
    """Where mail for an address goes."""

    dossier: UUID
    mailbox: Mailbox


def destination(bench: Workbench, address: str, domain: str) -> Destination | None:
    """The mailbox behind an address, or None when there is none. Without a prefix it is miscellaneous, for a person to sort."""
    local, _, host = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if found is None or host != domain.lower():
        return None
    mailbox = PREFIXES.get(found[1]) if found[1] else Mailbox.MISC
    dossier = dossier_by_enterprise_number(bench, found[2]) if mailbox else None
    return Destination(dossier, mailbox) if dossier and mailbox else None


def addresses(enterprise_number: str, domain: str) -> dict[Mailbox, str]:
    """What to tell the client: one address a mailbox, in Dutch as the office's letters have it."""
    names = {Mailbox.PURCHASE: "aankoop", Mailbox.SALES: "verkoop", Mailbox.MISC: "divers"}
    return {mailbox: f"{name}-{enterprise_number}@{domain}" for mailbox, name in names.items()}
