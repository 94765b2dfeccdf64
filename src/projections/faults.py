"""What may be told of an error: no value of any event, for those are sealed in the log and here they would outlive their erasure."""

from __future__ import annotations

import traceback
from pathlib import Path

import psycopg


def is_outage(error: BaseException) -> bool:
    """Whether something could not be reached (database, object store, disk): no event's fault, so it is waited for.

    A value that is too large for the database (class 54) is an event's fault, whatever the driver calls it.
    """
    if isinstance(error, psycopg.OperationalError):
        return not (error.sqlstate or "").startswith("54")
    return isinstance(error, OSError)


def describe(error: BaseException) -> str:
    """The kind of error, where in the program it arose and, for a statement, what it ran into. An outage says in words what is out."""
    if is_outage(error):
        return " ".join(f"{type(error).__name__}: {error}".split())[:500]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f" in {Path(own[-1].filename).name}, line {own[-1].lineno} ({own[-1].name})" if own else ""
    return f"{type(error).__name__}{place}{_ran_into(error)}"


def frames(error: BaseException) -> str:
    """Where the error passed through the program, for the log."""
    return "".join(traceback.format_tb(error.__traceback__)).rstrip()


def _ran_into(error: BaseException) -> str:
    if not isinstance(error, psycopg.Error):
        return ""
    found = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
    return "".join(f", {name}" for name in found if name)
