"""What a list shows, kept in its address: tab, filters, sort and page. Default values are left out, so that addresses stay short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self
from urllib.parse import urlencode

import msgspec

from web.forms import written

if TYPE_CHECKING:
    from litestar import Request

PAGE = 100
"""Rows of a page."""
PAGE_DIGITS = 6


class Pill(NamedTuple):
    """A filter that is set, and the address without it."""

    words: str
    without: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One list as the address asks for it. `sort` is a column, `-` before it for descending; `page` counts from 1.

    A list with more filters extends this with further texts; those in `aside` are not in the address.
    """

    aside: ClassVar[tuple[str, ...]] = ("path",)

    path: str
    tab: str = ""
    quick: str = ""
    q: str = ""
    period: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, request: Request[Any, Any, Any], path: str, **defaults: str) -> Self:
        """Read from the query of a request; a page that is no number is the first."""
        query = request.query_params
        texts = [name for name in cls.__struct_fields__ if name not in (*cls.aside, "page")]
        given = {name: written(str(query.get(name, defaults.get(name, "")))).strip()[:100] for name in texts}
        page = str(query.get("page", "1"))[:PAGE_DIGITS]
        return cls(path=path, page=max(1, int(page)) if page.isdecimal() else 1, **given)

    @property
    def length(self) -> int:
        """Rows of a page."""
        return PAGE

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.length

    @property
    def query(self) -> str:
        """The query of the address."""
        given = {name: value for name in self.__struct_fields__ if name not in self.aside and (value := getattr(self, name))}
        if self.page == 1:
            given.pop("page", None)
        return urlencode(given)

    @property
    def href(self) -> str:
        """The address."""
        return self.path + (f"?{self.query}" if self.query else "")

    def at(self, path: str) -> str:
        """Another address that keeps what the list shows: where its forms post to."""
        return self.path + path + (f"?{self.query}" if self.query else "")

    def but(self, **changes: str | int) -> str:
        """The address with something else; a changed filter begins at the first page."""
        return msgspec.structs.replace(self, **{"page": 1, **changes}).href

    def sort_href(self, column: str) -> str:
        """Where a click on a column's head leads: ascending, then descending, then not at all."""
        following = {column: f"-{column}", f"-{column}": ""}.get(self.sort, column)
        return self.but(sort=following)

    def sorted(self, column: str, default: str = "") -> str:
        """How the list is sorted by a column, as `aria-sort` says it; empty when it is not."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.sort or default, "")

    def pages(self, total: int) -> tuple[int, int, int, str, str]:
        """First and last row shown, how many there are, and the addresses before and after."""
        last = min(self.offset + self.length, total)
        before = self.but(page=self.page - 1) if self.page > 1 else ""
        after = self.but(page=self.page + 1) if last < total else ""
        return min(self.offset + 1, total), last, total, before, after
