"""What every use-case works with. Built once by `web.wiring`; nothing in it belongs to a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from application.claims import Claims
from application.event_log import EventLog
from application.experience import ForeignProposals, KnownParties, KnownRates, PastBookings
from application.ledger_mirror import LedgerMirror
from application.permissions import Authority
from application.ports import AccountingPackage, Lessons, Objects, RatePublisher, ScanWorkshop, StreamKeys, TrackRecords, Workshop


class Workbench(NamedTuple):
    """The log and the ports. `new_id` and `now` (UTC) stand here so that the domain needs neither clock nor chance.

    `largest_file` is in bytes: what is larger is not taken in.
    """

    log: EventLog
    claims: Claims
    authority: Authority
    objects: Objects
    keys: StreamKeys
    mirror: LedgerMirror
    lessons: Lessons
    track_records: TrackRecords
    packages: Mapping[str, AccountingPackage]
    workshop: Workshop
    scans: ScanWorkshop
    rules: ScanWorkshop
    known_parties: KnownParties
    past_bookings: PastBookings
    rates: KnownRates
    foreign_proposals: ForeignProposals
    rate_publisher: RatePublisher
    new_id: Callable[[], UUID]
    now: Callable[[], datetime]
    largest_file: int
