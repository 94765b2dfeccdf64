"""What a miscellaneous document can be (FEATURES I8): a fixed list, and types of the office's own."""

from __future__ import annotations

from domain.kernel import Event

BASE: dict[str, bool] = {
    "bank_statement": False,
    "vat_account": False,
    "reminder": False,
    "accident": False,
    "tax": False,
    "payroll": False,
    "insurance": False,
    "contract": True,
    "statutes": True,
    "other": False,
}
"""Code → whether such a document usually goes into the permanent file."""
LONGEST_TYPE = 60
MOST_TYPES = 100


class MiscTypeSet(Event, frozen=True, kw_only=True):
    """The office has a type of its own, by its name."""

    name = "office.misc_type_set"
    type_name: str
    permanent: bool = False


class MiscTypeDropped(Event, frozen=True, kw_only=True):
    """It is offered no longer; documents that are of it stay so."""

    name = "office.misc_type_dropped"
    type_name: str
