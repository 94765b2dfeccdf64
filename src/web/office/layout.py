"""How a person likes his worklist, kept in his browser: how many rows a page has and which columns are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

import msgspec

if TYPE_CHECKING:
    from litestar import Request, Response

    from web.office.worklist_filter import WorklistListing

COOKIE = "daybook_worklist"
LIKED = ("size", "hide")
YEAR = 365 * 86400


def laid_out(listing: WorklistListing, request: Request[Any, Any, Any]) -> WorklistListing:
    """The listing with what the address does not say as it was chosen last."""
    kept = parse_qs(request.cookies.get(COOKIE, "")[:500])
    return msgspec.structs.replace(listing, **{f"kept_{name}": kept[name][0] for name in LIKED if name in kept})


def remember(answer: Response[Any], request: Request[Any, Any, Any], listing: WorklistListing) -> None:
    """Keep what the address of this request chooses; a saved view has a choice of its own, which is not kept."""
    if listing.view or not any(getattr(listing, name) for name in LIKED):
        return
    chosen = urlencode({name: value for name in LIKED if (value := getattr(listing, name) or getattr(listing, f"kept_{name}"))})
    answer.set_cookie(COOKIE, chosen, max_age=YEAR, path="/office", httponly=True, samesite="lax", secure=request.url.scheme == "https")
