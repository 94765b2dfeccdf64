"""Whatever the log may hold must always load."""

import re

import msgspec
import pytest
from tests.stored_events.generate import plausible
from tests.stored_events.samples import Cabinet, Sample, read_samples, sample_of, write_sample

from adapters.event_store.upcasters import UPCASTERS
from application.event_catalogue import EVENTS
from domain.kernel import Event, PersonalText

SAMPLES = read_samples()
CURRENT = [sample for sample in SAMPLES if sample.name in EVENTS and EVENTS[sample.name].version == sample.v]
each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file_name)


def test_every_event_of_every_version_has_a_sample():
    wanted = {(name, version) for name, kind in EVENTS.items() for version in range(1, kind.version + 1)}
    kept = {(sample.name, sample.v) for sample in SAMPLES}
    assert wanted - kept == set(), "run: python -m tests.stored_events.write"


def test_no_event_that_was_ever_stored_is_forgotten():
    assert {sample.name for sample in SAMPLES} <= EVENTS.keys()


def test_every_version_leads_to_the_next():
    wanted = {(name, version) for name, kind in EVENTS.items() for version in range(1, kind.version)}
    assert wanted == UPCASTERS.keys()


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_stored_as_aggregate_and_fact(name):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)


@each
def test_a_stored_event_loads(sample):
    assert isinstance(Cabinet().load(sample).event, EVENTS[sample.name])


@each
def test_a_stored_event_loads_after_erasure(sample):
    assert isinstance(Cabinet().load(sample, erased=True).event, EVENTS[sample.name])


@pytest.mark.parametrize("sample", CURRENT, ids=lambda sample: sample.file_name)
def test_todays_event_keeps_every_value_it_was_stored_with(sample):
    """A renamed field with a default would load without complaint, and lose its value."""
    assert sample_of(Cabinet().load(sample).event) == sample


class Shop(msgspec.Struct):
    street: str
    opened: int = 0


class ShopOpened(Event):
    name = "shop.opened"
    owner_name: PersonalText
    shops: tuple[Shop, ...]
    remark: PersonalText | None = None


class ShopOpenedRenamed(Event):
    name = "shop.opened"
    owner_name: PersonalText
    shops: tuple[Shop, ...]
    note: PersonalText | None = None


def test_a_plausible_event_has_every_field_filled():
    shop = Shop(street="een street", opened=3)
    assert plausible(ShopOpened) == ShopOpened(owner_name="Bakkerij Peeters", shops=(shop,), remark="een remark")


def test_a_sample_tells_personal_values_from_others():
    sample = sample_of(plausible(ShopOpened))
    assert sample.data == {"shops": [{"street": "een street", "opened": 3}]}
    assert sample.sealed == {"owner_name": "Bakkerij Peeters", "remark": "een remark"}


def test_a_value_lost_by_renaming_its_field_is_noticed():
    sample = sample_of(plausible(ShopOpened))
    assert sample_of(Cabinet(events={"shop.opened": ShopOpened}).load(sample).event) == sample
    assert sample_of(Cabinet(events={"shop.opened": ShopOpenedRenamed}).load(sample).event) != sample


def test_a_sample_is_never_written_over(tmp_path):
    sample = Sample("shop.opened", 1, {})
    assert write_sample(sample, tmp_path).name == "shop.opened@1.json"
    with pytest.raises(FileExistsError):
        write_sample(sample, tmp_path)
