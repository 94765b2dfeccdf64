"""`daybook erase`: a document whose time is over, or about which a person has asked it (FEATURES O4)."""

from __future__ import annotations

from application import erasure
from application.erasure import Ground
from application.event_log import Via
from application.permissions import Actor
from web.commands.inspect import document_id
from web.commands.manage import cell_of, user_by_email
from web.output import tell
from web.settings import Settings


def erase(settings: Settings, identity: str, ground: str, email: str) -> int:
    """Erase one document, as an act of the administrator with this e-mail address; the worker then drops what there is of it."""
    document = document_id(identity)
    with cell_of(settings) as cell:
        actor = Actor(user=user_by_email(cell, email), via=Via.CLI)
        position = erasure.erase(cell.bench, actor, document, Ground(ground))
    tell(f"Document {document} is gewist; de werker verwijdert zijn bestanden en sleutels." if position else "Dit document was al gewist.")
    return 0
