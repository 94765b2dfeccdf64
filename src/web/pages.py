"""How a page is made: the template environment, and what the frame around every page shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from web.browser_files import asset
from web.formats import FILTERS
from web.translations import LANGUAGES, browser_texts, catalogue, spoken

if TYPE_CHECKING:
    from jinja2.runtime import Context

HERE = Path(__file__).parent


class MenuItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a menu. `label` is a marked sentence; `count` is shown when given; `icon` is needed for the phone's bar."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    icon: str = ""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds a page: whose office, who is signed in, where one can go. The name shown is the office's, never ours.

    `dossier` is the client whose data the page shows, `dossier_menu` the tabs (office) that belong to it; `phone_menu` has at most five
    entries. `live` is the address of the browser's one event stream (empty: none), `drafts` what unsaved work is kept under in it.
    """

    office_name: str
    csrf: str = ""
    user_name: str = ""
    menu: tuple[MenuItem, ...] = ()
    phone_menu: tuple[MenuItem, ...] = ()
    dossier: str = ""
    dossier_number: str = ""
    dossier_menu: tuple[MenuItem, ...] = ()
    dossiers_href: str = ""
    messages: MenuItem | None = None
    sign_out_href: str = ""
    settings_href: str = ""
    live: str = ""
    drafts: str = ""

    @property
    def initials(self) -> str:
        """First letters of the first and the last name, as in the round mark."""
        names = self.user_name.split()
        return "".join(name[0] for name in (names[:1] + names[1:][-1:])).upper()


@pass_context
def _translate(context: Context, sentence: str, /, **values: Any) -> Markup:
    language = context["language"]
    return _filled(catalogue(language).gettext(sentence), spoken(values, language))


@pass_context
def _translate_count(context: Context, one: str, many: str, n: int, /, **values: Any) -> Markup:
    return _filled(catalogue(context["language"]).ngettext(one, many, n), {"n": n, **values})


def _filled(text: str, values: dict[str, Any]) -> Markup:
    """The sentence itself is text, its values may be markup: both are escaped as they need."""
    safe = escape(text)
    return safe.format(**values) if values else safe


@pass_context
def _browser_texts(context: Context) -> str:
    return json.dumps(browser_texts(context["language"]), ensure_ascii=False)


def environment(*folders: Path) -> Environment:
    """The templates of `templates/` by their name, those beside the routes as `portal/mailbox.html`, and of further folders.

    A render needs `language`; a whole page also needs `frame`.
    """
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", HERE, *folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(
        _=_translate, ngettext=_translate_count, asset=asset, languages=LANGUAGES, browser_texts=_browser_texts, nothing=None
    )
    return made
