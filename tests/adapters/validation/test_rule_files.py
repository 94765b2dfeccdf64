"""The folder of an operator: what is read, for which documents, and what is said of what cannot be used."""

import pytest
from lxml import etree

from adapters.validation.electronic import COMPLETE, Electronic, Syntax
from adapters.validation.rule_files import of_folder, packaged, self_contained

UBL = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
SHEET = f'<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:u="{UBL}">{{more}}</xsl:stylesheet>'
BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SELF_BILLING = BILLING.replace(":billing:", ":selfbilling:")


def document(customization, syntax=Syntax.UBL):
    return Electronic(etree.Element("Invoice"), syntax, customization)


def only(folder):
    [file] = of_folder(folder)
    return file


@pytest.mark.parametrize(
    ("name", "fitting", "other"),
    [
        ("PEPPOL-EN16931-UBL.xslt", BILLING, SELF_BILLING),
        ("PEPPOL-EN16931-UBL-SB.xslt", SELF_BILLING, BILLING),
        ("XRechnung-UBL.xsl", "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", BILLING),
    ],
)
def test_a_name_says_which_documents_a_file_is_for(tmp_path, name, fitting, other):
    (tmp_path / name).write_text(SHEET.format(more=""))
    file = only(tmp_path)
    assert file.fits(document(fitting))
    assert not file.fits(document(other))
    assert not file.fits(document(fitting, Syntax.CII))


def test_the_operator_can_say_otherwise(tmp_path):
    (tmp_path / "own.xsl").write_text(SHEET.format(more=""))
    assert only(tmp_path).fits(document("anything"))
    (tmp_path / "rules.toml").write_text('["own.xsl"]\ncustomization = "urn:cen*"\n')
    assert only(tmp_path).fits(document(BILLING))
    assert not only(tmp_path).fits(document("anything"))


def test_choices_that_cannot_be_read_are_told_and_the_files_are_used(tmp_path):
    (tmp_path / "own.xsl").write_text(SHEET.format(more=""))
    (tmp_path / "rules.toml").write_text("[")
    assert [(one.name, bool(one.fault)) for one in of_folder(tmp_path)] == [("rules.toml", True), ("own.xsl", False)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<other/>", "UBL of CII"),
        (f'<other xmlns:u="{UBL}"/>', "geen XSLT"),
        (f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:u="{UBL}"><include href="x"/></schema>', "include"),
        (SHEET.format(more="""<xsl:variable name="a" select="document('gone.xml')"/>"""), "gone.xml"),
    ],
)
def test_a_file_that_is_none_says_why_and_fits_no_document(tmp_path, content, why):
    (tmp_path / "wrong.xsl").write_text(content)
    file = only(tmp_path)
    assert why in file.fault
    assert not file.fits(document(BILLING))


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert "bestaat niet" in only(tmp_path / "gone").fault


def test_of_the_packaged_rules_one_is_for_each_document():
    files = list(packaged())
    for customization in (
        "urn:factur-x.eu:1p0:minimum",
        "urn:factur-x.eu:1p0:basicwl",
        f"{BILLING}#basic",
        "x#extended",
        "urn:cen.eu:en16931:2017",
        "",
    ):
        assert len([one for one in files if one.fits(document(customization, Syntax.CII))]) == 1
    assert [one.name for one in files if one.fits(document(BILLING))] == ["EN16931-UBL-validation.xslt"]
    assert not [one for one in files if one.fits(document("", Syntax.ZUGFERD_1))]


def test_no_packaged_stylesheet_opens_anything_any_more():
    assert [one.wanted for one in packaged() if "document('" in self_contained(one)] == []
    assert COMPLETE in {one.wanted for one in packaged()}
