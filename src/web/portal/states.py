"""What a client is told about a document: one badge for where it is, from arrival to the books, and a sentence that says it in full."""

from __future__ import annotations

from typing import NamedTuple

from domain.booking_proposal import BOOKED, ON_ITS_WAY, Stage
from domain.document import Progress
from projections.mailbox import MailboxRow
from web import badges
from web.badges import Badge
from web.translations import _

WITH_ACCOUNTANT = Badge("run", "progress", _("Bij je accountant"))
LOOKED_AT = Badge("ok", "checks", _("Nagekeken"))
KEPT_BACK = Badge("hold", "player-pause", _("Even wachten"))
UNUSABLE = Badge("bad", "file-x", _("Niet te openen"))
NOT_READ = Badge("none is-dash", "eye-off", _("Niet herkend"))
LEFT_OUT = Badge("none", "circle-minus", _("Niet geboekt"))

_STAGES: dict[Stage, Badge] = {
    **dict.fromkeys(ON_ITS_WAY, badges.UNDERWAY),
    **dict.fromkeys(BOOKED, badges.BOOKED),
    Stage.OPEN: WITH_ACCOUNTANT,
    Stage.HELD: KEPT_BACK,
    Stage.CHECKED: LOOKED_AT,
    Stage.REFUSED: WITH_ACCOUNTANT,
    Stage.DELETED: LEFT_OUT,
}
_SENTENCES = {
    badges.DELETED: _("Verwijderd uit de postbus. Je kunt het terugzetten."),
    UNUSABLE: _("Het bestand kan niet geopend worden en dus niet geboekt."),
    badges.BEING_RECOGNISED: _("De gegevens worden van het document gelezen. Dat duurt enkele seconden."),
    badges.UNREADABLE: _("De gegevens konden niet gelezen worden. Je accountant vult ze in."),
    NOT_READ: _("Er werd geen bedrag gevonden. Je accountant vult de gegevens in."),
    badges.RECEIVED: _("Gelezen en klaar om te verzenden."),
    badges.IN_PROCESSING: _("Verzonden. Het boekingsvoorstel wordt gemaakt."),
    WITH_ACCOUNTANT: _("Verzonden. Je accountant kijkt het boekingsvoorstel na."),
    KEPT_BACK: _("Je accountant houdt het even achter, bijvoorbeeld voor een vraag."),
    LOOKED_AT: _("Nagekeken door je accountant, klaar voor de boekhouding."),
    badges.UNDERWAY: _("Onderweg naar de boekhouding."),
    badges.BOOKED: _("Geboekt in je boekhouding."),
    LEFT_OUT: _("Je accountant boekt dit document niet."),
    badges.PROCESSED: _("Verwerkt door je accountant."),
}


class ChannelWords(NamedTuple):
    """How a way in is shown."""

    icon: str
    label: str


CHANNELS = {
    "upload": ChannelWords("upload", _("Upload")),
    "api": ChannelWords("plug-connected", _("API")),
    "mail": ChannelWords("mail", _("E-mail")),
    "peppol": ChannelWords("affiliate", _("Peppol")),
    "scan": ChannelWords("scan", _("Scanner")),
    "photo": ChannelWords("camera", _("Foto")),
    "dropbox": ChannelWords("brand-dropbox", _("Dropbox")),
}


def badge_of(row: MailboxRow) -> Badge:
    """The badge of a document, wherever it is."""
    if row.deleted:
        return badges.DELETED
    if row.progress == Progress.UNUSABLE:
        return UNUSABLE
    if row.stage:
        return _STAGES[Stage(row.stage)]
    if row.submitted_at is not None:
        return badges.PROCESSED if row.done else badges.IN_PROCESSING
    if row.progress in (Progress.ARRIVED, Progress.INSPECTED):
        return badges.BEING_RECOGNISED
    if row.progress == Progress.FAILED:
        return badges.UNREADABLE
    return badges.RECEIVED if row.total is not None or row.mailbox == "misc" else NOT_READ


def sentence_of(row: MailboxRow) -> str:
    """The same in plain words (a marked sentence)."""
    return _SENTENCES[badge_of(row)]
