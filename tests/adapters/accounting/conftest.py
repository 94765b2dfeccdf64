from collections.abc import Iterator

import pytest

from adapters.accounting.sandbox.ledger import SandboxLedger

DOSSIER = "0566988259"


@pytest.fixture
def ledger(database: str) -> Iterator[SandboxLedger]:
    """The sandbox ledger with one company, whose 2025 is open but for December."""
    ledger = SandboxLedger.at(database)
    ledger.open_dossier(DOSSIER, "Bakkerij Peeters", 2025, [f"2025-{month:02}" for month in range(1, 12)])
    yield ledger
    ledger.close()
