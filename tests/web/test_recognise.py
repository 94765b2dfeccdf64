from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from web.recognise import run

if TYPE_CHECKING:
    from pathlib import Path

CREDIT_NOTE = """<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>CN-1</cbc:ID><cbc:IssueDate>2026-03-05</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode></CreditNote>"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {"good.xml": CREDIT_NOTE, "bad.xml": "<CreditNote", "text.txt": "hello", "empty.pdf": "", "broken.pdf": "%PDF-1.7 nothing"}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return {name: str(tmp_path / name) for name in contents} | {"missing.pdf": str(tmp_path / "missing.pdf")}


def lines(files: list[str], own_vat: str | None = None) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    status = run(files, own_vat, out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_file_gives_one_line_in_order_whatever_is_wrong_with_the_others(files: dict[str, str]):
    status, printed = lines(list(files.values()))

    assert [line["file"] for line in printed] == list(files.values())
    assert ["error" in line for line in printed] == [False, True, True, True, True, True]
    assert all(line["error"] for line in printed if "error" in line)
    assert all(line["seconds"] >= 0 for line in printed)
    assert status == 1


def test_a_line_says_what_was_read_and_leaves_out_what_is_unknown(files: dict[str, str]):
    status, (line,) = lines([files["good.xml"]])

    assert status == 0
    assert set(line) == {"file", "kind", "fields", "seconds"}
    assert line["kind"] == "ubl"
    assert set(line["fields"]) == {"invoice_number", "issue_date", "currency", "type_code"}
    assert line["fields"]["type_code"] == {"value": "381", "confidence": 1.0, "sure": True, "page": None, "box": None, "source": "ubl"}


def test_a_wrong_own_number_is_refused_at_once(files: dict[str, str]):
    status, (line,) = lines([files["good.xml"]], "BE0403019262")

    assert status == 2
    assert "BE0403019262" in line["error"]


def test_the_lines_of_an_invoice_are_told_when_asked_for(tmp_path: Path):
    file = tmp_path / "invoice.xml"
    line = "<cac:CreditNoteLine><cbc:LineExtensionAmount>5.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Zand</cbc:Name>"
    rest = "</cac:Item></cac:CreditNoteLine></CreditNote>"
    space = ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    file.write_text(CREDIT_NOTE.replace('-2">', f'-2"{space}>').replace("</CreditNote>", line + rest))
    out = io.StringIO()

    assert run([str(file)], None, out, items=True) == 0
    assert json.loads(out.getvalue())["lines"] == [{"name": "Zand", "base": "5.00"}]
