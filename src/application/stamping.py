"""After the package has booked it: the number on a copy of the document, which is what people see from then on (FEATURES K7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application import erasure
from application.file_types import MediaType
from application.processing import readable_object
from domain.booking_proposal import BookingProposal
from domain.document import Document, DocumentStamped
from domain.kernel import Refused

if TYPE_CHECKING:
    from application.jobs import Job
    from application.workbench import Workbench


def stamp_document(bench: Workbench, job: Job) -> None:
    """Keep a stamped copy of the proposal's document. Done again it keeps the same one; what no number can be put on stays as it is."""
    proposal = bench.log.load(BookingProposal, job.subject).state
    document = bench.log.load(Document, proposal.document).state
    text = f"{proposal.journal} {proposal.number}"
    sha256, media_type = readable_object(document)
    if document.erased or media_type != MediaType.PDF or not proposal.number:
        return
    if document.stamped is not None and document.stamped.text == text:
        return
    try:
        copy: bytes = bench.workshop.run("adapters.stamping:stamp", bench.objects.get(sha256), text=text)
    except Refused:
        return
    stamped = DocumentStamped(text=text, copy=bench.objects.put(copy))
    if bench.log.decide(Document, proposal.document, lambda now: now.stamp(stamped), context=job.context):
        erasure.ensure_stored(bench.objects, {stamped.copy: copy})
    else:
        erasure.drop(bench, [stamped.copy])
