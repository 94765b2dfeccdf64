"""One small world for the sample pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from application.recognition.reading import Box
from web import badges
from web.pages import Frame, MenuItem
from web.seen import Seen

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}

OFFICE = Frame(
    office_name="Lindeman Accountants",
    csrf="token",
    user_name="Bart Peeters",
    menu=(
        MenuItem(label="Actieve klanten", href="/clients"),
        MenuItem(label="Werklijsten", href="/worklists", current=True),
        MenuItem(label="Communicatie", href="/messages"),
        MenuItem(label="Klanten", href="/all"),
        MenuItem(label="Kantoorinstellingen", href="/settings"),
    ),
    dossier="Bakkerij Claes BV",
    dossier_number="BE0999041206",
    dossier_menu=(
        MenuItem(label="Werklijst", href="/worklist", current=True, count=19),
        MenuItem(label="Boekingsvoorstellen", href="/all", count=231),
    ),
    dossiers_href="/dossiers",
    messages=MenuItem(label="Berichten", href="/messages", count=5),
    sign_out_href="/sign-out",
)
PORTAL = Frame(
    office_name="Lindeman Accountants",
    csrf="token",
    user_name="Anna Claes",
    menu=(
        MenuItem(label="Postbussen", href="/mailboxes", current=True),
        MenuItem(label="Dashboard", href="/dashboard"),
        MenuItem(label="Archief", href="/archive"),
        MenuItem(label="Betalingen", href="/payments", count=6),
        MenuItem(label="Historiek", href="/history"),
    ),
    phone_menu=(
        MenuItem(label="Postbussen", href="/mailboxes", current=True, icon="inbox"),
        MenuItem(label="Goedkeuren", href="/approve", count=3, icon="user-check"),
        MenuItem(label="Foto", href="/photo", icon="camera"),
        MenuItem(label="Archief", href="/archive", icon="archive"),
        MenuItem(label="Meer", href="/more", icon="menu-2"),
    ),
    dossier="Bakkerij Claes BV",
    dossiers_href="/dossiers",
    messages=MenuItem(label="Berichten", href="/messages", count=2),
    sign_out_href="/sign-out",
)


def proposal(
    number: str, day: str, party: str, account: str, total: str, certainty: float | None, badge: badges.Badge, **more: str
) -> SimpleNamespace:
    return SimpleNamespace(
        id=number.replace("/", "-"),
        number=number,
        date=dt.date.fromisoformat(day),
        party=party,
        account=account,
        total=Decimal(total),
        certainty=certainty,
        weakest=more.get("weakest", ""),
        badge=badge,
        kind=more.get("kind", "AIR"),
        can=more.get("can", "check hold send"),
    )


PROPOSALS = [
    proposal("2026/0418", "2026-03-05", "Molens De Graankorrel NV", "600100 Grondstoffen bakkerij", "1383.00", 0.96, badges.OK),
    proposal("F26-00811", "2026-03-04", "Zuivel Hageland CV", "600120 Zuivel en eieren", "712.18", 0.99, badges.CHECKED, kind="UBL"),
    proposal("OL-2026-118", "2026-03-03", "Ovenbouw Limburg BV", "230000 Machines en uitrusting", "8712.00", 0.84, badges.OK_NEW),
    proposal("DC26031877", "2026-03-03", "Groothandel Delicorp NV", "600130 Chocolade en vulling", "1526.40", 0.97, badges.OK, kind="UBL"),
    proposal("2026/061", "2026-03-02", "Drukkerij Sint-Jacob BV", "612310 Drukwerk en publiciteit", "302.50", 0.91, badges.LOOK_TWICE),
    proposal("K-20988", "2026-02-27", "Kassa & Weegtechniek BV", "611030 Onderhoud kassa", "363.00", 0.88, badges.ON_HOLD, can="check"),
    proposal(
        "CN26-0041", "2026-02-26", "Zuivel Hageland CV", "600120 Zuivel en eieren", "-54.20", None, badges.NOT_OK, kind="Man", can="hold"
    ),
]


def reading(confidence: float, *box: float) -> Seen:
    return Seen(confidence=confidence, sure=confidence > 0.9, source="label", page=1, box=Box(*box) if box else None)
