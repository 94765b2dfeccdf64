"""How the ledger misbehaves on request, so that every state of a sent booking can be lived through with a package that answers for real."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from psycopg.rows import class_row

from adapters.accounting.sandbox.books import lock_company

if TYPE_CHECKING:
    from psycopg import Connection


class Fault(StrEnum):
    """What goes wrong with a call."""

    LOSE_ANSWER = "lose_answer"
    """The work is done, the answer is lost: `OutcomeUnknown`."""
    UNREACHABLE = "unreachable"
    """Nothing arrives: `PackageUnreachable`."""
    REFUSE = "refuse"
    """`PackageRefused` with the reason given."""
    ANSWER_LATE = "answer_late"
    """The work is done, the answer takes some seconds."""
    LEAVE_UNCONFIRMED = "leave_unconfirmed"
    """Push only: taken without an id of the package and not in the books before `process_inbox`."""


class Call(StrEnum):
    """Which call goes wrong."""

    PUSH = "push"
    FIND = "find"
    DELETE = "delete"
    SYNCHRONISE = "synchronise"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One fault that is on, with the reason of a refusal and the seconds of a late answer."""

    fault: Fault
    reason: str = ""
    seconds: float = 0.0


def set_fault(connection: Connection[Any], company: str, call: Call, setting: Setting, times: int | None) -> None:
    """Let a call go wrong so many times, or until it is cleared."""
    lock_company(connection, company)
    connection.execute(
        "INSERT INTO faults (company, call, fault, times, seconds, reason) VALUES (%s, %s, %s, %s, %s, %s) "
        "ON CONFLICT (company, call, fault) DO UPDATE SET times = excluded.times, seconds = excluded.seconds, reason = excluded.reason",
        (company, call, setting.fault, times, setting.seconds, setting.reason),
    )


def clear_faults(connection: Connection[Any], company: str) -> None:
    """Behave again."""
    lock_company(connection, company)
    connection.execute("DELETE FROM faults WHERE company = %s", (company,))


def take_faults(connection: Connection[Any], company: str, call: Call) -> dict[Fault, Setting]:
    """The faults of this call, each counted down; one that has had its times is off."""
    with connection.cursor(row_factory=class_row(Setting)) as cursor:
        cursor.execute(
            "SELECT fault, reason, seconds FROM faults WHERE company = %s AND call = %s ORDER BY fault FOR UPDATE", (company, call)
        )
        settings = cursor.fetchall()
        if settings:
            cursor.execute("DELETE FROM faults WHERE company = %s AND call = %s AND times = 1", (company, call))
            cursor.execute("UPDATE faults SET times = times - 1 WHERE company = %s AND call = %s", (company, call))
    return {Fault(setting.fault): setting for setting in settings}
