import re

import pytest

from adapters.unreadable import Unreadable
from adapters.validation import own
from adapters.validation.checking import validate
from application.validation.findings import Severity
from application.validation.sentences import rule_of
from world import ubl


@pytest.fixture
def invoice():
    return ubl(0).decode()


def broken(text):
    return {one.rule for one in validate(text.encode()) if one.severity == Severity.FATAL}


def replaced(text, pattern, by, *, count=1):
    changed = re.sub(pattern, by, text, count=count, flags=re.DOTALL)
    assert changed != text
    return changed


def test_an_invoice_of_the_demo_breaks_no_rule(invoice):
    assert broken(invoice) == set()


@pytest.mark.parametrize(
    ("pattern", "by", "rule"),
    [
        (r"<cbc:IssueDate>.*?</cbc:IssueDate>", "", "BR-03"),
        (r"<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>EURO", "BR-CL-04"),
        (r"(<cbc:PayableAmount[^>]*>)[\d.]+", r"\g<1>1.00", "BR-CO-16"),
        (r"(<cbc:TaxInclusiveAmount[^>]*>)[\d.]+", r"\g<1>1.00", "BR-CO-15"),
        (r"<cbc:ProfileID>.*?</cbc:ProfileID>", "", "PEPPOL-EN16931-R001"),
        (r"<cbc:IssueDate>.*?</cbc:IssueDate>", "<cbc:IssueDate>2026-02-30</cbc:IssueDate>", "UBL-XSD"),
        (r"(<cac:ClassifiedTaxCategory>.*?<cbc:Percent>)[\d.]+", r"\g<1>0", "BR-S-05"),
    ],
)
def test_what_was_changed_is_found(invoice, pattern, by, rule):
    assert rule in broken(replaced(invoice, pattern, by))


def test_a_due_date_before_the_invoice_is_advice_and_no_fault(invoice):
    early = replaced(invoice, r"<cbc:DueDate>.*?</cbc:DueDate>", "<cbc:DueDate>2001-01-01</cbc:DueDate>")
    told = [one for one in validate(early.encode()) if one.rule == "DAYBOOK-DUE"]
    assert [one.severity for one in told] == [Severity.WARNING]
    assert "2001-01-01" in told[0].sentence


def test_every_rule_has_a_sentence():
    assert len(own.CHECKS) > 200
    assert [name for name in own.CHECKS if rule_of(name) is None] == []


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>',
        b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>',
        b"<Order/>",
        b"no xml",
    ],
)
def test_what_is_no_invoice_or_wants_more_than_being_read_is_refused(data):
    with pytest.raises(Unreadable):
        validate(data)


def test_the_same_fault_a_thousand_times_is_told_a_few_times(invoice):
    line = re.search(r"<cac:InvoiceLine>.*?</cac:InvoiceLine>", invoice, re.DOTALL)[0]
    nameless = replaced(line, r"<cbc:Name>.*?</cbc:Name>", "")
    many = invoice.replace(line, nameless * 1000)
    assert sum(one.rule == "BR-25" for one in validate(many.encode())) == own.MOST_OF_ONE
