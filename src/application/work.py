"""What follows from events in this product: the kinds of jobs with what each does, and the reactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from application import bookkeeping, erasure, exchange_rates, incoming_mail, learning, processing, stamping, validating
from application.enrichment.facts import ELECTRONIC
from application.event_log import Change, EventLog, Moment
from application.jobs import Handler, Job, JobKind, Later
from application.reactions import Reaction
from application.workbench import Workbench
from domain import booking_proposal as proposals
from domain import booking_removal, document_parts, rate_year, synchronisation
from domain import document as documents
from domain import dossier as dossiers
from domain import incoming_mail as mails
from domain.booking_proposal import BookingProposal
from domain.counterparty import Counterparty

PATIENT = 60
"""Attempts of a job that needs the accounting package: with the longest wait between them, half a day of its being away."""
BROKEN_OFF = 12
"""Attempts of a job that takes seconds in a process of which there is one: it waits long and may be stopped more than once."""
UNTIL_EVENING = 30
"""Attempts to fetch the day's rates: with a quarter of an hour between them, six hours of the bank being away or late."""
READ_BACK_AGAIN = 5.0
"""Seconds between looks for a booking the package took without saying whether it books it."""

UNPACK = JobKind(name="unpack_mail", triggers=(mails.MailReceived,), attempts=incoming_mail.ATTEMPTS, first_wait=5.0)
INSPECT = JobKind(name="inspect", triggers=(documents.DocumentReceived,), attempts=processing.ATTEMPTS, first_wait=5.0)
RECOGNISE = JobKind(
    name="recognise", triggers=(documents.DocumentInspected, documents.RecognitionRequested), attempts=processing.ATTEMPTS, first_wait=5.0
)
VALIDATE = JobKind(
    name="validate",
    triggers=(documents.DocumentRecognised,),
    wanted=lambda moment: getattr(moment.event, "kind", "") in ELECTRONIC,
    attempts=BROKEN_OFF,
    first_wait=5.0,
)
DRAFT = JobKind(
    name="draft",
    triggers=(documents.DocumentSubmitted, documents.DocumentRecognised, documents.RecognitionFailed, document_parts.DocumentPutBack),
)
REDRAFT = JobKind(name="redraft", triggers=(documents.DocumentRecognised,))
PUSH = JobKind(name="push", triggers=(proposals.ProposalNumbered, proposals.ResendDecided), attempts=PATIENT)
READ_BACK = JobKind(name="read_back", triggers=(proposals.HandedOver, proposals.BookingAccepted, proposals.OutcomeLost), attempts=PATIENT)
REMOVE = JobKind(name="remove", triggers=(booking_removal.RemovalRequested,), attempts=PATIENT)
SYNCHRONISE = JobKind(
    name="synchronise",
    triggers=(
        dossiers.DossierOpened,
        synchronisation.SynchronisationRequested,
        proposals.BookingConfirmed,
        booking_removal.BookingRemoved,
    ),
    subject=lambda moment: getattr(moment.event, "dossier", moment.stream),
    attempts=PATIENT,
)
STAMP = JobKind(name="stamp", triggers=(proposals.BookingAccepted, proposals.BookingConfirmed), attempts=processing.ATTEMPTS)
TEACH = JobKind(name="teach", triggers=(proposals.ProposalChecked,))
ERASE = JobKind(name="erase", triggers=(documents.DocumentErased,))
FETCH_RATES = JobKind(name="fetch_rates", triggers=(rate_year.RatesRequested,), attempts=UNTIL_EVENING)
APPLY_RATES = JobKind(name="apply_rates", triggers=(rate_year.RatesPublished,))

JOB_KINDS: Sequence[JobKind] = (
    UNPACK,
    INSPECT,
    RECOGNISE,
    VALIDATE,
    DRAFT,
    REDRAFT,
    PUSH,
    READ_BACK,
    REMOVE,
    SYNCHRONISE,
    STAMP,
    TEACH,
    ERASE,
    FETCH_RATES,
    APPLY_RATES,
)


def handlers(bench: Workbench) -> Mapping[str, Handler]:
    """What to do for each kind of job."""

    def read_back(job: Job) -> None:
        if not bookkeeping.read_back(bench, job.subject, job.context):
            raise Later(READ_BACK_AGAIN)

    return {
        UNPACK.name: lambda job: incoming_mail.unpack_mail(bench, job),
        INSPECT.name: lambda job: processing.inspect_document(bench, job),
        VALIDATE.name: lambda job: validating.validate_document(bench, job),
        RECOGNISE.name: lambda job: processing.recognise_document(bench, job),
        DRAFT.name: lambda job: processing.draft_proposal(bench, job),
        REDRAFT.name: lambda job: processing.redraft_proposal(bench, job),
        PUSH.name: lambda job: bookkeeping.push_booking(bench, job.subject, job.context),
        READ_BACK.name: read_back,
        REMOVE.name: lambda job: bookkeeping.remove_booking(bench, job.subject, job.context),
        SYNCHRONISE.name: lambda job: bookkeeping.synchronise(bench, _dossier_of(bench, job.subject), job.position, job.context),
        STAMP.name: lambda job: stamping.stamp_document(bench, job),
        TEACH.name: lambda job: learning.teach_supplier(bench, job),
        ERASE.name: lambda job: erasure.erase_document(bench, job.subject),
        FETCH_RATES.name: lambda job: exchange_rates.fetch_rates(bench, job),
        APPLY_RATES.name: lambda job: exchange_rates.apply_rates(bench, job),
    }


def _dossier_of(bench: Workbench, subject: UUID) -> UUID:
    """The dossier a synchronisation is for: the subject itself, or that of the proposal it followed from."""
    proposal = bench.log.find(BookingProposal, subject) if _is_proposal(bench, subject) else None
    return proposal.state.dossier if proposal else subject


def _is_proposal(bench: Workbench, subject: UUID) -> bool:
    first = bench.log.stream(subject, upto=1)
    return bool(first) and isinstance(first[0].event, proposals.ProposalDrafted)


def _learn(moment: Moment, log: EventLog) -> Sequence[Change]:
    """A checked proposal teaches its counterparty how the next invoice is booked: by its largest line."""
    state = log.load(BookingProposal, moment.stream).state
    lines = [line for line in state.lines if line.account and line.vat_code]
    if state.counterparty is None or not lines or state.suspense:
        return []
    largest = max(lines, key=lambda line: line.base)
    party = log.find(Counterparty, state.counterparty)
    return [] if party is None else [party.change(party.state.learn(largest.account, largest.vat_code, moment.stream))]


REACTIONS: Sequence[Reaction] = (Reaction(name="learn", events=(proposals.ProposalChecked,), decide=_learn, from_start=True),)
