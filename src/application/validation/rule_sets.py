"""The official rules an installation has, as the health page shows them."""

from __future__ import annotations

import msgspec

RULE_SETS = "adapters.validation.official:rule_sets"
"""The task of the rules' workshop that lists them."""


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """One file of rules: whether it came with Daybook or from the operator's folder, and for which documents it is.

    `wanted`: pattern of the specification a document says it follows (BT-24). `fault`: why it cannot be used; empty when it can.
    """

    name: str
    packaged: bool
    syntax: str
    wanted: str
    version: str
    fault: str = ""
