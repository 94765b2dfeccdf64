"""Old events brought to today's shape when they are read. Add, never edit.

Key: the event's stored name and the schema version it was stored with. Value: a pure function from its data to the next version's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Upcasters = Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]

UPCASTERS: Upcasters = {}
