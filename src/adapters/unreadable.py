"""The one refusal of reading documents."""

from __future__ import annotations

from domain.kernel import Refused


class Unreadable(Refused):
    """The document is damaged, encrypted, empty or of no known kind; the sentence says which."""
