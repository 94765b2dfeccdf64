"""Of what an employee checks, a sample is looked at by a colleague (FEATURES N5). A stream beside the document, from the draw on.

The draw decides when the proposal is checked, and is recorded: who controls cannot choose what he controls, nor who is controlled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Event, PersonalText, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

PERCENTS = range(101)
LONGEST = 1000
"""Characters of a remark."""


class ControlShareSet(Event, frozen=True, kw_only=True):
    """So many percent of what this employee checks is controlled (None: of everybody without a share of his own; then `percent` counts).

    `percent` None: the employee has no share of his own any more.
    """

    name = "office.control_share_set"
    employee: UUID | None = None
    percent: int | None = None


class ControlHoldSwitched(Event, frozen=True, kw_only=True):
    """What was drawn is sent only once it was controlled, or does not wait for that."""

    name = "office.control_hold_switched"
    on: bool


class PickedForControl(Event, frozen=True, kw_only=True):
    """What `employee` checked was drawn for control."""

    name = "control.picked"
    dossier: UUID
    document: UUID
    employee: UUID


class ControlPassed(Event, frozen=True, kw_only=True):
    """A colleague looked at it and found it right."""

    name = "control.passed"
    document: UUID


class ControlRemarked(Event, frozen=True, kw_only=True):
    """A colleague looked at it and has something to say."""

    name = "control.remarked"
    document: UUID
    remark: PersonalText


def control_of(document: UUID) -> UUID:
    """The stream of a document's control."""
    return uuid5(document, "quality-control")


def is_drawn(number: int, percent: int) -> bool:
    """Whether a number between 0 and 2³² falls in the sample. The same number falls in every larger sample too."""
    return number * 100 < percent << 32


def set_share(shares: dict[UUID, int], default: int, employee: UUID | None, percent: int | None) -> Sequence[Event]:
    """The share of one employee, or of everybody else, becomes this."""
    if (percent is None and employee is None) or (percent is not None and percent not in PERCENTS):
        raise Refused("Een percentage ligt tussen 0 en 100.")
    current = default if employee is None else shares.get(employee)
    return [] if current == percent else [ControlShareSet(employee=employee, percent=percent)]


class QualityControl(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal drawn for control, and what came of it. `passed` None: nobody has looked yet."""

    dossier: UUID
    document: UUID
    employee: UUID
    passed: bool | None = None
    remark: str = ""

    def accept(self, colleague: UUID) -> Sequence[Event]:
        """It is right; a remark made before is taken back."""
        self._must_be_another(colleague)
        return [] if self.passed else [ControlPassed(document=self.document)]

    def remark_on(self, colleague: UUID, text: str) -> Sequence[Event]:
        """There is something to say about it."""
        self._must_be_another(colleague)
        text = text.strip()
        if not text:
            raise Refused("Schrijf op wat er beter kan.")
        if len(text) > LONGEST:
            raise Refused("Dit is te lang: hoogstens {count} tekens.", count=LONGEST)
        return [] if self.remark == text else [ControlRemarked(document=self.document, remark=text)]

    def _must_be_another(self, colleague: UUID) -> None:
        if colleague == self.employee:
            raise Refused("Wat je zelf nakeek, controleert een collega.")

    @classmethod
    def evolve(cls, state: QualityControl | None, event: Event) -> QualityControl:
        """State after one more event."""
        match state, event:
            case None, PickedForControl():
                return cls(dossier=event.dossier, document=event.document, employee=event.employee)
            case QualityControl(), ControlPassed():
                return msgspec.structs.replace(state, passed=True, remark="")
            case QualityControl(), ControlRemarked(remark=remark):
                return msgspec.structs.replace(state, passed=False, remark=remark)
        raise AssertionError(f"{event!r} cannot follow {state!r}")
