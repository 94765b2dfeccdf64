"""`daybook recognise-again`: open invoices are read again in bulk, after a technical failure or by a newer engine (FEATURES I3)."""

from __future__ import annotations

from application import rereading
from application.event_log import Via
from application.permissions import Action, Actor
from web.commands.manage import cell_of, dossier_by_number, user_by_email
from web.output import tell
from web.settings import Settings


def recognise_again(settings: Settings, email: str, number: str | None, engine_before: str | None) -> int:
    """Ask for it as this employee, and tell which documents are not read again and why. Without `engine_before` only what failed is."""
    with cell_of(settings) as cell:
        actor = Actor(user=user_by_email(cell, email), via=Via.CLI)
        dossiers = [dossier_by_number(cell, number)] if number else cell.models.worklist.dossiers()
        may = [one for one in dossiers if Action.EDIT_PROPOSALS in cell.bench.authority.allowed(actor, one)]
        documents = [document for one in may for document in cell.models.worklist.open_documents(one)]
        wanted = list(rereading.worth_reading_again(cell.bench, documents, engine_before))
        outcome = rereading.recognise_again(cell.bench, actor, wanted)
    for document, refusal in outcome.refused.items():
        tell(f"{document}: {refusal}")
    tell(f"Opnieuw te herkennen: {len(outcome.done)} van {len(documents)} open facturen, geweigerd: {len(outcome.refused)}.")
    return 0
