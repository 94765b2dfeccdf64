"""What the office does with miscellaneous documents."""

import pytest

from application import misc_documents, offices
from application.event_log import NotFoundError
from application.misc_documents import Filing
from application.permissions import Forbidden
from domain.document import Document, Mailbox
from domain.kernel import Refused
from projections.archive import ArchiveFilter
from world import pdf


@pytest.fixture
def letter(world):
    document = world.deliver(pdf(), mailbox=Mailbox.MISC, name="brief.pdf")
    world.settle()
    world.submit(document)
    world.settle()
    return document


def process(world, document, who="bart", **filing):
    outcome = misc_documents.process(world.bench, world.actor(who), [document], Filing(**filing))
    world.settle()
    return outcome


def state(world, document):
    return world.bench.log.load(Document, document).state


def archived(world, **wanted):
    return [line.document for line in world.cell.models.archive.page(world.bakery, "misc", ArchiveFilter(**wanted)).lines]


def test_a_document_is_filed_by_type_in_the_permanent_file_and_found_there(world, letter):
    process(world, letter, misc_type="contract", permanent=True)
    assert archived(world, permanent=True) == archived(world, misc_type="contract") == [letter]
    assert archived(world, misc_type="tax") == []


def test_what_is_to_be_downloaded_is_a_task_until_it_was_taken_out(world, letter):
    process(world, letter, to_download=True)
    assert [row.document for row in world.cell.models.archive.to_download(world.bakery)] == [letter]
    misc_documents.fetched(world.bench, world.actor("bart"), [letter])
    world.settle()
    assert world.cell.models.archive.to_download(world.bakery) == []


def test_processing_is_undone_and_the_document_is_to_be_processed_again(world, letter):
    process(world, letter, misc_type="tax", to_download=True)
    misc_documents.undo_processing(world.bench, world.actor("bart"), [letter])
    world.settle()
    assert not state(world, letter).processed
    assert archived(world) == world.cell.models.archive.to_download(world.bakery) == []
    assert [row.document for row in world.cell.models.worklist.page(world.bakery, "misc")[0]] == [letter]


def test_a_type_is_one_of_the_list_or_of_the_offices_own(world, letter):
    with pytest.raises(Refused, match="type bestaat niet"):
        process(world, letter, misc_type="Attesten")
    offices.set_misc_type(world.bench, world.actor("dora"), " Attesten ", permanent=False)
    assert process(world, letter, misc_type="Attesten").done == (letter,)
    offices.drop_misc_type(world.bench, world.actor("dora"), "Attesten")
    assert offices.office_of(world.bench).misc_types == {}


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "tax"])
def test_a_type_has_a_name_of_its_own(world, name):
    with pytest.raises(Refused):
        offices.set_misc_type(world.bench, world.actor("dora"), name, permanent=False)


@pytest.mark.parametrize(("who", "told"), [("anna", Forbidden), ("ed", Forbidden), ("chris", NotFoundError)])
def test_only_the_office_processes(world, letter, who, told):
    with pytest.raises(told):
        process(world, letter, who)
