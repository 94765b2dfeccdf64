"""The validation state of a proposal in the worklist (FEATURES I3), computed in one place, with the reasons it is shown with."""

from __future__ import annotations

from enum import StrEnum

from domain.booking_proposal import ON_ITS_WAY, Stage


class ValidationState(StrEnum):
    """What the worklist says of a proposal."""

    OK = "ok"
    OK_NEW = "ok_new"
    OCR = "ocr"
    EMPTY = "empty"
    NOK = "nok"
    CHECKED = "checked"
    CHECKED_SUSPENSE = "checked_suspense"
    HELD = "held"
    REFUSED = "refused"
    SENT = "sent"


_READ_FROM_PAGE = frozenset({"tegenpartij", "factuurnummer", "factuurdatum", "totaal"})
"""Mandatory fields that recognition has to find; the rest follows from them."""


def validation_state(stage: Stage, missing: tuple[str, ...], *, unread: bool, suspense: bool, new_party: bool) -> ValidationState:
    """The state to show. `missing`: mandatory fields still empty; `unread`: a technical failure; `new_party`: not yet a counterparty."""
    if stage in ON_ITS_WAY:
        return ValidationState.SENT
    match stage:
        case Stage.CHECKED:
            return ValidationState.CHECKED_SUSPENSE if suspense else ValidationState.CHECKED
        case Stage.HELD:
            return ValidationState.HELD
        case Stage.REFUSED:
            return ValidationState.REFUSED
    if unread:
        return ValidationState.OCR
    if set(missing) >= _READ_FROM_PAGE:
        return ValidationState.EMPTY
    if missing:
        return ValidationState.NOK
    return ValidationState.OK_NEW if new_party else ValidationState.OK
