"""How fast counterparties are found while typing: JSON lines `counterparties/p95/<question>`, among 50,000 of one dossier.

`python benchmarks/parties.py [COUNTERPARTIES]`. Floor: the same question of a dossier with 500, in turns with it. To reach: p95 30 ms,
so that the letters and the list keep pace.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from uuid import UUID, uuid4

from _measure import database_on_disk

from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Database
from projections import generations
from projections.counterparties import Counterparties, KnownParty
from projections.sorting import sort_key
from web.wiring import component_folders

USUAL, FLOOR = 50_000, 500
TIMES = 60
AT_ONCE = 5_000
TO_REACH = 30
NAMES = (
    "bakker",
    "bouw",
    "garage",
    "transport",
    "drukkerij",
    "schilder",
    "elektro",
    "slager",
    "tuin",
    "dak",
    "glas",
    "hout",
    "kaas",
    "vis",
)
ENDS = ("werken", "centrum", "groep", "service", "huis", "handel", "partners", "bedrijf", "winkel", "atelier")
FORMS = ("BV", "NV", "CommV", "VOF", "")
QUESTIONS = {
    "one-letter": "b",
    "name": "bakkerij",
    "inside-name": "kerwerk",
    "two-words": "peeters bouw",
    "common": "werken",
    "vat": "0412.34",
    "iban": "BE68 5390",
    "nothing": "zzyzx",
}


def party(dossier: UUID, number: int, chance: random.Random) -> KnownParty:
    """One with a name of parts that others have too."""
    name = f"{chance.choice(NAMES)}{chance.choice(ENDS)} {chance.choice(('Peeters', 'Janssens', 'Maes', 'Claes', 'Dubois'))} {number} "
    name = (name + chance.choice(FORMS)).strip().title()
    vat, iban = f"BE0{chance.randrange(10**8, 10**9)}", f"BE{chance.randrange(10**13, 10**14)}"
    return KnownParty(id=uuid4(), dossier=dossier, kind="purchase", party_name=name, sort_key=sort_key(name), vat_number=vat, ibans=(iban,))


def fill(database: Database, model: Counterparties, sizes: dict[UUID, int]) -> None:
    """A serving generation with so many of each dossier."""
    migrate(database.dsn, database.schema, component_folders())
    chance = random.Random(7)  # noqa: S311 - the same names every time
    with database.transaction() as db:
        number = generations.begin(db, model, 0)
    for dossier, size in sizes.items():
        for start in range(0, size, AT_ONCE):
            rows = [model.derive(party(dossier, start + place, chance)) for place in range(min(AT_ONCE, size - start))]
            with database.transaction() as db:
                generations.enter(db, database.schema, model.name, number)
                model.write({}, {row.id.int: row for row in rows}, db)
    with database.transaction() as db:
        generations.switch(db, model.name, number)
    with database.autocommit() as db:
        db.execute("ANALYZE")


def milliseconds(model: Counterparties, dossier: UUID, text: str) -> float:
    """Of one answer."""
    started = time.perf_counter()
    model.suggest(dossier, "purchase", text)
    return (time.perf_counter() - started) * 1000


def ask(model: Counterparties, large: UUID, small: UUID, name: str, text: str) -> None:
    """The JSON line of a question."""
    pairs = [(milliseconds(model, large, text), milliseconds(model, small, text)) for _ in range(TIMES)][TIMES // 10 :]
    ours, floor = (statistics.quantiles(times, n=20)[-1] for times in zip(*pairs, strict=True))
    line = {"figure": f"counterparties/p95/{name}", "ours": round(ours, 2), "floor": round(floor, 2), "ratio": round(ours / floor, 2)}
    print(json.dumps(line | {"unit": "ms", "to_reach": TO_REACH}), flush=True)


def main() -> None:
    """On an embedded server of its own, on disk."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    large, small = uuid4(), uuid4()
    with database_on_disk() as server, Database(server.dsn, "cell", size=2) as database:
        model = Counterparties(database)
        fill(database, model, {large: wanted, small: FLOOR})
        for name, text in QUESTIONS.items():
            ask(model, large, small, name, text)


if __name__ == "__main__":
    main()
