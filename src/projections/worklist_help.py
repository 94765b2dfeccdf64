"""What a row of the worklist knows about help that was asked (FEATURES N2), and the questions about it over all dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from application.event_log import Moment
from domain.help import HelpAnswered, HelpAsked, HelpClosed
from projections.asked_rows import AskedRow

HELP_EVENTS = (HelpAsked, HelpAnswered, HelpClosed)
HELP_COLUMNS = """
    help text NOT NULL, help_by uuid, help_from uuid, help_question text NOT NULL, help_answer text NOT NULL, help_answered_by uuid,
    help_at timestamptz
"""
HELP_INDEX = "CREATE INDEX worklist_asking ON worklist (dossier) WHERE help <> '' AND place NOT IN ('', 'sent');"


class HelpedRow(AskedRow, frozen=True, kw_only=True):
    """`help` is asked, answered or empty; `help_by` asks, `help_from` is to answer (None: anyone), `help_at` is when that came about."""

    help: str = ""
    help_by: UUID | None = None
    help_from: UUID | None = None
    help_question: str = ""
    help_answer: str = ""
    help_answered_by: UUID | None = None
    help_at: datetime | None = None


NO_HELP: dict[str, Any] = {
    "help": "",
    "help_by": None,
    "help_from": None,
    "help_question": "",
    "help_answer": "",
    "help_answered_by": None,
    "help_at": None,
}


def help_changes(moment: Moment) -> dict[str, Any]:
    """What an event of the help stream changes in the row."""
    match moment.event:
        case HelpAsked() as asked:
            told = {"help": "asked", "help_by": asked.asker, "help_from": asked.colleague, "help_question": asked.question}
            return NO_HELP | told | {"help_at": moment.at}
        case HelpAnswered(answer=answer):
            return {"help": "answered", "help_answer": answer, "help_answered_by": moment.context.by, "help_at": moment.at}
        case HelpClosed():
            return NO_HELP
    return {}


class HelpCounts(NamedTuple):
    """What waits for one employee: questions to him (or to anyone), and answers to his own."""

    asked: int = 0
    answered: int = 0


_OPEN = "help <> '' AND place NOT IN ('', 'sent') AND (%(reach)s::uuid[] IS NULL OR dossier = ANY (%(reach)s))"
_TO_ME = "help = 'asked' AND (help_from = %(user)s OR (help_from IS NULL AND help_by <> %(user)s))"
_MINE = "help_by = %(user)s"
COUNT_HELP = f"""
SELECT count(*) FILTER (WHERE {_TO_ME}), count(*) FILTER (WHERE {_MINE} AND help = 'answered') FROM worklist WHERE {_OPEN}
"""
LISTED_HELP = f"worklist w WHERE {_OPEN} AND ({_TO_ME} OR {_MINE}) ORDER BY help_at, id LIMIT 500"


def about(user: UUID, reach: Sequence[UUID] | None) -> dict[str, Any]:
    """The values of these questions; `reach` None: all dossiers."""
    return {"user": user, "reach": None if reach is None else list(reach)}
