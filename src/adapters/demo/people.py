"""The people of the demo office and its clients: one for each profile, and the administrator of another client."""

from __future__ import annotations

import msgspec

from domain.profiles import ClientProfile, OfficeProfile


class DemoPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can sign in. `dossier` is the id of the client he works for, empty for the office's own people."""

    first_name: str
    last_name: str
    email: str
    profile: OfficeProfile | ClientProfile
    dossier: str = ""
    language: str = "nl"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def _office(name: str, profile: OfficeProfile) -> DemoPerson:
    first, _, last = name.partition(" ")
    return DemoPerson(first_name=first, last_name=last, email=f"{first.lower()}@example.be", profile=profile)


def _client(name: str, profile: ClientProfile, dossier: str = "claes") -> DemoPerson:
    first, _, last = name.partition(" ")
    return DemoPerson(first_name=first, last_name=last, email=f"{first.lower()}@example.be", profile=profile, dossier=dossier)


DORA = _office("Dora Lindeman", OfficeProfile.ADMIN)
BART = _office("Bart Peeters", OfficeProfile.EMPLOYEE)
SOFIE = _office("Sofie Lemmens", OfficeProfile.SUPPORT)
ANNA = _client("Anna Claes", ClientProfile.ADMINISTRATOR)
JAN = _client("Jan Claes", ClientProfile.FULL_ACCESS)
LIEN = _client("Lien Aerts", ClientProfile.PROCESSING)
YOUSSEF = _client("Youssef Amrani", ClientProfile.PROCESSING_ARCHIVE)
MARIE = _client("Marie Dubois", ClientProfile.FEEDBACK)
ED = _client("Ed Maes", ClientProfile.DELIVERY)
CHRIS = _client("Chris Vermeulen", ClientProfile.ADMINISTRATOR, "vermeulen")

NINE = (DORA, BART, SOFIE, ANNA, JAN, LIEN, YOUSSEF, MARIE, ED)
"""One person for each profile: the accounts the demo office shows at its start."""

EVERYONE = (*NINE, CHRIS)
"""Chris is administrator of another client: what he may see proves that clients are kept apart."""
