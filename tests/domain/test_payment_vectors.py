"""Published structured communications and IBANs, right and wrong ones (kept beside the repository, not in it)."""

import json
from pathlib import Path

import pytest

from domain.iban import parse_iban
from domain.structured_communication import parse_structured_communication

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "payments" / "vectors.json"

pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason=f"{VECTORS} is not here")


def test_published_structured_communications_are_judged_right():
    for vector in json.loads(VECTORS.read_text())["ogm"]:
        assert parse_structured_communication(vector["text"]) == (vector["digits"] if vector["valid"] else None), vector


def test_published_ibans_are_judged_right():
    for vector in json.loads(VECTORS.read_text())["ibans"]:
        assert (parse_iban(vector["iban"]) is not None) == vector["valid"], vector
