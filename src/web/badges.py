"""The states a screen shows: colour, icon and word together, never colour alone (ui rules §4)."""

from __future__ import annotations

import msgspec

from web.translations import _


class Badge(msgspec.Struct, frozen=True):
    """`kind` is the colour's meaning (`.st-…`), `icon` the name in the icon font, `label` a marked sentence."""

    kind: str
    icon: str
    label: str


# Documents
APPROVED = Badge("ok", "circle-check", _("Goedgekeurd"))
RECEIVED = Badge("ok", "circle-check", _("Ontvangen"))
BEING_RECOGNISED = Badge("run", "loader-2", _("Wordt herkend"))
UNREADABLE = Badge("tech", "scan", _("Niet leesbaar"))
IN_PROCESSING = Badge("run", "progress", _("In verwerking"))
DELETED = Badge("none", "trash", _("Verwijderd"))

# Booking proposals
OK = Badge("ok", "check", _("OK"))
OK_NEW = Badge("new", "user-plus", _("OK – nieuw"))
NOT_OK = Badge("bad", "alert-circle", _("NOK"))
EMPTY = Badge("none is-dash", "file-unknown", _("Leeg"))
OCR_ERROR = Badge("tech", "scan", _("OCR-fout"))
LOOK_TWICE = Badge("warn", "alert-triangle", _("! OK"))
OF_E_INVOICE = Badge("none is-dash", "file-symlink", _("Van e-factuur"))
CHECKED = Badge("done", "checks", _("Nagekeken"))
CHECKED_ON_SUSPENSE = Badge("susp", "clock", _("Nagekeken · wacht"))
ON_HOLD = Badge("hold", "player-pause", _("On hold"))
SENT = Badge("run", "send", _("Verzonden"))
UNDERWAY = Badge("run", "send", _("Onderweg"))
OUTCOME_UNKNOWN = Badge("warn", "help-circle", _("Antwoord onbekend"))
BOOKED = Badge("ok", "book-2", _("Geboekt"))
PROCESSED = Badge("ok", "checks", _("Verwerkt"))
REFUSED_BY_PACKAGE = Badge("bad", "alert-octagon", _("Geweigerd door pakket"))

# Help between employees
HELP_ASKED = Badge("tech", "lifebuoy", _("Hulp gevraagd"))
HELP_ANSWERED = Badge("ok", "message-reply", _("Beantwoord"))

# Quality control
TO_CONTROL = Badge("wait", "shield-search", _("Te controleren"))
CONTROL_PASSED = Badge("ok", "shield-check", _("In orde"))
CONTROL_REMARKED = Badge("warn", "shield-exclamation", _("Opmerking"))

# Payments
TO_PAY = Badge("none", "credit-card", _("Te betalen"))
PARTLY_PAID = Badge("warn", "progress-check", _("Deels betaald"))
PAID = Badge("ok", "cash", _("Betaald"))
OVERDUE = Badge("bad", "calendar-exclamation", _("Vervallen"))
