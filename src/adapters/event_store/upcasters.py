"""Old events brought to today's shape when they are read. Add, never edit.

Key: the event's stored name and the schema version it was stored with. Value: a pure function from its data to the next version's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
