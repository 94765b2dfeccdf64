"""The interface in four languages. Dutch is the reference: a Dutch sentence is the key, and what is shown where no translation exists.

A sentence keeps its values as `{names}`, as `Refused` does. `python -m web.translations update` collects the sentences of
templates, Python and JavaScript into `locales/*/messages.po`; what is read at start are those files, nothing compiled.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from application.marking import Marked
from application.marking import _ as _  # noqa: PLC0414 - handed on: screens mark theirs with it too
from domain.kernel import Refused

SOURCE = Path(__file__).resolve().parents[1]
LOCALES = Path(__file__).with_name("locales")
REFERENCE = "nl"
LANGUAGES = {"nl": "Nederlands", "fr": "Français", "en": "English", "de": "Deutsch"}
"""Code → own name, in the order they are offered."""

METHODS = [("web/static/vendor/**", "ignore"), ("**.html", "jinja2"), ("**.py", "python"), ("**.js", "javascript")]
REFUSALS = ("Refused", "Unreadable", "TooLarge", "EngineMissing", "TaskRefused")
KEYWORDS: dict[str, Any] = {"_": None, "t": None, "ngettext": (1, 2), "tn": (1, 2)} | dict.fromkeys(REFUSALS)
"""Whose arguments are sentences: `_` and `ngettext` in templates, `_` in Python, `Refused` anywhere, `t` and `tn` in JavaScript."""


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language; empty for the reference."""
    if language == REFERENCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translate(sentence: str, language: str, **values: Any) -> str:
    """A sentence in a language, with its values filled in."""
    text = catalogue(language).gettext(sentence)
    return text.format(**spoken(values, language)) if values else text


def spoken(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The values of a sentence, those that are sentences themselves in the language."""
    return {name: catalogue(language).gettext(value) if isinstance(value, Marked) else value for name, value in values.items()}


def explained(refusal: Refused, language: str) -> str:
    """A refusal in the person's language."""
    return translate(refusal.sentence, language, **refusal.values)


def translate_count(one: str, many: str, count: int, language: str, **values: Any) -> str:
    """`1 document` or `2 documenten` in a language; the sentence says `{n}` for the count."""
    known = catalogue(language)
    text = known.ngettext(one, many, count)
    # Sentences marked one by one in Python are not a pair in the catalogue: each has a translation of its own.
    return (known.gettext(text) if text in (one, many) else text).format(n=count, **values)


def choose(setting: str | None, accept_language: str = "") -> str:
    """The language to show: the user's own setting, else what the browser asks for first, else Dutch."""
    wishes = [setting or ""]
    ranked = [
        (float(q or 1), -place, code)
        for place, (code, q) in enumerate(re.findall(r"([a-zA-Z]+)[^,;]*(?:;\s*q=(\d(?:\.\d{0,3})?))?", accept_language))
    ]
    wishes += [code.lower() for q, _place, code in sorted(ranked, reverse=True) if q]
    return next((code for code in wishes if code in LANGUAGES), REFERENCE)


@cache
def browser_texts(language: str) -> dict[str, str | list[str]]:
    """The translated sentences of our JavaScript: sentence → text, or [singular, plural]. Empty for the reference."""
    if language == REFERENCE:
        return {}
    texts: dict[str, str | list[str]] = {}
    for entry in _read(language):
        if entry.id and _complete(entry) and any(place.endswith(".js") for place, _line in entry.locations):
            if isinstance(entry.id, str):
                texts[entry.id] = str(entry.string)
            else:
                texts[entry.id[0]] = [str(form) for form in entry.string or ()]
    return texts


def untranslated(language: str) -> list[str]:
    """The sentences a language lacks, as found in the sources now."""
    known = _read(language)
    return [str(entry.id) for entry in collect() if entry.id and not _complete(known.get(entry.id))]


def _complete(entry: Any) -> bool:
    return entry is not None and not entry.fuzzy and all(entry.string if isinstance(entry.string, tuple) else [entry.string])


def collect() -> Catalog:
    """Every sentence in the sources."""
    found = Catalog()
    for path, _line, sentence, _comments, _context in extract_from_dir(SOURCE, METHODS, keywords=KEYWORDS):
        found.add(sentence, locations=[(path, 0)])
    return found


def update() -> None:
    """Refresh the catalogues from the sources: new sentences are added, gone ones dropped, translations kept."""
    found = collect()
    for language in LANGUAGES:
        if language == REFERENCE:
            continue
        known = _read(language)
        known.update(found, no_fuzzy_matching=True)
        known.obsolete.clear()
        for entry in known:
            entry.locations = sorted(set(entry.locations))
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, known, width=0, omit_header=True, include_lineno=False, sort_output=True)


def _path(language: str) -> Path:
    return LOCALES / language / "messages.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def main(arguments: list[str]) -> None:
    """`update` refreshes the catalogues; then, as without it, what is missing is listed."""
    if "update" in arguments:
        update()
    for language in LANGUAGES:
        if language != REFERENCE:
            for sentence in untranslated(language):
                sys.stdout.write(f"{language}: {sentence}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
