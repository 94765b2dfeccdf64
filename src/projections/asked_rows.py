"""What a row about a document knows of the questions its client was asked: alike in the office's worklist and in the client's mailboxes."""

from __future__ import annotations

from typing import Any

from application.event_log import Moment
from domain.client_question import QuestionAnswered, QuestionAsked, QuestionsClosed
from projections.tallies import TalliedRow

QUESTION_EVENTS = (QuestionAsked, QuestionAnswered, QuestionsClosed)
QUESTION_COLUMNS = "question text NOT NULL, questions_waiting int NOT NULL"
ASKED, ANSWERED = "asked", "answered"


class AskedRow(TalliedRow, frozen=True, kw_only=True):
    """`question` is asked while an answer is awaited, answered once all came, else empty."""

    question: str = ""
    questions_waiting: int = 0


NO_QUESTION: dict[str, Any] = {"question": "", "questions_waiting": 0}


def question_changes(row: AskedRow, moment: Moment) -> dict[str, Any]:
    """What an event of the questions' stream changes in the row."""
    match moment.event:
        case QuestionAsked():
            return {"question": ASKED, "questions_waiting": row.questions_waiting + 1}
        case QuestionAnswered():
            waiting = row.questions_waiting - 1
            return {"question": ASKED if waiting else ANSWERED, "questions_waiting": waiting}
    return NO_QUESTION
