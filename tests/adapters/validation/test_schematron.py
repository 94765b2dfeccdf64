"""What Schematron becomes; that it finds the same as elsewhere is tried with the official rules."""

import pytest
from lxml import etree

from adapters.validation.schematron import NoSchematron, stylesheet

SCHEMA = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}">{parts}</schema>'


def made(parts, binding="xslt2"):
    return etree.tostring(stylesheet(etree.fromstring(SCHEMA.format(parts=parts, binding=binding))), encoding="unicode")


def test_of_two_parameters_the_longer_name_is_filled_in_where_it_stands():
    model = '<pattern abstract="true" id="m"><rule context="$a"><assert test="$ab = 1 and $abc = 2"/></rule></pattern>'
    use = '<pattern is-a="m"><param name="a" value="line"/><param name="ab" value="price"/></pattern>'
    text = made(model + use)
    assert 'match="line"' in text
    assert "not(price = 1 and $abc = 2)" in text


def test_braces_of_an_id_are_no_expression():
    assert 'id="{{x}}"' in made('<pattern><rule context="a"><assert id="{x}" test="1"/></rule></pattern>')


def test_the_first_rule_of_a_pattern_goes_before_the_others():
    text = made('<pattern><rule context="a"/><rule context="b"/></pattern>')
    assert text.index('priority="2"') < text.index('priority="1"')


@pytest.mark.parametrize(
    ("parts", "binding", "why"),
    [
        ('<include href="other.sch"/>', "xslt2", "include"),
        ("<pattern/>", "stx", "stx"),
        ('<pattern is-a="gone"/>', "xslt2", "gone"),
        ('<pattern><rule context="a"><extends rule="gone"/></rule></pattern>', "xslt2", "gone"),
    ],
)
def test_what_we_do_not_have_is_said(parts, binding, why):
    with pytest.raises(NoSchematron, match=why):
        made(parts, binding)
