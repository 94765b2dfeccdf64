"""Programs that know nothing but the OpenAPI document: whatever they send within it or beside it, the answer is one it describes."""

from itertools import product

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from world import ubl

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = settings(max_examples=25, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
ENDLESS = "streamFeed"
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_whatever_a_program_sends_gets_an_answer_that_is_described(world):
    known = {"enterprise_number": "0999041206", "document": str(world.deliver(ubl()))}
    world.settle()
    headers = world.token("dora")
    with world.serve() as address:
        described = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
        described.config.update(base_url=address)
        operations = [found.ok() for found in described.get_all_operations()]
        tried = [one for one in operations if one.definition.raw["operationId"] != ENDLESS]
        for operation, mode in product(tried, MODES):

            @EXAMPLES
            @given(case=operation.as_strategy(generation_mode=mode))
            def send(case):
                case.path_parameters.update((name, known[name]) for name in known.keys() & case.path_parameters.keys())
                case.call_and_validate(headers=headers, checks=CHECKS)

            send()
    assert len(tried) == len(operations) - 1
