"""The interface in four languages."""

from __future__ import annotations

import re

import pytest

from domain.kernel import Refused
from web import translations
from web.pages import environment

OTHERS = [language for language in translations.LANGUAGES if language != translations.REFERENCE]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    assert translations.untranslated(language) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_values_of_its_sentence(language: str) -> None:
    for entry in filter(translations._complete, translations._read(language)):
        names = set(re.findall(r"\{\w+\}", " ".join(entry.id) if isinstance(entry.id, tuple) else str(entry.id)))
        for text in entry.string if isinstance(entry.string, tuple) else [entry.string]:
            assert set(re.findall(r"\{\w+\}", str(text))) == names, entry.id


def test_sentences_of_templates_python_javascript_and_refusals_are_found() -> None:
    found = translations.collect()
    for sentence in ("Wachtwoord tonen", "Nagekeken", "vorige rij"):
        assert sentence in found
    assert found["{n} geselecteerd"].id == ("{n} geselecteerd", "{n} geselecteerd")
    assert any(str(place).startswith("domain/") for entry in found for place, _line in entry.locations)


@pytest.mark.parametrize(
    ("setting", "accepted", "language"),
    [
        ("fr", "en", "fr"),
        (None, "de-BE,de;q=0.9,en;q=0.8", "de"),
        (None, "es,en;q=0.5,fr;q=0.7", "fr"),
        (None, "fr;q=0,en;q=0.1", "en"),
        (None, "es, *;q=0.1", "nl"),
        ("xx", "", "nl"),
    ],
)
def test_the_users_setting_goes_before_what_the_browser_asks(setting: str | None, accepted: str, language: str) -> None:
    assert translations.choose(setting, accepted) == language


def test_dutch_is_shown_as_written_and_others_as_translated() -> None:
    assert translations.translate("Nagekeken", "nl") == "Nagekeken"
    assert translations.translate("Nagekeken", "en") == "Checked"


def test_a_refusal_is_translated_with_its_values() -> None:
    refused = Refused("{n} % zekerheid", n=96)
    assert translations.translate(refused.sentence, "en", **refused.values) == "96 % certain"


@pytest.mark.parametrize(("n", "shown"), [(1, "1 selected"), (2, "2 selected")])
def test_counts_have_their_plural(n: int, shown: str) -> None:
    assert translations.translate_count("{n} geselecteerd", "{n} geselecteerd", n, "en") == shown


def test_the_browser_gets_only_its_own_sentences() -> None:
    texts = translations.browser_texts("en")
    assert texts["vorige rij"] == "previous row"
    assert texts["{n} geselecteerd"] == ["{n} selected", "{n} selected"]
    assert "Wachtwoord tonen" not in texts
    assert translations.browser_texts("nl") == {}


def test_values_in_a_template_are_escaped_and_the_sentence_too() -> None:
    template = environment().from_string("{{ _('<Zie> {x}', x='<b>') }}")
    assert template.render(language="nl") == "&lt;Zie&gt; &lt;b&gt;"


@pytest.mark.parametrize("header", ["nl;q=1.1.1", "fr;q=.", "de;q=9999999999", ";;;,", "\0"])
def test_a_strange_wish_for_a_language_is_no_error(header):
    assert translations.choose(None, header) in translations.LANGUAGES


def test_a_count_whose_sentences_were_marked_one_by_one_is_translated_too():
    pair = ("{n} voorstel is nagekeken", "{n} voorstellen zijn nagekeken")
    assert translations.translate_count(*pair, 2, "en") != "2 voorstellen zijn nagekeken"
    assert translations.translate_count(*pair, 1, "nl") == "1 voorstel is nagekeken"
