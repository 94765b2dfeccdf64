"""What the use-cases need from the outside world, as protocols. Adapters implement them; `web.wiring` joins the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from application.accounting_package import Booking, LedgerSnapshot, PackageBooking, PushReceipt, Reach
from application.enrichment.certainty import TrackRecord
from domain.anchor import Lesson
from domain.rate_year import DayOfRates


class Objects(Protocol):
    """Content-addressed bytes. A stored object is never changed. Every method raises `OSError` when the store cannot be reached."""

    def put(self, data: bytes) -> str:
        """Store durably (on disk after a power loss) and return the lower-case hex sha256 of the bytes."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their digest. Raises `ObjectMissing` or `ObjectDamaged`."""
        ...

    def exists(self, sha256: str) -> bool:
        """Whether an object is stored under this digest."""
        ...

    def delete(self, sha256: str) -> None:
        """Erasure only. Deleting what is not there is not an error."""
        ...


class ObjectMissing(Exception):
    """No object is stored under this digest."""


class ObjectDamaged(Exception):
    """The stored bytes no longer have the digest they are stored under."""


class StreamKeys(Protocol):
    """The keys the personal values of each stream are sealed with."""

    def erase(self, streams: Sequence[UUID]) -> None:
        """Drop the keys: personal values of these streams, old and future ones, read as «gewist» for ever. Harmless when already done."""
        ...


class Workshop(Protocol):
    """Where hostile files are opened: a pool of limited processes."""

    def run(self, task: str, data: bytes, /, **parameters: Any) -> Any:
        """The result of a named task on these bytes. Raises `Refused` (about the file) or `TaskFailed`."""
        ...


class ScanWorkshop(Workshop, Protocol):
    """The same for scans and for the rules of e-invoices, which take seconds and much memory: few processes."""

    @property
    def busy(self) -> bool:
        """Whether a task would have to wait."""
        ...


class TaskFailed(Exception):
    """The task gave no result: it broke down or took too long on this file."""


class WorkshopUnfit(Exception):
    """The workshop cannot work on anything: what it needs is not installed. The message is a sentence that says what."""


class Lessons(Protocol):
    """What corrections taught about suppliers' paper, as far as the read model has come: a suggestion, never a decision."""

    def of(self, supplier: UUID) -> Sequence[Lesson]:
        """Those about one supplier, oldest first."""
        ...


class TrackRecords(Protocol):
    """How the latest proposals of a counterparty fared, as far as the read model has come."""

    def of(self, dossier: UUID, counterparty: UUID) -> TrackRecord:
        """What people left and changed in them."""
        ...


class RatePublisher(Protocol):
    """The European Central Bank, which publishes reference rates of the euro."""

    @property
    def is_on(self) -> bool:
        """Whether this installation fetches them by itself."""
        ...

    def fetch(self) -> bytes:
        """The file as it is published now. Raises `RatesUnreachable`."""
        ...

    def read(self, data: bytes) -> Sequence[DayOfRates]:
        """The days in such a file, oldest first, at least one. Raises `Refused` about the file."""
        ...


class RatesUnreachable(Exception):
    """The publisher gave no file: safe to try again."""


class AccountingPackage(Protocol):
    """One accounting package: the master of the books."""

    name: str
    reaches: frozenset[Reach]
    """Which states of a sent booking this package can report."""

    def link(self, dossier_code: str, name: str, first_period: str) -> None:
        """Get ready to keep this dossier's books for a year from a period (`YYYY-MM`) on; done again, it adds what is missing.

        Raises `PackageRefused` when the package does not have the dossier.
        """
        ...

    def push(self, dossier_code: str, booking: Booking, document: bytes | None) -> PushReceipt:
        """Hand one booking over. Idempotent by `booking.id`.

        Raises `PackageRefused` (the package said no, with its reason), `PackageUnreachable` (nothing was handed over: safe to retry)
        or `OutcomeUnknown` (the answer was lost: read back with `find`, never resend blindly).
        """
        ...

    def find(self, dossier_code: str, booking_id: str) -> PackageBooking | None:
        """Read one of our bookings back by our id, or None when the package does not hold it.

        Raises `PackageRefused`, with the reason, when it was handed over and the package has refused it since.
        """
        ...

    def delete(self, dossier_code: str, booking_id: str) -> None:
        """Ask the package to remove one of our bookings; one it does not hold is removed already. Raises `PackageRefused`."""
        ...

    def synchronise(self, dossier_code: str) -> LedgerSnapshot:
        """Everything the mirror holds of this dossier, as of now."""
        ...


class PackageRefused(Exception):
    """The package refuses; the message is its reason, in the office's language."""


class PackageUnreachable(Exception):
    """The package could not be reached and has received nothing."""


class OutcomeUnknown(Exception):
    """The booking may or may not have been handed over."""
