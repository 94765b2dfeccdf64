"""What can go wrong around a command, in a sentence for the operator. What is not here is a fault of ours and shows where it happened."""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout

from adapters.event_store.sealing import WrongKeyError
from application.event_log import ConflictError, NotFoundError
from application.permissions import Forbidden
from application.ports import ObjectDamaged, ObjectMissing
from projections.read_model import BeingRebuilt
from web.commands.backup import ProgramFailed


def sentence(error: Exception) -> str | None:
    """The sentence, or None for what nobody foresaw."""
    match error:
        case PoolTimeout() | psycopg.OperationalError():
            return f"De databank antwoordt niet of viel weg: {_reason(error)}"
        case psycopg.errors.InsufficientPrivilege():
            return f"De databank laat dit niet toe: {_reason(error)}"
        case WrongKeyError():
            return "De sleutel van deze installatie hoort niet bij haar logboek. Zet het juiste sleutelbestand terug (DAYBOOK_KEY_FILE)."
        case ObjectMissing() | ObjectDamaged():
            return f"Een bewaard bestand ontbreekt of is beschadigd: {_reason(error)}"
        case BeingRebuilt():
            return "De gegevens worden nog opgebouwd. Start Daybook, wacht even en probeer het opnieuw."
        case Forbidden():
            return str(error)
        case NotFoundError():
            return "Dit bestaat niet."
        case ConflictError():
            return "Iemand anders wijzigde dit net. Probeer het opnieuw."
        case ProgramFailed():
            return str(error)
        case OSError():
            return f"{error.filename or 'Bestand'}: {error.strerror or error}"
    return None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
